import { hash } from 'node:crypto';
import type { StreamEvent } from '../../../contracts/streams/stream-event.ts';
import { lanes } from '../../../contracts/streams/windows.ts';

type Placed = Pick<StreamEvent, 'workspaceId' | 'campaignId' | 'accountId' | 'id'>;

/**
 * What an event is partitioned by on the stream: what one campaign does meets in one place, so that a batch touches few counters. A
 * repeat of an event always has the same one.
 */
export const partitionKeyOf = ({ workspaceId, campaignId, accountId, id }: Placed): string =>
  `${workspaceId}/${campaignId ?? accountId ?? id}`;

const known = new Map<string, number>();
/** Partition keys remembered; a lane is a hash, which costs more than the rest of the counting. */
const mostKnown = 50_000;

/**
 * The part of its workspace's counters that an event belongs to. Its bits are the first of the MD5 by which Kinesis chooses a shard, so
 * that with a power of two of shards up to `lanes` no two shards write to one lane.
 */
export function laneOf(event: Placed): number {
  const key = partitionKeyOf(event);
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= mostKnown) known.clear();
  const lane = Math.floor((Number.parseInt(hash('md5', key, 'hex').slice(0, 2), 16) * lanes) / 256);
  known.set(key, lane);
  return lane;
}

/** What an id is remembered by: 64 bits of it, as eight latin-1 characters. Among a million of one block two agree once in 37 million. */
export const idMark = (id: string): string => hash('sha256', id, 'buffer').toString('latin1', 0, 8);
