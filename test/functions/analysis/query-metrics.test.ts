import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metricsAnswer } from '../../../contracts/schemas/metrics.ts';
import type { Grain } from '../../../contracts/schemas/primitives.ts';
import { problem } from '../../../contracts/schemas/problem.ts';
import { encodeRollup, type RollupRow } from '../../../domain/analysis/rollup.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { rollupKey } from '../../../domain/integrations/lake-layout.ts';
import { type Call, callApi } from '../../adapters/http/api-event.ts';
import {
  type ApiWorld,
  newWorkspace,
  type SeededAccount,
  seedAccount,
  seedStructure,
  startApiWorld,
} from '../../adapters/http/api-world.ts';

let world: ApiWorld;
let handler: unknown;
let euro: SeededAccount;
let dollar: SeededAccount;
let idle: SeededAccount;
let foreign: SeededAccount;

const zero = {
  impressions: 0,
  clicks: 0,
  spendMicros: 0,
  conversionsMicros: 0,
  conversionValueMicros: 0,
  videoViews: null,
};
const currencyOf = new Map<string, string>();

type Fact = Partial<typeof zero> & { readonly date: string; readonly campaign?: string };

/** Writes rollups as a load does: the objects, then the pointers in one transaction. */
async function publish(
  account: SeededAccount,
  grain: Grain,
  facts: readonly Fact[],
  loadedAt = '2026-11-20T08:00:00.000Z',
) {
  const runId = newId('run', Date.now());
  for (const [month, rows] of Map.groupBy(facts, ({ date }) => date.slice(0, 7))) {
    const place = { workspaceId: account.workspaceId, accountId: account.accountId, grain, month, runId, build: 0 };
    const header = {
      grain,
      accountId: account.accountId,
      platform: 'google-ads' as const,
      currency: currencyOf.get(account.accountId) ?? 'EUR',
      timeZone: 'Europe/Berlin',
      month,
      loadedAt,
    };
    const entries = rows.map(
      ({ campaign, ...row }): RollupRow => ({
        ...zero,
        ...row,
        object:
          campaign === undefined
            ? { platformId: account.accountPlatformId }
            : { campaignId: account.idOf('campaign', campaign), platformId: campaign },
      }),
    );
    await world.lake.putPacked(rollupKey(place), encodeRollup(header, entries));
    const known = await account.stores.rollups.get(account.accountId, grain, month);
    await account.stores.rollups.switch(
      [
        {
          accountId: account.accountId,
          grain,
          month,
          key: rollupKey(place),
          runId,
          rows: rows.length,
          publishedAt: loadedAt,
        },
      ],
      [known?.version ?? 0],
    );
  }
}

beforeAll(async () => {
  world = await startApiWorld();
  ({ handler } = await import('../../../functions/analysis/query-metrics/handler.ts'));
  const stores = newWorkspace(world.stores);
  await stores.workspace.put({ name: 'Acme', currency: 'EUR' });
  euro = await seedAccount(stores, '111', { loadedAt: '2026-11-20T08:00:00.000Z' });
  dollar = await seedAccount(stores, '222', { currency: 'USD', loadedAt: '2026-11-20T06:00:00.000Z' });
  idle = await seedAccount(stores, '333', { status: 'disabled' });
  currencyOf.set(dollar.accountId, 'USD');
  const elsewhere = newWorkspace(world.stores);
  await elsewhere.workspace.put({ name: 'Other', currency: 'EUR' });
  foreign = await seedAccount(elsewhere, '111');

  await seedStructure(euro, {
    campaigns: [
      { platformId: 'c1', name: 'Brand 10' },
      { platformId: 'c2', name: 'brand 9' },
    ],
  });
  await seedStructure(dollar, { campaigns: [{ platformId: 'c1', name: 'Autumn' }] });
  await seedStructure(foreign, { campaigns: [{ platformId: 'c1', name: 'Secret' }] });

  await publish(euro, 'campaign', [
    { campaign: 'c1', date: '2026-10-31', clicks: 10, impressions: 100, spendMicros: 1_000_000 },
    { campaign: 'c1', date: '2026-11-02', clicks: 20, impressions: 200, spendMicros: 4_000_000 },
    {
      campaign: 'c2',
      date: '2026-11-02',
      clicks: 5,
      impressions: 400,
      spendMicros: 3_000_000,
      conversionsMicros: 500_000,
    },
    { campaign: 'c2', date: '2026-11-08', clicks: 1, impressions: 10, spendMicros: 1 },
  ]);
  await publish(dollar, 'campaign', [
    {
      campaign: 'c1',
      date: '2026-11-02',
      clicks: 4,
      impressions: 40,
      spendMicros: 1_100_000,
      conversionValueMicros: 2_200_000,
    },
    { campaign: 'c1', date: '2026-11-08', clicks: 4, impressions: 40, spendMicros: 1_200_000 },
  ]);
  await publish(euro, 'account', [{ date: '2026-11-02', clicks: 99 }]);
  await publish(foreign, 'campaign', [{ campaign: 'c1', date: '2026-11-02', spendMicros: 777_000_000 }]);
  // 8 November 2026 is a Sunday: Friday's rate counts.
  await world.stores.rates.put(
    [
      ['2026-11-02', '1.1'],
      ['2026-11-06', '1.2'],
    ].map(([date = '', USD = '']) => ({ date, base: 'EUR' as const, rates: { USD }, source: 'test' })),
  );
});
afterAll(() => world.close());

const ask = (query: Record<string, string>, given: Partial<Call> = {}) =>
  callApi(handler, {
    resource: '/v1/metrics',
    caller: { workspaceId: euro.workspaceId },
    query: { from: '2026-11-01', to: '2026-11-08', ...query },
    ...given,
  });
const answer = async (query: Record<string, string>) => metricsAnswer.parse((await ask(query)).body);

describe('an answer', () => {
  it('converts each day by its rate and names what rows speak of', async () => {
    const { rows, totals, currency, grain, unconverted, nextCursor } = await answer({ groupBy: 'campaign' });
    expect({ currency, grain, unconverted, nextCursor }).toEqual({
      currency: 'EUR',
      grain: 'campaign',
      unconverted: [],
      nextCursor: null,
    });
    expect(rows.map((row) => [row.campaignId, row.campaignName, row.values.spendMicros, row.values.clicks])).toEqual([
      [euro.idOf('campaign', 'c1'), 'Brand 10', 4_000_000, 20],
      [euro.idOf('campaign', 'c2'), 'brand 9', 3_000_001, 6],
      [dollar.idOf('campaign', 'c1'), 'Autumn', 2_000_000, 8],
    ]);
    expect(totals).toMatchObject({ spendMicros: 9_000_001, clicks: 34, conversions: 0.5, cpaMicros: 18_000_002 });
    expect(rows[2]?.values.roas).toBe(1);
  });

  it('takes the coarsest grain unless another is asked for, and never sums one into the other', async () => {
    expect(await answer({ groupBy: 'account' })).toMatchObject({ grain: 'account', totals: { clicks: 99 } });
    expect(await answer({ groupBy: 'account', grain: 'campaign' })).toMatchObject({ totals: { clicks: 34 } });
  });

  it('groups by day, week and month in order of time', async () => {
    const groups = async (groupBy: 'date' | 'week' | 'month') =>
      (await answer({ groupBy, grain: 'campaign', from: '2026-10-01' })).rows.map((row) => [
        row[groupBy],
        row.values.clicks,
      ]);
    expect(await groups('date')).toEqual([
      ['2026-10-31', 10],
      ['2026-11-02', 29],
      ['2026-11-08', 5],
    ]);
    expect(await groups('week')).toEqual([
      ['2026-10-26', 10],
      ['2026-11-02', 34],
    ]);
    expect(await groups('month')).toEqual([
      ['2026-10', 10],
      ['2026-11', 34],
    ]);
  });

  it('compares with the period before, also across the month', async () => {
    const { rows, previousTotals } = await answer({
      groupBy: 'campaign',
      compare: 'previous-period',
      accountId: euro.accountId,
    });
    expect(previousTotals).toMatchObject({ clicks: 10, spendMicros: 1_000_000 });
    expect(rows.map((row) => row.previous?.clicks ?? null)).toEqual([10, null]);
  });

  it('narrows to an account or a campaign', async () => {
    expect((await answer({ grain: 'campaign', accountId: dollar.accountId, currency: 'USD' })).totals.spendMicros).toBe(
      2_300_000,
    );
    const one = await answer({ campaignId: euro.idOf('campaign', 'c2') });
    expect(one).toMatchObject({
      grain: 'campaign',
      totals: { clicks: 6 },
      freshness: { accounts: [{ accountName: 'Account 111' }] },
    });
    expect((await answer({ campaignId: euro.idOf('campaign', 'c2'), accountId: dollar.accountId })).rows).toEqual([]);
  });

  it('reports money for which no rate is known and leaves it out', async () => {
    const { totals, unconverted } = await answer({ grain: 'campaign', currency: 'CHF' });
    expect(totals).toMatchObject({ spendMicros: 0, clicks: 34, cpcMicros: null });
    expect(unconverted).toContainEqual({ currency: 'EUR', date: '2026-11-02', spendMicros: 7_000_000 });
    expect(unconverted).toHaveLength(4);
  });

  it('says how fresh each account is, and is as old as the oldest enabled one', async () => {
    const { freshness } = await answer({ groupBy: 'account' });
    expect(freshness.loadedAt).toBe('2026-11-20T06:00:00.000Z');
    expect(freshness.accounts).toContainEqual({
      accountId: idle.accountId,
      accountName: 'Account 333',
      loadedAt: null,
      throughDate: null,
    });
  });

  it('shows new numbers as soon as the pointer is switched', async () => {
    const stores = newWorkspace(world.stores);
    await stores.workspace.put({ name: 'Fresh', currency: 'EUR' });
    const account = await seedAccount(stores, '1');
    const clicks = async () => {
      const { body } = await ask({ grain: 'campaign' }, { caller: { workspaceId: stores.workspaceId } });
      return metricsAnswer.parse(body).totals.clicks;
    };
    expect(await clicks()).toBe(0);
    await publish(account, 'campaign', [{ campaign: 'x', date: '2026-11-02', clicks: 1 }]);
    expect(await clicks()).toBe(1);
    await publish(account, 'campaign', [{ campaign: 'x', date: '2026-11-02', clicks: 2 }]);
    expect(await clicks()).toBe(2);
  });
});

describe('order and pages', () => {
  it('names every row of a long page', async () => {
    const stores = newWorkspace(world.stores);
    await stores.workspace.put({ name: 'Large', currency: 'EUR' });
    const account = await seedAccount(stores, '1');
    const campaigns = Array.from({ length: 250 }, (_, index) => `c${index}`);
    await seedStructure(account, {
      campaigns: campaigns.map((platformId) => ({ platformId, name: `Name ${platformId}` })),
    });
    await publish(
      account,
      'campaign',
      campaigns.map((campaign) => ({ campaign, date: '2026-11-02', clicks: 1 })),
    );
    const query = { groupBy: 'campaign', limit: '1000', from: '2026-11-01', to: '2026-11-08' };
    const { body } = await ask(query, { query, caller: { workspaceId: stores.workspaceId } });
    const names = metricsAnswer.parse(body).rows.map((row) => row.campaignName);
    expect(names.toSorted()).toEqual(campaigns.map((id) => `Name ${id}`).toSorted());
  });

  it.each([
    ['campaign', ['Autumn', 'brand 9', 'Brand 10']],
    ['-campaign', ['Brand 10', 'brand 9', 'Autumn']],
    ['clicks', ['brand 9', 'Autumn', 'Brand 10']],
    ['-impressions', ['brand 9', 'Brand 10', 'Autumn']],
    ['cpaMicros', ['brand 9']],
  ])('sorts by %s, over pages of one as over one page', async (sort, names) => {
    const seen: (string | undefined)[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < 5; page += 1) {
      const query: Record<string, string> = {
        groupBy: 'campaign',
        sort,
        limit: '1',
        ...(cursor !== null && { cursor }),
      };
      const { rows, nextCursor, totals } = await answer(query);
      seen.push(...rows.map((row) => row.campaignName));
      expect(totals.clicks).toBe(34);
      cursor = nextCursor;
      if (cursor === null) break;
    }
    expect(seen).toHaveLength(3);
    expect(seen.slice(0, names.length)).toEqual(names);
  });

  it('refuses a cursor of another question', async () => {
    const { nextCursor } = await answer({ groupBy: 'campaign', limit: '1' });
    const cursor = nextCursor ?? '';
    expect((await ask({ groupBy: 'campaign', limit: '2', cursor })).status).toBe(200);
    for (const query of [
      { groupBy: 'campaign', cursor, sort: 'clicks' },
      { groupBy: 'campaign,date', cursor },
      { groupBy: 'campaign', cursor, to: '2026-11-07' },
      { groupBy: 'campaign', cursor: 'garbage' },
    ]) {
      expect((await ask(query)).body).toMatchObject({ status: 400, errors: [{ field: 'cursor' }] });
    }
  });
});

describe('refusals', () => {
  it('list everything that is wrong with a question', async () => {
    const { status, body } = await ask({ from: '2026-11-09', groupBy: 'campaign,colour', sort: 'beauty' });
    expect(status).toBe(400);
    expect(problem.parse(body).errors?.map(({ field }) => field)).toEqual(['to', 'groupBy', 'sort']);
  });

  it.each([
    [{ grain: 'account', groupBy: 'campaign' }, 'grain', /use campaign or ad-group/],
    [{ groupBy: 'ad,keyword' }, 'groupBy', /no report knows/],
    [{ from: '2025-01-01' }, 'to', /at most 400 days/],
    [{ sort: 'campaign', groupBy: 'date' }, 'sort', /possible are/],
    [{ currency: 'euro' }, 'currency', /./],
    [{ from: 'yesterday' }, 'from', /calendar day/],
  ])('explain %j', async (query, field, message) => {
    const { status, body } = await ask(query);
    expect(status).toBe(400);
    expect(problem.parse(body).errors).toContainEqual({ field, message: expect.stringMatching(message) });
  });

  it('do not find accounts and campaigns of another workspace', async () => {
    expect((await ask({ accountId: foreign.accountId })).status).toBe(404);
    expect((await ask({ campaignId: foreign.idOf('campaign', 'c1') })).status).toBe(404);
    const theirs = await ask({ groupBy: 'campaign' });
    expect(theirs.text).not.toMatch(/777|Secret/);
  });

  it('need the scope', async () => {
    const caller = { workspaceId: euro.workspaceId, scopes: ['accounts.read'] } as const;
    expect((await ask({}, { caller })).status).toBe(403);
  });

  it('say 503 rather than half of the numbers when an object is missing', async () => {
    const stores = newWorkspace(world.stores);
    await stores.workspace.put({ name: 'Broken', currency: 'EUR' });
    const account = await seedAccount(stores, '1');
    await stores.rollups.switch(
      [
        {
          accountId: account.accountId,
          grain: 'account',
          month: '2026-11',
          key: `rollups/workspace=${stores.workspaceId}/gone.bin.gz`,
          runId: newId('run', Date.now()),
          rows: 1,
          publishedAt: '2026-11-20T08:00:00.000Z',
        },
      ],
      [0],
    );
    const { status, text } = await ask({}, { caller: { workspaceId: stores.workspaceId } });
    expect(status).toBe(503);
    expect(text).not.toContain('rollups');
  });
});
