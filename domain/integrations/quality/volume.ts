import { addDays } from '../calendar-day.ts';
import type { Rule, Verdict } from './check.ts';
import type { GrainDigest } from './digest.ts';
import type { AccountEvidence } from './evidence.ts';

type Volume = Extract<Rule, { kind: 'volume' }>;

/** The median absolute deviation of normally distributed values is this share of their standard deviation (Iglewicz and Hoaglin 1993). */
const madShare = 0.6745;

/**
 * The last complete day against the same weekdays of the weeks before, by median and median absolute deviation: one odd week does
 * not make the next one odd. Days without facts are not zeros and are left out.
 */
export function unusualVolume(rule: Volume, severity: Verdict['severity'], evidence: AccountEvidence): Verdict[] {
  const { history, window } = evidence;
  if (!history) return [];
  const day = window.to;
  const of = (date: string): number | undefined => valueOn(history, rule.measure, date);
  const base = {
    grain: 'account' as const,
    from: day,
    to: day,
    unit: rule.measure === 'spendMicros' ? ('micros' as const) : ('impressions' as const),
    explained: [],
    unexplainedMicros: null,
  };
  const weeks = Array.from({ length: rule.weeks }, (_, index) => addDays(day, -7 * (index + 1)));
  const before = weeks.flatMap((date) => of(date) ?? []);
  const found = of(day);
  const name = rule.measure === 'spendMicros' ? 'spend' : 'impressions';
  if (found === undefined || before.length < rule.leastWeeks) {
    const why =
      found === undefined
        ? `There is no ${name} of ${day} yet.`
        : `Too little history for ${name}: ${before.length} of the ${rule.leastWeeks} weeks needed.`;
    return [{ ...base, severity: 'info', message: why, expected: null, found: found ?? null, sample: [] }];
  }
  const usual = median(before);
  const spread = median(before.map((value) => Math.abs(value - usual)));
  const away = Math.abs(found - usual);
  // Without any spread every difference is infinitely many deviations; the share alone decides.
  const deviations = spread === 0 ? Number.POSITIVE_INFINITY : (madShare * away) / spread;
  const odd = deviations > rule.deviations && away > usual * rule.share;
  const measured = spread === 0 ? '' : `, ${deviations.toFixed(1)} deviations away`;
  return [
    {
      ...base,
      severity: odd ? severity : 'ok',
      message: odd
        ? `The ${name} of ${day} is ${found < usual ? 'far below' : 'far above'} the usual ${usual}${measured}.`
        : `The ${name} of ${day} is as usual.`,
      expected: usual,
      found,
      sample: odd ? weeks.map((date) => ({ date, value: of(date) ?? null })) : [],
    },
  ];
}

function valueOn(digest: GrainDigest, measure: Volume['measure'], date: string): number | undefined {
  if (measure === 'impressions') return digest.impressions.get(date);
  const day = digest.spend.get(date);
  return day && [...day.values()].reduce((sum, { spendMicros }) => sum + spendMicros, 0);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle] ?? 0, sorted[middle] ?? 0];
  return Math.round((low + high) / 2);
}
