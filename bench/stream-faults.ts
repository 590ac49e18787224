import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { createEventCodec } from '../adapters/streams/event-codec.ts';
import { createFileRegistry, readReleasedSchemas } from '../adapters/streams/file-registry.ts';
import { frameHeader } from '../adapters/streams/record-format.ts';
import { eventKinds, measureNames, type StreamEvent } from '../contracts/streams/stream-event.ts';
import { startStateTable } from '../test/adapters/state-table.ts';
import type { FromWorker, ToWorker } from './stream-fault-worker.ts';

export interface StreamFaults {
  readonly events: number;
  readonly records: number;
  readonly duplicates: number;
  readonly poison: number;
  readonly kills: number;
  /** Batches handed to two workers at the same time. */
  readonly doubled: number;
  /** Sums of a minute, ad and measure that differ from the sums of the events. */
  readonly wrong: number;
  /** Poison that is not in the dead letters, and dead letters that are no poison. */
  readonly poisonLost: number;
  readonly lettersWrong: number;
  /** Records that no worker got past. */
  readonly stuck: number;
  readonly seconds: number;
}

const workspaceId = 'wsp_01J00000000000000000000000';
const account = { currency: 'EUR', timeZone: 'Europe/Berlin' };
const serial = (prefix: string, number: number): string => `${prefix}_01J${String(number).padStart(23, '0')}`;
const shards = 4;
const batch = 250;
const duplicateShare = 0.1;
const poisonShare = 0.001;
/** Of batches, handed to a second worker as well: the first was taken for dead and was not. */
const doubledShare = 0.05;
/** Of deliveries, ended by killing the worker, at any moment of the time that one takes. */
const killShare = 0.3;
const killWithinMs = 60;
const zeros = Object.fromEntries(measureNames.map((name) => [name, 0])) as StreamEvent['measures'];

/** Mulberry32: small, seeded, even. Source: Tommy Ettinger, public domain. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Events of forty minutes over 500 ads: clicks with spend, orders, refunds and corrections downwards. */
function traffic(count: number, from: number, random: () => number): StreamEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const ad = Math.floor(random() * 500);
    const occurredAt = from + Math.floor(random() * 40 * 60_000);
    const kind = eventKinds[Math.floor(random() * 6)] ?? 'click';
    const amount = Math.floor(random() * 2_000_000);
    return {
      id: `fault-${index}`,
      workspaceId,
      kind,
      source: 'api',
      occurredAt,
      receivedAt: occurredAt + 1_000,
      appliesTo: kind === 'refund' ? Math.max(from, occurredAt - Math.floor(random() * 20 * 60_000)) : null,
      platform: 'google-ads',
      accountId: 'acc_01J00000000000000000000000',
      campaignId: serial('cmp', Math.floor(ad / 10)),
      adGroupId: null,
      adId: serial('ad', ad),
      currency: 'EUR',
      measures: {
        ...zeros,
        ...(kind === 'click' && { clicks: 1, spendMicros: amount }),
        ...(kind === 'conversion' && { orders: 1, revenueMicros: amount * 10 }),
        ...(kind === 'refund' && { refundsMicros: amount }),
        ...(kind === 'correction' && { clicks: -1, spendMicros: -amount }),
      },
      orderId: null,
      clickIds: null,
      consent: null,
      identifiers: null,
      attributes: {},
    };
  });
}

interface FaultRecord {
  readonly data: string;
  readonly poison: boolean;
}

function shuffled<T>(list: T[], random: () => number): T[] {
  for (let index = list.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    [list[index], list[other]] = [list[other] as T, list[index] as T];
  }
  return list;
}

/** What counts must come to: the plain sums of the events, each once. */
function expected(events: readonly StreamEvent[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { occurredAt, appliesTo, adId, measures } of events) {
    const at = Math.floor((appliesTo ?? occurredAt) / 60_000) * 60_000;
    for (const [name, value] of [...Object.entries(measures), ['events', 1] as const]) {
      if (value === 0) continue;
      const key = `${at}/${adId}/${name}`;
      sums.set(key, (sums.get(key) ?? 0) + value);
    }
  }
  return sums;
}

function ended(worker: ChildProcess): Promise<void> {
  return new Promise((gone) => {
    worker.once('exit', () => gone());
    worker.kill('SIGKILL');
  });
}

/**
 * Events in four shards: every record out of order, a tenth of them twice, one in a thousand poison. Workers are processes with the
 * processor in them and the table in another; they are killed at random, and some batches go to two at once. A shard goes on as an event source mapping does: past what was answered for, back to where it failed.
 */
export async function measureStreamFaults(count = 20_000, seed = 1): Promise<StreamFaults> {
  const random = seeded(seed);
  const state = await startStateTable();
  const started = performance.now();
  const living = new Set<ChildProcess>();
  try {
    const codec = createEventCodec(
      createFileRegistry(readReleasedSchemas(join(import.meta.dirname, '..', 'contracts', 'streams', 'released'))),
    );
    const encode = await codec.encoder();
    const from = Math.floor((Date.now() - 3 * 3_600_000) / 600_000) * 600_000;
    const events = traffic(count, from, random);
    const good = events.map((event): FaultRecord => ({ data: encode(event).toString('base64'), poison: false }));
    const twice = good.filter(() => random() < duplicateShare);
    const poison = Array.from({ length: Math.round(count * poisonShare) }, (_, index): FaultRecord => {
      const event = { ...(events[index] as StreamEvent), id: `poison-${index}` };
      const record = encode(event);
      const made = [
        () => Buffer.from('not a record'),
        () => Buffer.concat([frameHeader('00000000-0000-8000-a000-000000000000'), record.subarray(18)]),
        () => record.subarray(0, 40),
        () => encode({ ...event, kind: 'party' as 'click' }),
        () => encode({ ...event, currency: null, measures: { ...zeros, spendMicros: 1 } }),
      ][index % 5] as () => Buffer;
      return { data: made().toString('base64'), poison: true };
    });
    const records = shuffled([...good, ...twice, ...poison], random);
    const ofShard = Array.from({ length: shards }, (_, shard) =>
      records.filter((_record, index) => index % shards === shard),
    );

    const letters = new Set<string>();
    let kills = 0;
    let doubled = 0;
    const endpoint = await state.client.config.endpoint?.();
    const place = JSON.stringify({ endpoint: `http://${endpoint?.hostname}:${endpoint?.port}`, account });
    const open = async (): Promise<ChildProcess> => {
      const worker = fork(join(import.meta.dirname, 'stream-fault-worker.ts'), [place], { serialization: 'advanced' });
      living.add(worker);
      worker.once('exit', () => living.delete(worker));
      // Killed while a message is on its way to it.
      worker.on('error', () => undefined);
      await new Promise((ready) => worker.once('message', ready));
      return worker;
    };
    /** The failures, or nothing when the worker was killed. */
    const hand = (worker: ChildProcess, delivery: ToWorker): Promise<readonly unknown[] | undefined> =>
      new Promise((resolve) => {
        const gone = () => resolve(undefined);
        worker.once('exit', gone);
        const heard = (message: FromWorker): void => {
          if (message.kind === 'letters') {
            for (const { source } of message.letters) {
              const { shard, sequence } = source as { shard: string; sequence: string };
              letters.add(`${shard}/${sequence}`);
            }
            if (worker.connected) worker.send({ kept: message.ticket } satisfies ToWorker);
            return;
          }
          if (message.kind === 'ready') return;
          worker.off('exit', gone).off('message', heard);
          resolve(message.failures);
        };
        worker.on('message', heard);
        worker.send(delivery);
        if (random() < killShare) {
          kills += 1;
          setTimeout(() => worker.kill('SIGKILL'), random() * killWithinMs);
        }
      });
    const deadline = performance.now() + 10 * 60_000;
    let stuck = 0;
    await Promise.all(
      ofShard.map(async (mine, shard) => {
        let worker = await open();
        let size = batch;
        for (let at = 0; at < mine.length; ) {
          if (performance.now() > deadline) {
            stuck += mine.length - at;
            break;
          }
          const slice = mine.slice(at, at + size);
          const delivery = {
            Records: slice.map(({ data }, index) => ({
              eventID: `${shard}:${at + index}`,
              eventSourceARN: 'arn:aws:kinesis:eu-central-1:000000000000:stream/events',
              kinesis: { sequenceNumber: String(at + index), data, approximateArrivalTimestamp: Date.now() / 1_000 },
            })),
          };
          if (!living.has(worker)) worker = await open();
          if (random() < doubledShare) {
            doubled += 1;
            const other = await open();
            void hand(other, { delivery }).then(() => other.kill('SIGKILL'));
          }
          const failures = await hand(worker, { delivery });
          if (failures === undefined) {
            // A mapping halves the batch on which a function died.
            size = Math.max(1, Math.floor(size / 2));
            continue;
          }
          size = batch;
          const [failed] = failures;
          at = failed === undefined ? at + slice.length : Number(failed);
        }
      }),
    );
    await Promise.all([...living].map(ended));

    const sums = expected(events);
    const live = await state.stores.forWorkspace(workspaceId).live.minutes(from - 3_600_000, from + 3_600_000);
    let wrong = 0;
    for (const { at, adId, counters } of live) {
      for (const [name, value] of Object.entries(counters)) {
        const key = `${at}/${adId}/${name}`;
        if ((sums.get(key) ?? 0) !== value) wrong += 1;
        sums.delete(key);
      }
    }
    wrong += [...sums.values()].filter((value) => value !== 0).length;
    const poisoned = new Set(
      ofShard.flatMap((mine, shard) => mine.flatMap((record, index) => (record.poison ? [`${shard}/${index}`] : []))),
    );
    return {
      events: count,
      records: records.length,
      duplicates: twice.length,
      poison: poison.length,
      kills,
      doubled,
      wrong,
      poisonLost: [...poisoned].filter((key) => !letters.has(key)).length,
      lettersWrong: [...letters].filter((key) => !poisoned.has(key)).length,
      stuck,
      seconds: (performance.now() - started) / 1_000,
    };
  } finally {
    await Promise.all([...living].map(ended));
    await state.close();
  }
}
