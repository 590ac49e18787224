import type {
  Account,
  AlertCondition,
  AlertRule,
  AlertScope,
  NewAlertRule,
} from '../../../../sdks/javascript/src/generated/api.ts';
import { type AlertMetric, alertMetrics, type VolumeMetric } from './alert-words.ts';

/** A rule as it is written in the form: texts, so that what cannot be read stays to be mended. */
export interface RuleDraft {
  readonly name: string;
  readonly severity: AlertRule['severity'];
  readonly each: AlertScope['each'];
  /** Empty: of any. */
  readonly platform: NonNullable<AlertScope['platform']> | '';
  readonly accountId: string;
  readonly currency: string;
  readonly campaignIds: readonly string[];
  readonly kind: AlertCondition['kind'];
  readonly metric: AlertMetric;
  readonly unit: 'minutes' | 'hours' | 'days';
  readonly length: string;
  readonly is: 'above' | 'below';
  readonly value: string;
  /** Empty: none. */
  readonly minimumMetric: VolumeMetric | '';
  readonly minimum: string;
  readonly moves: 'up' | 'down';
  /** Percent. */
  readonly by: string;
  readonly against: 'window-before' | 'same-hours';
  readonly result: 'conversions' | 'orders' | 'leads';
  readonly spend: string;
  readonly pace: 'ahead' | 'behind';
  readonly factor: string;
  readonly measure: Extract<AlertCondition, { kind: 'missing-data' }>['measure'];
  readonly minutes: string;
  readonly cooldown: string;
  readonly recovery: string;
  readonly emails: string;
}

export const emptyDraft: RuleDraft = {
  name: '',
  severity: 'warning',
  each: 'campaign',
  platform: '',
  accountId: '',
  currency: '',
  campaignIds: [],
  kind: 'threshold',
  metric: 'cpaMicros',
  unit: 'minutes',
  length: '60',
  is: 'above',
  value: '',
  minimumMetric: '',
  minimum: '',
  moves: 'up',
  by: '100',
  against: 'same-hours',
  result: 'conversions',
  spend: '',
  pace: 'ahead',
  factor: '1.5',
  measure: 'impressions',
  minutes: '60',
  cooldown: '60',
  recovery: '15',
  emails: '',
};

const micros = 1_000_000;
/** How much of the unit that is written one of the unit that is sent is. */
const scaleOf = (metric: AlertMetric): number =>
  ({ money: micros, share: 0.01, count: 1, ratio: 1 })[alertMetrics[metric].unit];
const written = (value: number): string => String(Math.round(value * 1e9) / 1e9);

/** A rule, or one that is suggested, as the form shows it. */
export function draftOf(rule: AlertRule | NewAlertRule): RuleDraft {
  const { scope, condition } = rule;
  return {
    ...emptyDraft,
    name: rule.name,
    severity: rule.severity ?? emptyDraft.severity,
    each: scope.each,
    platform: scope.platform ?? '',
    accountId: scope.accountId ?? '',
    currency: scope.currency ?? '',
    campaignIds: scope.campaignIds ?? [],
    cooldown: String(rule.cooldownMinutes ?? emptyDraft.cooldown),
    recovery: String(rule.recoveryMinutes ?? emptyDraft.recovery),
    emails: (rule.emails ?? []).join(', '),
    ...conditionDraft(condition),
  };
}

function conditionDraft(condition: AlertCondition): Partial<RuleDraft> {
  const { kind } = condition;
  const window = 'window' in condition ? { unit: condition.window.unit, length: String(condition.window.length) } : {};
  const least = (minimum: { readonly metric: VolumeMetric; readonly value: number } | undefined) =>
    minimum === undefined
      ? {}
      : { minimumMetric: minimum.metric, minimum: written(minimum.value / scaleOf(minimum.metric)) };
  switch (condition.kind) {
    case 'threshold': {
      const { metric, is, value, minimum } = condition;
      return { kind, metric, is, value: written(value / scaleOf(metric)), ...window, ...least(minimum) };
    }
    case 'rate-of-change': {
      const { metric, moves, by, against, minimum } = condition;
      return { kind, metric, moves, by: written(by * 100), against, ...window, ...least(minimum) };
    }
    case 'no-results':
      return { kind, result: condition.result, spend: written(condition.spendMicros / micros), ...window };
    case 'pacing':
      return { kind, pace: condition.is, factor: String(condition.factor) };
    case 'missing-data':
      return { kind, measure: condition.measure, minutes: String(condition.minutes) };
  }
}

export type RuleFaults = Readonly<Partial<Record<keyof RuleDraft, string>>>;
export type RuleReading =
  | { readonly kind: 'read'; readonly rule: NewAlertRule }
  | { readonly kind: 'refused'; readonly faults: RuleFaults };

/** The rule that is written, or every field that cannot be read. */
export function readRule(draft: RuleDraft, accounts: readonly Account[]): RuleReading {
  const faults: Partial<Record<keyof RuleDraft, string>> = {};
  const number = (place: keyof RuleDraft, scale = 1): number => {
    const text = String(draft[place]).trim().replace(',', '.');
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(value)) faults[place] = 'Write a number like 12 or 12.5';
    return scale === micros ? Math.round(value * scale) : value * scale;
  };
  const wholeNumber = (place: keyof RuleDraft, most: number, least = 0): number => {
    const value = number(place);
    if (faults[place] === undefined && !(Number.isInteger(value) && value >= least && value <= most)) {
      faults[place] = `Write a whole number from ${least} to ${most}`;
    }
    return value;
  };
  const name = draft.name.trim();
  if (name === '') faults.name = 'Give the rule a name';
  const emails = draft.emails.split(/[\s,;]+/).filter((text) => text !== '');
  const wrong = emails.find((text) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text));
  if (wrong !== undefined) faults.emails = `${wrong} is no e-mail address`;
  else if (emails.length > 10) faults.emails = 'At most ten addresses';
  const condition = readCondition(draft, number, wholeNumber);
  const account = accounts.find(({ id }) => id === draft.accountId);
  const currency = account?.currency ?? draft.currency;
  const rule: NewAlertRule = {
    name,
    severity: draft.severity,
    scope: {
      each: draft.each,
      ...(draft.platform !== '' && { platform: draft.platform }),
      ...(draft.accountId !== '' && { accountId: draft.accountId }),
      ...(draft.each !== 'workspace' && currency !== '' && { currency }),
      ...(draft.each === 'campaign' && draft.campaignIds.length > 0 && { campaignIds: draft.campaignIds }),
    },
    condition,
    cooldownMinutes: wholeNumber('cooldown', 10_080),
    recoveryMinutes: wholeNumber('recovery', 10_080),
    emails,
  };
  return Object.keys(faults).length > 0 ? { kind: 'refused', faults } : { kind: 'read', rule };
}

const longest = { minutes: 180, hours: 72, days: 28 } as const;

function readCondition(
  draft: RuleDraft,
  number: (place: keyof RuleDraft, scale?: number) => number,
  wholeNumber: (place: keyof RuleDraft, most: number, least?: number) => number,
): AlertCondition {
  const { metric, unit, minimumMetric } = draft;
  const window = () => ({ unit, length: wholeNumber('length', longest[unit], 1) });
  const minimum = (of: VolumeMetric) => ({ metric: of, value: number('minimum', scaleOf(of)) });
  switch (draft.kind) {
    case 'threshold':
      return {
        kind: 'threshold',
        metric,
        window: window(),
        is: draft.is,
        value: number('value', scaleOf(metric)),
        ...(minimumMetric !== '' && { minimum: minimum(minimumMetric) }),
      };
    case 'rate-of-change':
      return {
        kind: 'rate-of-change',
        metric,
        window: window(),
        moves: draft.moves,
        by: number('by', 0.01),
        against: draft.against,
        minimum: minimum(minimumMetric === '' ? 'clicks' : minimumMetric),
      };
    case 'no-results':
      return { kind: 'no-results', result: draft.result, window: window(), spendMicros: number('spend', micros) };
    case 'pacing':
      return { kind: 'pacing', is: draft.pace, factor: number('factor') };
    case 'missing-data':
      return { kind: 'missing-data', measure: draft.measure, minutes: wholeNumber('minutes', 180, 10) };
  }
}
