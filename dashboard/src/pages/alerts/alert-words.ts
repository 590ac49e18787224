import type { Alert, AlertCondition, AlertRule } from '../../../../sdks/javascript/src/generated/api.ts';
import { conversions, money, percent, times } from '../../format/numbers.ts';
import { counted } from '../../format/plural.ts';
import type { Tone } from '../../parts/status.tsx';

export type AlertMetric = Alert['metric'];
type Unit = 'count' | 'money' | 'share' | 'ratio';

interface MetricWords {
  readonly label: string;
  readonly unit: Unit;
}

export const alertMetrics: Readonly<Record<AlertMetric, MetricWords>> = {
  events: { label: 'Events', unit: 'count' },
  impressions: { label: 'Impressions', unit: 'count' },
  clicks: { label: 'Clicks', unit: 'count' },
  conversions: { label: 'Conversions (platform)', unit: 'count' },
  orders: { label: 'Orders (site)', unit: 'count' },
  leads: { label: 'Leads', unit: 'count' },
  spendMicros: { label: 'Spend', unit: 'money' },
  conversionValueMicros: { label: 'Conversion value (platform)', unit: 'money' },
  revenueMicros: { label: 'Revenue (site)', unit: 'money' },
  refundsMicros: { label: 'Refunds', unit: 'money' },
  ctr: { label: 'CTR: clicks by impressions', unit: 'share' },
  cpcMicros: { label: 'CPC: spend by clicks', unit: 'money' },
  cpaMicros: { label: 'CPA: spend by conversions', unit: 'money' },
  costPerOrderMicros: { label: 'Cost per order: spend by orders', unit: 'money' },
  roas: { label: 'ROAS: conversion value by spend', unit: 'ratio' },
  siteRoas: { label: 'ROAS of the site: net revenue by spend', unit: 'ratio' },
};
export const metricNames = Object.keys(alertMetrics) as readonly AlertMetric[];

/** What may be asked for as the least volume. */
export const volumeMetrics = metricNames.filter(
  (name): name is VolumeMetric =>
    ['count', 'money'].includes(alertMetrics[name].unit) &&
    !['cpcMicros', 'cpaMicros', 'costPerOrderMicros'].includes(name),
);
export type VolumeMetric = NonNullable<Extract<AlertCondition, { kind: 'threshold' }>['minimum']>['metric'];

export const severities = {
  critical: { label: 'Critical', tone: 'bad' },
  warning: { label: 'Warning', tone: 'warn' },
  info: { label: 'Info', tone: 'aside' },
} as const satisfies Record<Alert['severity'], { readonly label: string; readonly tone: Tone }>;

const brief = (name: AlertMetric): string => alertMetrics[name].label.replace(/(:| \().*$/, '');

export function metricText(name: AlertMetric, value: number | null, currency: string | null): string {
  if (value === null) return '–';
  const { unit } = alertMetrics[name];
  if (unit === 'money') return currency === null ? conversions(value / 1_000_000) : money(value, currency);
  if (unit === 'share') return percent(value);
  return unit === 'ratio' ? times(value) : conversions(value);
}

export const riskText = ({ moneyAtRisk: { microsPerHour, currency } }: Alert): string =>
  microsPerHour === null || currency === null ? 'not known' : `${money(microsPerHour, currency)} an hour`;

export const resolvedWords: Readonly<Record<NonNullable<Alert['resolvedBecause']>, string>> = {
  recovered: 'It holds no longer',
  'no-value': 'Nothing is left to judge',
  'rule-changed': 'The rule was disabled or removed',
  'out-of-scope': 'Its object is not watched any more',
};

const windowText = ({ unit, length }: { readonly unit: string; readonly length: number }): string =>
  counted(length, unit.slice(0, -1));

/** When a rule opens an alert, in one line. */
export function conditionText(condition: AlertCondition, currency: string | null): string {
  switch (condition.kind) {
    case 'threshold':
      return `${brief(condition.metric)} ${condition.is} ${metricText(condition.metric, condition.value, currency)} in ${windowText(condition.window)}`;
    case 'rate-of-change':
      return `${brief(condition.metric)} ${condition.moves === 'up' ? 'rises' : 'falls'} by ${percent(condition.by)} in ${windowText(condition.window)}, against ${condition.against === 'same-hours' ? 'the same hours of other days' : 'the window before'}`;
    case 'no-results':
      return `${metricText('spendMicros', condition.spendMicros, currency)} spent in ${windowText(condition.window)} without ${condition.result}`;
    case 'pacing':
      return `Spend ${condition.is} of the daily budget by a factor of ${condition.factor}`;
    case 'missing-data':
      return `No ${brief(condition.measure).toLowerCase()} for ${counted(condition.minutes, 'minute')} where some are usual`;
  }
}

export const eachWords = {
  workspace: 'The workspace as one',
  account: 'Each account',
  campaign: 'Each campaign',
} as const;

export const isMuted = ({ mutedUntil }: Pick<AlertRule, 'mutedUntil'>, now: number): boolean =>
  mutedUntil !== null && Date.parse(mutedUntil) > now;
