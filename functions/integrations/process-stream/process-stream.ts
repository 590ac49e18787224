import { type CountedEvents, countEvents } from '../../../adapters/streams/count-events.ts';
import type { DeadLetter, DeadLetters } from '../../../adapters/streams/dead-letters.ts';
import type { EventCodec } from '../../../adapters/streams/event-codec.ts';
import type { LaneCache } from '../../../adapters/streams/lane-cache.ts';
import type { Telemetry } from '../../../adapters/telemetry.ts';
import type { StreamEvent } from '../../../contracts/streams/stream-event.ts';
import { admitEvent, type CountedAccount } from '../../../domain/integrations/streaming/admit-event.ts';
import { type StreamDelivery, type StreamRecord, streamRecords } from './stream-records.ts';

export interface ProcessorPorts {
  readonly codec: EventCodec;
  /** The account of a workspace; `undefined` for one that it does not have. */
  readonly accountOf: (workspaceId: string, accountId: string) => Promise<CountedAccount | undefined>;
  readonly lanes: LaneCache;
  readonly deadLetters: DeadLetters;
  readonly telemetry: Telemetry;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** From which records on the event source delivers again, one a shard or partition at most. */
export interface BatchResult {
  readonly batchItemFailures: readonly { readonly itemIdentifier: StreamRecord['identifier'] }[];
}

/** Records decoded at the same time; each waits for the registry only when its schema is new. */
const decodedAtOnce = 200;

/**
 * Counts a batch. What is no event, or none that may be counted, goes to the dead letters with its reason and holds up nothing. What
 * could not be counted or kept for now is delivered again from the first such record on: what was counted after it is known by its id.
 */
export async function processStream(delivery: StreamDelivery, ports: ProcessorPorts): Promise<BatchResult> {
  const records = streamRecords(delivery);
  const read = await readRecords(records, ports);
  const counting = read.flatMap((one, index) => (one.kind === 'event' ? [{ ...one, index }] : []));
  const outcome = await countEvents(counting, ports.lanes, { now: ports.now });

  const failed = [
    ...outcome.failed.map(({ index, error }) => ({ index: (counting[index] as { index: number }).index, error })),
    ...read.flatMap((one, index) => (one.kind === 'failed' ? [{ index, error: one.error }] : [])),
  ];
  const again = firstOfEach(
    records,
    failed.map(({ index }) => index),
  );
  const dead = read.flatMap((one, index) => {
    const record = records[index] as StreamRecord;
    // Those after the first failure come again with it, and are told then.
    return one.kind === 'dead' && index < (again.get(record.delivery) ?? Number.POSITIVE_INFINITY)
      ? [{ index, letter: letterOf(record, one) }]
      : [];
  });
  const unkept = await ports.deadLetters.keep(dead.map(({ letter }) => letter));
  const all = firstOfEach(records, [
    ...again.values(),
    ...unkept.map((place) => (dead[place] as { index: number }).index),
  ]);

  report(outcome, records, read, ports);
  if (failed.length > 0) {
    ports.telemetry.error('records are delivered again', failed[0]?.error, {
      failed: failed.length,
      of: records.length,
    });
  }
  return {
    batchItemFailures: [...all.values()].map((index) => ({
      itemIdentifier: (records[index] as StreamRecord).identifier,
    })),
  };
}

type ReadRecord =
  | { readonly kind: 'event'; readonly event: StreamEvent; readonly timeZone: string }
  | {
      readonly kind: 'dead';
      readonly reason: DeadLetter['reason'];
      readonly detail: string;
      readonly schemaVersionId: string | null;
      readonly workspaceId: string | null;
    }
  | { readonly kind: 'failed'; readonly error: unknown };

async function readRecords(records: readonly StreamRecord[], ports: ProcessorPorts): Promise<ReadRecord[]> {
  const read: ReadRecord[] = [];
  for (let start = 0; start < records.length; start += decodedAtOnce) {
    const slice = records.slice(start, start + decodedAtOnce);
    read.push(
      ...(await Promise.all(
        slice.map((record) => readRecord(record, ports).catch((error): ReadRecord => ({ kind: 'failed', error }))),
      )),
    );
  }
  return read;
}

async function readRecord({ data }: StreamRecord, { codec, accountOf, now }: ProcessorPorts): Promise<ReadRecord> {
  const decoded = await codec.decode(data);
  if (decoded.kind !== 'event') return { ...decoded, kind: 'dead', reason: decoded.kind };
  const { event, schemaVersionId } = decoded;
  const account = event.accountId === null ? undefined : await accountOf(event.workspaceId, event.accountId);
  const admission = admitEvent(event, account, now());
  return admission.kind === 'admitted'
    ? { kind: 'event', event, timeZone: admission.timeZone }
    : {
        kind: 'dead',
        reason: admission.kind,
        detail: admission.detail,
        schemaVersionId,
        workspaceId: event.workspaceId,
      };
}

/** The lowest of the indexes in each shard or partition. */
function firstOfEach(records: readonly StreamRecord[], indexes: readonly number[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const index of indexes) {
    const { delivery } = records[index] as StreamRecord;
    first.set(delivery, Math.min(index, first.get(delivery) ?? index));
  }
  return first;
}

const letterOf = (
  { source, arrivedAt, data }: StreamRecord,
  { reason, detail, schemaVersionId, workspaceId }: Extract<ReadRecord, { kind: 'dead' }>,
): DeadLetter => ({
  kind: 'record',
  reason,
  detail,
  source,
  arrivedAt: new Date(arrivedAt).toISOString(),
  schemaVersionId,
  workspaceId,
  data: data.toString('base64'),
});

function report(
  outcome: CountedEvents,
  records: readonly StreamRecord[],
  read: readonly ReadRecord[],
  { telemetry, now }: ProcessorPorts,
): void {
  const dead = read.filter(({ kind }) => kind === 'dead').length;
  telemetry.metric('recordsCounted', outcome.counted.length);
  if (outcome.duplicates.length > 0) telemetry.metric('recordsDuplicate', outcome.duplicates.length);
  if (outcome.late.length > 0) telemetry.metric('recordsLate', outcome.late.length);
  if (dead > 0) telemetry.metric('recordsDead', dead);
  const oldest = records.reduce((least, { arrivedAt }) => Math.min(least, arrivedAt), now());
  telemetry.metric('liveLagSeconds', Math.max(0, now() - oldest) / 1_000, 'Seconds');
}
