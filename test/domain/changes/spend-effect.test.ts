import { describe, expect, it } from 'vitest';
import { rateOn } from '../../../domain/analysis/currency-conversion.ts';
import { type CampaignBudget, spendEffectOf, spendOf, withEdits } from '../../../domain/changes/spend-effect.ts';

/** Twice on a day and 30.4 times a month, as Google promises it. */
const mostSpend = (micros: number) => ({ dayMicros: 2 * micros, monthMicros: Math.round(micros * 30.4) });
const campaign = (id: string, given: Partial<CampaignBudget> = {}): CampaignBudget => ({
  id,
  accountId: 'euro',
  enabled: true,
  dailyBudgetMicros: 10_000_000,
  adGroups: [],
  ...given,
});
const adGroup = (id: string, micros: number | null, enabled = true) => ({ id, enabled, dailyBudgetMicros: micros });

describe('what campaigns may spend', () => {
  it.each([
    ['its own budget', campaign('a'), 10_000_000],
    ['nothing while paused', campaign('a', { enabled: false }), 0],
    [
      'its own budget, whatever its ad groups have',
      campaign('a', { adGroups: [adGroup('x', 99_000_000)] }),
      10_000_000,
    ],
    [
      'what its enabled ad groups have where it keeps none',
      campaign('a', {
        dailyBudgetMicros: null,
        adGroups: [
          adGroup('x', 3_000_000),
          adGroup('y', 4_000_000, false),
          adGroup('z', null),
          adGroup('v', 5_000_000),
        ],
      }),
      8_000_000,
    ],
  ])('is %s', (_, one, daily) => {
    expect(spendOf([one], mostSpend)).toEqual({
      dailyBudgetMicros: daily,
      mostOnADayMicros: 2 * daily,
      mostInAMonthMicros: Math.round(30.4 * daily),
    });
  });

  it('follows edits of campaigns and of ad groups', () => {
    const before = [campaign('a', { dailyBudgetMicros: null, adGroups: [adGroup('x', 3_000_000)] }), campaign('b')];
    const after = withEdits(
      before,
      new Map([
        ['x', { dailyBudgetMicros: 4_000_000 }],
        ['b', { enabled: false }],
      ]),
    );
    expect(spendOf(after, mostSpend).dailyBudgetMicros).toBe(4_000_000);
    expect(spendOf(before, mostSpend).dailyBudgetMicros).toBe(13_000_000);
  });
});

describe('the effect of a change on spend', () => {
  const table = { base: 'EUR', days: new Map([['2026-11-20', { USD: '1.25' }]]) };
  const question = {
    accounts: [
      { id: 'euro', currency: 'EUR', mostSpend },
      { id: 'dollar', currency: 'USD', mostSpend },
      { id: 'idle', currency: 'JPY', mostSpend },
    ],
    before: [campaign('a'), campaign('b', { accountId: 'dollar' })],
    after: [campaign('a', { dailyBudgetMicros: 15_000_000 }), campaign('b', { accountId: 'dollar' })],
    touched: new Set(['euro']),
    workspaceCurrency: 'EUR',
    rateOf: (currency: string) => rateOn(table, currency, 'EUR', '2026-11-22'),
  };

  it('is told by account, and over all accounts in one currency with the day of the rate', () => {
    const effect = spendEffectOf(question);
    expect(effect.accounts).toEqual([
      {
        accountId: 'euro',
        currency: 'EUR',
        dailyBudgetMicros: { before: 10_000_000, after: 15_000_000 },
        mostOnADayMicros: { before: 20_000_000, after: 30_000_000 },
        mostInAMonthMicros: { before: 304_000_000, after: 456_000_000 },
      },
    ]);
    expect(effect.workspace).toMatchObject({
      currency: 'EUR',
      ratesOf: '2026-11-20',
      dailyBudgetMicros: { before: 18_000_000, after: 23_000_000 },
    });
  });

  it('is not guessed where an account that spends has no rate', () => {
    const pounds = [...question.before, campaign('c', { accountId: 'pound' })];
    const accounts = [...question.accounts, { id: 'pound', currency: 'GBP', mostSpend }];
    expect(spendEffectOf({ ...question, accounts, before: pounds, after: pounds }).workspace).toBeNull();
  });
});
