/** Works off records of a stream in order: a batch that fails is tried again, split, and given up as the mapping says. */
import type { FunctionInvoker } from '../../ports.ts';
import type { JsonObject } from '../json-protocol.ts';
import { runBatch } from './batch-result.ts';
import { type GivingUpPorts, reportGivenUp, waitBeforeRetry } from './given-up-batch.ts';
import type { Mapping } from './mapping.ts';

export interface StreamItem {
  readonly sequence: string;
  /** Epoch milliseconds. */
  readonly arrivedAt: number;
  /** As Lambda is given it. */
  readonly event: JsonObject;
}

export interface StreamBatchPorts extends GivingUpPorts {
  readonly invoker: FunctionInvoker;
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
      await waitBeforeRetry(attempts, signal);
      batches.push({ items: rest, attempts: attempts + 1 });
    }
  }
  return true;
}

const tooOld = (items: readonly StreamItem[], mapping: Mapping, now: number): boolean =>
  items.every(({ arrivedAt }) => now - arrivedAt > mapping.maxAgeMs);

function giveUp(
  ports: StreamBatchPorts,
  mapping: Mapping,
  items: readonly StreamItem[],
  invocations: number,
): Promise<void> {
  const [first, last] = [items[0] as StreamItem, items.at(-1) as StreamItem];
  return reportGivenUp(ports, mapping, {
    records: items.length,
    tooOld: tooOld(items, mapping, ports.clock()),
    invocations,
    info: {
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
  });
}
