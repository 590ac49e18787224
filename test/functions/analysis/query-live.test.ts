import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveAnswer } from '../../../contracts/schemas/live.ts';
import { addDays, dayInZone } from '../../../domain/integrations/calendar-day.ts';
import { startOfLocalDay } from '../../../domain/integrations/streaming/local-day.ts';
import { callApi } from '../../adapters/http/api-event.ts';
import {
  type ApiWorld,
  newWorkspace,
  type SeededAccount,
  seedAccount,
  seedStructure,
  startApiWorld,
} from '../../adapters/http/api-world.ts';
import { createCounting } from './live-world.ts';

const zone = 'Europe/Berlin';
const minute = 60_000;
let world: ApiWorld;
let handler: unknown;
let count: ReturnType<typeof createCounting>;

beforeAll(async () => {
  world = await startApiWorld();
  count = createCounting(zone);
  ({ handler } = await import('../../../functions/analysis/query-live/handler.ts'));
  const date = new Date().toISOString().slice(0, 10);
  await world.stores.rates.put([{ date, base: 'EUR', rates: { USD: '2' }, source: 'test' }]);
});
afterAll(() => world.close());

async function newAccount(currency = 'EUR'): Promise<SeededAccount> {
  const stores = newWorkspace(world.stores);
  await stores.workspace.put({ name: 'Live', currency: 'EUR' });
  return seedAccount(stores, '111', { currency });
}
const ask = async (workspaceId: string, query: Record<string, string> = {}) => {
  const { status, body } = await callApi(handler, { resource: '/v1/metrics/live', caller: { workspaceId }, query });
  return { status, body: status === 200 ? liveAnswer.parse(body) : undefined, problem: body };
};

describe('the live view', () => {
  it('adds up minutes by currency and in the workspace’s own, and names what it is of', async () => {
    const mine = await newAccount('USD');
    const { workspaceId, accountId } = mine;
    await seedStructure(mine, { campaigns: [{ platformId: 'c1', dailyBudgetMicros: 100_000_000 }] });
    const at = { workspaceId, accountId, campaignId: mine.idOf('campaign', 'c1') };
    const now = Date.now();
    await count([
      { ...at, occurredAt: now, currency: 'USD', measures: { spendMicros: 3_000_001, clicks: 2 } },
      { ...at, occurredAt: now - 3 * minute, measures: { clicks: 1, conversionsMicros: 500_000 } },
      { ...at, occurredAt: now, currency: 'SEK', measures: { orders: 1, revenueMicros: 9 } },
      { workspaceId, occurredAt: now, currency: 'EUR', measures: { orders: 1, revenueMicros: 5_000_000 } },
      // Long ago: of the day, perhaps, but of none of these minutes.
      { ...at, occurredAt: now - 70 * minute, currency: 'USD', measures: { clicks: 50 } },
    ]);
    const { body } = await ask(workspaceId);
    expect(body?.minutes).toHaveLength(60);
    expect(body?.totals).toMatchObject({
      clicks: 3,
      conversions: 0.5,
      spendMicros: 1_500_001,
      orders: 2,
      revenueMicros: 5_000_000,
    });
    expect(
      body?.currencies.map(({ currency, values }) => [currency, values.spendMicros, values.revenueMicros]),
    ).toEqual([
      ['EUR', 0, 5_000_000],
      ['SEK', 0, 9],
      ['USD', 3_000_001, 0],
    ]);
    expect(body?.unconverted).toEqual(['SEK']);
    expect(body?.rows[0]).toMatchObject({
      platform: 'google-ads',
      accountName: 'Account 111',
      campaignName: 'campaign c1',
      currency: 'USD',
      values: { clicks: 3 },
      pace: { dailyBudgetMicros: 100_000_000, profile: { source: 'flat', days: 0 } },
      projection: { kind: 'insufficient-data', reason: 'too-few-days', days: 0, needed: 5 },
    });
    expect(body?.freshness).toMatchObject({ accounts: [{ accountId, polledAt: null }] });
    expect(body?.freshness.lagSeconds).toBeLessThan(120);
    const whole = await ask(workspaceId, { level: 'workspace', minutes: '5' });
    expect(whole.body?.rows.map(({ currency, values }) => [currency, values.clicks])).toContainEqual(['USD', 3]);
  });

  it('paces by the hours of the account’s past days, and projects the day from them', async () => {
    const mine = await newAccount();
    const { workspaceId, accountId } = mine;
    await seedStructure(mine, {
      campaigns: [
        { platformId: 'c1', dailyBudgetMicros: 24_000_000 },
        { platformId: 'silent', dailyBudgetMicros: 10_000_000 },
        { platformId: 'free' },
      ],
    });
    const at = { workspaceId, accountId, campaignId: mine.idOf('campaign', 'c1'), currency: 'EUR' };
    const today = dayInZone(Date.now(), zone);
    // Seven days that spend everything in their first half hour: whatever time it is now, all is expected to be spent.
    const past = Array.from({ length: 7 }, (_, ago) => startOfLocalDay(addDays(today, -1 - ago), zone) + minute);
    await count(past.map((occurredAt) => ({ ...at, occurredAt, measures: { spendMicros: 20_000_000 } })));
    await count([{ ...at, occurredAt: startOfLocalDay(today, zone), measures: { spendMicros: 12_000_000 } }]);
    const { body } = await ask(workspaceId);
    // Within the first hour of a day part of it is expected only.
    if (Date.now() - startOfLocalDay(today, zone) > 60 * minute) {
      expect(body?.today).toMatchObject({ budgetMicros: 34_000_000, expectedMicros: 34_000_000 });
      expect(body?.rows[0]?.pace).toMatchObject({
        status: 'behind',
        ratio: 0.5,
        expectedMicros: 24_000_000,
        profile: { source: 'account-history', days: 6 },
      });
      expect(body?.rows[0]?.projection).toMatchObject({
        kind: 'projected',
        days: 6,
        level: 0.8,
        capMicros: 48_000_000,
      });
    }
    expect(body?.rows[0]?.today).toEqual({ date: today, spendMicros: 12_000_000 });
    expect(body?.rows.map(({ campaignName }) => campaignName)).toEqual(['campaign c1', 'campaign silent']);
    expect(body?.rows[1]).toMatchObject({ values: { events: 0 }, pace: { ratio: 0 } });
  });

  it('pages through its rows, each once, and shows none of another workspace', async () => {
    const mine = await newAccount();
    const { workspaceId, accountId } = mine;
    const campaigns = Array.from({ length: 5 }, (_, index) => ({ platformId: `c${index}` }));
    await seedStructure(mine, { campaigns });
    await count(
      campaigns.map(({ platformId }, index) => ({
        workspaceId,
        accountId,
        campaignId: mine.idOf('campaign', platformId),
        currency: 'EUR',
        occurredAt: Date.now(),
        measures: { spendMicros: 1_000 * (index % 3) },
      })),
    );
    const seen: (string | null)[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await ask(workspaceId, { limit: '2', ...(cursor !== null && { cursor }) });
      seen.push(...(body?.rows.map(({ campaignName }) => campaignName) ?? []));
      cursor = body?.nextCursor ?? null;
    } while (cursor !== null);
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
    const foreign = await newAccount();
    expect((await ask(foreign.workspaceId)).body).toMatchObject({
      rows: [],
      totals: { events: 0 },
      freshness: { newestMinute: null },
    });
    expect((await ask(foreign.workspaceId, { campaignId: mine.idOf('campaign', 'c1') })).status).toBe(404);
    expect(
      (
        await ask(foreign.workspaceId, {
          accountId:
            foreign.accountId.replace(/.$/, '0') === foreign.accountId
              ? foreign.accountId.replace(/.$/, '1')
              : foreign.accountId.replace(/.$/, '0'),
        })
      ).status,
    ).toBe(404);
    expect((await ask(workspaceId, { minutes: '181' })).status).toBe(400);
  });
});
