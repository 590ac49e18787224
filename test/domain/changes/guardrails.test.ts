import { describe, expect, it } from 'vitest';
import { guardrailDefaults, guardrailRuleNames } from '../../../contracts/guardrails.ts';
import type { SpendEffect } from '../../../contracts/schemas/change-requests.ts';
import {
  type GuardedOperation,
  type GuardrailQuestion,
  isViolated,
  judgeGuardrails,
  needsApproval,
} from '../../../domain/changes/guardrails.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const hour = 3_600_000;
const euro = 1_000_000;
const account = 'acc_00000000000000000000000000';
const campaign = 'cmp_00000000000000000000000000';

const spend = (before: number, after: number) => ({
  dailyBudgetMicros: { before, after },
  mostOnADayMicros: { before: 2 * before, after: 2 * after },
  mostInAMonthMicros: { before: 30 * before, after: 30 * after },
});
const effectOf = (before: number, after: number): SpendEffect => ({
  accounts: [{ accountId: account, currency: 'EUR', ...spend(before, after) }],
  workspace: { currency: 'EUR', ratesOf: null, ...spend(before, after) },
});
const budget = (before: number, after: number, given: Partial<GuardedOperation> = {}): GuardedOperation => ({
  index: 0,
  objectId: campaign,
  campaignId: campaign,
  timeZone: 'Europe/Berlin',
  spend: after > before ? 'increase' : 'decrease',
  budget: { beforeMicros: before, afterMicros: after, currency: 'EUR' },
  bid: null,
  creates: false,
  ...given,
});
const judge = (given: Partial<GuardrailQuestion>, policy: Partial<GuardrailQuestion['policy']> = {}) =>
  judgeGuardrails({
    policy: { ...guardrailDefaults, ...policy },
    operations: [budget(100 * euro, 110 * euro)],
    effect: effectOf(100 * euro, 110 * euro),
    workspaceCurrency: 'EUR',
    past: [],
    undoing: false,
    now,
    ...given,
  });
const violations = (...args: Parameters<typeof judge>) =>
  judge(...args)
    .filter(({ outcome }) => outcome === 'violated')
    .map(({ rule, limit, value }) => ({ rule, limit, value }));

describe('a bid', () => {
  const bid = (raise: number | null) => ({
    operations: [budget(1, 1, { budget: null, bid: { raise, said: 'More.' } })],
  });
  const approval = { raiseAboveDailyMicros: 0, roles: ['owner' as const], byAnother: false };
  const outcomes = (...given: Parameters<typeof judge>) =>
    judge(...given).flatMap(({ rule, outcome }) => (rule === 'bid-raise' ? [outcome] : []));

  it.each([
    [0.5, null, 'kept'],
    [0.51, null, 'warning'],
    [99, null, 'warning'],
    [99, approval, 'needs-approval'],
    [null, null, 'warning'],
    [null, approval, 'needs-approval'],
  ])('raised by %s with the approval %j is %s', (raise, given, outcome) => {
    expect(outcomes(bid(raise), { approval: given })).toEqual([outcome]);
  });

  it('that goes back to what it was is an undoing, and passes', () => {
    expect(outcomes({ ...bid(99), undoing: true }, { approval })).toEqual(['kept']);
  });
});

describe('guardrails', () => {
  it('say of every rule whether it is kept, and warn where there is no ceiling', () => {
    const verdicts = judge({});
    expect(isViolated(verdicts)).toBe(false);
    expect(new Set(verdicts.map(({ rule }) => rule))).toEqual(
      new Set(guardrailRuleNames.filter((rule) => rule !== 'created-paused')),
    );
    expect(verdicts.filter(({ outcome }) => outcome === 'warning').map(({ rule }) => rule)).toEqual([
      'account-ceiling-day',
      'account-ceiling-month',
      'workspace-ceiling-day',
      'workspace-ceiling-month',
    ]);
  });

  it.each([
    [100_000_000, 150_000_000, []],
    [100_000_000, 150_000_001, [{ rule: 'raise-per-change', limit: 0.5, value: 0.5 }]],
    [0, 1, [{ rule: 'raise-per-change', limit: 0.5, value: Number.MAX_SAFE_INTEGER }]],
    [100_000_000, 20_000_000, []],
    [100_000_000, 19_999_999, [{ rule: 'cut-per-change', limit: 0.8, value: 0.8 }]],
  ])('compares %i micros with %i to the micro', (before, after, expected) => {
    const found = violations({ operations: [budget(before, after)] });
    expect(found.filter(({ rule }) => rule !== 'raise-in-24-hours')).toEqual(expected);
  });

  it('adds up the raises of 24 hours, and no cut in between gives anything back', () => {
    const past = [
      {
        objectId: campaign,
        at: now - 20 * hour,
        budget: { beforeMicros: 100 * euro, afterMicros: 150 * euro },
        creates: false,
      },
      {
        objectId: campaign,
        at: now - 10 * hour,
        budget: { beforeMicros: 150 * euro, afterMicros: 100 * euro },
        creates: false,
      },
    ];
    expect(violations({ past, operations: [budget(100 * euro, 150 * euro)] })).toEqual([]);
    expect(violations({ past, operations: [budget(100 * euro, 150 * euro + 1)] })).toContainEqual({
      rule: 'raise-in-24-hours',
      limit: 1,
      value: 1,
    });
    const dayAgo = past.map((one) => ({ ...one, at: one.at - 15 * hour }));
    expect(violations({ past: dayAgo, operations: [budget(100 * euro, 150 * euro)] })).toEqual([]);
    const other = past.map((one) => ({ ...one, objectId: 'cmp_00000000000000000000000001' }));
    expect(violations({ past: other, operations: [budget(100 * euro, 150 * euro)] })).toEqual([]);
  });

  it('hold what the platform may spend against the ceilings, not the budget', () => {
    const ceiling = { dailyMicros: 219 * euro, monthlyMicros: 3_299 * euro };
    expect(violations({}, { accountCeilings: { [account]: ceiling } })).toEqual([
      { rule: 'account-ceiling-day', limit: 219 * euro, value: 220 * euro },
      { rule: 'account-ceiling-month', limit: 3_299 * euro, value: 3_300 * euro },
    ]);
    expect(violations({}, { workspaceCeiling: ceiling }).map(({ rule }) => rule)).toEqual([
      'workspace-ceiling-day',
      'workspace-ceiling-month',
    ]);
    expect(violations({}, { workspaceCeiling: { dailyMicros: 220 * euro, monthlyMicros: 3_300 * euro } })).toEqual([]);
  });

  it('let a decrease through above a ceiling', () => {
    const given = { operations: [budget(200 * euro, 150 * euro)], effect: effectOf(200 * euro, 150 * euro) };
    expect(violations(given, { workspaceCeiling: { dailyMicros: euro, monthlyMicros: euro } })).toEqual([]);
  });

  it('let no raise through whose ceiling cannot be reckoned', () => {
    const effect = { ...effectOf(1, 2), workspace: null };
    const workspaceCeiling = { dailyMicros: 900 * euro, monthlyMicros: null };
    expect(violations({ effect }, { workspaceCeiling })).toEqual([
      { rule: 'workspace-ceiling-day', limit: 900 * euro, value: null },
    ]);
  });

  it('want minutes between two changes of an object, but not before spending less', () => {
    const past = [{ objectId: campaign, at: now - 9 * 60_000, budget: null, creates: false }];
    expect(violations({ past })).toEqual([{ rule: 'spacing', limit: 10, value: 9 }]);
    expect(violations({ past: past.map((one) => ({ ...one, at: now - 10 * 60_000 })) })).toEqual([]);
    expect(violations({ past, operations: [budget(100 * euro, 90 * euro)] })).toEqual([]);
    expect(violations({ past, undoing: true })).toEqual([]);
    // What was just made may be put live.
    expect(violations({ past: past.map((one) => ({ ...one, creates: true })) })).toEqual([]);
  });

  it.each([
    ['12:00', '14:00', null, true],
    ['13:00', '14:00', null, true],
    ['12:00', '13:00', null, false],
    ['22:00', '06:00', null, false],
    ['22:00', '13:01', null, true],
    ['12:00', '12:01', 'UTC', true],
  ])('know the clock of the account: quiet from %s to %s in %s', (from, to, timeZone, quiet) => {
    const found = violations({}, { quietHours: { from, to, timeZone } });
    expect(found.map(({ rule }) => rule)).toEqual(quiet ? ['quiet-hours'] : []);
  });

  it('let what spends less through in quiet hours', () => {
    const quietHours = { from: '00:00', to: '23:59', timeZone: 'UTC' };
    expect(violations({ operations: [budget(100 * euro, 90 * euro)] }, { quietHours })).toEqual([]);
  });

  it('protect a campaign and all that stands in it, whatever is to be done', () => {
    const operations = [budget(100 * euro, 90 * euro, { objectId: 'adg_00000000000000000000000000' })];
    expect(violations({ operations, undoing: true }, { protectedCampaigns: [campaign] })).toEqual([
      { rule: 'protected-campaign', limit: null, value: campaign },
    ]);
  });

  it('ask for an approval above the amount, and where nobody can reckon the amount', () => {
    const approval = { raiseAboveDailyMicros: 10 * euro, roles: ['owner' as const], byAnother: true };
    expect(needsApproval(judge({}, { approval }))).toBe(false);
    const more = { effect: effectOf(100 * euro, 110 * euro + 1) };
    expect(needsApproval(judge(more, { approval }))).toBe(true);
    expect(needsApproval(judge({ effect: { ...effectOf(1, 2), workspace: null } }, { approval }))).toBe(true);
    const less = { operations: [budget(100 * euro, 90 * euro)], effect: effectOf(100 * euro, 90 * euro) };
    expect(needsApproval(judge(less, { approval }))).toBe(false);
  });

  it('let an undo put back what a raise or a cut had made, under the ceilings', () => {
    const operations = [budget(20 * euro, 100 * euro)];
    const effect = effectOf(20 * euro, 100 * euro);
    expect(violations({ operations, effect, undoing: true })).toEqual([]);
    const workspaceCeiling = { dailyMicros: 199 * euro, monthlyMicros: null };
    expect(violations({ operations, effect, undoing: true }, { workspaceCeiling }).map(({ rule }) => rule)).toEqual([
      'workspace-ceiling-day',
    ]);
  });
});
