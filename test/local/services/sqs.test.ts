import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as SQS from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSqs, type SqsService } from '../../../local/services/sqs/sqs-service.ts';
import { PLACE, type ServedService, serveService } from './serve-service.ts';

const DEAD = 'arn:aws:sqs:eu-central-1:000000000000:dead';
let dataDir: string;
let now: number;
let service: SqsService;
let served: ServedService;
let client: SQS.SQSClient;
let QueueUrl: string;
let fifo: string;

const queue = (name: string, properties: Record<string, unknown> = {}) => ({
  type: 'AWS::SQS::Queue',
  stack: 'Data',
  logicalId: name,
  physicalId: `http://127.0.0.1:1/000000000000/${name}`,
  arn: `arn:aws:sqs:eu-central-1:000000000000:${name}`,
  properties,
});

async function start(): Promise<void> {
  // The endpoint's port is known only once it listens, and queue URLs hold it.
  let handled: SqsService | undefined;
  const late = new Proxy({} as SqsService, { get: (_target, name) => Reflect.get(handled ?? {}, name) });
  served = await serveService(late);
  service = createSqs({ ...PLACE, dataDir, clock: () => now, endpoint: served.endpoint });
  handled = service;
  await service.provision(queue('dead'));
  await service.provision(
    queue('work', { VisibilityTimeout: 30, RedrivePolicy: { deadLetterTargetArn: DEAD, maxReceiveCount: 2 } }),
  );
  await service.provision(queue('ordered.fifo', { FifoQueue: true, ContentBasedDeduplication: true }));
  client = new SQS.SQSClient(served.client);
  QueueUrl = (await client.send(new SQS.GetQueueUrlCommand({ QueueName: 'work' }))).QueueUrl ?? '';
  fifo = QueueUrl.replace('work', 'ordered.fifo');
}
async function stop(): Promise<void> {
  client.destroy();
  await served.close();
  await service.close();
}
beforeEach(async () => {
  now = Date.UTC(2026, 10, 22, 12);
  dataDir = mkdtempSync(join(tmpdir(), 'conext-sqs-'));
  await start();
});
afterEach(async () => {
  await stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const send = (MessageBody: string, more: Partial<SQS.SendMessageCommandInput> = {}) =>
  client.send(new SQS.SendMessageCommand({ QueueUrl, MessageBody, ...more }));
const receive = async (more: Partial<SQS.ReceiveMessageCommandInput> = {}) =>
  (
    await client.send(
      new SQS.ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
        ...more,
      }),
    )
  ).Messages ?? [];
const bodies = async (more: Partial<SQS.ReceiveMessageCommandInput> = {}) =>
  (await receive(more)).map(({ Body }) => Body);

describe('a queue', () => {
  it('hands out a message until it is deleted', async () => {
    const sent = await send('hello', { MessageAttributes: { kind: { DataType: 'String', StringValue: 'greeting' } } });
    const [message] = await receive();
    expect(message).toMatchObject({
      Body: 'hello',
      MessageId: sent.MessageId,
      Attributes: { ApproximateReceiveCount: '1' },
      MessageAttributes: { kind: { StringValue: 'greeting' } },
    });
    expect(message?.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes);
    expect(await receive()).toEqual([]);
    now += 30_001;
    const [again] = await receive();
    expect(again?.Attributes?.ApproximateReceiveCount).toBe('2');
    await client.send(new SQS.DeleteMessageCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle }));
    now += 30_001;
    expect(await receive()).toEqual([]);
  });

  it('moves a message that was received too often to the dead-letter queue', async () => {
    await send('poison');
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await bodies()).toEqual(['poison']);
      now += 30_001;
    }
    expect(await receive()).toEqual([]);
    const [dead] = await receive({ QueueUrl: QueueUrl.replace('work', 'dead') });
    expect(dead).toMatchObject({
      Body: 'poison',
      Attributes: { DeadLetterQueueSourceArn: 'arn:aws:sqs:eu-central-1:000000000000:work' },
    });
  });

  it('answers a long poll as soon as a message comes', async () => {
    const begun = Date.now();
    const waiting = bodies({ WaitTimeSeconds: 20 });
    await send('late');
    expect(await waiting).toEqual(['late']);
    expect(Date.now() - begun).toBeLessThan(5_000);
  });

  it('holds back a delayed message', async () => {
    await send('later', { DelaySeconds: 60 });
    expect(await receive()).toEqual([]);
    now += 60_001;
    expect(await bodies()).toEqual(['later']);
  });

  it('gives a message back when its visibility is set to nothing, but not to a stale receipt', async () => {
    await send('again');
    const [first] = await receive();
    await client.send(
      new SQS.ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 }),
    );
    const [second] = await receive();
    expect(second?.Body).toBe('again');
    await expect(
      client.send(
        new SQS.ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 }),
      ),
    ).rejects.toMatchObject({ name: 'MessageNotInflight' });
  });

  it('sends and deletes in batches, entry by entry', async () => {
    const { Successful } = await client.send(
      new SQS.SendMessageBatchCommand({ QueueUrl, Entries: ['a', 'b', 'c'].map((Id) => ({ Id, MessageBody: Id })) }),
    );
    expect(Successful?.map(({ Id }) => Id)).toEqual(['a', 'b', 'c']);
    const Entries = (await receive()).map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    const deleted = await client.send(
      new SQS.DeleteMessageBatchCommand({ QueueUrl, Entries: [...Entries, { Id: 'x', ReceiptHandle: 'nonsense' }] }),
    );
    expect([deleted.Successful?.length, deleted.Failed?.[0]?.Code]).toEqual([3, 'ReceiptHandleIsInvalid']);
  });

  it('counts its messages and keeps them over a restart', async () => {
    for (const body of ['1', '2', '3']) await send(body);
    await receive({ MaxNumberOfMessages: 1 });
    await stop();
    await start();
    const { Attributes } = await client.send(new SQS.GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    expect(Attributes).toMatchObject({
      ApproximateNumberOfMessages: '2',
      ApproximateNumberOfMessagesNotVisible: '1',
      QueueArn: 'arn:aws:sqs:eu-central-1:000000000000:work',
    });
    expect(await bodies()).toEqual(['2', '3']);
    await client.send(new SQS.PurgeQueueCommand({ QueueUrl }));
    now += 30_001;
    expect(await receive()).toEqual([]);
  });

  it('forgets messages after their retention', async () => {
    await send('old');
    now += 345_600_001;
    expect(await receive()).toEqual([]);
  });
});

describe('a FIFO queue', () => {
  const put = (body: string, group: string, id?: string) =>
    send(body, { QueueUrl: fifo, MessageGroupId: group, MessageDeduplicationId: id });

  it('keeps the order within a group, while other groups go on', async () => {
    for (const [body, group] of [
      ['a1', 'a'],
      ['a2', 'a'],
      ['b1', 'b'],
    ] as const)
      await put(body, group);
    const [first] = await receive({ QueueUrl: fifo, MaxNumberOfMessages: 1 });
    expect(first?.Body).toBe('a1');
    expect(await bodies({ QueueUrl: fifo })).toEqual(['b1']);
    await client.send(new SQS.DeleteMessageCommand({ QueueUrl: fifo, ReceiptHandle: first?.ReceiptHandle }));
    expect(await bodies({ QueueUrl: fifo })).toEqual(['a2']);
  });

  it('takes the same message once within five minutes', async () => {
    const first = await put('same', 'a');
    expect((await put('same', 'a')).MessageId).toBe(first.MessageId);
    expect((await put('other', 'a', 'x')).MessageId).not.toBe(first.MessageId);
    expect(await bodies({ QueueUrl: fifo })).toEqual(['same', 'other']);
    now += 300_001;
    expect((await put('same', 'a')).MessageId).not.toBe(first.MessageId);
  });

  it('wants a group', async () => {
    await expect(send('x', { QueueUrl: fifo })).rejects.toMatchObject({ name: 'MissingParameter' });
  });
});

describe('permissions and refusals', () => {
  it('name the queue', async () => {
    await send('x');
    expect(served.needs.at(-1)).toEqual([
      { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:eu-central-1:000000000000:work' },
    ]);
  });

  it('say what is missing', async () => {
    await expect(send('x', { QueueUrl: QueueUrl.replace('work', 'none') })).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
    await expect(client.send(new SQS.CreateQueueCommand({ QueueName: 'x' }))).rejects.toMatchObject({
      name: 'UnsupportedLocally',
      message: expect.stringContaining('CreateQueue'),
    });
    expect(service.refuse(queue('q', { DeduplicationScope: 'messageGroup' }))).toContain('messageGroup');
  });
});
