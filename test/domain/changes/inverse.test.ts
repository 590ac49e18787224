import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../contracts/schemas/changes.ts';
import { type AppliedOperation, undoneBy, undoOf } from '../../../domain/changes/inverse.ts';

const campaignId = 'cmp_00000000000000000000000000';
const accountId = 'acc_00000000000000000000000000';
const target = { campaignId };
const euros = (micros: number) => ({ micros, currency: 'EUR' });
const applied = (operation: Operation, given: Partial<AppliedOperation> = {}): AppliedOperation => ({
  index: 0,
  operation,
  kind: 'campaign',
  objectId: campaignId,
  fields: [],
  ...given,
});

describe('undoing', () => {
  it.each<[Operation, string, unknown, Operation]>([
    [
      { do: 'set-status', target, status: 'paused' },
      'status',
      'enabled',
      { do: 'set-status', target, status: 'enabled' },
    ],
    [
      { do: 'set-daily-budget', target, dailyBudget: euros(5) },
      'dailyBudget',
      euros(3),
      { do: 'set-daily-budget', target, dailyBudget: euros(3) },
    ],
    [{ do: 'rename', target, name: 'new' }, 'name', 'old', { do: 'rename', target, name: 'old' }],
    [
      { do: 'set-bidding', target, bidding: { strategy: 'maximize-clicks' } },
      'bidding',
      { strategy: 'target-cpa', amount: euros(7) },
      { do: 'set-bidding', target, bidding: { strategy: 'target-cpa', amount: euros(7) } },
    ],
    [
      { do: 'set-targeting', target, targeting: { countries: ['DE'] } },
      'targeting.countries',
      ['AT', 'DE'],
      { do: 'set-targeting', target, targeting: { countries: ['AT', 'DE'] } },
    ],
  ])('puts back what the platform had: %j', (operation, field, before, expected) => {
    const undoing = undoOf([applied(operation, { fields: [{ field, before, after: 'whatever' }] })]);
    expect(undoing).toEqual({ operations: [expected], lasting: [] });
  });

  it('takes away what was made, and what stands in it with it, the last first', () => {
    const create = (ref: string): Operation => ({
      do: 'create-campaign',
      ref,
      accountId,
      name: ref,
      type: 'search',
      objective: 'traffic',
      politicalAdvertising: 'none',
    });
    const undoing = undoOf([
      applied(create('one'), { index: 0, objectId: 'cmp_00000000000000000000000001' }),
      applied(create('two'), { index: 1, objectId: 'cmp_00000000000000000000000002' }),
      applied(
        { do: 'create-ad-group', ref: 'inside', campaign: { ref: 'two' }, name: 'inside' },
        { index: 2, kind: 'ad-group', objectId: 'adg_00000000000000000000000001' },
      ),
      applied(
        { do: 'create-ad-group', ref: 'beside', campaign: target, name: 'beside' },
        { index: 3, kind: 'ad-group', objectId: 'adg_00000000000000000000000002' },
      ),
    ]);
    expect(undoing.lasting).toEqual([]);
    expect(undoing.operations).toEqual([
      { do: 'remove', target: { adGroupId: 'adg_00000000000000000000000002' } },
      { do: 'remove', target: { campaignId: 'cmp_00000000000000000000000002' } },
      { do: 'remove', target: { campaignId: 'cmp_00000000000000000000000001' } },
    ]);
  });

  it('is said to be possible of what can be put back, and of nothing else', () => {
    expect(Object.entries(undoneBy).flatMap(([operation, how]) => (how === null ? [operation] : []))).toEqual([
      'remove',
      'upload-asset',
    ]);
  });

  it('says what lasts and why, instead of guessing', () => {
    const undoing = undoOf([
      applied(
        { do: 'remove', target },
        { index: 0, fields: [{ field: 'status', before: 'paused', after: 'removed' }] },
      ),
      applied(
        {
          do: 'upload-asset',
          ref: 'logo',
          accountId,
          kind: 'image',
          name: 'logo',
          url: 'https://example.com/logo.png',
        },
        { index: 1, kind: 'asset', objectId: null },
      ),
      applied(
        { do: 'set-bidding', target, bidding: { strategy: 'maximize-clicks' } },
        { index: 2, fields: [{ field: 'bidding', before: null, after: {} }] },
      ),
      applied(
        { do: 'set-targeting', target, targeting: { countries: ['DE'], genders: ['female'] } },
        {
          index: 3,
          fields: [
            { field: 'targeting.countries', before: ['AT'], after: ['DE'] },
            { field: 'targeting.genders', before: null, after: ['female'] },
          ],
        },
      ),
    ]);
    expect(undoing.operations).toEqual([]);
    expect(undoing.lasting.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(undoing.lasting[3]?.reason).toContain('targeting.genders');
  });
});
