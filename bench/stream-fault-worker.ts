/** One worker of the fault run: the processor with the real table, in a process that may be killed at any moment. */
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createLaneStore } from '../adapters/stores/lane-store.ts';
import { Table } from '../adapters/stores/table.ts';
import type { DeadLetter } from '../adapters/streams/dead-letters.ts';
import { createEventCodec } from '../adapters/streams/event-codec.ts';
import { createFileRegistry, readReleasedSchemas } from '../adapters/streams/file-registry.ts';
import { LaneCache } from '../adapters/streams/lane-cache.ts';
import { createTelemetry } from '../adapters/telemetry.ts';
import { processStream } from '../functions/integrations/process-stream/process-stream.ts';
import type { StreamDelivery } from '../functions/integrations/process-stream/stream-records.ts';

export type ToWorker = { readonly delivery: StreamDelivery } | { readonly kept: number };
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly failures: readonly unknown[] }
  | { readonly kind: 'letters'; readonly ticket: number; readonly letters: readonly DeadLetter[] };

/** Of the parent: where the table is, and of what account all events are. */
const { endpoint, account } = JSON.parse(process.argv[2] ?? '{}') as {
  readonly endpoint: string;
  readonly account: { readonly currency: string; readonly timeZone: string };
};
const table = new Table(
  'state',
  new DynamoDBClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  }),
);
const tickets = new Map<number, () => void>();
let nextTicket = 0;
const say = (message: FromWorker): void => void process.send?.(message);
const ports = {
  codec: createEventCodec(
    createFileRegistry(readReleasedSchemas(join(import.meta.dirname, '..', 'contracts', 'streams', 'released'))),
  ),
  accountOf: async () => account,
  lanes: new LaneCache((workspaceId, lane) => createLaneStore(table, { workspaceId, lane })),
  deadLetters: {
    // Kept only when whoever keeps them has said so, as with a queue.
    keep: (letters: readonly DeadLetter[]) =>
      new Promise<number[]>((resolve) => {
        if (letters.length === 0) return resolve([]);
        const ticket = nextTicket++;
        tickets.set(ticket, () => resolve([]));
        say({ kind: 'letters', ticket, letters });
      }),
  },
  telemetry: createTelemetry({}, () => undefined),
  now: Date.now,
};

process.on('disconnect', () => process.exit(0));
process.on('message', async (message: ToWorker) => {
  if ('kept' in message) {
    tickets.get(message.kept)?.();
    tickets.delete(message.kept);
    return;
  }
  const { batchItemFailures } = await processStream(message.delivery, ports);
  say({ kind: 'done', failures: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) });
});
say({ kind: 'ready' });
