/** Shards of a stream: ranges of the MD5 of partition keys, all of the same width. */
import { createHash } from 'node:crypto';
import { AwsError } from '../../ports.ts';

const keySpace = 2n ** 128n;

export const shardId = (shard: number): string => `shardId-${String(shard).padStart(12, '0')}`;

export function shardNumber(id: string, count: number): number {
  const number = Number(/^shardId-(\d{12})$/.exec(id)?.[1] ?? Number.NaN);
  if (!(number < count)) throw new AwsError('ResourceNotFoundException', `There is no shard ${id}.`);
  return number;
}

/** First and last hash key of a shard, as AWS writes them: decimal. */
export function hashKeyRange(shard: number, count: number): { StartingHashKey: string; EndingHashKey: string } {
  const from = (keySpace * BigInt(shard)) / BigInt(count);
  const to = (keySpace * BigInt(shard + 1)) / BigInt(count) - 1n;
  return { StartingHashKey: String(from), EndingHashKey: String(to) };
}

export function shardOf(partitionKey: string, explicitHashKey: string | undefined, count: number): number {
  if (explicitHashKey !== undefined && !/^(0|[1-9]\d{0,38})$/.test(explicitHashKey)) {
    throw new AwsError('InvalidArgumentException', `ExplicitHashKey ${explicitHashKey} is no number of 128 bits.`);
  }
  const hash =
    explicitHashKey === undefined
      ? BigInt(`0x${createHash('md5').update(partitionKey).digest('hex')}`)
      : BigInt(explicitHashKey);
  if (hash >= keySpace) {
    throw new AwsError('InvalidArgumentException', `ExplicitHashKey ${explicitHashKey} is above 2^128 - 1.`);
  }
  // The last range that begins at or below it; a product of 128 and 32 bits is exact in a BigInt.
  const shard = Number((hash * BigInt(count)) / keySpace);
  return hash < (keySpace * BigInt(shard)) / BigInt(count) ? shard - 1 : shard;
}

/** As AWS writes them: decimal, of equal length, rising. */
const sequenceBase = 10n ** 25n;
export const sequenceNumber = (id: number): string => String(sequenceBase + BigInt(id));

export function idOfSequence(sequence: string): number {
  if (!/^1\d{25}$/.test(sequence)) {
    throw new AwsError('InvalidArgumentException', `${sequence} is no sequence number of this stream.`);
  }
  return Number(BigInt(sequence) - sequenceBase);
}
