/** What one shard takes: 1,000 records and 1 MiB a second. More is refused record by record, as AWS does. */
import type { Clock } from '../../ports.ts';

const recordsPerSecond = 1_000;
const bytesPerSecond = 1_048_576;

interface Bucket {
  records: number;
  bytes: number;
  /** Epoch milliseconds of the last refill. */
  at: number;
}

export class ShardThroughput {
  readonly #buckets = new Map<string, Bucket>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether there is room; it is taken then. */
  take(stream: string, shard: number, bytes: number): boolean {
    const now = this.#clock();
    const name = `${stream}/${shard}`;
    const bucket = this.#buckets.get(name) ?? { records: recordsPerSecond, bytes: bytesPerSecond, at: now };
    const seconds = Math.max(0, now - bucket.at) / 1_000;
    bucket.records = Math.min(recordsPerSecond, bucket.records + seconds * recordsPerSecond);
    bucket.bytes = Math.min(bytesPerSecond, bucket.bytes + seconds * bytesPerSecond);
    bucket.at = now;
    this.#buckets.set(name, bucket);
    if (bucket.records < 1 || bucket.bytes < bytes) return false;
    bucket.records -= 1;
    bucket.bytes -= bytes;
    return true;
  }
}
