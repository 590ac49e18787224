import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLaneStore } from '../../../adapters/stores/lane-store.ts';
import type { PollStore } from '../../../adapters/stores/poll-store.ts';
import { countEvents } from '../../../adapters/streams/count-events.ts';
import type { EventStream } from '../../../adapters/streams/event-stream.ts';
import { LaneCache } from '../../../adapters/streams/lane-cache.ts';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import { accountIdOf, newId } from '../../../domain/integrations/ids.ts';
import { type PlatformDescriptor, PlatformError } from '../../../domain/integrations/platform.ts';
import { resolveSettings } from '../../../domain/integrations/resolved-settings.ts';
import { type PollPorts, pollPlatforms } from '../../../functions/integrations/poll-platforms/poll-platforms.ts';
import { mappings } from '../../../platforms/registry.ts';
import { type StateTable, startStateTable } from '../../adapters/state-table.ts';
import { recordedStream } from '../../adapters/streams/recorded-stream.ts';
import { openRecorded, type Recording } from './recorded-platform.ts';

let state: StateTable;
beforeAll(async () => {
  state = await startStateTable();
});
afterAll(() => state.close());

const minute = 60_000;
const timeZone = 'Europe/Berlin';
const date = '2026-11-20';
const ten = Date.parse('2026-11-20T09:00:00Z');

/** One workspace with accounts `1`, `2`… of one connection, polled by whoever `poll` is called for. */
async function shop(accounts = ['1'], over: { readonly callBudget?: PlatformDescriptor['callBudget'] } = {}) {
  const own = state.stores.forWorkspace(newId('wsp', Date.now()));
  await own.workspace.put({ name: 'Shop', currency: 'EUR' });
  const connect = (id: string) =>
    own.workspace.putConnection({
      id,
      platform: 'google-ads',
      name: id,
      managerPlatformId: null,
      createdAt: '2026-11-01T00:00:00.000Z',
    });
  await connect('con_1');
  const addAccount = async (platformId: string, connectionId = 'con_1', status: 'enabled' | 'disabled' = 'enabled') => {
    const id = accountIdOf(own.workspaceId, 'google-ads', platformId);
    const described = { id, platform: 'google-ads', platformId, name: platformId, currency: 'EUR', timeZone } as const;
    await own.accounts.upsert({ ...described, status, connectionId, managerPlatformId: null });
    return id;
  };
  for (const one of accounts) await addAccount(one);

  const recording: Recording = { accounts: [], days: {}, odd: {}, failing: {}, refused: undefined };
  const asked: string[] = [];
  const recorded = recordedStream();
  const told: Record<string, unknown> = {};
  const world = { now: ten, every: 5, put: recorded.stream.put, polls: own.polls, remainingMs: 180_000 };
  const stores: PollPorts['stores'] = {
    forWorkspace: (id) => {
      if (id !== own.workspaceId) throw new Error('It reads of a workspace that is not there.');
      return { ...own, polls: world.polls };
    },
    // The table is of all tests of this file.
    identity: { ...state.stores.identity, workspaceIds: async () => [own.workspaceId] },
  };
  const reader = openRecorded(recording);
  const poll = () =>
    pollPlatforms({
      stores,
      settings: {
        shared: async () => resolveSettings({}),
        forWorkspace: async () => resolveSettings({ workspace: { 'live.pollMinutes': world.every } }),
      },
      openConnection: async () => ({
        ...reader,
        report: (request, options) => {
          asked.push(request.account.platformId);
          return reader.report(request, options);
        },
      }),
      mappingOf: (platform) => mappings[platform],
      descriptorOf: () => ({ callBudget: over.callBudget ?? { perDay: null, rowsPerCall: null } }),
      events: { put: (events) => world.put(events) },
      telemetry: createTelemetry({}, (line) => Object.assign(told, JSON.parse(line))),
      now: () => world.now,
      remainingMs: () => world.remainingMs,
    });
  const says = (account: string, micros: Record<string, number>, on = date) => {
    recording.days[account] = Object.entries(micros).map(([campaign, spend]) => ({
      campaign,
      date: on,
      micros: spend,
    }));
  };
  /** What the live counters hold of a day once everything on the stream was counted, by campaign in order. */
  const counted = async (day = date) => {
    const lanes = new LaneCache((workspaceId, lane) =>
      createLaneStore(state.table, { workspaceId, lane }, () => world.now),
    );
    const { failed, late } = await countEvents(
      recorded.events.map((event) => ({ event, timeZone })),
      lanes,
      { now: () => world.now },
    );
    expect([failed, late]).toEqual([[], []]);
    const spend = new Map<string, number>();
    for (const { campaignId, counters } of await own.live.hours([day])) {
      const before = spend.get(campaignId ?? '') ?? 0;
      spend.set(campaignId ?? '', before + counters.spendMicros);
    }
    return [...spend.values()].sort((a, b) => a - b);
  };
  return { own, recording, asked, recorded, told, world, poll, says, counted, connect, addAccount };
}

describe('the poller', () => {
  it('puts what came since on the stream, and the counters come to what the platform says', async () => {
    const { world, poll, says, counted, recorded } = await shop();
    says('1', { 11: 5_000, 12: 70_000 });
    expect(await poll()).toEqual({ polled: 1, events: 2, failed: 0, postponed: 0, left: 0 });
    world.now += 5 * minute;
    // One is restated downwards, one is new, one says the same.
    says('1', { 11: 3_000, 12: 70_000, 13: 900 });
    expect(await poll()).toMatchObject({ polled: 1, events: 2 });
    world.now += 5 * minute;
    expect(await poll()).toMatchObject({ polled: 1, events: 0 });
    expect(await counted()).toEqual([900, 3_000, 70_000]);
    expect(recorded.events.map(({ occurredAt }) => occurredAt - ten)).toEqual([
      // Nobody knows when of the ten hours before.
      ...[-10 * 60 * minute, -10 * 60 * minute],
      ...[5 * minute, 5 * minute],
    ]);
  });

  it.each([
    [1, [0, 1, 2, 3, 4, 5]],
    [2, [0, 2, 4]],
    [5, [0, 5]],
    [0, []],
  ])('asks each %i minutes, as the workspace has set', async (every, minutes) => {
    const { world, poll, asked } = await shop();
    world.every = every;
    const turns: number[] = [];
    for (let turn = 0; turn <= 5; turn += 1) {
      // The schedule is never to the second.
      world.now = ten + turn * minute + (turn % 2) * 900;
      asked.length = 0;
      await poll();
      if (asked.length > 0) turns.push(turn);
    }
    expect(turns).toEqual(minutes);
  });

  it('asks for a day that is over until three hours after it, if it was asked while it ran', async () => {
    const { world, poll, says, asked, counted } = await shop();
    const midnight = Date.parse('2026-11-20T23:00:00Z');
    world.now = midnight - minute;
    says('1', { 11: 1_000 });
    await poll();
    says('1', { 11: 1_500 });
    world.now = midnight + 3 * 60 * minute - minute;
    expect(await poll()).toMatchObject({ polled: 2, events: 1 });
    expect(await counted()).toEqual([1_500]);
    expect(await counted('2026-11-21')).toEqual([]);
    asked.length = 0;
    world.now += 10 * minute;
    await poll();
    expect(asked).toEqual(['1']);
  });

  it('does not ask paused or removed connections, nor disabled accounts', async () => {
    const { own, poll, asked, connect, addAccount } = await shop([]);
    await connect('con_paused');
    await connect('con_removed');
    await addAccount('1');
    await addAccount('2', 'con_paused');
    await addAccount('3', 'con_removed');
    await addAccount('4', 'con_1', 'disabled');
    await own.workspace.changeConnection('con_paused', 0, { paused: true });
    await own.workspace.changeConnection('con_removed', 0, { removedAt: '2026-11-20T08:00:00.000Z' });
    expect(await poll()).toMatchObject({ polled: 1, failed: 0 });
    expect(asked).toEqual(['1']);
  });

  it('asks the others when one account fails, and that one again when it is its turn', async () => {
    const { world, poll, says, recording, asked, told, counted } = await shop(['1', '2', '3']);
    for (const one of ['1', '2', '3']) says(one, { [`${one}1`]: 1_000, [`${one}2`]: 1_000, [`${one}3`]: 1_000 });
    recording.failing['2'] = new PlatformError('unauthorized', 'The grant is gone.', { platform: 'google-ads' });
    expect(await poll()).toMatchObject({ polled: 2, events: 6, failed: 1 });
    expect(told).toMatchObject({ pollsFailed: 1, date });
    asked.length = 0;
    for (let after = 1; after < 5; after += 1) {
      world.now = ten + after * minute;
      await poll();
    }
    expect(asked).toEqual([]);
    delete recording.failing['2'];
    world.now = ten + 5 * minute;
    expect(await poll()).toMatchObject({ polled: 3, events: 3, failed: 0 });
    // Of the answer that broke off nothing was taken.
    expect(await counted()).toEqual(Array.from({ length: 9 }, () => 1_000));
  });

  it('leaves an account that somebody else polls, until that one’s lease is over', async () => {
    const { own, world, poll, asked } = await shop();
    const id = accountIdOf(own.workspaceId, 'google-ads', '1');
    expect(await own.polls.lease(id, date, ten - minute, ten + minute)).toBeDefined();
    expect(await poll()).toMatchObject({ polled: 0, failed: 0 });
    world.now = ten + minute;
    expect(await poll()).toMatchObject({ polled: 1 });
    expect(asked).toEqual(['1']);
  });

  it('gives a day to one of two who come at once', async () => {
    const { poll, says, asked, counted } = await shop();
    says('1', { 11: 4_000 });
    const both = await Promise.all([poll(), poll()]);
    expect(both.map(({ polled }) => polled).toSorted()).toEqual([0, 1]);
    expect([asked, await counted()]).toEqual([['1'], [4_000]]);
  });

  it('begins no account it has no time for, and asks those first who waited longest', async () => {
    const { world, poll, says, asked } = await shop(['1', '2', '3', '4', '5', '6']);
    world.every = 1;
    for (const one of ['1', '2', '3', '4', '5', '6']) says(one, { [`${one}1`]: 1_000 });
    const { put } = world;
    // The four that are asked at once take all the time there is.
    world.put = async (events) => {
      world.remainingMs = 10_000;
      return put(events);
    };
    expect(await poll()).toMatchObject({ polled: 4, left: 2 });
    const first = asked.splice(0);
    world.remainingMs = 180_000;
    world.now += minute;
    expect(await poll()).toMatchObject({ polled: 4, left: 2 });
    expect(new Set([...first, ...asked]).size).toBe(6);
  });
});

type Dying = 'before the stream has anything' | 'when the stream has the first' | 'before it is written down';

describe('a poller that dies', () => {
  const dies = (how: Dying, put: EventStream['put']): EventStream['put'] => {
    return async (events) => {
      if (how === 'when the stream has the first') await put(events.slice(0, 1));
      if (how === 'before it is written down') await put(events);
      throw new Error('killed');
    };
  };
  /** It writes nothing any more, as a process that is gone. */
  const gone = (polls: PollStore): PollStore => ({
    ...polls,
    release: async () => {
      throw new Error('killed');
    },
  });

  it.each<Dying>(['before the stream has anything', 'when the stream has the first', 'before it is written down'])(
    'leaves what the next one puts, once: %s',
    async (how) => {
      const { own, world, poll, says, counted, recorded } = await shop();
      says('1', { 11: 5_000, 12: 70_000 });
      await poll();
      world.now += 5 * minute;
      says('1', { 11: 9_000, 12: 60_000, 13: 800 });
      world.put = dies(how, recorded.stream.put);
      world.polls = gone(own.polls);
      expect(await poll()).toMatchObject({ polled: 0, failed: 1 });

      world.put = recorded.stream.put;
      world.polls = own.polls;
      world.now += minute;
      // Its lease still holds.
      expect(await poll()).toMatchObject({ polled: 0, failed: 0 });
      world.now += minute;
      says('1', { 11: 9_500, 12: 60_000, 13: 800 });
      world.now += 3 * minute;
      expect(await poll()).toMatchObject({ polled: 1, failed: 0, events: 4 });
      expect(await counted()).toEqual([800, 9_500, 60_000]);
      const again = recorded.events.filter(({ id }) => id.endsWith('/12/2'));
      expect(new Set(again.map((event) => JSON.stringify(event))).size).toBe(1);
    },
  );

  it('and a stream that is full lose nothing over hours', async () => {
    const { own, world, poll, says, counted, recorded } = await shop();
    const spend = { 11: 0, 12: 0 };
    for (let turn = 0; turn < 24; turn += 1) {
      spend[11] += 1_000 + turn;
      spend[12] += turn % 5 === 4 ? -700 : 2_000;
      says('1', spend);
      world.put = recorded.stream.put;
      world.polls = own.polls;
      if (turn % 4 === 1) world.put = async (events) => ({ refused: events.map((_, index) => index) });
      if (turn % 4 === 2) {
        world.put = dies('when the stream has the first', recorded.stream.put);
        world.polls = gone(own.polls);
      }
      await poll();
      world.now += 5 * minute;
    }
    world.put = recorded.stream.put;
    world.polls = own.polls;
    await poll();
    expect(await counted()).toEqual([spend[11], spend[12]].toSorted((a, b) => a - b));
  });
});

describe('calls of the platform', () => {
  const today = '2026-11-20';

  it('are counted, of answers that broke off as well', async () => {
    const { own, poll, says, recording } = await shop(['1', '2'], { callBudget: { perDay: 1_000, rowsPerCall: 2 } });
    says('1', { 11: 1_000, 12: 1_000, 13: 1_000 });
    says('2', { 21: 1_000 });
    recording.failing['2'] = new PlatformError('unavailable', 'Gone.', { platform: 'google-ads' });
    await poll();
    expect(await own.calls.used('con_1', today)).toEqual({ scheduled: 0, onDemand: 0, polls: 3 });
  });

  it('are made no more than the polls’ share allows by now; a later turn asks', async () => {
    // By ten in Berlin, 09:00 UTC, 10 hours of 24 are allowed: 10 of the quarter of 96.
    const { own, world, poll, asked, told } = await shop(['1'], { callBudget: { perDay: 96, rowsPerCall: null } });
    await own.calls.count('con_1', today, 'polls', 10);
    expect(await poll()).toEqual({ polled: 0, events: 0, failed: 0, postponed: 1, left: 0 });
    expect([asked, told['pollsPostponed']]).toEqual([[], 1]);
    world.now += minute;
    expect(await poll()).toMatchObject({ postponed: 0 });
    world.now += 60 * minute;
    expect(await poll()).toMatchObject({ polled: 1 });
    expect((await own.calls.used('con_1', today)).polls).toBe(11);
  });
});
