import { addDays } from '../calendar-day.ts';
import type { SpendGap } from '../platform.ts';
import type { Rule, Verdict } from './check.ts';
import { type GrainDigest, sampleSize } from './digest.ts';
import type { AccountEvidence } from './evidence.ts';

type Reconciliation = Extract<Rule, { kind: 'reconcile' }>;

interface Line {
  readonly date: string;
  readonly campaignId: string | null;
  readonly expectedMicros: number;
  readonly foundMicros: number;
  readonly restMicros: number;
  /** Why the platform leaves it out; `null` when nothing says so. */
  readonly reason: string | null;
}

/**
 * Spend of the finer grain against the coarser one, day by day, and campaign by campaign where both know it. What a named gap of
 * the platform explains stands beside it; the rest is a line of its own and never disappears in a total: less on one day does not
 * make up for more on another.
 */
export function reconcile(rule: Reconciliation, severity: Verdict['severity'], evidence: AccountEvidence): Verdict[] {
  const [finer, coarser] = [evidence.grains.get(rule.grain), evidence.grains.get(rule.against)];
  if (!finer || !coarser) return [];
  const compares = comparedDays(evidence.imported, [finer, coarser]);
  const [fine, coarse] = [withinDays(finer, compares), withinDays(coarser, compares)];
  if (fine.spend.size === 0 && coarse.spend.size === 0 && finer.spend.size + coarser.spend.size > 0) return [];
  const gaps = evidence.gaps.filter(({ grains }) => grains.includes(rule.grain));
  const lines = linesOf(fine, coarse, { gaps, types: evidence.campaignTypes, newest: evidence.window.to });
  const open = lines.filter(({ reason }) => reason === null);
  const missing = open.filter(({ restMicros }) => restMicros > 0);
  const tooMuch = open.filter(({ restMicros }) => restMicros < 0);
  const rest = total(open.map(({ restMicros }) => restMicros));
  const expected = total([...coarse.spend.values()].map(spendOf));
  const found = total([...fine.spend.values()].map(spendOf));
  const rows = Math.max(fine.rows, coarse.rows);
  const tolerated = rule.microsPerRow * rows + Math.abs(expected) * rule.share;
  const wrong = rule.relation === 'part' ? tooMuch : open;
  const off = total(wrong.map(({ restMicros }) => Math.abs(restMicros)));
  const fails = off > tolerated;
  const days = new Set(wrong.map(({ date }) => date)).size;
  return [
    {
      severity: fails ? severity : rule.relation === 'part' && missing.length > 0 ? 'info' : 'ok',
      message: messageOf(rule, { fails, days, rest, off }),
      grain: rule.grain,
      ...evidence.window,
      unit: 'micros',
      expected,
      found,
      explained: explainedBy(lines),
      unexplainedMicros: rest,
      sample: [...(fails ? wrong : open)]
        .sort((a, b) => Math.abs(b.restMicros) - Math.abs(a.restMicros))
        .slice(0, sampleSize)
        .map(({ reason: _, ...line }) => line),
    },
  ];
}

function messageOf(
  { grain, against, relation }: Reconciliation,
  { fails, days, rest, off }: { fails: boolean; days: number; rest: number; off: number },
): string {
  if (fails) return `Spend by ${grain} is off spend by ${against} by ${off} micros on ${days} days.`;
  if (rest === 0) return `Spend by ${grain} and by ${against} agree.`;
  if (relation === 'part') return `Spend by ${grain} covers all but ${rest} micros of spend by ${against}.`;
  return `Spend by ${grain} and by ${against} agree but for ${rest} micros, within rounding.`;
}

/** A file holds one grain: on days that were imported the other may be missing, which is no difference. */
const comparedDays =
  (imported: AccountEvidence['imported'], digests: readonly GrainDigest[]) =>
  (date: string): boolean =>
    digests.every(({ spend }) => spend.has(date)) || !imported.some(({ from, to }) => from <= date && date <= to);

const withinDays = (digest: GrainDigest, compares: (date: string) => boolean): GrainDigest => ({
  ...digest,
  spend: new Map([...digest.spend].filter(([date]) => compares(date))),
});

/** Differences alone. Campaigns are compared where the coarser grain knows them, days as a whole where it does not. */
function linesOf(
  fine: GrainDigest,
  coarse: GrainDigest,
  {
    gaps,
    types,
    newest,
  }: { readonly gaps: readonly SpendGap[]; readonly types: ReadonlyMap<string, string>; readonly newest: string },
): Line[] {
  const lines: Line[] = [];
  for (const date of [...new Set([...coarse.spend.keys(), ...fine.spend.keys()])].sort()) {
    const [there, here] = [coarse.spend.get(date) ?? new Map(), fine.spend.get(date) ?? new Map()];
    const whole = there.has('') || here.has('');
    const keys = whole ? [null] : [...new Set<string>([...there.keys(), ...here.keys()])];
    for (const campaignId of keys) {
      const amount = (day: ReadonlyMap<string, { readonly spendMicros: number }>): number =>
        campaignId === null ? spendOf(day) : (day.get(campaignId)?.spendMicros ?? 0);
      const [expectedMicros, foundMicros] = [amount(there), amount(here)];
      const restMicros = expectedMicros - foundMicros;
      if (restMicros === 0) continue;
      const type = campaignId === null ? undefined : types.get(campaignId);
      const gap = gaps.find(
        ({ campaignTypes, approximate, newestDays }) =>
          (restMicros > 0 || approximate) &&
          (newestDays === undefined || date > addDays(newest, -newestDays)) &&
          (campaignTypes === undefined || (type !== undefined && campaignTypes.includes(type))),
      );
      lines.push({ date, campaignId, expectedMicros, foundMicros, restMicros, reason: gap?.reason ?? null });
    }
  }
  return lines;
}

const total = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
const spendOf = (day: ReadonlyMap<string, { readonly spendMicros: number }>): number =>
  total([...day.values()].map(({ spendMicros }) => spendMicros));

const explainedBy = (lines: readonly Line[]): Verdict['explained'] =>
  [...Map.groupBy(lines, ({ reason }) => reason)].flatMap(([reason, some]) =>
    reason === null ? [] : { reason, micros: total(some.map(({ restMicros }) => restMicros)) },
  );
