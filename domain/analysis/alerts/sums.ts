import type { AlertMetric, VolumeMetric } from '../../../contracts/schemas/alert-rules.ts';
import { type MeasureName, measureNames } from '../../../contracts/streams/stream-event.ts';
import type { Counters } from '../../integrations/streaming/counters.ts';

/** What a window holds of one object. Null: not counted there, which is never zero. */
export type Sums = { readonly [N in 'events' | MeasureName]: number | null } & {
  /** There is money of another currency than the object's own; it is in none of the sums. */
  readonly otherMoney: boolean;
};

export const sumNames = ['events', ...measureNames] as const;
const moneyNames = [
  'spendMicros',
  'conversionValueMicros',
  'revenueMicros',
  'refundsMicros',
] as const satisfies readonly MeasureName[];
const isMoney = (name: string): boolean => (moneyNames as readonly string[]).includes(name);

export const noSums: Sums = {
  ...(Object.fromEntries(sumNames.map((name) => [name, 0])) as Record<(typeof sumNames)[number], number>),
  otherMoney: false,
};

/** The sum of two; what one of them does not count is unknown in both. */
export function addSums(a: Sums, b: Sums): Sums {
  const sums: Record<string, number | null> = {};
  for (const name of sumNames) {
    const [one, other] = [a[name], b[name]];
    sums[name] = one === null || other === null ? null : one + other;
  }
  return { ...(sums as Omit<Sums, 'otherMoney'>), otherMoney: a.otherMoney || b.otherMoney };
}

/** The same, into sums that are being collected. */
export function addInto(sums: { -readonly [N in keyof Sums]: Sums[N] }, more: Sums): void {
  for (const name of sumNames) {
    const [one, other] = [sums[name], more[name]];
    sums[name] = one === null || other === null ? null : one + other;
  }
  sums.otherMoney ||= more.otherMoney;
}

/** Live counters as sums of an object whose money is in `currency`; null: money of whatever currency is left out. */
export function sumsOfCounters(counters: Counters, cellCurrency: string | null, currency: string | null): Sums {
  const foreign = cellCurrency !== currency && moneyNames.some((name) => counters[name] !== 0);
  const sums: Record<string, number> = {};
  for (const name of sumNames) sums[name] = foreign && isMoney(name) ? 0 : counters[name];
  return { ...(sums as Record<(typeof sumNames)[number], number>), otherMoney: foreign };
}

export type MetricValue =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'none'; readonly reason: string };

const millionths = 1_000_000;
const otherMoney = 'some of the money is in another currency than the account’s';
const uncounted = 'it is not counted in this window';

const none = (reason: string): MetricValue => ({ kind: 'none', reason });

const money = (name: (typeof moneyNames)[number]) => (sums: Sums) => {
  if (sums.otherMoney) return none(otherMoney);
  const value = sums[name];
  return value === null ? none(uncounted) : ({ kind: 'value', value } as const);
};
const count =
  (name: Exclude<(typeof sumNames)[number], (typeof moneyNames)[number]>, scale = 1) =>
  (sums: Sums): MetricValue => {
    const value = sums[name];
    return value === null ? none(uncounted) : { kind: 'value', value: value / scale };
  };
const ratio =
  (part: (sums: Sums) => MetricValue, whole: (sums: Sums) => MetricValue, without: string) =>
  (sums: Sums): MetricValue => {
    const [over, under] = [part(sums), whole(sums)];
    if (over.kind === 'none') return over;
    if (under.kind === 'none') return under;
    // Corrections can take back more than a window has: a ratio to less than nothing says nothing.
    return under.value <= 0 ? none(without) : { kind: 'value', value: over.value / under.value };
  };

const [clicks, impressions, conversions, orders] = [
  count('clicks'),
  count('impressions'),
  count('conversionsMicros', millionths),
  count('orders'),
];
const [spend, revenue, refunds] = [money('spendMicros'), money('revenueMicros'), money('refundsMicros')];
const netRevenue = (sums: Sums): MetricValue => {
  const [gained, returned] = [revenue(sums), refunds(sums)];
  if (gained.kind === 'none') return gained;
  return returned.kind === 'none' ? returned : { kind: 'value', value: gained.value - returned.value };
};

const metrics: Readonly<Record<AlertMetric, (sums: Sums) => MetricValue>> = {
  events: count('events'),
  impressions,
  clicks,
  conversions,
  orders,
  leads: count('leads'),
  spendMicros: spend,
  conversionValueMicros: money('conversionValueMicros'),
  revenueMicros: revenue,
  refundsMicros: refunds,
  ctr: ratio(clicks, impressions, 'there are no impressions'),
  cpcMicros: ratio(spend, clicks, 'there are no clicks'),
  cpaMicros: ratio(spend, conversions, 'there are no conversions'),
  costPerOrderMicros: ratio(spend, orders, 'there are no orders'),
  roas: ratio(money('conversionValueMicros'), spend, 'there is no spend'),
  siteRoas: ratio(netRevenue, spend, 'there is no spend'),
};

/** A metric of a window: ratios of sums, none where the denominator is zero, never infinity. */
export const metricOf = (sums: Sums, metric: AlertMetric): MetricValue => metrics[metric](sums);

/** Whether a window has so much of something that it may be judged. */
export function hasVolume(sums: Sums, minimum: { readonly metric: VolumeMetric; readonly value: number }): boolean {
  const found = metricOf(sums, minimum.metric);
  return found.kind === 'value' && found.value >= minimum.value;
}
