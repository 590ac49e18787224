/** Where a reader of a shard stands. Opaque to it, and worth nothing after five minutes, as on AWS. */
import { AwsError } from '../../ports.ts';

export interface ShardPosition {
  readonly stream: string;
  readonly shard: number;
  /** The last record read. */
  readonly after: number;
}

const lifetimeMs = 5 * 60_000;

export const writeIterator = ({ stream, shard, after }: ShardPosition, now: number): string =>
  Buffer.from(JSON.stringify([stream, shard, after, now])).toString('base64url');

export function readIterator(text: string, now: number): ShardPosition {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    parts = undefined;
  }
  if (!Array.isArray(parts) || parts.length !== 4) {
    throw new AwsError('InvalidArgumentException', 'The shard iterator is not one of this stream.');
  }
  const [stream, shard, after, at] = parts as [string, number, number, number];
  if (now - at > lifetimeMs) {
    throw new AwsError('ExpiredIteratorException', 'The shard iterator is older than five minutes: ask for another.');
  }
  return { stream, shard, after };
}
