import { blockMillis } from '../../contracts/streams/windows.ts';
import type { HourCounters, MinuteCounters } from '../../domain/integrations/streaming/counters.ts';
import { unpack } from './lane-store.ts';
import { dayPk, minutesPk } from './live-keys.ts';
import type { Item, Table } from './table.ts';

/** What a workspace's counters say. The processor alone writes them, through lanes. */
export interface LiveStore {
  /** Minutes that start at or after `from` and before `to`, epoch milliseconds; those with no event are absent. */
  minutes(from: number, to: number): Promise<readonly MinuteCounters[]>;
  /** Hours of account-local days (`2026-11-23`). */
  hours(dates: readonly string[]): Promise<readonly HourCounters[]>;
  /** Changes whenever a minute between the two changes (and at times when one beside it does); cheap beside `minutes`. */
  stamp(from: number, to: number): Promise<string>;
}

/** A day of minutes: nobody looks at more at once. */
const mostBlocks = 144;
const mostDays = 100;

export function createLiveStore(table: Table, workspaceId: string): LiveStore {
  const blocks = (from: number, to: number): number[] => {
    const starts: number[] = [];
    for (let start = Math.floor(from / blockMillis) * blockMillis; start < to; start += blockMillis) starts.push(start);
    if (starts.length > mostBlocks) throw new RangeError(`At most ${mostBlocks * 10} minutes are read at once.`);
    return starts;
  };
  const items = (pk: string, attributes: readonly string[]): Promise<Item[]> =>
    table.all({ pk, consistent: true, attributes });
  const counters = async (pk: string) =>
    (await items(pk, ['counters'])).flatMap((item) => [...unpack(item.counters as Uint8Array).entries()]);
  return {
    async minutes(from, to) {
      const found = await Promise.all(
        blocks(from, to).map(async (start) =>
          (await counters(minutesPk(workspaceId, start))).map(({ key, slot, counters }) => ({
            ...key,
            at: start + slot * 60_000,
            counters,
          })),
        ),
      );
      return found.flat().filter(({ at }) => at >= from && at < to);
    },
    async hours(dates) {
      if (dates.length > mostDays) throw new RangeError(`At most ${mostDays} days of hours are read at once.`);
      const found = await Promise.all(
        dates.map(async (date) =>
          (await counters(dayPk(workspaceId, { date }))).map(({ key, slot, counters }) => ({
            ...key,
            date,
            hour: slot,
            counters,
          })),
        ),
      );
      return found.flat();
    },
    async stamp(from, to) {
      const found = await Promise.all(
        blocks(from, to).map((start) => items(minutesPk(workspaceId, start), ['sk', 'version'])),
      );
      return found.map((lanes) => lanes.map(({ sk, version }) => `${sk}:${version}`).join()).join(';');
    },
  };
}
