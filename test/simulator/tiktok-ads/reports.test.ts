import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dayOf } from '../../../simulator/market/calendar.ts';
import type { MarketGrain } from '../../../simulator/market/market.ts';
import { sum } from '../../../simulator/market/measures.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import { noon } from '../open.ts';
import { america, type Caller, campaignReport, europe, japan, open, withDeleted } from './open.ts';

let simulator: Simulator;
let call: Caller;
beforeAll(async () => {
  ({ simulator, call } = await open());
});
afterAll(() => simulator.close());
beforeEach(() => simulator.clock.setTo(noon));

interface Row {
  readonly dimensions: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, string>>;
}
const report = async (parameters: Readonly<Record<string, unknown>> = {}): Promise<Row[]> => {
  const { body } = await call.get('report/integrated/get', { ...campaignReport, ...parameters });
  expect(body).toMatchObject({ code: 0 });
  return body.data.list;
};
const code = async (parameters: Readonly<Record<string, unknown>>) =>
  (await call.get('report/integrated/get', { ...campaignReport, ...parameters })).body.code;

/** Decimal text to micros without floating point. */
const micros = (text: string | undefined) => {
  const [whole = '', decimals = ''] = (text ?? '').split('.');
  return Number(`${whole}${decimals.padEnd(6, '0')}`);
};
const totals = (rows: readonly Row[]) => ({
  spend: rows.reduce((all, { metrics }) => all + micros(metrics['spend']), 0),
  impressions: rows.reduce((all, { metrics }) => all + Number(metrics['impressions']), 0),
  conversions: rows.reduce((all, { metrics }) => all + Number(metrics['conversion']), 0),
  value: rows.reduce((all, { metrics }) => all + micros(metrics['total_purchase_value']), 0),
});
function truth(account: string, grain: MarketGrain, from: string, to: string) {
  const market = simulator.market();
  const found = market.world.accounts.find(({ id }) => id === account);
  if (found === undefined) throw new Error(`No account ${account}.`);
  const all = sum([...market.rows(found, grain, dayOf(from), dayOf(to), simulator.clock.now())]);
  return {
    spend: all.costMicros,
    impressions: all.impressions,
    conversions: all.conversionsMicros / 1_000_000,
    value: all.valueMicros,
  };
}

const levels = {
  account: { data_level: 'AUCTION_ADVERTISER', dimensions: ['advertiser_id', 'stat_time_day'] },
  campaign: { filtering: withDeleted('campaign') },
  'ad-group': {
    data_level: 'AUCTION_ADGROUP',
    dimensions: ['adgroup_id', 'stat_time_day'],
    filtering: withDeleted('adgroup'),
  },
  ad: { data_level: 'AUCTION_AD', dimensions: ['ad_id', 'stat_time_day'], filtering: withDeleted('ad') },
} as const;
const september = { start_date: '2026-09-01', end_date: '2026-09-30' };

describe('basic reports', () => {
  it.each(['account', 'campaign', 'ad-group', 'ad'] as const)(
    'of every %s add up to what happened, to the cent',
    async (grain) => {
      const rows = await report({ ...september, ...levels[grain] });
      expect(totals(rows)).toEqual(truth(europe, 'account', september.start_date, september.end_date));
      expect(totals(rows).spend).toBeGreaterThan(0);
    },
  );

  it('leave out what was deleted unless they are asked for all', async () => {
    const all = await report({ ...september, ...levels.campaign });
    const present = await report(september);
    expect(present.length).toBeLessThan(all.length);
    const deleted = '1790106000000000';
    expect(all.some(({ dimensions }) => dimensions['campaign_id'] === deleted)).toBe(true);
    expect(present.some(({ dimensions }) => dimensions['campaign_id'] === deleted)).toBe(false);
  });

  it('write every value as text: the day with its midnight, money with the currency`s places', async () => {
    const [row] = await report();
    expect(row?.dimensions).toEqual({ campaign_id: '1790101000000000', stat_time_day: '2026-11-10 00:00:00' });
    expect(row?.metrics).toEqual({
      spend: expect.stringMatching(/^\d+\.\d\d$/),
      impressions: expect.stringMatching(/^\d+$/),
      clicks: expect.stringMatching(/^\d+$/),
      conversion: expect.stringMatching(/^\d+$/),
      total_purchase_value: expect.stringMatching(/^\d+\.\d\d$/),
      video_play_actions: expect.stringMatching(/^\d+$/),
      currency: 'EUR',
    });
    for (const { metrics } of await report({ advertiser_id: japan })) {
      expect(metrics['spend']).toMatch(/^\d+$/);
      expect(metrics['total_purchase_value']).toMatch(/^\d+$/);
      expect(metrics['currency']).toBe('JPY');
    }
  });

  it('write a dash where there is no value, never a zero', async () => {
    const pictures = await report({ ...september, filtering: [{ ...idFilter('campaign', ['1790105000000000']) }] });
    expect(pictures.length).toBeGreaterThan(0);
    for (const { metrics } of pictures) expect(metrics['video_play_actions']).toBe('-');
    const [row] = await report({ metrics: ['campaign_name', 'adgroup_name', 'ad_id'] });
    expect(row?.metrics).toEqual({ campaign_name: 'TT | Reach | Run Stories', adgroup_name: '-', ad_id: '-' });
  });

  it('name the parents of a row among the metrics', async () => {
    const [row] = await report({ ...levels.ad, metrics: ['spend', 'campaign_id', 'adgroup_id'] });
    expect(row?.dimensions['ad_id']).toBe('1792101010100000');
    expect(row?.metrics).toMatchObject({ campaign_id: '1790101000000000', adgroup_id: '1791101010000000' });
  });

  it('have spend and impressions when no metrics are named', async () => {
    const [row] = await report({ metrics: undefined });
    expect(Object.keys(row?.metrics ?? {})).toEqual(['spend', 'impressions']);
  });

  it('add up the days when none are asked for', async () => {
    const whole = await report({ dimensions: ['campaign_id'], start_date: '2026-09-01', end_date: '2026-11-12' });
    expect(whole).toHaveLength(4 + 1);
    const days = await report();
    const few = await report({ dimensions: ['campaign_id'] });
    expect(totals(few)).toEqual(totals(days));
  });

  it('come in pages that fit together', async () => {
    const whole = await report(levels.ad);
    const paged: Row[] = [];
    for (let page = 1; page <= Math.ceil(whole.length / 7); page += 1)
      paged.push(...(await report({ ...levels.ad, page, page_size: 7 })));
    expect(paged).toEqual(whole);
  });

  it('look at the newest 20,000 ads alone, and say so in a header', async () => {
    const other = await open();
    try {
      const id = '7012345678901239999';
      await fetch(`${other.simulator.control}/control/world`, {
        method: 'POST',
        body: JSON.stringify({ accounts: [{ platform: 'tiktok-ads', id, campaigns: 250, ads: 25_000 }] }),
      });
      const asked = {
        ...campaignReport,
        ...levels.ad,
        advertiser_id: id,
        start_date: '2026-11-10',
        end_date: '2026-11-10',
      };
      const cut = await other.call.get('report/integrated/get', { ...asked, page: 20 });
      expect(cut.headers.get('x-tt-ads-throttle')).toContain('20k');
      expect(cut.body.data.page_info.total_number).toBeLessThanOrEqual(20_000);
      const few = await other.call.get('report/integrated/get', {
        ...asked,
        filtering: [...withDeleted('ad'), idFilter('campaign', ['8001000000'])],
      });
      expect(few.body.data.page_info.total_number).toBeGreaterThan(0);
    } finally {
      await other.simulator.close();
    }
  });
});

const idFilter = (level: string, ids: readonly string[]) => ({
  field_name: `${level}_ids`,
  filter_type: 'IN',
  filter_value: JSON.stringify(ids),
});

describe('audience reports', () => {
  const audience = (dimension: string) => ({
    report_type: 'AUDIENCE',
    dimensions: ['campaign_id', 'stat_time_day', dimension],
    filtering: withDeleted('campaign'),
  });

  it.each([
    ['age', ['AGE_13_17', 'AGE_18_24', 'AGE_25_34', 'AGE_35_44', 'AGE_45_54', 'AGE_55_100', 'NONE']],
    ['gender', ['FEMALE', 'MALE', 'NONE']],
    ['country_code', ['AT', 'CH', 'DE', 'NONE']],
    ['placement', ['PLACEMENT_GLOBAL_APP_BUNDLE', 'PLACEMENT_PANGLE', 'PLACEMENT_TIKTOK']],
    ['platform', ['ANDROID', 'IPAD', 'IPHONE', 'NONE', 'PC']],
  ])('divide campaigns by %s exactly', async (dimension, values) => {
    const rows = await report({ ...september, ...audience(dimension), page_size: 1000 });
    const more = rows.length === 1000 ? await report({ ...september, ...audience(dimension), page: 2 }) : [];
    const all = [...rows, ...more];
    expect([...new Set(all.map(({ dimensions }) => dimensions[dimension]))].sort()).toEqual(values);
    expect(totals(all)).toEqual(truth(europe, 'account', september.start_date, september.end_date));
  });

  it('of the advertiser add up the campaigns', async () => {
    const rows = await report({
      report_type: 'AUDIENCE',
      data_level: 'AUCTION_ADVERTISER',
      dimensions: ['advertiser_id', 'stat_time_day', 'gender'],
    });
    expect(rows).toHaveLength(9);
    expect(totals(rows)).toEqual(truth(europe, 'account', '2026-11-10', '2026-11-12'));
  });
});

describe('time', () => {
  const today = { dimensions: ['advertiser_id', 'stat_time_day'], data_level: 'AUCTION_ADVERTISER' };

  it('is the account`s own: the last hours of its day are not reported before eleven hours have passed', async () => {
    // 23:00 UTC: midnight in Berlin, 15:00 in Los Angeles. Eleven hours ago it was 13:00 and 04:00.
    simulator.clock.setTo(Date.parse('2026-11-20T23:00:00Z'));
    const day = { start_date: '2026-11-20', end_date: '2026-11-21' };
    const shown = async (advertiser_id: string) => {
      const rows = await report({ ...today, ...day, advertiser_id });
      return rows.map(({ dimensions, metrics }) => [
        dimensions['stat_time_day']?.slice(0, 10),
        micros(metrics['spend']),
      ]);
    };
    const before = { berlin: await shown(europe), angeles: await shown(america) };
    expect(before.berlin.map(([date]) => date)).toEqual(['2026-11-20']);
    simulator.clock.setTo(Date.parse('2026-11-21T10:00:00Z'));
    const after = await shown(europe);
    expect(after[0]?.[1]).toBeGreaterThan(Number(before.berlin[0]?.[1]));
    expect(before.angeles[0]?.[1]).toBeLessThan(Number((await shown(america))[0]?.[1]));
  });

  it('shows what the truth of the same instant is, to the second, while the day grows', async () => {
    for (const seconds of [1, 29, 59, 61]) {
      simulator.clock.setTo(noon + 3_600_000 + seconds * 1000);
      const rows = await report({ ...today, start_date: '2026-11-18', end_date: '2026-11-20' });
      expect(totals(rows)).toEqual(truth(europe, 'account', '2026-11-18', '2026-11-20'));
    }
  });

  it('restates conversions of past days', async () => {
    const first = totals(await report());
    simulator.clock.advance(9 * 86_400_000);
    const later = totals(await report());
    expect(later.conversions).toBeGreaterThan(first.conversions);
    expect(later.impressions).toBe(first.impressions);
  });
});

describe('a report is refused', () => {
  it.each([
    ['for 31 days', { start_date: '2026-10-01', end_date: '2026-10-31' }, 40002],
    ['that ends before it starts', { start_date: '2026-11-12', end_date: '2026-11-10' }, 40002],
    ['for a day that is none', { start_date: '2026-02-30' }, 40002],
    ['with dimensions that are no JSON list', { dimensions: 'campaign_id,stat_time_day' }, 40002],
    ['with a dimension of another level', { dimensions: ['ad_id', 'stat_time_day'] }, 40002],
    ['without its id', { dimensions: ['stat_time_day'] }, 40002],
    ['by the hour', { dimensions: ['campaign_id', 'stat_time_hour'] }, 40002],
    ['by age without being an audience report', { dimensions: ['campaign_id', 'stat_time_day', 'age'] }, 40002],
    ['by two audiences', { report_type: 'AUDIENCE', dimensions: ['campaign_id', 'age', 'gender'] }, 40002],
    ['with an unknown metric', { metrics: ['shoes'] }, 40002],
    ['of an unknown type', { report_type: 'PLAYABLE_MATERIAL' }, 40002],
    ['of an unknown level', { data_level: 'RESERVATION_AD' }, 40002],
    [
      'with a filter whose value is no JSON',
      { filtering: [{ ...withDeleted('campaign')[0], filter_value: 'ALL' }] },
      40002,
    ],
    [
      'with a filter of another level',
      { filtering: [{ field_name: 'shoe', filter_type: 'IN', filter_value: '[]' }] },
      40002,
    ],
    ['with an order', { order_field: 'spend' }, 40002],
    ['for 101 ids', { filtering: [idFilter('campaign', Array.from({ length: 101 }, String))] }, 40067],
  ])('%s', async (_, parameters, expected) => {
    expect(await code(parameters)).toBe(expected);
  });
});
