import type { AlertCondition, AlertMetric } from '../../../contracts/schemas/alert-rules.ts';
import type { MoneyAtRisk } from '../../../contracts/schemas/alerts.ts';
import { moneyText } from '../../changes/money-text.ts';
import type { Finding } from './judge.ts';
import type { Sums } from './sums.ts';
import { metricWords, shareText, valueText } from './words.ts';

/** What is known beside the finding. */
export interface RiskAround {
  readonly currency: string | null;
  /** Spend of the last hour that had any; null where there was none of late. */
  readonly lastSpendPerHourMicros: number | null;
}

type Risk = { readonly micros: number; readonly how: string } | { readonly unknown: string };

/**
 * What a condition costs an hour while it lasts, in the object's currency, and how that was computed. Never a guess: where nothing that
 * was measured tells, it is null and says why.
 */
export function moneyAtRiskOf(condition: AlertCondition, finding: Finding, around: RiskAround): MoneyAtRisk {
  const { currency } = around;
  const risk: Risk =
    currency === null
      ? { unknown: 'It is watched over accounts of any currency, whose money is not added up.' }
      : finding.sums.otherMoney
        ? { unknown: 'Some of the money is in another currency than the account’s.' }
        : riskOf(condition, finding, { ...around, currency });
  return 'unknown' in risk
    ? { microsPerHour: null, currency, how: risk.unknown }
    : { microsPerHour: Math.max(0, Math.round(risk.micros)), currency, how: risk.how };
}

type Known = RiskAround & { readonly currency: string };

function riskOf(condition: AlertCondition, finding: Finding, around: Known): Risk {
  const { currency } = around;
  const rate = perHour(finding.sums.spendMicros, finding.hours);
  const spend = `Spend of ${moneyText(rate, currency)} an hour`;
  switch (condition.kind) {
    case 'no-results':
      return { micros: rate, how: `${spend}, without any result.` };
    case 'missing-data':
      if (rate > 0) return { micros: rate, how: `${spend}, which goes on while the data is missing.` };
      return around.lastSpendPerHourMicros === null
        ? { unknown: 'No spend was seen in the last seven days.' }
        : {
            micros: around.lastSpendPerHourMicros,
            how: `${moneyText(around.lastSpendPerHourMicros, currency)} was spent in the last hour with any spend; nothing is seen of it now.`,
          };
    case 'pacing':
      if (condition.is === 'behind')
        return { unknown: 'What is not spent is not lost; what it would have earned is not known.' };
      return {
        micros: ((finding.value ?? 0) - finding.limit) / Math.max(finding.hours, 1),
        how: `${moneyText((finding.value ?? 0) - finding.limit, currency)} beyond what the budget plans by now, over the ${finding.hours.toFixed(1)} hours of the day so far.`,
      };
    case 'threshold':
      return beyond(finding, condition.is === 'above', 'the limit', { rate, spend, currency });
    case 'rate-of-change':
      return beyond(finding, condition.moves === 'up', 'what it is compared with', { rate, spend, currency });
  }
}

interface Rate {
  /** Spend an hour, micros. */
  readonly rate: number;
  readonly spend: string;
  readonly currency: string;
}

const perHour = (micros: number | null, hours: number): number => (hours > 0 ? Math.round((micros ?? 0) / hours) : 0);

/** How much of a metric beyond `limit` costs, by what kind of metric it is and on which side it lies. */
function beyond(finding: Finding, above: boolean, than: string, { rate, spend, currency }: Rate): Risk {
  const { metric, limit, hours, compared, sums } = finding;
  const value = finding.value ?? 0;
  const limitText = valueText(metric, limit, currency);
  const { name } = metricWords[metric];
  if (pricesOfResults.has(metric) && above) {
    const share = value <= 0 ? 0 : 1 - limit / value;
    return {
      micros: rate * share,
      how: `${spend}, of which ${shareText(share)} is what ${name} lies above ${limitText}, ${than}.`,
    };
  }
  if (returns.has(metric) && !above) {
    const share = limit <= 0 ? 0 : 1 - value / limit;
    return {
      micros: rate * share,
      how: `${spend}, of which ${shareText(share)} does not bring the ${name} of ${limitText}, ${than}.`,
    };
  }
  const [spentMore, cameLess] = [costs.has(metric) && above, gains.has(metric) && !above];
  if (spentMore || cameLess) {
    const difference = Math.abs(value - limit);
    return {
      micros: difference / hours,
      how: `${moneyText(difference, currency)} ${spentMore ? 'more' : 'less'} ${name.toLowerCase()} than ${limitText}, ${than}, over ${hoursText(hours)}.`,
    };
  }
  if (results.has(metric) && !above)
    return forFewer(metric, { value, limit, hours, sums, compared }, { rate, spend, currency });
  return {
    unknown: `What ${name} ${above ? 'above' : 'below'} ${limitText} costs an hour is not known from what is measured.`,
  };
}

/** Fewer results than before: what is spent now beyond what these results cost then; without a before, the share that is missing. */
function forFewer(
  metric: AlertMetric,
  of: {
    readonly value: number;
    readonly limit: number;
    readonly hours: number;
    readonly sums: Sums;
    readonly compared: Sums | null;
  },
  { rate, spend, currency }: Rate,
): Risk {
  const name = metricWords[metric].name.toLowerCase();
  if (of.compared === null) {
    const share = of.limit <= 0 ? 0 : 1 - of.value / of.limit;
    return {
      micros: rate * share,
      how: `${spend}, of which ${shareText(share)} is the share of ${name} that is missing.`,
    };
  }
  if (of.limit <= 0) return { unknown: `There were no ${name} to compare with.` };
  const before = perHour(of.compared.spendMicros, of.hours);
  const fair = before * (of.value / of.limit);
  return {
    micros: rate - fair,
    how: `${spend}, less the ${moneyText(Math.round(fair), currency)} an hour that as many ${name} cost before.`,
  };
}

const hoursText = (hours: number): string =>
  hours < 1 ? `${Math.round(hours * 60)} minutes` : hours === 1 ? 'one hour' : `${hours} hours`;

const pricesOfResults: ReadonlySet<AlertMetric> = new Set(['cpcMicros', 'cpaMicros', 'costPerOrderMicros']);
const returns: ReadonlySet<AlertMetric> = new Set(['roas', 'siteRoas']);
const costs: ReadonlySet<AlertMetric> = new Set(['spendMicros', 'refundsMicros']);
const gains: ReadonlySet<AlertMetric> = new Set(['revenueMicros', 'conversionValueMicros']);
const results: ReadonlySet<AlertMetric> = new Set(['clicks', 'conversions', 'orders', 'leads']);
