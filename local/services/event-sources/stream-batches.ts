/** Works off records of a stream in order: a batch that fails is tried again, split, and given up as the mapping says. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, FunctionInvoker, TargetInvoker } from '../../ports.ts';
import type { JsonObject } from '../json-protocol.ts';
import { runBatch } from './batch-result.ts';
import type { Mapping } from './mapping.ts';

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 30_000;

export interface StreamItem {
  readonly sequence: string;
  /** Epoch milliseconds. */
  readonly arrivedAt: number;
  /** As Lambda is given it. */
  readonly event: JsonObject;
}

export interface StreamBatchPorts {
  readonly invoker: FunctionInvoker;
  readonly targets: TargetInvoker;
  /** Under which a given-up batch is reported. */
  readonly roleArn: string;
  readonly clock: Clock;
  /** Everything up to this record is done. */
  readonly checkpoint: (sequence: string) => void;
  /** Under which name the message of a given-up batch says where it lies: `KinesisBatchInfo`. */
  readonly batchInfo: string;
  readonly shardId: string;
}

interface Batch {
  readonly items: readonly StreamItem[];
  readonly attempts: number;
}

/** `false` when stopped before the end; the checkpoint then stands at the last record that was done. */
export async function workOff(
  ports: StreamBatchPorts,
  mapping: Mapping,
  items: readonly StreamItem[],
  signal: AbortSignal,
): Promise<boolean> {
  const batches: Batch[] = [{ items, attempts: 0 }];
  for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
    if (signal.aborted) return false;
    const { items: records, attempts } = batch;
    const identifiers = new Set(records.map(({ sequence }) => sequence));
    const events = records.map(({ event }) => event);
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
    if (lastDone !== undefined) ports.checkpoint(lastDone.sequence);
    if (rest.length === 0) continue;
    if (attempts >= mapping.retries || tooOld(rest, mapping, ports.clock())) {
      await giveUp(ports, mapping, rest, attempts + 1);
      ports.checkpoint((rest.at(-1) as StreamItem).sequence);
    } else if (mapping.bisect && rest.length > 1) {
      // Splitting is not an attempt. The first half comes first: the order of the stream stays.
      const half = Math.ceil(rest.length / 2);
      batches.push({ items: rest.slice(half), attempts }, { items: rest.slice(0, half), attempts });
    } else {
      await wait(Math.min(FIRST_RETRY_MS * 2 ** attempts, LONGEST_RETRY_MS), undefined, { signal }).catch(
        () => undefined,
      );
      batches.push({ items: rest, attempts: attempts + 1 });
    }
  }
  return true;
}

const tooOld = (items: readonly StreamItem[], mapping: Mapping, now: number): boolean =>
  items.every(({ arrivedAt }) => now - arrivedAt > mapping.maxAgeMs);

/** The message that Lambda sends: where the records stand in the stream, not the records themselves. */
async function giveUp(
  ports: StreamBatchPorts,
  mapping: Mapping,
  items: readonly StreamItem[],
  invocations: number,
): Promise<void> {
  const [first] = items;
  const last = items.at(-1);
  if (first === undefined || last === undefined) return;
  if (mapping.onFailureArn === undefined) {
    process.emitWarning(`Event source mapping ${mapping.id} gave up ${items.length} records of ${mapping.sourceArn}.`);
    return;
  }
  await ports.targets.deliver(
    mapping.onFailureArn,
    {
      requestContext: {
        requestId: randomUUID(),
        functionArn: mapping.functionName,
        condition: tooOld(items, mapping, ports.clock()) ? 'RecordAgeExceeded' : 'RetryAttemptsExhausted',
        approximateInvokeCount: invocations,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: new Date(ports.clock()).toISOString(),
      [ports.batchInfo]: {
        shardId: ports.shardId,
        startSequenceNumber: first.sequence,
        endSequenceNumber: last.sequence,
        approximateArrivalOfFirstRecord: new Date(first.arrivedAt).toISOString(),
        approximateArrivalOfLastRecord: new Date(last.arrivedAt).toISOString(),
        batchSize: items.length,
        streamArn: mapping.sourceArn,
      },
    },
    ports.roleArn,
  );
}
