/** What the platform reports is what the API and the warehouse say, to the micro; `npm test` builds what runs here. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dimensionNames } from '../../contracts/schemas/metrics.ts';
import { dayFromToday } from './days.ts';
import { accountOf, reportedFacts, toldFacts, valuesOf } from './facts.ts';
import { publishedRates } from './published-rates.ts';
import { type Answer, START_TIMEOUT_MS, startTestSystem, type TestSystem } from './running-system.ts';
import { CLOSED, OPEN_ACCOUNTS, type TruthRow } from './simulator.ts';
import { factRows, query } from './warehouse.ts';

const DAYS = 14;
const grains = ['account', 'campaign', 'ad-group', 'ad', 'keyword'] as const;
const window = { from: dayFromToday(-DAYS - 1), to: dayFromToday(1) };

let system: TestSystem;
let accounts: Answer<'listAccounts'>['items'];
let first: Answer<'getEtlRun'>;
beforeAll(async () => {
  system = await startTestSystem(DAYS);
  await system.simulator.holdClock();
  first = await system.run({ from: dayFromToday(-DAYS) });
  accounts = (await system.get('listAccounts')).items;
}, START_TIMEOUT_MS);
afterAll(() => system?.stop(), 30_000);

const ofPlatform = (platformId: string) => accountOf(accounts, platformId);

const told = (platformId: string, grain: 'account' | 'campaign') =>
  toldFacts(system, ofPlatform(platformId), grain, window);
const reported = (platformId: string, grain: 'account' | 'campaign') =>
  reportedFacts(system, platformId, grain, window);

/** Every grain in the warehouse. */
const warehouse = () => Promise.all(grains.map((grain) => factRows(system.running, grain)));

async function agreesWithThePlatform(): Promise<void> {
  for (const platformId of OPEN_ACCOUNTS) {
    for (const grain of ['account', 'campaign'] as const) {
      const truth = await reported(platformId, grain);
      expect(truth.length).toBeGreaterThan(DAYS / 2);
      expect(await told(platformId, grain)).toEqual(truth);
    }
  }
}

async function warehouseAgreesWithThePlatform(): Promise<void> {
  for (const grain of grains) {
    const rows = await query(
      system.running,
      `SELECT account_platform_id, sum(impressions), sum(clicks), sum(spend_micros), sum(conversions_micros), sum(conversion_value_micros), count(*)
       FROM fact_${grain.replace('-', '_')}_daily GROUP BY account_platform_id ORDER BY account_platform_id`,
    );
    const truth = await Promise.all(
      OPEN_ACCOUNTS.map(async (platformId) => {
        const all = await system.simulator.truth(platformId, grain, window.from, window.to);
        const sum = (of: (row: TruthRow) => number) => String(all.reduce((total, row) => total + of(row), 0));
        return [
          platformId,
          sum((row) => row.impressions),
          sum((row) => row.clicks),
          sum((row) => row.costMicros),
          sum((row) => row.conversionsMicros),
          sum((row) => row.valueMicros),
          String(all.length),
        ];
      }),
    );
    expect([grain, rows]).toEqual([grain, truth]);
  }
}

describe('after the first load', () => {
  it('ends the run as succeeded, the closed account left out with its reason', () => {
    expect(first).toMatchObject({
      status: 'succeeded',
      error: null,
      accounts: { total: 4, loaded: 3, failed: 0, skipped: 1 },
      rowsQuarantined: 0,
    });
    expect(first.finishedAt).not.toBeNull();
    const skipped = first.progress.filter(({ stage }) => stage === 'skipped');
    expect(skipped).toMatchObject([{ error: 'The account is disabled on Google Ads.' }]);
    expect(skipped[0]?.accountId).toBe(ofPlatform(CLOSED).id);
  });

  it('lists the open accounts and the closed one', () => {
    expect(accounts.map(({ platformId, status }) => [platformId, status]).toSorted()).toEqual([
      ...OPEN_ACCOUNTS.map((id) => [id, 'enabled']),
      [CLOSED, 'disabled'],
    ]);
    for (const id of OPEN_ACCOUNTS) {
      expect(ofPlatform(id).lastLoadedAt).not.toBeNull();
      expect(ofPlatform(id).lastError).toBeNull();
    }
  });

  it.each(['listAccounts', 'listCampaigns', 'listAdGroups', 'listAds'] as const)(
    'pages %s to the end without a gap or a repeat',
    async (name) => {
      const whole = await system.pages<{ readonly id: string }>(name, { limit: '1000' });
      const small = await system.pages<{ readonly id: string }>(name, { limit: name === 'listAccounts' ? '1' : '7' });
      expect(whole.length).toBeGreaterThan(3);
      expect(new Set(small.map(({ id }) => id)).size).toBe(small.length);
      expect(small).toEqual(whole);
    },
  );

  it('finds each campaign of a list by its id', async () => {
    const { items } = await system.get('listCampaigns', { limit: '3' });
    for (const campaign of items) {
      expect(await system.get('getCampaign', {}, { campaignId: campaign.id })).toEqual(campaign);
    }
  });

  it('keeps lists to the filters asked for', async () => {
    for (const { id } of accounts) {
      const campaigns = await system.pages<{ accountId: string }>('listCampaigns', { accountId: id, limit: '1000' });
      expect(campaigns.every(({ accountId }) => accountId === id)).toBe(true);
    }
    const paused = await system.pages<{ status: string }>('listCampaigns', { status: 'paused' });
    expect(paused.every(({ status }) => status === 'paused')).toBe(true);
  });

  it('says of each account and campaign and day what the platform says', agreesWithThePlatform);

  it('holds every grain of the platform in the warehouse', warehouseAgreesWithThePlatform);

  it.each(dimensionNames)('groups by %s to the same sums as the rows say', async (dimension) => {
    const { id, currency } = ofPlatform(OPEN_ACCOUNTS[0]);
    const ask = { ...window, accountId: id, currency, groupBy: dimension, limit: '1000' };
    const answer = await system.get('queryMetrics', ask);
    const rows = await system.pages<Answer<'queryMetrics'>['rows'][number]>('queryMetrics', { ...ask, limit: '100' });
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map(({ values: _, ...names }) => JSON.stringify(names))).size).toBe(rows.length);
    const sum = (of: (row: ReturnType<typeof valuesOf>) => number) =>
      rows.reduce((total, row) => total + of(valuesOf(row)), 0);
    expect(answer.totals).toMatchObject({
      impressions: sum((row) => row.impressions),
      clicks: sum((row) => row.clicks),
      spendMicros: sum((row) => row.spendMicros),
      conversionValueMicros: sum((row) => row.conversionValueMicros ?? 0),
    });
    expect(answer.totals.conversions).toBeCloseTo(
      sum((row) => row.conversions ?? 0),
      6,
    );
    expect(answer.unconverted).toEqual([]);
  });

  it('divides ratios from the sums', async () => {
    const { id, currency } = ofPlatform(OPEN_ACCOUNTS[0]);
    const { totals } = await system.get('queryMetrics', { ...window, accountId: id, currency });
    expect(totals.ctr).toBeCloseTo(totals.clicks / totals.impressions, 9);
    expect(totals.cpcMicros).toBe(Math.round(totals.spendMicros / totals.clicks));
    expect(totals.cpaMicros).toBe(Math.round(totals.spendMicros / (totals.conversions ?? 0)));
    expect(totals.roas).toBeCloseTo((totals.conversionValueMicros ?? 0) / totals.spendMicros, 9);
  });
});

describe('money of several currencies', () => {
  it('is converted with the reference rate of its own day, weekends with the last one before', async () => {
    const published = await publishedRates(system);
    const perEuro = (currency: string, date: string): number => {
      if (currency === 'EUR') return 1;
      for (let age = 0; age <= 7; age += 1) {
        const day = new Date(Date.parse(date) - age * 86_400_000).toISOString().slice(0, 10);
        const rate = published.get(day)?.get(currency);
        if (rate !== undefined) return rate;
      }
      throw new Error(`No rate of ${currency} for ${date}.`);
    };
    // The last days may have no rate of their own yet when the feed is asked; all these days have.
    const settled = { from: dayFromToday(-DAYS), to: dayFromToday(-2) };
    for (const target of ['EUR', 'USD']) {
      const answer = await system.get('queryMetrics', {
        ...settled,
        groupBy: 'account,date',
        currency: target,
        limit: '1000',
      });
      expect([answer.currency, answer.unconverted]).toEqual([target, []]);
      let compared = 0;
      for (const platformId of OPEN_ACCOUNTS) {
        const { id, currency } = ofPlatform(platformId);
        for (const row of await system.simulator.truth(platformId, 'account', settled.from, settled.to)) {
          const found = answer.rows.find(({ accountId, date }) => accountId === id && date === row.date);
          const factor = perEuro(target, row.date) / perEuro(currency, row.date);
          // Facts are converted row by row; each may be rounded by half a micro, and there are no more rows than these.
          expect(Math.abs((found?.values.spendMicros ?? 0) - row.costMicros * factor)).toBeLessThan(5);
          expect(Math.abs((found?.values.conversionValueMicros ?? 0) - row.valueMicros * factor)).toBeLessThan(5);
          compared += 1;
        }
      }
      expect(compared).toBe(answer.rows.length);
      expect(compared).toBeGreaterThan(2 * DAYS);
      const sum = answer.rows.reduce((total, { values }) => total + values.spendMicros, 0);
      expect(answer.totals.spendMicros).toBe(sum);
    }
  });

  it('is left out and named where no rate is known', async () => {
    const yen = accounts.find(({ currency }) => currency === 'JPY');
    const answer = await system.get('queryMetrics', { ...window, accountId: yen?.id ?? '', currency: 'XXX' });
    expect(answer.totals.spendMicros).toBe(0);
    expect(answer.totals.clicks).toBeGreaterThan(0);
    expect(answer.unconverted.length).toBeGreaterThan(0);
    const { totals } = await system.get('queryMetrics', {
      ...window,
      accountId: yen?.id ?? '',
      currency: yen?.currency ?? '',
    });
    expect(answer.unconverted.reduce((total, { spendMicros }) => total + spendMicros, 0)).toBe(totals.spendMicros);
  });
});

describe('loading again', () => {
  it('changes nothing, whole, overlapping or only the last days', async () => {
    const before = await warehouse();
    const answer = async () =>
      (await system.get('queryMetrics', { ...window, groupBy: 'account,date', limit: '1000' })).rows;
    const rows = await answer();
    for (const body of [
      { from: dayFromToday(-DAYS), grains: 'objects' },
      { from: dayFromToday(2 - DAYS), to: dayFromToday(-5), grains: 'objects' },
      { from: dayFromToday(-12), to: dayFromToday(-9) },
      { from: dayFromToday(0) },
    ]) {
      const run = await system.run(body);
      expect(run.status).toBe('succeeded');
    }
    expect(await warehouse()).toEqual(before);
    expect(await answer()).toEqual(rows);
  }, 120_000);

  it('leaves the same facts when two runs load the same days at once', async () => {
    const before = await warehouse();
    const body = { from: dayFromToday(4 - DAYS), grains: 'objects' };
    const started = await Promise.all([system.startRun(body), system.startRun(body)]);
    for (const { id } of started) expect((await system.finished(id)).status).toBe('succeeded');
    expect(await warehouse()).toEqual(before);
    await agreesWithThePlatform();
  }, 120_000);
});

describe('when the platform restates the past', () => {
  it('brings past days to what the platform says now', async () => {
    const [platformId] = OPEN_ACCOUNTS;
    const before = await told(platformId, 'account');
    await system.simulator.advanceDays(4);
    expect((await system.run({ grains: 'objects' })).status).toBe('succeeded');
    const after = await told(platformId, 'account');
    expect(after).not.toEqual(before);
    const yesterday = `${dayFromToday(-2)} `;
    const find = (rows: typeof before) => rows.find(({ key }) => key === yesterday);
    expect(find(after)?.conversions).toBeGreaterThan(find(before)?.conversions ?? 0);
    // The product's own day is the real one: what lies after it is not asked for yet.
    const today = dayFromToday(0);
    const upToToday = (rows: typeof before) => rows.filter(({ key }) => key.slice(0, 10) < today);
    for (const account of OPEN_ACCOUNTS) {
      expect(upToToday(await told(account, 'account'))).toEqual(upToToday(await reported(account, 'account')));
    }
  }, 120_000);
});
