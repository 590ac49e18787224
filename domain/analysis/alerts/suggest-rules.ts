import type { NewAlertRule } from '../../../contracts/schemas/alert-rules.ts';

export interface SuggestedRule {
  readonly why: string;
  readonly rule: NewAlertRule;
}

const unit = 1_000_000;

/** What most workspaces want to hear of; amounts are given once for each currency of the accounts, to be adapted. */
export function suggestedRules(currencies: readonly string[]): SuggestedRule[] {
  return [
    {
      why: 'Silence of an account that normally spends is either a broken connection or a stopped account.',
      rule: {
        name: 'No impressions of an account',
        severity: 'critical',
        scope: { each: 'account' },
        condition: { kind: 'missing-data', measure: 'impressions', minutes: 60 },
      },
    },
    {
      why: 'A shop whose orders stop has a broken checkout or a broken measurement, while ads go on.',
      rule: {
        name: 'No orders',
        severity: 'critical',
        scope: { each: 'workspace' },
        condition: { kind: 'missing-data', measure: 'orders', minutes: 120 },
      },
    },
    {
      why: 'A campaign that runs ahead of its day has spent its budget before the evening.',
      rule: {
        name: 'Campaign spends ahead of its budget',
        scope: { each: 'campaign' },
        condition: { kind: 'pacing', is: 'ahead', factor: 1.5 },
      },
    },
    {
      why: 'A fall of the click rate by half is a creative that wore out, or a placement that went wrong.',
      rule: {
        name: 'CTR falls by half',
        scope: { each: 'campaign' },
        condition: {
          kind: 'rate-of-change',
          metric: 'ctr',
          window: { unit: 'hours', length: 3 },
          moves: 'down',
          by: 0.5,
          against: 'same-hours',
          minimum: { metric: 'impressions', value: 5_000 },
        },
        cooldownMinutes: 360,
        recoveryMinutes: 60,
      },
    },
    ...currencies.map((currency) => ({
      why: 'Spend that brings no conversion for half a day is worth a look at the landing page and the targeting.',
      rule: {
        name: `Spend without conversions (${currency})`,
        scope: { each: 'campaign' as const, currency },
        condition: {
          kind: 'no-results' as const,
          result: 'conversions' as const,
          window: { unit: 'hours' as const, length: 12 },
          spendMicros: 100 * unit,
        },
        cooldownMinutes: 720,
        recoveryMinutes: 60,
      },
    })),
    ...currencies.map((currency) => ({
      why: 'Spend per hour that doubles against the hours usual at this time is often a changed bid or budget.',
      rule: {
        name: `Spend doubles (${currency})`,
        scope: { each: 'account' as const, currency },
        condition: {
          kind: 'rate-of-change' as const,
          metric: 'spendMicros' as const,
          window: { unit: 'hours' as const, length: 2 },
          moves: 'up' as const,
          by: 1,
          against: 'same-hours' as const,
          minimum: { metric: 'spendMicros' as const, value: 50 * unit },
        },
        cooldownMinutes: 180,
        recoveryMinutes: 60,
      },
    })),
  ];
}
