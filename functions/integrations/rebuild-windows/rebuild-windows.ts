import { createLaneStore, type LaneTable } from '../../../adapters/stores/lane-store.ts';
import type { Stores } from '../../../adapters/stores/stores.ts';
import type { Warehouse } from '../../../adapters/warehouse.ts';
import { blockMillis, lanes, minuteMillis, minuteWindowDays } from '../../../contracts/streams/windows.ts';
import type { RebuildWindows, RebuiltWindows } from '../../../contracts/window-rebuild.ts';
import { AppError } from '../../../domain/errors.ts';
import { type CountedAccount, zoneWithoutAccount } from '../../../domain/integrations/streaming/admit-event.ts';
import {
  type CounterKey,
  type Counters,
  counterNames,
  type HourCounters,
  type MinuteCounters,
  noCounters,
} from '../../../domain/integrations/streaming/counters.ts';
import { lakeIds, lakeSums, measureColumn } from '../../../domain/integrations/streaming/lake-query.ts';
import { idMark, laneOf } from '../../../domain/integrations/streaming/lane.ts';
import { localHour } from '../../../domain/integrations/streaming/local-hour.ts';
import { hoursPerPart } from '../../../domain/integrations/streaming/place-event.ts';
import { WindowBlock } from '../../../domain/integrations/streaming/window-block.ts';

export interface RebuildPorts {
  readonly table: LaneTable;
  readonly stores: Stores<'accounts' | 'live'>;
  readonly warehouse: Pick<Warehouse, 'query'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly remainingMs: () => number;
}

const hourMillis = 3_600_000;
/** Windows worked on at once: two hours of a thousand ads are 120,000 sums. */
const stepMillis = 2 * hourMillis;
const mostHours = 48;
const shownDifferences = 20;
/** Firehose puts down what is five minutes old; what changed since may be counted and not yet there. */
const settleMillis = 15 * minuteMillis;
/** A step is begun only while there is still this much time. */
const reserveMs = 90_000;

/**
 * Holds the counters of a workspace against the events in the lake, and makes them from it again where they differ. Both go by the same
 * rules, so that what comes out is what live counting would have. What is counted meanwhile is never lost: each item is replaced only as
 * it was read. A block that changed within the last quarter of an hour is left alone and named.
 */
export async function rebuildWindows(ports: RebuildPorts, asked: RebuildWindows): Promise<RebuiltWindows> {
  const from = Math.floor(Date.parse(asked.from) / blockMillis) * blockMillis;
  const to = Math.ceil(Date.parse(asked.to) / blockMillis) * blockMillis;
  if (!(from < to) || to - from > mostHours * hourMillis) {
    throw new AppError(
      'invalid-request',
      `The window must end after it begins and be at most ${mostHours} hours long.`,
    );
  }
  const accounts = new Map(
    (await ports.stores.forWorkspace(asked.workspaceId).accounts.all()).map((account) => [account.id, account]),
  );
  const total = {
    compared: 0,
    different: 0,
    differences: [] as RebuiltWindows['differences'],
    replaced: 0,
    idsAdded: 0,
    unsettled: [] as string[],
  };
  let done = from;
  for (; done < to; done += stepMillis) {
    if (done > from && ports.remainingMs() < reserveMs) break;
    await step(ports, asked, { from: done, to: Math.min(to, done + stepMillis) }, accounts, total);
  }
  return {
    from: new Date(from).toISOString(),
    to: new Date(Math.min(done, to)).toISOString(),
    ...total,
    differences: total.differences.slice(0, shownDifferences),
  };
}

interface Range {
  readonly from: number;
  readonly to: number;
}

interface Entry extends CounterKey {
  readonly at: number;
  readonly counters: Counters;
}

type Totals = {
  compared: number;
  different: number;
  differences: RebuiltWindows['differences'];
  replaced: number;
  idsAdded: number;
  unsettled: string[];
};

async function step(
  ports: RebuildPorts,
  { workspaceId, mode }: RebuildWindows,
  range: Range,
  accounts: ReadonlyMap<string, CountedAccount>,
  total: Totals,
): Promise<void> {
  const zoneOf = (accountId: string | null): string =>
    (accountId === null ? undefined : accounts.get(accountId))?.timeZone ?? zoneWithoutAccount;
  // Versions first: what is written after them is found out when it would be written over.
  const wide = { workspaceId, from: range.from - hourMillis, to: range.to + hourMillis };
  const held = await readHeld(ports, workspaceId, range, wide, accounts);
  const fresh = held.filter(({ updatedAt }) => updatedAt > ports.now() - settleMillis);
  if (fresh.length > 0) {
    total.unsettled.push(...new Set(fresh.map(({ start }) => new Date(start ?? range.from).toISOString())));
    return;
  }
  // An hour that reaches over an end is summed whole.
  const entries = await readLake(ports.warehouse, wide, accounts);
  const inRange = (at: number): boolean => at >= range.from && at < range.to;
  const covered = (accountId: string | null, date: string, hour: number): boolean =>
    hoursOf(range, zoneOf(accountId)).has(`${date}#${hour}`);

  const minutesKept = range.from > ports.now() - minuteWindowDays * 24 * hourMillis;
  const live = ports.stores.forWorkspace(workspaceId).live;
  const wanted = {
    minutes: minutesKept ? entries.filter(({ at }) => inRange(at)) : [],
    hours: entries.flatMap((entry) => {
      const place = localHour(entry.at, zoneOf(entry.accountId));
      return covered(entry.accountId, place.date, place.hour) ? [{ ...entry, ...place }] : [];
    }),
  };
  const dates = [...new Set(datesOf(range, accounts))];
  compare('minute', minutesKept ? await live.minutes(range.from, range.to) : [], wanted.minutes, total, (one) =>
    new Date(one.at).toISOString(),
  );
  compare(
    'hour',
    (await live.hours(dates)).filter(({ accountId, date, hour }) => covered(accountId, date, hour)),
    wanted.hours,
    total,
    (one) => `${(one as unknown as HourCounters).date} ${(one as unknown as HourCounters).hour}:00`,
  );
  if (mode === 'verify') return;

  const ids = await readIds(ports.warehouse, { workspaceId, ...range });
  for (let lane = 0; lane < lanes; lane += 1) {
    const store = createLaneStore(ports.table, { workspaceId, lane }, ports.now);
    const own = ({ accountId, campaignId }: CounterKey): boolean =>
      // Events of nobody lie in a lane by their id; together they lie in the first as well.
      accountId === null && campaignId === null
        ? lane === 0
        : laneOf({ workspaceId, accountId, campaignId, id: '' }) === lane;
    for (let start = range.from; start < range.to; start += blockMillis) {
      const before = held.find((one) => one.lane === lane && one.start === start);
      const block = new WindowBlock();
      for (const entry of wanted.minutes) {
        if (entry.at >= start && entry.at < start + blockMillis && own(entry)) {
          block.add(entry, (entry.at - start) / minuteMillis, entry.counters);
        }
      }
      const seen = await store.seen(start);
      const marks = (ids.get(lane)?.get(start) ?? []).filter((mark) => !seen.has(mark));
      const same = before === undefined ? block.isEmpty() : before.text === block.write();
      if (same && marks.length === 0) continue;
      await write(store, {
        minutes: [{ start, block: minutesKept ? block : (before?.block ?? block), version: before?.version ?? 0 }],
        days: [],
        seen: marks.length === 0 ? new Map() : new Map([[start, marks]]),
        countedAt: before?.updatedAt ?? 0,
      });
      total.replaced += same ? 0 : 1;
      total.idsAdded += marks.length;
    }
    for (const date of dates) {
      for (let quarter = 0; quarter < 24 / hoursPerPart; quarter += 1) {
        const before = held.find((one) => one.lane === lane && one.date === date && one.quarter === quarter);
        const block = (before?.block ?? new WindowBlock()).without((key, hour) => covered(key.accountId, date, hour));
        for (const entry of wanted.hours) {
          if (entry.date === date && Math.floor(entry.hour / hoursPerPart) === quarter && own(entry)) {
            block.add(entry, entry.hour, entry.counters);
          }
        }
        if (before === undefined ? block.isEmpty() : before.text === block.write()) continue;
        await write(store, {
          minutes: [],
          days: [{ part: { date, quarter }, block, version: before?.version ?? 0 }],
          seen: new Map(),
          countedAt: before?.updatedAt ?? 0,
        });
        total.replaced += 1;
      }
    }
  }
}

async function write(
  store: ReturnType<typeof createLaneStore>,
  change: Parameters<typeof store.write>[0],
): Promise<void> {
  if (await store.write(change)) return;
  throw new AppError('conflict', 'The window was counted into meanwhile. Nothing is lost; rebuild it again.');
}

interface Held {
  readonly lane: number;
  readonly start?: number;
  readonly date?: string;
  readonly quarter?: number;
  readonly block: WindowBlock;
  readonly text: string;
  readonly version: number;
  readonly updatedAt: number;
}

async function readHeld(
  { table }: RebuildPorts,
  workspaceId: string,
  range: Range,
  wide: Range,
  accounts: ReadonlyMap<string, CountedAccount>,
): Promise<Held[]> {
  const dates = [...new Set(datesOf(range, accounts))];
  const starts = Array.from(
    { length: (wide.to - wide.from) / blockMillis },
    (_, index) => wide.from + index * blockMillis,
  );
  const quarters = dates.flatMap((date) =>
    Array.from({ length: 24 / hoursPerPart }, (_, quarter) => ({ date, quarter })),
  );
  const found: Held[] = [];
  for (let lane = 0; lane < lanes; lane += 1) {
    const store = createLaneStore(table, { workspaceId, lane });
    const held = await Promise.all([
      ...starts.map(async (start) => ({ lane, start, ...(await store.minutes(start)) })),
      // A day's part changes for as long as the day runs; its hours are held apart by the blocks of their minutes.
      ...quarters.map(async (part) => ({ lane, ...part, ...(await store.day(part)), updatedAt: 0 })),
    ]);
    for (const one of held) if (one.version > 0) found.push({ ...one, text: one.block.write() });
  }
  return found;
}

async function readLake(
  warehouse: Pick<Warehouse, 'query'>,
  window: Range & { readonly workspaceId: string },
  accounts: ReadonlyMap<string, CountedAccount>,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const row of warehouse.query(lakeSums(window))) {
    const accountId = row['account_id'] ?? null;
    const currency = row['currency'] ?? null;
    const account = accountId === null ? undefined : accounts.get(accountId);
    // What the processor refused is not in its counters either.
    if (accountId !== null && account === undefined) continue;
    if (row['spends'] === '1' && account !== undefined && currency !== null && currency !== account.currency) continue;
    const key = {
      accountId,
      campaignId: row['campaign_id'] ?? null,
      adGroupId: row['ad_group_id'] ?? null,
      adId: row['ad_id'] ?? null,
      currency,
    };
    const events = Number(row['events']);
    const sums: Record<string, number> = { ...noCounters };
    if (row['is_late'] === '1') sums['late'] = events;
    else {
      sums['events'] = events;
      for (const name of counterNames) {
        if (name !== 'events' && name !== 'late') sums[name] = Number(row[measureColumn(name)] ?? 0);
      }
    }
    entries.push({ ...key, at: Number(row['at_minute']), counters: sums as Counters });
  }
  return entries;
}

/** Marks by lane and by the block they are remembered in. */
async function readIds(
  warehouse: Pick<Warehouse, 'query'>,
  window: Range & { readonly workspaceId: string },
): Promise<Map<number, Map<number, string[]>>> {
  const lanesOf = new Map<number, Map<number, string[]>>();
  for await (const row of warehouse.query(lakeIds(window))) {
    const id = row['id'] ?? '';
    const { workspaceId } = window;
    const lane = laneOf({
      workspaceId,
      id,
      accountId: row['account_id'] ?? null,
      campaignId: row['campaign_id'] ?? null,
    });
    const blocks = lanesOf.get(lane) ?? new Map<number, string[]>();
    lanesOf.set(lane, blocks);
    const start = Number(row['seen_in']);
    blocks.set(start, [...(blocks.get(start) ?? []), idMark(id)]);
  }
  return lanesOf;
}

/** Account-local hours that a range touches, as `2026-11-23#7`. */
function hoursOf(range: Range, timeZone: string): ReadonlySet<string> {
  const name = `${range.from}-${range.to}-${timeZone}`;
  const known = knownHours.get(name);
  if (known !== undefined) return known;
  const hours = new Set<string>();
  for (let at = range.from; at < range.to; at += blockMillis) {
    const { date, hour } = localHour(at, timeZone);
    hours.add(`${date}#${hour}`);
  }
  if (knownHours.size > 500) knownHours.clear();
  knownHours.set(name, hours);
  return hours;
}
const knownHours = new Map<string, ReadonlySet<string>>();

const datesOf = (range: Range, accounts: ReadonlyMap<string, CountedAccount>): string[] =>
  [zoneWithoutAccount, ...[...accounts.values()].map(({ timeZone }) => timeZone)].flatMap((zone) =>
    [...hoursOf(range, zone)].map((hour) => hour.split('#')[0] ?? ''),
  );

function compare(
  window: 'minute' | 'hour',
  counted: readonly (MinuteCounters | HourCounters)[],
  inLake: readonly Entry[],
  total: Totals,
  atOf: (one: { readonly at: number }) => string,
): void {
  const sums = (entries: readonly (CounterKey & { readonly counters: Counters })[]) => {
    const found = new Map<string, { at: string; key: string; counter: string; value: number }>();
    for (const one of entries) {
      const at = atOf(one as unknown as { at: number });
      const key = [one.accountId, one.campaignId, one.adGroupId, one.adId, one.currency]
        .map((part) => part ?? '-')
        .join(' ');
      for (const counter of counterNames) {
        if (one.counters[counter] === 0) continue;
        const name = `${at} ${key} ${counter}`;
        found.set(name, { at, key, counter, value: (found.get(name)?.value ?? 0) + one.counters[counter] });
      }
    }
    return found;
  };
  const [here, there] = [sums(counted), sums(inLake)];
  for (const name of new Set([...here.keys(), ...there.keys()])) {
    total.compared += 1;
    const [a, b] = [here.get(name), there.get(name)];
    if ((a?.value ?? 0) === (b?.value ?? 0)) continue;
    total.different += 1;
    const known = a ?? b;
    if (known !== undefined && total.differences.length < shownDifferences) {
      const { at, key, counter } = known;
      total.differences.push({ window, at, key, counter, counted: a?.value ?? 0, inLake: b?.value ?? 0 });
    }
  }
}
