import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReconciliationAnswer, reconciliationAnswer } from '../../../contracts/schemas/reconciliation.ts';
import { encodeRollup, type RollupRow } from '../../../domain/analysis/rollup.ts';
import { addDays, dayInZone } from '../../../domain/integrations/calendar-day.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { rollupKey } from '../../../domain/integrations/lake-layout.ts';
import { endOfLocalDay, startOfLocalDay } from '../../../domain/integrations/streaming/local-day.ts';
import { type PolledTotals, pollDifference } from '../../../domain/integrations/streaming/poll-difference.ts';
import { callApi } from '../../adapters/http/api-event.ts';
import {
  type ApiWorld,
  newWorkspace,
  type SeededAccount,
  seedAccount,
  startApiWorld,
} from '../../adapters/http/api-world.ts';
import { createCounting } from './live-world.ts';

const zone = 'Europe/Berlin';
const date = addDays(dayInZone(Date.now(), zone), -1);
const hourMillis = 3_600_000;
const end = endOfLocalDay(date, zone);
const noon = startOfLocalDay(date, zone) + 12 * hourMillis;
let world: ApiWorld;
let handler: unknown;
let count: ReturnType<typeof createCounting>;

beforeAll(async () => {
  world = await startApiWorld();
  count = createCounting(zone);
  ({ handler } = await import('../../../functions/analysis/reconcile-live/handler.ts'));
});
afterAll(() => world.close());

const none = { impressions: 0, clicks: 0, spendMicros: 0, conversionsMicros: 0, conversionValueMicros: 0 };
const totals = (given: Partial<PolledTotals>): PolledTotals => ({ ...none, ...given });

/** What the poller kept, as it keeps it. */
async function keepPoll(
  { stores, accountId }: SeededAccount,
  given: { readonly before: Record<string, PolledTotals>; readonly totals: Record<string, PolledTotals> },
  askedAt: number,
): Promise<void> {
  const leased = await stores.polls.lease(accountId, date, askedAt, askedAt + 60_000);
  if (leased === undefined) throw new Error('The day is somebody else’s.');
  const state = { ...leased, ...given, sequence: 2, sent: 2, polledAt: askedAt, polledBefore: noon, askedAt };
  if (!(await stores.polls.keep(state))) throw new Error('The poll was not kept.');
}

/** Facts of the account and of its campaigns, as a load publishes them. */
async function publish(
  account: SeededAccount,
  facts: { readonly account: PolledTotals; readonly campaigns: Readonly<Record<string, PolledTotals>> },
  loadedAt: string,
): Promise<void> {
  const { accountId, accountPlatformId, workspaceId } = account;
  const runId = newId('run', Date.now());
  const month = date.slice(0, 7);
  const own = { date, videoViews: null, loadedAt };
  const grains: Readonly<Record<'account' | 'campaign', readonly RollupRow[]>> = {
    account: [{ ...own, ...facts.account, object: { platformId: accountPlatformId } }],
    campaign: Object.entries(facts.campaigns).map(([platformId, values]) => ({
      ...own,
      ...values,
      object: { campaignId: account.idOf('campaign', platformId), platformId },
    })),
  };
  for (const grain of ['account', 'campaign'] as const) {
    const key = rollupKey({ workspaceId, accountId, grain, month, runId, build: 0 });
    const header = {
      grain,
      accountId,
      platform: 'google-ads' as const,
      currency: 'EUR',
      timeZone: zone,
      month,
      loadedAt,
    };
    await world.lake.putPacked(key, encodeRollup(header, grains[grain]));
    const pointer = { accountId, grain, month, key, runId, rows: grains[grain].length, publishedAt: loadedAt };
    await account.stores.rollups.switch([pointer], [0]);
  }
}

const ask = async (workspaceId: string, query: Record<string, string> = {}) => {
  const resource = '/v1/metrics/live/reconciliation';
  const { status, body } = await callApi(handler, { resource, caller: { workspaceId }, query: { date, ...query } });
  return { status, body: status === 200 ? reconciliationAnswer.parse(body) : undefined, problem: body };
};
const measureOf = (body: ReconciliationAnswer | undefined, name: string) =>
  body?.accounts[0]?.measures.find(({ measure }) => measure === name);

describe('reconciliation of a day', () => {
  it('leads from what was counted over what was polled to what is loaded, by parts that add up', async () => {
    const stores = newWorkspace(world.stores);
    const mine = await seedAccount(stores, '111');
    const { workspaceId, accountId } = mine;
    const first = { c1: totals({ clicks: 40, spendMicros: 20_000_001, conversionsMicros: 1_500_000 }) };
    const second = {
      c1: totals({ clicks: 50, spendMicros: 25_000_001, conversionsMicros: 2_500_000 }),
      c2: totals({ clicks: 7 }),
    };
    const account = {
      id: accountId,
      platform: 'google-ads' as const,
      platformId: '111',
      currency: 'EUR',
      timeZone: zone,
    };
    const polled = { workspaceId, account, date };
    await count([
      ...pollDifference({}, first, { ...polled, sequence: 1, polledAt: noon, polledBefore: null }),
      // Of the second poll one campaign's event was lost.
      ...pollDifference(
        first,
        { c1: second.c1 },
        { ...polled, sequence: 2, polledAt: end - 1, polledBefore: end - hourMillis },
      ),
      // What the site sent: an order of the account, a click beneath a campaign, and an order of no account.
      { workspaceId, accountId, occurredAt: noon, currency: 'SEK', measures: { orders: 1, revenueMicros: 9_000_000 } },
      {
        workspaceId,
        accountId,
        campaignId: mine.idOf('campaign', 'c1'),
        adGroupId: mine.idOf('ad-group', 'g1'),
        occurredAt: noon,
        measures: { clicks: 3 },
      },
      {
        workspaceId,
        occurredAt: Date.parse(`${date}T12:00:00Z`),
        currency: 'EUR',
        measures: { orders: 2, revenueMicros: 5_000_000 },
      },
      // Received on the day, and of two days before.
      { workspaceId, accountId, occurredAt: noon - 48 * hourMillis, receivedAt: noon, measures: { clicks: 1_000 } },
    ]);
    const askedAt = end + hourMillis / 2;
    await keepPoll(mine, { before: first, totals: second }, askedAt);
    await publish(
      mine,
      {
        account: totals({ clicks: 61, spendMicros: 24_000_001, conversionsMicros: 4_000_000 }),
        campaigns: {
          c1: totals({ clicks: 53, spendMicros: 24_000_001, conversionsMicros: 4_000_000 }),
          c2: totals({ clicks: 7 }),
        },
      },
      new Date(askedAt + 60_000).toISOString(),
    );
    const { body } = await ask(workspaceId);
    expect(body?.accounts[0]).toMatchObject({
      accountId,
      currency: 'EUR',
      poll: { kind: 'polled', at: new Date(askedAt).toISOString(), afterDay: true },
      load: { kind: 'loaded', changedAt: new Date(askedAt + 60_000).toISOString() },
      late: { thatDay: 1, nextDay: 0 },
      site: { orders: 1, money: [{ currency: 'SEK', revenueMicros: 9_000_000 }] },
    });
    expect(body?.elsewhere?.site).toMatchObject({ orders: 2, money: [{ currency: 'EUR', revenueMicros: 5_000_000 }] });
    const partsOf = (name: string) => measureOf(body, name)?.parts.map(({ part, amount }) => [part, amount]);
    expect(measureOf(body, 'clicks')).toMatchObject({ stream: 53, polled: 57, batch: 61, difference: 8 });
    expect(partsOf('clicks')).toEqual([
      ['otherSenders', -3],
      ['missing', 7],
      ['restated', 3],
      ['betweenGrains', 1],
    ]);
    expect(partsOf('spendMicros')).toEqual([['restated', -1_000_000]]);
    expect(partsOf('conversionsMicros')).toEqual([['restated', 1_500_000]]);
    expect(measureOf(body, 'impressions')).toMatchObject({ stream: 0, batch: 0, difference: 0, parts: [] });
    const one = await ask(workspaceId, { accountId });
    expect(one.body).toMatchObject({ accounts: [{ accountId }], elsewhere: null });
    expect((await ask(workspaceId, { platform: 'tiktok-ads' })).body?.accounts).toEqual([]);
  });

  it('says that a day is not loaded, and shows disabled accounts only with numbers', async () => {
    const stores = newWorkspace(world.stores);
    const mine = await seedAccount(stores, '222');
    const idle = await seedAccount(stores, '333', { status: 'disabled' });
    const { workspaceId } = mine;
    await keepPoll(mine, { before: {}, totals: { c1: totals({ clicks: 4 }) } }, end + 60_000);
    const { body } = await ask(workspaceId);
    expect(body?.accounts.map(({ accountId }) => accountId)).toEqual([mine.accountId]);
    expect(body?.accounts[0]?.load).toEqual({ kind: 'none' });
    expect(measureOf(body, 'clicks')).toMatchObject({ stream: 0, polled: 4, batch: null, difference: null, parts: [] });
    await publish(idle, { account: totals({ clicks: 2 }), campaigns: {} }, new Date().toISOString());
    const { body: later } = await ask(workspaceId, { accountId: idle.accountId });
    expect(later?.accounts[0]?.poll).toEqual({ kind: 'never' });
    expect(measureOf(later, 'clicks')?.parts).toMatchObject([{ part: 'notPolled', reason: 'never-polled', amount: 2 }]);
  });

  it('knows nothing of other workspaces, and refuses days without counters', async () => {
    const theirs = await seedAccount(newWorkspace(world.stores), '111');
    const mine = newWorkspace(world.stores);
    await seedAccount(mine, '444');
    await count([
      { workspaceId: theirs.workspaceId, accountId: theirs.accountId, occurredAt: noon, measures: { clicks: 5 } },
    ]);
    await publish(theirs, { account: totals({ clicks: 9 }), campaigns: {} }, new Date().toISOString());
    const { body } = await ask(mine.workspaceId);
    expect(measureOf(body, 'clicks')).toMatchObject({ stream: 0, batch: null });
    expect((await ask(mine.workspaceId, { accountId: theirs.accountId })).status).toBe(404);
    for (const day of [addDays(date, 4), '2020-01-01', 'yesterday']) {
      expect((await ask(mine.workspaceId, { date: day })).status).toBe(400);
    }
  });
});
