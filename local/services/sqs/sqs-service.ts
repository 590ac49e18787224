/** SQS over its JSON protocol. Queues come from templates; the messages survive restarts. */
import { join } from 'node:path';
import { type AccessNeed, AwsError, type LocalService, type Provisioner } from '../../ports.ts';
import { type JsonOperation, type JsonOperations, jsonDispatch } from '../json-operations.ts';
import {
  type JsonObject,
  objectOf,
  objectsOf,
  optionalNumber,
  optionalText,
  textOf,
  textsOf,
} from '../json-protocol.ts';
import { arnOf, type ServiceSettings } from '../place.ts';
import { md5OfAttributes, md5OfBody } from './message-digest.ts';
import { queueNameOf, readQueue, refuseQueue } from './queue-attributes.ts';
import { QueueStore, type ReceivedMessage } from './queue-store.ts';

export interface SqsService extends LocalService, Provisioner {
  /** For targets, dead-letter queues and event source mappings inside the runtime. */
  readonly queues: QueueStore;
}

const MAX_BATCH = 10;
const MAX_WAIT_S = 20;
const MAX_VISIBILITY_S = 43_200;

/** `endpoint` is the base URL of the local AWS endpoint: queue URLs start with it. */
export function createSqs(settings: ServiceSettings & { readonly endpoint: string }): SqsService {
  const queueArn = (name: string): string => arnOf(settings, 'sqs', name);
  const queues = new QueueStore(join(settings.dataDir, 'sqs', 'messages.sqlite'), settings.clock, queueArn);
  const urlOf = (name: string): string => `${settings.endpoint.replace(/\/$/, '')}/${settings.accountId}/${name}`;
  const nameOf = (input: JsonObject): string => queueNameOf(textOf(input, 'QueueUrl'));

  const onQueue = (action: string, run: JsonOperation['run']): JsonOperation => ({
    access: (input): readonly AccessNeed[] => [{ action: `sqs:${action}`, resource: queueArn(nameOf(input)) }],
    run,
  });

  const send = (queue: string, input: JsonObject): JsonObject => {
    const attributes = objectOf(input, 'MessageAttributes');
    const body = optionalText(input, 'MessageBody') ?? '';
    const { id, sequence } = queues.send(queue, {
      body,
      attributes,
      delayS: optionalNumber(input, 'DelaySeconds'),
      groupId: optionalText(input, 'MessageGroupId'),
      deduplicationId: optionalText(input, 'MessageDeduplicationId'),
    });
    return {
      MessageId: id,
      MD5OfMessageBody: md5OfBody(body),
      MD5OfMessageAttributes: md5OfAttributes(attributes),
      ...(queues.get(queue).fifo ? { SequenceNumber: String(sequence).padStart(20, '0') } : {}),
    };
  };
  const changeVisibility = (queue: string, input: JsonObject): JsonObject => {
    const seconds = optionalNumber(input, 'VisibilityTimeout') ?? -1;
    if (seconds < 0 || seconds > MAX_VISIBILITY_S)
      throw new AwsError('InvalidParameterValue', `VisibilityTimeout must be between 0 and ${MAX_VISIBILITY_S}.`);
    queues.changeVisibility(queue, textOf(input, 'ReceiptHandle'), seconds);
    return {};
  };
  const remove = (queue: string, input: JsonObject): JsonObject => {
    queues.delete(queue, textOf(input, 'ReceiptHandle'));
    return {};
  };

  const operations: JsonOperations = {
    SendMessage: onQueue('SendMessage', (input) => send(nameOf(input), input)),
    SendMessageBatch: onQueue('SendMessage', (input) => batch(input, (entry) => send(nameOf(input), entry))),
    ReceiveMessage: onQueue('ReceiveMessage', async (input) => {
      const max = optionalNumber(input, 'MaxNumberOfMessages') ?? 1;
      const waitS = optionalNumber(input, 'WaitTimeSeconds');
      if (max < 1 || max > MAX_BATCH)
        throw new AwsError('InvalidParameterValue', `MaxNumberOfMessages must be between 1 and ${MAX_BATCH}.`);
      if (waitS !== undefined && (waitS < 0 || waitS > MAX_WAIT_S))
        throw new AwsError('InvalidParameterValue', `WaitTimeSeconds must be between 0 and ${MAX_WAIT_S}.`);
      const received = await queues.receive(nameOf(input), {
        max,
        waitS,
        visibilityS: optionalNumber(input, 'VisibilityTimeout'),
      });
      const system = [...textsOf(input, 'MessageSystemAttributeNames'), ...textsOf(input, 'AttributeNames')];
      return received.length === 0
        ? {}
        : {
            Messages: received.map((message) => showMessage(message, system, textsOf(input, 'MessageAttributeNames'))),
          };
    }),
    DeleteMessage: onQueue('DeleteMessage', (input) => remove(nameOf(input), input)),
    DeleteMessageBatch: onQueue('DeleteMessage', (input) => batch(input, (entry) => remove(nameOf(input), entry))),
    ChangeMessageVisibility: onQueue('ChangeMessageVisibility', (input) => changeVisibility(nameOf(input), input)),
    ChangeMessageVisibilityBatch: onQueue('ChangeMessageVisibility', (input) =>
      batch(input, (entry) => changeVisibility(nameOf(input), entry)),
    ),
    PurgeQueue: onQueue('PurgeQueue', (input) => {
      queues.purge(nameOf(input));
      return {};
    }),
    GetQueueAttributes: onQueue('GetQueueAttributes', (input) => {
      const all = attributesOf(queues, nameOf(input), queueArn);
      const wanted = textsOf(input, 'AttributeNames');
      return {
        Attributes: Object.fromEntries(
          Object.entries(all).filter(([name]) => wanted.includes('All') || wanted.includes(name)),
        ),
      };
    }),
    GetQueueUrl: {
      access: (input) => [{ action: 'sqs:GetQueueUrl', resource: queueArn(textOf(input, 'QueueName')) }],
      run: (input) => ({ QueueUrl: urlOf(queues.get(textOf(input, 'QueueName')).name) }),
    },
    ListQueues: {
      access: () => [{ action: 'sqs:ListQueues', resource: '*' }],
      run: (input) => ({
        QueueUrls: queues
          .names()
          .filter((name) => name.startsWith(optionalText(input, 'QueueNamePrefix') ?? ''))
          .map(urlOf),
      }),
    },
  };

  return {
    name: 'sqs',
    types: ['AWS::SQS::Queue', 'AWS::SQS::QueuePolicy'],
    queues,
    ...jsonDispatch('SQS', operations),
    refuse: refuseQueue,
    provision: async (resource) => {
      if (resource.type === 'AWS::SQS::Queue') queues.define(readQueue(resource));
    },
    close: async () => queues.close(),
  };
}

/** Each entry succeeds or fails for itself. */
function batch(input: JsonObject, run: (entry: JsonObject) => JsonObject): JsonObject {
  const entries = objectsOf(input, 'Entries');
  if (entries.length === 0) throw new AwsError('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  if (entries.length > MAX_BATCH)
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_BATCH}. You have sent ${entries.length}.`,
    );
  if (new Set(entries.map((entry) => entry.Id)).size < entries.length)
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  const Successful: JsonObject[] = [];
  const Failed: JsonObject[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...run(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return { Successful, ...(Failed.length > 0 ? { Failed } : {}) };
}

function showMessage(message: ReceivedMessage, system: readonly string[], names: readonly string[]): JsonObject {
  const wanted = (name: string): boolean =>
    names.some(
      (asked) =>
        asked === 'All' ||
        asked === '.*' ||
        asked === name ||
        (asked.endsWith('.*') && name.startsWith(asked.slice(0, -2))),
    );
  const attributes = Object.fromEntries(Object.entries(message.attributes).filter(([name]) => wanted(name)));
  const shown = Object.fromEntries(
    Object.entries(message.system).filter(([name]) => system.includes('All') || system.includes(name)),
  );
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    Body: message.body,
    MD5OfBody: md5OfBody(message.body),
    ...(Object.keys(shown).length > 0 ? { Attributes: shown } : {}),
    ...(Object.keys(attributes).length > 0
      ? { MessageAttributes: attributes, MD5OfMessageAttributes: md5OfAttributes(attributes) }
      : {}),
  };
}

function attributesOf(
  queues: QueueStore,
  name: string,
  queueArn: (name: string) => string,
): Readonly<Record<string, string>> {
  const queue = queues.get(name);
  const counts = queues.counts(name);
  return {
    QueueArn: queueArn(name),
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    VisibilityTimeout: String(queue.visibilityS),
    MessageRetentionPeriod: String(queue.retentionS),
    DelaySeconds: String(queue.delayS),
    ReceiveMessageWaitTimeSeconds: String(queue.waitS),
    MaximumMessageSize: String(queue.maxBytes),
    ...(queue.fifo ? { FifoQueue: 'true', ContentBasedDeduplication: String(queue.contentDeduplication) } : {}),
    ...(queue.deadLetter === undefined
      ? {}
      : {
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: queue.deadLetter.arn,
            maxReceiveCount: queue.deadLetter.maxReceives,
          }),
        }),
  };
}
