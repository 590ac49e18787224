/** Feeds a function from an SQS queue: what it does not take comes back when its visibility ends, and the queue's redrive policy decides. */
import type { FunctionInvoker } from '../../ports.ts';
import { matchesPattern } from '../events/event-pattern.ts';
import { isObject, type JsonObject, optionalText } from '../json-protocol.ts';
import type { Place } from '../place.ts';
import { md5OfBody } from '../sqs/message-digest.ts';
import { queueNameOf } from '../sqs/queue-attributes.ts';
import type { QueueStore, ReceivedMessage } from '../sqs/queue-store.ts';
import { runBatch } from './batch-result.ts';
import type { Mapping } from './mapping.ts';

const POLL_S = 20;
const MOST_AT_ONCE = 10;

interface QueuePorts {
  readonly queues: QueueStore;
  readonly invoker: FunctionInvoker;
  readonly place: Place;
}

/** Receives one batch, hands it over, and deletes what was done. */
export async function pollQueue(
  { queues, invoker, place }: QueuePorts,
  mapping: Mapping,
  signal: AbortSignal,
): Promise<void> {
  const queue = queueNameOf(mapping.sourceArn);
  const messages = await gather(queues, queue, mapping, signal);
  const wanted = messages.filter((message) => fitsFilter(mapping, message));
  for (const message of messages) if (!wanted.includes(message)) queues.delete(queue, message.receipt);
  if (wanted.length === 0) return;
  const records = wanted.map((message) => queueRecord(message, mapping.sourceArn, place));
  const result = await runBatch(invoker, mapping, records, new Set(wanted.map((message) => message.id)), signal);
  if (result.kind === 'all-failed') return;
  for (const message of wanted) {
    if (result.kind === 'done' || !result.failed.has(message.id)) queues.delete(queue, message.receipt);
  }
}

async function gather(
  queues: QueueStore,
  queue: string,
  mapping: Mapping,
  signal: AbortSignal,
): Promise<readonly ReceivedMessage[]> {
  const messages = [
    ...(await queues.receive(queue, { max: Math.min(mapping.batchSize, MOST_AT_ONCE), waitS: POLL_S, signal })),
  ];
  const until = Date.now() + mapping.windowMs;
  while (messages.length > 0 && messages.length < mapping.batchSize && !signal.aborted) {
    const more = await queues.receive(queue, {
      max: Math.min(mapping.batchSize - messages.length, MOST_AT_ONCE),
      waitS: Math.max(0, until - Date.now()) / 1000,
      signal,
    });
    if (more.length === 0) break;
    messages.push(...more);
  }
  return messages;
}

function fitsFilter(mapping: Mapping, message: ReceivedMessage): boolean {
  if (mapping.patterns.length === 0) return true;
  let body: unknown = message.body;
  try {
    body = JSON.parse(message.body);
  } catch {
    // A plain text is matched as it is.
  }
  return mapping.patterns.some((pattern) =>
    matchesPattern(pattern, { body, messageId: message.id, attributes: message.system }),
  );
}

function queueRecord(message: ReceivedMessage, eventSourceARN: string, place: Place): JsonObject {
  return {
    messageId: message.id,
    receiptHandle: message.receipt,
    body: message.body,
    attributes: message.system,
    messageAttributes: Object.fromEntries(
      Object.entries(message.attributes).map(([name, value]) => {
        const attribute = isObject(value) ? value : {};
        return [
          name,
          {
            dataType: optionalText(attribute, 'DataType'),
            stringValue: optionalText(attribute, 'StringValue'),
            binaryValue: optionalText(attribute, 'BinaryValue'),
            stringListValues: [],
            binaryListValues: [],
          },
        ];
      }),
    ),
    md5OfBody: md5OfBody(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion: place.region,
  };
}
