/** Feeds a function from a DynamoDB stream, in order. */
import type { Clock, FunctionInvoker, TargetInvoker } from '../../ports.ts';
import { tableNameOf } from '../dynamodb/arns.ts';
import type { StreamPage, StreamPosition, StreamReader } from '../dynamodb/stream-reader.ts';
import { matchesPattern } from '../events/event-pattern.ts';
import { objectOf } from '../json-protocol.ts';
import type { Mapping } from './mapping.ts';
import { type StreamBatchPorts, workOff } from './stream-batches.ts';

const IDLE_MS = 1_000;

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
  const batches: StreamBatchPorts = {
    ...ports,
    checkpoint: (after) => ports.checkpoint({ label: page.next.label, after }),
    batchInfo: 'DDBStreamBatchInfo',
    shardId: page.shardId,
  };
  const items = wanted.map(({ sequence, record }) => ({
    sequence,
    arrivedAt: Number(objectOf(record, 'dynamodb').ApproximateCreationDateTime) * 1_000,
    event: { ...record, eventSourceARN: mapping.sourceArn },
  }));
  const finished = wanted.length === 0 || (await workOff(batches, mapping, items, signal));
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
