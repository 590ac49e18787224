/** Feeds a function from a DynamoDB stream, in order: a batch that fails is tried again, split, and given up as the mapping says. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, FunctionInvoker, TargetInvoker } from '../../ports.ts';
import { tableNameOf } from '../dynamodb/arns.ts';
import type { StreamPage, StreamPosition, StreamReader, StreamRecord } from '../dynamodb/stream-reader.ts';
import { matchesPattern } from '../events/event-pattern.ts';
import { objectOf } from '../json-protocol.ts';
import { runBatch } from './batch-result.ts';
import type { Mapping } from './mapping.ts';

const IDLE_MS = 1_000;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 30_000;

interface StreamPorts {
  readonly streams: StreamReader;
  readonly invoker: FunctionInvoker;
  readonly targets: TargetInvoker;
  /** Under which a given-up batch is reported. */
  readonly roleArn: string;
  readonly clock: Clock;
  readonly position: () => StreamPosition | undefined;
  readonly checkpoint: (position: StreamPosition) => void;
}

/** Reads one batch and works it off; waits a moment when there is none. */
export async function pollStream(ports: StreamPorts, mapping: Mapping, signal: AbortSignal): Promise<void> {
  const seen = ports.streams.writes();
  const page = await gather(ports, mapping, signal);
  const before = ports.position();
  if (page.records.length === 0) {
    if (before === undefined || before.label !== page.next.label || before.after !== page.next.after)
      ports.checkpoint(page.next);
    await ports.streams.changed(seen, IDLE_MS, signal);
    return;
  }
  const wanted = page.records.filter(
    ({ record }) =>
      mapping.patterns.length === 0 || mapping.patterns.some((pattern) => matchesPattern(pattern, record)),
  );
  const finished = wanted.length === 0 || (await workOff(ports, mapping, page, wanted, signal));
  if (finished) ports.checkpoint(page.next);
}

async function gather({ streams, position }: StreamPorts, mapping: Mapping, signal: AbortSignal): Promise<StreamPage> {
  const read = (): Promise<StreamPage> =>
    streams.read(tableNameOf(mapping.sourceArn), position(), mapping.from, mapping.batchSize);
  const until = Date.now() + mapping.windowMs;
  let seen = streams.writes();
  let page = await read();
  while (page.records.length > 0 && page.records.length < mapping.batchSize && Date.now() < until && !signal.aborted) {
    await streams.changed(seen, until - Date.now(), signal);
    seen = streams.writes();
    page = await read();
  }
  return page;
}

interface Batch {
  readonly records: readonly StreamRecord[];
  readonly attempts: number;
}

/** `false` when stopped before the end; the checkpoint then stands at the last record that was done. */
async function workOff(
  ports: StreamPorts,
  mapping: Mapping,
  page: StreamPage,
  wanted: readonly StreamRecord[],
  signal: AbortSignal,
): Promise<boolean> {
  const { label } = page.next;
  const batches: Batch[] = [{ records: wanted, attempts: 0 }];
  for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
    if (signal.aborted) return false;
    const { records, attempts } = batch;
    const identifiers = new Set(records.map(({ sequence }) => sequence));
    const events = records.map(({ record }) => ({ ...record, eventSourceARN: mapping.sourceArn }));
    const result = await runBatch(ports.invoker, mapping, events, identifiers, signal);
    if (result.kind === 'all-failed' && signal.aborted) return false;
    const firstFailed =
      result.kind === 'done'
        ? records.length
        : result.kind === 'all-failed'
          ? 0
          : records.findIndex(({ sequence }) => result.failed.has(sequence));
    const rest = records.slice(firstFailed);
    const lastDone = records[firstFailed - 1];
    if (lastDone !== undefined) ports.checkpoint({ label, after: lastDone.sequence });
    if (rest.length === 0) continue;
    if (attempts >= mapping.retries || tooOld(rest, mapping, ports.clock())) {
      await giveUp(ports, mapping, page.shardId, rest, attempts + 1);
      ports.checkpoint({ label, after: rest.at(-1)?.sequence });
    } else if (mapping.bisect && rest.length > 1) {
      // Splitting is not an attempt. The first half comes first: the order of the stream stays.
      const half = Math.ceil(rest.length / 2);
      batches.push({ records: rest.slice(half), attempts }, { records: rest.slice(0, half), attempts });
    } else {
      await wait(Math.min(FIRST_RETRY_MS * 2 ** attempts, LONGEST_RETRY_MS), undefined, { signal }).catch(
        () => undefined,
      );
      batches.push({ records: rest, attempts: attempts + 1 });
    }
  }
  return true;
}

function arrivalMs({ record }: StreamRecord): number {
  return Number(objectOf(record, 'dynamodb').ApproximateCreationDateTime) * 1000;
}

function tooOld(records: readonly StreamRecord[], mapping: Mapping, now: number): boolean {
  return records.every((record) => now - arrivalMs(record) > mapping.maxAgeMs);
}

/** The message that Lambda sends: where the records stand in the stream, not the records themselves. */
async function giveUp(
  ports: StreamPorts,
  mapping: Mapping,
  shardId: string,
  records: readonly StreamRecord[],
  invocations: number,
): Promise<void> {
  const [first] = records;
  const last = records.at(-1);
  if (first === undefined || last === undefined) return;
  if (mapping.onFailureArn === undefined) {
    process.emitWarning(
      `Event source mapping ${mapping.id} gave up ${records.length} records of ${mapping.sourceArn}.`,
    );
    return;
  }
  await ports.targets.deliver(
    mapping.onFailureArn,
    {
      requestContext: {
        requestId: randomUUID(),
        functionArn: mapping.functionName,
        condition: tooOld(records, mapping, ports.clock()) ? 'RecordAgeExceeded' : 'RetryAttemptsExhausted',
        approximateInvokeCount: invocations,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: new Date(ports.clock()).toISOString(),
      DDBStreamBatchInfo: {
        shardId,
        startSequenceNumber: first.sequence,
        endSequenceNumber: last.sequence,
        approximateArrivalOfFirstRecord: new Date(arrivalMs(first)).toISOString(),
        approximateArrivalOfLastRecord: new Date(arrivalMs(last)).toISOString(),
        batchSize: records.length,
        streamArn: mapping.sourceArn,
      },
    },
    ports.roleArn,
  );
}
