/** Runs the event source mappings of the templates: SQS queues, DynamoDB and Kinesis streams into functions. */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { AccessNeed, FunctionInvoker, Provisioner, TargetInvoker } from '../../ports.ts';
import type { StreamPosition, StreamReader } from '../dynamodb/stream-reader.ts';
import { JsonFile } from '../json-file.ts';
import type { KinesisReader } from '../kinesis/kinesis-service.ts';
import type { ServiceSettings } from '../place.ts';
import type { QueueStore } from '../sqs/queue-store.ts';
import { pollShard } from './kinesis-poller.ts';
import { type Mapping, readMapping, refuseMapping } from './mapping.ts';
import { pollQueue } from './queue-poller.ts';
import { pollStream } from './stream-poller.ts';

interface EventSourceSettings extends ServiceSettings {
  readonly queues: QueueStore;
  readonly streams: StreamReader;
  readonly kinesis: KinesisReader;
  readonly invoker: FunctionInvoker;
  /** A function's execution role: AWS reads the source and reports failures under it. Throws when there is no such function. */
  readonly roleOf: (functionName: string) => string;
  /** Throws `AwsError` when the role may not do it. */
  readonly authorize: (roleArn: string, need: AccessNeed) => void;
  /** For on-failure destinations. */
  readonly targets: TargetInvoker;
}

export interface EventSourceMappings extends Provisioner {
  /** Waits for the batches under way; call it before the services that they read from are closed. */
  close(): Promise<void>;
}

/** Batches of one queue that run at the same time, so that a slow one does not hold up the rest. */
const QUEUE_WORKERS = 2;
const AFTER_ERROR_MS = 1_000;

export function createEventSourceMappings(settings: EventSourceSettings): EventSourceMappings {
  const positions = new JsonFile<Record<string, StreamPosition>>(
    join(settings.dataDir, 'event-sources', 'positions.json'),
    {},
  );
  const running = new Map<string, { readonly stop: AbortController; readonly done: Promise<unknown> }>();

  async function poll(mapping: Mapping, worker: number, signal: AbortSignal): Promise<void> {
    const roleArn = settings.roleOf(mapping.functionName);
    for (const need of needsOf(mapping)) settings.authorize(roleArn, need);
    const service = serviceOf(mapping);
    if (service === 'sqs') return pollQueue({ ...settings, place: settings }, mapping, signal);
    const place = service === 'kinesis' ? `${mapping.id}#${worker}` : mapping.id;
    const ports = {
      ...settings,
      roleArn,
      position: () => positions.state[place],
      checkpoint: (position: StreamPosition) => {
        positions.state[place] = position;
        positions.save();
      },
    };
    return service === 'kinesis' ? pollShard(ports, mapping, worker, signal) : pollStream(ports, mapping, signal);
  }

  async function work(mapping: Mapping, worker: number, signal: AbortSignal): Promise<void> {
    let said = '';
    while (!signal.aborted) {
      try {
        await poll(mapping, worker, signal);
        said = '';
      } catch (error) {
        if (signal.aborted) return;
        const message = `Event source mapping ${mapping.id}: ${error instanceof Error ? error.message : String(error)}`;
        if (message !== said) process.emitWarning(message);
        said = message;
        await wait(AFTER_ERROR_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async function stop(id: string): Promise<void> {
    const mapping = running.get(id);
    mapping?.stop.abort();
    await mapping?.done;
    running.delete(id);
  }

  return {
    types: ['AWS::Lambda::EventSourceMapping'],
    refuse: refuseMapping,
    provision: async (resource) => {
      await stop(`${resource.stack}/${resource.logicalId}`);
      const mapping = readMapping(resource);
      if (mapping === undefined) return;
      const controller = new AbortController();
      const workers = workersOf(mapping, settings.kinesis);
      const done = Promise.all(
        Array.from({ length: workers }, (_, worker) => work(mapping, worker, controller.signal)),
      );
      running.set(mapping.id, { stop: controller, done });
    },
    close: async () => {
      await Promise.all([...running.keys()].map(stop));
    },
  };
}

const serviceOf = ({ sourceArn }: Mapping): string => sourceArn.split(':')[2] ?? '';

/** A worker a shard; streams of tables have one. */
function workersOf(mapping: Mapping, kinesis: KinesisReader): number {
  const service = serviceOf(mapping);
  if (service === 'sqs') return QUEUE_WORKERS;
  return service === 'kinesis' ? kinesis.shards(mapping.sourceArn.split('/').at(-1) ?? '') : 1;
}

/** What Lambda does as the function's role. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  sqs: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  dynamodb: ['dynamodb:DescribeStream', 'dynamodb:GetShardIterator', 'dynamodb:GetRecords'],
  kinesis: ['kinesis:DescribeStreamSummary', 'kinesis:ListShards', 'kinesis:GetShardIterator', 'kinesis:GetRecords'],
};

const needsOf = (mapping: Mapping): readonly AccessNeed[] =>
  (ACTIONS[serviceOf(mapping)] ?? []).map((action) => ({ action, resource: mapping.sourceArn }));
