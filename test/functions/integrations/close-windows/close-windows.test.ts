import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLaneStore } from '../../../../adapters/stores/lane-store.ts';
import { countEvents } from '../../../../adapters/streams/count-events.ts';
import { LaneCache } from '../../../../adapters/streams/lane-cache.ts';
import { type EventDetail, events } from '../../../../contracts/events.ts';
import { closeAllWindows } from '../../../../functions/integrations/close-windows/close-all-windows.ts';
import { type ClosePorts, closeWindows } from '../../../../functions/integrations/close-windows/close-windows.ts';
import { newWorkspace, type SeededAccount, seedAccount } from '../../../adapters/http/api-world.ts';
import { type StateTable, startStateTable } from '../../../adapters/state-table.ts';
import { sampleEvent } from '../../../adapters/streams/sample-events.ts';

const minute = 60_000;
const hour = 60 * minute;
/** 12:05 in Berlin, 11:05 in UTC. */
const start = Date.parse('2026-11-20T11:05:00Z');

let state: StateTable;
let own: ReturnType<typeof newWorkspace>;
let account: SeededAccount;
let now: number;
let told: EventDetail<'metrics.window.closed'>[];
let broken: boolean;
let serial = 0;

beforeAll(async () => {
  state = await startStateTable();
});
afterAll(() => state.close());
beforeEach(async () => {
  own = newWorkspace(state.stores);
  account = await seedAccount(own, '1234567890');
  now = start;
  told = [];
  broken = false;
});

const ports = (): ClosePorts => ({
  own,
  tell: async (detail) => {
    if (broken) throw new Error('the bus is away');
    events['metrics.window.closed'].parse(detail);
    told.push(detail);
  },
  now: () => now,
  remainingMs: () => 60_000,
});
const close = () => closeWindows(ports());

/** Counts a click as the processor does. */
async function click(at: number, of: { readonly accountId: string } | null, timeZone: string): Promise<void> {
  serial += 1;
  const event = sampleEvent({
    id: `click-${serial}`,
    workspaceId: own.workspaceId,
    occurredAt: at,
    ...(of !== null && { accountId: of.accountId, platform: 'google-ads' }),
  });
  const lanes = new LaneCache((id, lane) => createLaneStore(state.table, { workspaceId: id, lane }, () => now));
  const { counted } = await countEvents([{ event, timeZone }], lanes, { now: () => now });
  if (counted.length !== 1) throw new Error('The click was not counted.');
}
const clickInBerlin = (at: number) => click(at, account, 'Europe/Berlin');

describe('an hour', () => {
  it('is told once it has settled, and never again', async () => {
    await clickInBerlin(start - 10 * minute);
    expect(await close()).toBe(0);
    now = start + 5 * minute;
    expect(await close()).toBe(1);
    expect(told).toEqual([
      {
        id: expect.stringMatching(/^win_/),
        workspaceId: own.workspaceId,
        grain: 'hour',
        timeZone: 'Europe/Berlin',
        date: '2026-11-20',
        hour: 11,
        from: '2026-11-20T10:00:00.000Z',
        to: '2026-11-20T11:00:00.000Z',
        changesUntil: '2026-11-21T11:00:00.000Z',
        accounts: [{ accountId: account.accountId, platform: 'google-ads' }],
        withoutAccount: false,
      },
    ]);
    for (let later = 0; later < 50; later += 1) {
      now += minute;
      await close();
    }
    expect(told).toHaveLength(1);
  });

  it('in which nothing was counted is not told', async () => {
    for (now = start; now < start + 3 * hour; now += 10 * minute) await close();
    expect(told).toEqual([]);
  });

  it('ends by the clock of its account, that of events without one by UTC', async () => {
    // Half past of UTC in Kolkata.
    const kolkata = await seedAccount(own, '222');
    const record = await own.accounts.get(kolkata.accountId);
    if (record === undefined) throw new Error('The account was not kept.');
    await own.accounts.upsert({ ...record, timeZone: 'Asia/Kolkata' });
    await close();
    const at = start + 20 * minute;
    await click(at, kolkata, 'Asia/Kolkata');
    await click(at, null, 'UTC');
    for (; now < start + 2 * hour; now += minute) await close();
    expect(
      told.map(({ timeZone, date, hour: of, to, withoutAccount }) => [timeZone, date, of, to, withoutAccount]),
    ).toEqual([
      ['Asia/Kolkata', '2026-11-20', 16, '2026-11-20T11:30:00.000Z', false],
      ['UTC', '2026-11-20', 11, '2026-11-20T12:00:00.000Z', true],
    ]);
  });

  it('is told again under the same id when the worker died before it was noted, and not lost when the bus was away', async () => {
    await clickInBerlin(start - 10 * minute);
    now = start + 10 * minute;
    broken = true;
    await expect(close()).rejects.toThrow('the bus is away');
    broken = false;
    const { closedWindows } = own;
    const dies = { ...own, closedWindows: { ...closedWindows, advance: () => Promise.reject(new Error('died')) } };
    await expect(closeWindows({ ...ports(), own: dies })).rejects.toThrow('died');
    await close();
    expect(told.map(({ hour: of }) => of)).toEqual([11, 11]);
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
  });

  it('is told by one after an outage of days, a day a run', async () => {
    await close();
    for (const hours of [1, 20, 30]) {
      now = start + hours * hour;
      await clickInBerlin(now);
    }
    now = start + 32 * hour;
    expect([await close(), await close(), await close()]).toEqual([2, 1, 0]);
    expect(told.map(({ date, hour: of }) => `${date} ${of}`)).toEqual([
      '2026-11-20 13',
      '2026-11-21 8',
      '2026-11-21 18',
    ]);
  });
});

it('goes on with other workspaces where one cannot be told of', async () => {
  await clickInBerlin(start - 10 * minute);
  now = start + 10 * minute;
  const failed: string[] = [];
  const all = closeAllWindows({
    workspaceIds: async () => ['wsp_away', own.workspaceId],
    portsOf: (id) => {
      if (id === 'wsp_away') throw new Error('away');
      return ports();
    },
    now: () => now,
    remainingMs: () => 60_000,
    failed: (id) => void failed.push(id),
  });
  await expect(all).rejects.toThrow('The windows of 1 workspaces');
  expect([failed, told.length]).toEqual([['wsp_away'], 1]);
});
