import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountId, campaignId, keywordId, runId } from '../../../contracts/schemas/primitives.ts';
import { accountIdOf, derivedId, mirroredId, newId, runIdFor } from '../../../domain/integrations/ids.ts';

const scope = { workspaceId: 'wsp_1', platform: 'google-ads', accountPlatformId: '111' };

describe('ids', () => {
  it('are of the form the contract asks for', () => {
    expect(accountId.safeParse(accountIdOf('wsp_1', 'google-ads', '111')).success).toBe(true);
    expect(runId.safeParse(newId('run', Date.now())).success).toBe(true);
    expect(runId.safeParse(runIdFor('wsp_1', 'key')).success).toBe(true);
    const object = { platformId: '5', adGroupPlatformId: '9' };
    expect(campaignId.safeParse(mirroredId('campaign', scope, object)).success).toBe(true);
    expect(keywordId.safeParse(mirroredId('keyword', scope, object)).success).toBe(true);
  });

  it('are the same for the same parts and differ for parts cut elsewhere', () => {
    const parts = fc.array(fc.string(), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        expect(derivedId('x', one) === derivedId('x', other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
    expect(derivedId('x', ['ab', 'c'])).not.toBe(derivedId('x', ['a', 'bc']));
  });

  it('sort by the time they were made', () => {
    const time = fc.integer({ min: 0, max: 2 ** 45 });
    fc.assert(
      fc.property(time, time, (one, other) => {
        fc.pre(one < other);
        expect(newId('run', one) < newId('run', other)).toBe(true);
      }),
    );
  });

  it('tell a keyword that stands in two ad groups apart, and give a campaign one id wherever it is seen', () => {
    const inGroup = (adGroupPlatformId: string | null) => ({ platformId: '5', adGroupPlatformId });
    expect(mirroredId('keyword', scope, inGroup('1'))).not.toBe(mirroredId('keyword', scope, inGroup('2')));
    expect(mirroredId('campaign', scope, inGroup('1'))).toBe(mirroredId('campaign', scope, inGroup(null)));
    expect(mirroredId('campaign', { ...scope, workspaceId: 'wsp_2' }, inGroup(null))).not.toBe(
      mirroredId('campaign', scope, inGroup(null)),
    );
  });
});
