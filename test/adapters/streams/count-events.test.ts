import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLaneStore, type LaneTable } from '../../../adapters/stores/lane-store.ts';
import { countEvents } from '../../../adapters/streams/count-events.ts';
import { LaneCache } from '../../../adapters/streams/lane-cache.ts';
import type { StreamEvent } from '../../../contracts/streams/stream-event.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { type StateTable, startStateTable } from '../state-table.ts';
import { accountNumber, adNumber, campaignNumber, noon, sampleEvent } from './sample-events.ts';

let state: StateTable;
beforeAll(async () => {
  state = await startStateTable();
});
afterAll(() => state.close());

const minute = 60_000;
const hour = 60 * minute;
const now = () => noon + 5 * minute;

const worker = (table: LaneTable = state.table) =>
  new LaneCache((workspaceId, lane) => createLaneStore(table, { workspaceId, lane }, now));
const count = (events: readonly StreamEvent[], lanes: LaneCache, timeZone = 'UTC') =>
  countEvents(
    events.map((event) => ({ event, timeZone })),
    lanes,
    { now },
  );
const freshWorkspace = () => newId('wsp', Date.now());
const live = (workspaceId: string) => state.stores.forWorkspace(workspaceId).live;
const totals = (rows: readonly { readonly counters: Readonly<Record<string, number>> }[]) => {
  const sums: Record<string, number> = {};
  for (const { counters } of rows) {
    for (const [name, value] of Object.entries(counters)) if (value !== 0) sums[name] = (sums[name] ?? 0) + value;
  }
  return sums;
};

/** Events of some campaigns and ads over the ten minutes before noon. */
const traffic = (workspaceId: string, size: number): StreamEvent[] =>
  Array.from({ length: size }, (_, index) =>
    sampleEvent({
      workspaceId,
      id: `e${index}`,
      occurredAt: noon - (index % 600) * 1_000,
      receivedAt: noon,
      accountId: accountNumber(index % 3),
      campaignId: campaignNumber(index % 20),
      adId: adNumber(index % 60),
      currency: 'EUR',
      measures: { clicks: 1, spendMicros: 1_000 + index },
    }),
  );

describe('counting', () => {
  it('puts an event into its minute, and into the hour of its account’s day', async () => {
    const workspaceId = freshWorkspace();
    const event = sampleEvent({ workspaceId, accountId: accountNumber(1), occurredAt: noon + 61_000 });
    await count([event], worker(), 'Asia/Kolkata');
    const place = { accountId: accountNumber(1), campaignId: null, adGroupId: null, adId: null, currency: null };
    expect(await live(workspaceId).minutes(noon, noon + hour)).toMatchObject([
      { ...place, at: noon + minute, counters: { events: 1, clicks: 1 } },
    ]);
    // 12:01 UTC is 17:31 there.
    expect(await live(workspaceId).hours(['2026-11-20'])).toMatchObject([
      { ...place, date: '2026-11-20', hour: 17, counters: { events: 1, clicks: 1 } },
    ]);
  });

  it('counts an event once: in one batch, in another, and by a worker that remembers nothing', async () => {
    const workspaceId = freshWorkspace();
    const event = sampleEvent({ workspaceId });
    const first = worker();
    expect(await count([event, event], first)).toMatchObject({ counted: [0], duplicates: [1] });
    expect(await count([event], first)).toMatchObject({ counted: [], duplicates: [0] });
    expect(await count([event], worker())).toMatchObject({ counted: [], duplicates: [0] });
    expect(totals(await live(workspaceId).minutes(noon - hour, noon + hour))).toEqual({ events: 1, clicks: 1 });
  });

  it('takes refunds off the window of the order, and off their own once that is closed', async () => {
    const workspaceId = freshWorkspace();
    const order = noon - 3 * hour;
    const refund = (id: string, appliesTo: number) =>
      sampleEvent({
        workspaceId,
        id,
        kind: 'refund',
        occurredAt: noon,
        appliesTo,
        currency: 'EUR',
        measures: { refundsMicros: 5_000_000 },
      });
    await count([refund('r1', order), refund('r2', noon - 48 * hour)], worker());
    const minutes = await live(workspaceId).minutes(noon - 4 * hour, noon + hour);
    expect(minutes.map(({ at, counters }) => [at, counters.refundsMicros]).sort()).toEqual([
      [order, 5_000_000],
      [noon, 5_000_000],
    ]);
  });

  it('tells of an event that comes too late and changes no window by it', async () => {
    const workspaceId = freshWorkspace();
    const early = noon - 24 * hour - 1;
    const event = sampleEvent({ workspaceId, occurredAt: early, receivedAt: noon });
    expect(await count([event], worker())).toMatchObject({ counted: [], late: [0] });
    expect(await live(workspaceId).minutes(early - minute, early + minute)).toEqual([]);
    expect(totals(await live(workspaceId).hours(['2026-11-20']))).toEqual({ late: 1 });
  });

  it('counts events whose minutes are all over the day, more windows than one transaction takes', async () => {
    const workspaceId = freshWorkspace();
    const events = Array.from({ length: 140 }, (_, index) =>
      sampleEvent({
        workspaceId,
        id: `e${index}`,
        campaignId: campaignNumber(1),
        occurredAt: noon - index * 10 * minute,
        receivedAt: noon,
      }),
    );
    const { counted, writes } = await count(events, worker());
    expect(counted).toHaveLength(140);
    expect(writes.transactions).toBe(5);
    expect(totals(await live(workspaceId).minutes(noon - 24 * hour + 20 * minute, noon + minute))).toEqual({
      events: 140,
      clicks: 140,
    });
  });

  it('writes by lanes and windows and not by events', async () => {
    const workspaceId = freshWorkspace();
    const { writes } = await count(traffic(workspaceId, 5_000), worker());
    // Twenty campaigns lie in at most sixteen lanes; the last ten minutes in two blocks, noon in two parts of the day.
    expect(writes.transactions).toBeLessThanOrEqual(16);
    expect(writes.items).toBeLessThanOrEqual(16 * 6);
  });

  it('stays exact when workers write the same lanes at the same time, in any order and twice', async () => {
    const workspaceId = freshWorkspace();
    const events = traffic(workspaceId, 1_200);
    const slices = Array.from({ length: 6 }, (_, part) => events.filter((_event, index) => index % 6 === part));
    await Promise.all(
      [0, 1, 2].map(async (offset) => {
        const lanes = worker();
        for (const slice of [...slices.slice(offset * 2), ...slices.slice(0, offset * 2)]) {
          const left = await count(slice.toReversed(), lanes);
          if (left.failed.length > 0) await count(slice, lanes);
        }
      }),
    );
    expect(totals(await live(workspaceId).minutes(noon - hour, noon + hour))).toEqual({
      events: 1_200,
      clicks: 1_200,
      spendMicros: events.reduce((sum, { measures }) => sum + measures.spendMicros, 0),
    });
  });

  it.each(['before', 'after'] as const)('loses and doubles nothing when a worker dies %s a write', async (when) => {
    const workspaceId = freshWorkspace();
    const events = traffic(workspaceId, 400);
    let left = 3;
    const { table } = state;
    const dying: LaneTable = {
      get: (key) => table.get(key),
      each: (query) => table.each(query),
      transact: async (actions) => {
        left -= 1;
        if (left < 0) return table.transact(actions);
        if (when === 'after') await table.transact(actions);
        throw new Error('killed');
      },
    };
    const { failed, counted } = await count(events, worker(dying));
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.length + counted.length).toBe(400);
    await count(events, worker());
    expect(totals(await live(workspaceId).minutes(noon - hour, noon + hour))).toMatchObject({
      events: 400,
      clicks: 400,
    });
  });
});
