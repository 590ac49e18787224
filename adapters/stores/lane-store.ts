import { randomUUID } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { blockMillis, dayWindowDays, minuteWindowDays, rememberedDays } from '../../contracts/streams/windows.ts';
import { AppError } from '../../domain/errors.ts';
import { WindowBlock } from '../../domain/integrations/streaming/window-block.ts';
import { type DayPart, dayPk, type LanePlace, laneSk, minutesPk, seenPk, seenPrefix } from './live-keys.ts';
import type { Item, Table, TransactAction } from './table.ts';

/** Counters of one item, and the version they were read at; 0 where there was none. */
export interface StoredBlock {
  readonly block: WindowBlock;
  readonly version: number;
}

/** The same, and when it was written last: epoch milliseconds, 0 where there was none. */
export interface ReadBlock extends StoredBlock {
  readonly updatedAt: number;
}

/** What one transition of a lane writes: all of it or nothing. */
export interface LaneChange {
  readonly minutes: readonly (StoredBlock & { readonly start: number })[];
  readonly days: readonly (StoredBlock & { readonly part: DayPart })[];
  /** Marks of the ids counted, eight latin-1 characters each, by the block they are remembered in; each is among `minutes`. */
  readonly seen: ReadonlyMap<number, readonly string[]>;
  /** When its events were counted, epoch milliseconds; now where it is absent. What is made from the lake again is not new. */
  readonly countedAt?: number;
}

/** One lane of a workspace's counters: read by block, written by conditional transactions. */
export interface LaneStore {
  minutes(start: number): Promise<ReadBlock>;
  day(part: DayPart): Promise<ReadBlock>;
  /** Every mark remembered in a block. */
  seen(start: number): Promise<Set<string>>;
  /** `false` when somebody else wrote one of the items since they were read: nothing was written then. */
  write(change: LaneChange): Promise<boolean>;
}

/** DynamoDB's limit is 400 KB an item, names and versions included. */
const mostBytes = 390_000;
/** Blocks that one transaction takes: three items each at most, of DynamoDB's hundred. */
export const blocksAtOnce = 30;
const daySeconds = 86_400;

export type LaneTable = Pick<Table, 'get' | 'each' | 'transact'>;

export function createLaneStore(table: LaneTable, place: LanePlace, now: () => number = Date.now): LaneStore {
  const sk = laneSk(place.lane);
  const stored = (item: Item | undefined): ReadBlock => ({
    block: item === undefined ? new WindowBlock() : unpack(item.counters as Uint8Array),
    version: Number(item?.version ?? 0),
    updatedAt: Number(item?.updatedAt ?? 0),
  });
  const put = (
    pk: string,
    itemSk: string,
    { block, version }: StoredBlock,
    expiresAt: number,
    updatedAt: number,
  ): TransactAction => {
    const counters = pack(block);
    if (counters.length > mostBytes) {
      throw new AppError(
        'internal',
        `The counters of ${pk} ${itemSk} have grown to ${counters.length} bytes, above the ${mostBytes} that an item may hold: more than some 30,000 ads of one workspace count in one window. Raise "lanes" in contracts/streams/windows.ts.`,
      );
    }
    return {
      put: { pk, sk: itemSk, version: version + 1, counters, updatedAt, expiresAt },
      ...(version === 0
        ? { condition: 'attribute_not_exists(pk)' }
        : { condition: '#v = :v', names: { '#v': 'version' }, values: { ':v': version } }),
    };
  };
  return {
    async minutes(start) {
      return stored(await table.get({ pk: minutesPk(place.workspaceId, start), sk }));
    },
    async day(part) {
      return stored(await table.get({ pk: dayPk(place.workspaceId, part), sk: `${sk}#${part.quarter}` }));
    },
    async seen(start) {
      const marks = new Set<string>();
      for await (const item of table.each({ pk: seenPk(place, start), prefix: seenPrefix(start), consistent: true })) {
        const bytes = Buffer.from(item.marks as Uint8Array).toString('latin1');
        for (let at = 0; at < bytes.length; at += 8) marks.add(bytes.slice(at, at + 8));
      }
      return marks;
    },
    async write({ minutes, days, seen, countedAt = now() }) {
      const seconds = Math.floor(now() / 1_000);
      return table.transact([
        ...minutes.map((one) =>
          put(
            minutesPk(place.workspaceId, one.start),
            sk,
            one,
            Math.max(seconds, Math.floor((one.start + blockMillis) / 1_000)) + minuteWindowDays * daySeconds,
            countedAt,
          ),
        ),
        ...days.map((one) =>
          put(
            dayPk(place.workspaceId, one.part),
            `${sk}#${one.part.quarter}`,
            one,
            seconds + dayWindowDays * daySeconds,
            countedAt,
          ),
        ),
        ...[...seen].map(([start, marks]) => ({
          put: {
            pk: seenPk(place, start),
            // Nobody else adds marks to this block meanwhile: each who does raises its version too.
            sk: `${seenPrefix(start)}${new Date(now()).toISOString()}#${randomUUID()}`,
            marks: Buffer.from(marks.join(''), 'latin1'),
            expiresAt: seconds + rememberedDays * daySeconds,
          },
        })),
      ]);
    },
  };
}

/** Level 1: the ids in it are chance and do not compress further, the rest does at any level. */
const pack = (block: WindowBlock): Buffer => deflateRawSync(block.write(), { level: 1 });
export const unpack = (bytes: Uint8Array): WindowBlock => WindowBlock.read(inflateRawSync(bytes).toString());
