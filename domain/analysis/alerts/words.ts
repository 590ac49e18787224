import type { AlertCondition, AlertMetric } from '../../../contracts/schemas/alert-rules.ts';
import { moneyText } from '../../changes/money-text.ts';
import type { Finding } from './judge.ts';

interface MetricWords {
  readonly name: string;
  readonly kind: 'count' | 'money' | 'share' | 'ratio';
}

/** How metrics are called in alerts. */
export const metricWords: Readonly<Record<AlertMetric, MetricWords>> = {
  events: { name: 'Events', kind: 'count' },
  impressions: { name: 'Impressions', kind: 'count' },
  clicks: { name: 'Clicks', kind: 'count' },
  conversions: { name: 'Conversions', kind: 'count' },
  orders: { name: 'Orders', kind: 'count' },
  leads: { name: 'Leads', kind: 'count' },
  spendMicros: { name: 'Spend', kind: 'money' },
  conversionValueMicros: { name: 'Conversion value', kind: 'money' },
  revenueMicros: { name: 'Revenue', kind: 'money' },
  refundsMicros: { name: 'Refunds', kind: 'money' },
  ctr: { name: 'CTR', kind: 'share' },
  cpcMicros: { name: 'CPC', kind: 'money' },
  cpaMicros: { name: 'CPA', kind: 'money' },
  costPerOrderMicros: { name: 'Cost per order', kind: 'money' },
  roas: { name: 'ROAS', kind: 'ratio' },
  siteRoas: { name: 'ROAS of the site', kind: 'ratio' },
};

export const shareText = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 2 : 0)} %`;

/** A value of a metric for reading; money without a currency is told in units. */
export function valueText(metric: AlertMetric, value: number, currency: string | null): string {
  const { kind } = metricWords[metric];
  if (kind === 'money') return moneyText(Math.round(value), currency ?? '').trim();
  if (kind === 'share') return shareText(value);
  if (kind === 'ratio') return value.toFixed(2);
  return String(Math.round(value * 100) / 100);
}

const windowText = ({ unit, length }: { readonly unit: string; readonly length: number }): string =>
  length === 1 ? `the last ${unit.slice(0, -1)}` : `the last ${length} ${unit}`;

/** What holds, in one sentence. */
export function messageOf(
  condition: AlertCondition,
  { metric, value, limit }: Finding,
  currency: string | null,
): string {
  const text = (number: number) => valueText(metric, number, currency);
  const { name } = metricWords[metric];
  const now = value === null ? 'none' : text(value);
  switch (condition.kind) {
    case 'threshold':
      return `${name} ${now} in ${windowText(condition.window)}: ${condition.is} ${text(limit)}.`;
    case 'rate-of-change': {
      const than = condition.against === 'same-hours' ? 'usual at these hours' : 'in the window before';
      const moved = limit === 0 ? '' : `, ${condition.moves} ${shareText(Math.abs((value ?? 0) / limit - 1))}`;
      return `${name} ${now} in ${windowText(condition.window)}${moved}: ${text(limit)} ${than}.`;
    }
    case 'no-results':
      return `${now} spent in ${windowText(condition.window)} without any ${resultWords[condition.result]}.`;
    case 'pacing':
      return `${now} spent today, ${condition.is} of the ${text(limit)} that the daily budget plans by now.`;
    case 'missing-data':
      return `No ${name.toLowerCase()} for ${condition.minutes} minutes, in which ${text(limit)} are usual.`;
  }
}

const resultWords = { conversions: 'conversion', orders: 'order', leads: 'lead' } as const;
