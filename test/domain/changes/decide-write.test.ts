import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../contracts/schemas/changes.ts';
import { decideWrite, type Seen } from '../../../domain/changes/decide-write.ts';
import { derivedId } from '../../../domain/integrations/ids.ts';
import type { PresentObject } from '../../../domain/integrations/platform-writer.ts';

const target = { campaignId: derivedId('cmp', ['a']) };
const accountId = derivedId('acc', ['a']);
const euros = (units: number) => ({ micros: units * 1_000_000, currency: 'EUR' });
const address = {
  kind: 'campaign',
  platformId: '77',
  campaignPlatformId: null,
  adGroupPlatformId: null,
  campaignType: 'search',
} as const;
const present = (over: Partial<PresentObject> = {}): Seen => ({
  kind: 'present',
  object: {
    address,
    name: 'Brand',
    status: 'enabled',
    dailyBudget: euros(10),
    bidding: null,
    targeting: { countries: ['DE'], languages: ['de'] },
    serving: null,
    ...over,
  },
});
const raise = {
  operation: { do: 'set-daily-budget', target, dailyBudget: euros(12) } as Operation,
  fields: [{ field: 'dailyBudget', before: euros(10), after: euros(12) }],
  address,
  sentAt: null,
};

describe('whether the platform is asked to act', () => {
  it('is asked when it has what was previewed', () => {
    expect(decideWrite(raise, present())).toEqual({ kind: 'write' });
  });

  it('is not asked when it has what is wanted', () => {
    expect(decideWrite(raise, present({ dailyBudget: { currency: 'EUR', micros: 12_000_000 } }))).toEqual({
      kind: 'done',
      written: { platformId: '77', platformRequestId: null },
    });
  });

  it.each([null, '2026-11-20T08:00:00.000Z'])(
    'stops at somebody else’s value, sent at %s, and shows both',
    (sentAt) => {
      expect(decideWrite({ ...raise, sentAt }, present({ dailyBudget: euros(50) }))).toEqual({
        kind: 'conflict',
        conflict: { field: 'dailyBudget', expected: euros(10), found: euros(50) },
      });
    },
  );

  it('stops where another currency stands', () => {
    const found = { micros: 10_000_000, currency: 'USD' };
    expect(decideWrite(raise, present({ dailyBudget: found }))).toMatchObject({
      kind: 'conflict',
      conflict: { found },
    });
  });

  it('stops at what was removed meanwhile, unless it was to be removed', () => {
    const gone: Seen = { kind: 'present', object: undefined };
    const conflict = { field: 'status', expected: 'present', found: 'removed' };
    expect(decideWrite(raise, gone)).toEqual({ kind: 'conflict', conflict });
    expect(decideWrite(raise, present({ status: 'removed' }))).toEqual({ kind: 'conflict', conflict });
    const removal = {
      ...raise,
      operation: { do: 'remove', target } as Operation,
      fields: [{ field: 'status', before: 'paused', after: 'removed' }],
    };
    expect(decideWrite(removal, gone)).toMatchObject({ kind: 'done', written: { platformId: '77' } });
  });

  it('completes a targeting of which one side is as wanted, and stops at a third value', () => {
    const fields = [
      { field: 'targeting.countries', before: ['DE'], after: ['DE', 'AT'] },
      { field: 'targeting.ages', before: null, after: ['18-24'] },
    ];
    const operation: Operation = {
      do: 'set-targeting',
      target,
      targeting: { countries: ['DE', 'AT'], ages: ['18-24'] },
    };
    const record = { ...raise, operation, fields };
    expect(decideWrite(record, present({ targeting: { countries: ['DE', 'AT'] } }))).toEqual({ kind: 'write' });
    expect(decideWrite(record, present({ targeting: { countries: ['CH'] } }))).toMatchObject({
      kind: 'conflict',
      conflict: { field: 'targeting.countries', found: ['CH'] },
    });
  });

  describe('of a creation', () => {
    const creation = {
      operation: {
        do: 'create-campaign',
        ref: 'c',
        accountId,
        name: 'Brand',
        type: 'search',
        objective: 'traffic',
        politicalAdvertising: 'none',
      } as Operation,
      fields: [],
      address: null,
      sentAt: null,
    };
    const written = { platformId: '78', platformRequestId: null };

    it('is asked when there is none', () => {
      expect(decideWrite(creation, { kind: 'made', written: undefined })).toEqual({ kind: 'write' });
    });

    it('takes what an earlier try has made', () => {
      const sentAt = '2026-11-20T08:00:00.000Z';
      expect(decideWrite({ ...creation, sentAt }, { kind: 'made', written })).toEqual({ kind: 'done', written });
    });

    it('stops where somebody else took the name before anything was sent', () => {
      expect(decideWrite(creation, { kind: 'made', written })).toEqual({
        kind: 'conflict',
        conflict: { field: 'name', expected: null, found: '78' },
      });
    });

    it('takes an asset with the same content, whoever uploaded it', () => {
      const upload = {
        ...creation,
        operation: {
          do: 'upload-asset',
          ref: 'a',
          accountId,
          kind: 'image',
          name: 'Hero',
          url: 'https://example.com/a.png',
        } as Operation,
      };
      expect(decideWrite(upload, { kind: 'made', written })).toEqual({ kind: 'done', written });
    });
  });
});
