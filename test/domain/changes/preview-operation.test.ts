import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../contracts/schemas/changes.ts';
import { type Found, previewOperation } from '../../../domain/changes/preview-operation.ts';
import type { ResolvedOperation } from '../../../domain/changes/resolve-operations.ts';
import type { PlatformOperation, PresentObject, WriteRules } from '../../../domain/integrations/platform-writer.ts';

const campaignId = 'cmp_00000000000000000000000000';
const address = {
  kind: 'campaign',
  platformId: '11',
  campaignPlatformId: null,
  adGroupPlatformId: null,
  campaignType: 'search',
} as const;
const euros = (micros: number) => ({ micros, currency: 'EUR' });
const rules: WriteRules = {
  objections: () => [],
  dailyBudget: () => ({ minimumMicros: 0, stepMicros: 1 }),
  mostSpend: (micros) => ({ dayMicros: 2 * micros, monthMicros: 30 * micros }),
  budgetLevels: ['campaign'],
  utmLevel: 'campaign',
  declarationLevel: 'campaign',
};
const present = (given: Partial<PresentObject> = {}): Found => ({
  kind: 'present',
  object: {
    address,
    name: 'Shoes',
    status: 'enabled',
    dailyBudget: euros(100),
    bidding: null,
    targeting: { countries: ['DE'] },
    serving: null,
    ...given,
  },
});
const preview = (operation: Operation, found: Found, objections: ReturnType<WriteRules['objections']> = []) =>
  previewOperation({
    resolved: {
      index: 0,
      operation,
      account: { id: 'acc', platform: 'google-ads', currency: 'EUR', timeZone: 'UTC', name: 'Shop' },
      kind: 'campaign',
      object: {
        kind: 'campaign',
        id: campaignId,
        accountId: 'acc',
        name: 'mirrored',
        status: 'enabled',
        campaignId,
        address,
      },
      campaignId,
      after: [],
    } satisfies ResolvedOperation,
    planned: {} as PlatformOperation,
    found,
    rules: { ...rules, objections: () => objections },
  });
const target = { campaignId };

describe('the preview of an operation', () => {
  it.each<[Operation, unknown, string]>([
    [
      { do: 'set-status', target, status: 'paused' },
      [{ field: 'status', before: 'enabled', after: 'paused' }],
      'decrease',
    ],
    [
      { do: 'set-status', target, status: 'enabled' },
      [{ field: 'status', before: 'enabled', after: 'enabled' }],
      'neutral',
    ],
    [
      { do: 'set-daily-budget', target, dailyBudget: euros(101) },
      [{ field: 'dailyBudget', before: euros(100), after: euros(101) }],
      'increase',
    ],
    [
      { do: 'set-targeting', target, targeting: { countries: ['AT'], genders: ['female'] } },
      [
        { field: 'targeting.countries', before: ['DE'], after: ['AT'] },
        { field: 'targeting.genders', before: null, after: ['female'] },
      ],
      'neutral',
    ],
    [{ do: 'remove', target }, [{ field: 'status', before: 'enabled', after: 'removed' }], 'neutral'],
  ])('tells what changes from what to what: %j', (operation, fields, spend) => {
    expect(preview(operation, present())).toMatchObject({ fields, spend, problems: [], objectName: 'Shoes' });
  });

  it('says when it is so already, what cannot be undone, and what a platform may spend', () => {
    const same = preview({ do: 'rename', target, name: 'Shoes' }, present());
    expect(same.warnings).toEqual(['It is so already; applying it changes nothing.']);
    expect(preview({ do: 'remove', target }, present()).warnings).toEqual(['A removal cannot be undone.']);
    const raise = preview({ do: 'set-daily-budget', target, dailyBudget: euros(12_500_000) }, present());
    expect(raise.warnings).toEqual(['The platform may spend up to 25.00 EUR on one day and 375.00 EUR in a month.']);
  });

  it('says of one field one thing: what is known here before what the rules say', () => {
    const foreign = { micros: 5, currency: 'USD' };
    const objections = [
      { field: 'dailyBudget', reason: 'something of the same' },
      { field: 'name', reason: 'too long' },
    ];
    const { problems } = preview({ do: 'set-daily-budget', target, dailyBudget: foreign }, present(), objections);
    expect(problems.map(({ field }) => field)).toEqual(['dailyBudget.currency', 'name']);
  });

  it.each<[string, Found, RegExp]>([
    ['was removed on the platform', present({ status: 'removed' }), /removed on the platform/],
    ['is gone', { kind: 'gone' }, /no such object/],
    ['keeps no budget', present({ dailyBudget: null }), /keeps no daily budget/],
  ])('is blocked where the object %s', (_, found, reason) => {
    const { problems } = preview({ do: 'set-daily-budget', target, dailyBudget: euros(101) }, found);
    expect(problems).toMatchObject([{ field: 'target', reason: expect.stringMatching(reason) }]);
  });
});
