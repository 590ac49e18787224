import { describe, expect, it } from 'vitest';
import type { EtlItem } from '../../../contracts/etl.ts';
import { mirroredId } from '../../../domain/integrations/ids.ts';
import { planRebuilds, rollupFact, rollupQuery } from '../../../domain/integrations/rollup-plan.ts';

const item = (accountId: string, from: string, to: string): EtlItem => ({
  workspaceId: 'wsp_1',
  runId: 'run_1',
  itemId: `${accountId}-${from}`,
  connectionId: 'con_1',
  platform: 'google-ads',
  accountId,
  accountPlatformId: '111',
  accountName: 'Shop',
  managerPlatformId: null,
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  from,
  to,
  grains: ['account', 'keyword'],
  withStructure: true,
});
const scope = { workspaceId: 'wsp_1', platform: 'google-ads', accountPlatformId: '111' };
const measures = {
  impressions: '10',
  clicks: '1',
  spend_micros: '9007199254740991',
  conversions_micros: '500000',
  conversion_value_micros: '-3',
  loaded_at: '2026-11-20 08:00:00.000000',
};

describe('the rollups a run touches', () => {
  it('are whole months of every account, once', () => {
    const rebuilds = planRebuilds([
      item('a', '2026-11-01', '2026-11-20'),
      item('a', '2026-09-30', '2026-10-31'),
      item('b', '2026-11-19', '2026-11-20'),
    ]);
    expect(rebuilds.map(({ account, from, to, months }) => [account.accountId, from, to, months])).toEqual([
      ['a', '2026-09-30', '2026-11-20', ['2026-09', '2026-10', '2026-11']],
      ['b', '2026-11-19', '2026-11-20', ['2026-11']],
    ]);
  });

  it('are read from the first day of the first month to the last of the last', () => {
    const [rebuild] = planRebuilds([item('a', '2026-01-15', '2026-02-03')]);
    const sql = rebuild ? rollupQuery('wsp_1', rebuild, 'keyword') : '';
    expect(sql).toContain(`BETWEEN DATE '2026-01-01' AND DATE '2026-02-28'`);
    expect(sql).toContain('"keyword_platform_id"');
  });

  it('hold exact numbers and the ids that structure has', () => {
    const row = {
      ...measures,
      date: '2026-11-19',
      campaign_platform_id: '7',
      ad_group_platform_id: '70',
      keyword_platform_id: '700',
    };
    expect(rollupFact('keyword', scope, row)).toMatchObject({
      date: '2026-11-19',
      spendMicros: Number.MAX_SAFE_INTEGER,
      conversionValueMicros: -3,
      loadedAt: '2026-11-20T08:00:00.000Z',
      object: {
        platformId: '700',
        campaignId: mirroredId('campaign', scope, { platformId: '7', adGroupPlatformId: null }),
        adGroupId: mirroredId('ad-group', scope, { platformId: '70', adGroupPlatformId: null }),
        keywordId: mirroredId('keyword', scope, { platformId: '700', adGroupPlatformId: '70' }),
      },
    });
    expect(rollupFact('account', scope, { ...measures, date: '2026-11-19' }).object).toEqual({ platformId: '111' });
  });

  it('refuse a number that cannot be kept exactly and a missing one', () => {
    const row = { ...measures, date: '2026-11-19' };
    expect(() => rollupFact('account', scope, { ...row, spend_micros: '9007199254740993' })).toThrow('exactly');
    expect(() => rollupFact('account', scope, { ...row, clicks: null })).toThrow('clicks');
  });
});
