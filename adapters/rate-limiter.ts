import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';
import { AppError } from '../domain/errors.ts';
import type { RateLimit, RateLimiter } from '../domain/integrations/platform.ts';
import {
  type BucketState,
  freshBucket,
  lease,
  opensAt,
  PermitTooFar,
  refuse,
} from '../domain/integrations/token-bucket.ts';
import { Table } from './stores/table.ts';

/** Slots leased at once, at most: what this process calls within about a second, so that writes grow with seconds. */
const largestBatch = 20;
const demandMs = 1_000;
/** A slot used later than this would meet the calls of others: it is let go. */
const latestMs = 1_000;
/**
 * Who wakes so much after its slot stood still with its process, and so did all who waited beside it: together they would leave at once
 * and overdraw the second. The headroom forgives 75 ms at ten calls a second; the rest is for the way to the platform.
 */
const stoodStillMs = 50;
/** A slot further ahead than this was leased before what others have learned since: the bucket is looked at once more. */
const lookAgainMs = 1_000;
/** What is known for longer has probably been written over: reading first is cheaper than a write that fails. */
const trustedMs = 50;
/** How often one call may find the bucket closed again, or its slot gone, while it stood in line. */
const reopenings = 5;
/** Tries to write against everybody else who writes; with 20 workers at it, a few are usual. */
const writeAttempts = 30;
/** An idle bucket is forgotten: what was learned is long made up for. */
const keptSeconds = 2 * 86_400;

const record = z.object({
  version: z.number(),
  nextAt: z.record(z.string(), z.number()),
  closedUntil: z.number(),
  pace: z.number(),
  pacedAt: z.number(),
});

export interface SharedLimiterWorld {
  /** Epoch milliseconds; clocks of the workers agree within some milliseconds. */
  readonly now: () => number;
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<unknown>;
  /** In [0, 1). */
  readonly random: () => number;
}

const realWorld: SharedLimiterWorld = {
  now: Date.now,
  wait: (ms, signal) =>
    wait(ms, undefined, signal ? { signal } : {}).catch((error: unknown) => {
      throw signal?.aborted ? signal.reason : error;
    }),
  random: Math.random,
};

/** What this process knows of one bucket. */
interface Local {
  /** As last read or written, for the next conditional write. */
  known: { readonly version: number; readonly state: BucketState; readonly at: number } | undefined;
  /** Leased and not used, soonest first. */
  slots: number[];
  /** Calls without a slot. */
  waiting: number;
  /** When calls went out lately. */
  used: number[];
  leasing: Promise<void> | undefined;
}

/**
 * Permits shared by every function that calls with the same app. Slots in time are leased from an item of the state table by
 * conditional writes, as many as the process has lately used in a second; whoever leased them needs to ask nobody.
 */
export function createSharedRateLimiter(table: Table | string, world: SharedLimiterWorld = realWorld): RateLimiter {
  const items = typeof table === 'string' ? new Table(table) : table;
  const locals = new Map<string, Local>();
  const localOf = (bucket: string): Local => {
    const local = locals.get(bucket) ?? { known: undefined, slots: [], waiting: 0, used: [], leasing: undefined };
    locals.set(bucket, local);
    return local;
  };
  const keyOf = (bucket: string) => ({ pk: `PERMITS#${bucket}`, sk: 'BUCKET' });

  const read = async (bucket: string): Promise<NonNullable<Local['known']>> => {
    const item = await items.get(keyOf(bucket));
    const { version, ...state } = item ? record.parse(item) : { version: 0, ...freshBucket };
    const known = { version, state, at: world.now() };
    localOf(bucket).known = known;
    return known;
  };

  /** Writes what `change` makes of the state, unless it makes nothing. Others' writes in between are read and built upon. */
  const changed = async (bucket: string, change: (state: BucketState) => BucketState | undefined): Promise<void> => {
    const local = localOf(bucket);
    for (let attempt = 0; attempt < writeAttempts; attempt += 1) {
      const recent = local.known && local.known.at > world.now() - trustedMs ? local.known : undefined;
      const known = recent ?? (await read(bucket));
      const state = change(known.state);
      if (state === undefined) return;
      const version = known.version + 1;
      const item = { ...state, version, expiresAt: Math.floor(world.now() / 1_000) + keptSeconds };
      const written =
        known.version === 0
          ? await items.put({ ...keyOf(bucket), ...item }, { ifAbsent: true })
          : await items.update(keyOf(bucket), item, {
              expression: '#v = :v',
              names: { '#v': 'version' },
              values: { ':v': known.version },
            });
      if (written) {
        local.known = { version, state, at: world.now() };
        return;
      }
      local.known = undefined;
      if (attempt > 1) await world.wait(world.random() * 20 * attempt);
    }
    throw new AppError('unavailable', `The permits of ${bucket} are written by too many at once.`);
  };

  /** Slots for those who wait and for what is likely to be called within the next second. */
  const leaseMore = async (bucket: string, limits: readonly RateLimit[], latest: number): Promise<void> => {
    const local = localOf(bucket);
    await changed(bucket, (state) => {
      const now = world.now();
      local.used = local.used.filter((at) => at > now - demandMs);
      const demand = Math.max(1, local.waiting, local.used.length);
      const leased = lease(state, limits, Math.min(largestBatch, demand), now);
      const [first = now] = leased.slots;
      if (first > latest) throw new PermitTooFar(bucket, Math.ceil((first - now) / 1_000));
      local.slots = [...leased.slots];
      return leased.state;
    });
  };

  const slotOf = async (bucket: string, limits: readonly RateLimit[], latest: number): Promise<number> => {
    const local = localOf(bucket);
    for (;;) {
      const now = world.now();
      local.slots = local.slots.filter((slot) => slot > now - latestMs);
      const slot = local.slots.shift();
      if (slot !== undefined) {
        if (slot <= latest) return slot;
        local.slots.unshift(slot);
        throw new PermitTooFar(bucket, Math.ceil((slot - now) / 1_000));
      }
      // One lease at a time: the others find its slots, or lease when it is done.
      if (local.leasing) await local.leasing.catch(() => undefined);
      else {
        local.leasing = leaseMore(bucket, limits, latest).finally(() => {
          local.leasing = undefined;
        });
        await local.leasing;
      }
    }
  };

  /** A bucket without limits is only looked at: what it knows is when it opens again. */
  const opened = async (bucket: string, latest: number, signal: AbortSignal | undefined): Promise<void> => {
    const { known } = localOf(bucket);
    const { state } = known && known.at > world.now() - lookAgainMs ? known : await read(bucket);
    const ahead = opensAt(state, world.now()) - world.now();
    if (world.now() + ahead > latest) throw new PermitTooFar(bucket, Math.ceil(ahead / 1_000));
    if (ahead > 0) await world.wait(ahead, signal);
  };

  return {
    async acquire(bucket, limits, { signal, patienceMs = Number.POSITIVE_INFINITY } = {}) {
      const local = localOf(bucket);
      const latest = world.now() + patienceMs;
      signal?.throwIfAborted();
      if (limits.length === 0) return opened(bucket, latest, signal);
      for (let attempt = 0; attempt < reopenings; attempt += 1) {
        signal?.throwIfAborted();
        local.waiting += 1;
        const slot = await slotOf(bucket, limits, latest).finally(() => {
          local.waiting -= 1;
        });
        const ahead = slot - world.now();
        if (ahead > 0) {
          await world.wait(ahead, signal);
          const woken = world.now();
          if (woken > slot + stoodStillMs) {
            local.slots = local.slots.filter((one) => one >= woken);
            continue;
          }
        }
        const { state } = ahead > lookAgainMs || !local.known ? await read(bucket) : local.known;
        const now = world.now();
        if (opensAt(state, now) <= now) {
          local.used.push(now);
          return;
        }
        local.slots = [];
      }
      throw new PermitTooFar(bucket, 1);
    },
    async refused(bucket, waitSeconds) {
      const local = localOf(bucket);
      local.slots = [];
      await changed(bucket, (state) => refuse(state, waitSeconds * 1_000, world.now()));
    },
  };
}
