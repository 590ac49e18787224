import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-kinesis';
import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDeadLetters, type DeadLetter } from '../../adapters/streams/dead-letters.ts';
import { createEventCodec } from '../../adapters/streams/event-codec.ts';
import { readReleasedSchemas } from '../../adapters/streams/file-registry.ts';
import { createGlueRegistry } from '../../adapters/streams/glue-registry.ts';
import { AwsError, type AwsRequest, type LocalService } from '../../local/ports.ts';
import { createGlue } from '../../local/services/glue/glue-service.ts';
import { createKinesis } from '../../local/services/kinesis/kinesis-service.ts';
import { createSqs, type SqsService } from '../../local/services/sqs/sqs-service.ts';
import { releasedFolder } from '../../scripts/check-schemas.ts';
import { localTarget, type StreamTarget } from '../../scripts/dlq/stream-target.ts';
import { listLetters, replayLetters, showLetter } from '../../scripts/dlq/work-on-letters.ts';
import { campaignNumber, sampleEvent, workspace } from '../adapters/streams/sample-events.ts';
import { PLACE, type ServedService, serveService } from '../local/services/serve-service.ts';

const command = join(import.meta.dirname, '..', '..', 'scripts', 'commands', 'dlq.ts');
const STREAM = 'conext-local-stream-events';

let home: string;
let target: StreamTarget;
let served: ServedService;
let closing: (() => Promise<void>)[];
/** Operations in their order, and those that the next test wants refused. */
let operations: string[];
let refused: Set<string>;
/** Called when the stream has taken records, before the command hears of it. */
let afterPut: () => Promise<void>;
/** Of the services' clock. */
let aheadMs: number;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'conext-dlq-'));
  operations = [];
  refused = new Set();
  aheadMs = 0;
  afterPut = async () => undefined;
  const settings = { ...PLACE, dataDir: home, clock: () => Date.now() + aheadMs };
  const kinesis = createKinesis(settings);
  const glue = createGlue(settings);
  const services = new Map<string, LocalService>([
    ['Kinesis_20131202', kinesis],
    ['AWSGlue', glue],
  ]);
  const of = (request: AwsRequest): LocalService => {
    const service = services.get(request.headers['x-amz-target']?.split('.')[0] ?? '');
    if (service === undefined) throw new Error(`Nothing answers ${request.headers['x-amz-target']}.`);
    return service;
  };
  served = await serveService({
    name: 'several',
    close: async () => undefined,
    access: (request: AwsRequest) => of(request).access(request),
    handle: async (request: AwsRequest) => {
      operations.push(request.operation ?? '');
      if (refused.has(request.operation ?? '')) throw new AwsError('AccessDeniedException', 'Not today.');
      const answer = await of(request).handle(request);
      if (request.operation === 'PutRecords') await afterPut();
      return answer;
    },
  });
  const sqs: SqsService = createSqs({ ...settings, endpoint: served.endpoint });
  services.set('AmazonSQS', sqs);
  const resource = (type: string, physicalId: string, properties: Record<string, unknown>) => ({
    ...{ type, stack: 'Stream', logicalId: 'One', physicalId, properties },
    arn: `arn:aws:sqs:eu-central-1:000000000000:${physicalId}`,
  });
  await kinesis.provision(resource('AWS::Kinesis::Stream', STREAM, { ShardCount: 1 }));
  const queueUrl = `${served.endpoint}/000000000000/dead`;
  await sqs.provision({
    ...resource('AWS::SQS::Queue', queueUrl, {}),
    arn: 'arn:aws:sqs:eu-central-1:000000000000:dead',
  });
  for (const { schemaName, version, definition } of readReleasedSchemas(releasedFolder)) {
    const named = { RegistryName: 'schemas', SchemaName: schemaName };
    const own = { SchemaDefinition: JSON.stringify(definition) };
    await glue.provision(
      version === 1
        ? resource('AWS::Glue::Schema', schemaName, {
            ...{ Name: schemaName, Registry: { Name: 'schemas' }, DataFormat: 'AVRO' },
            ...own,
          })
        : resource('AWS::Glue::SchemaVersion', `${schemaName}/${version}`, { Schema: named, ...own }),
    );
  }
  const { endpoint: endpointUrl, region, credentials } = served.client;
  writeFileSync(
    join(home, 'local.json'),
    JSON.stringify({
      aws: { endpointUrl, region, ...credentials, deadLettersUrl: queueUrl, schemaRegistry: 'schemas' },
    }),
  );
  target = await localTarget(home);
  closing = [
    async () => {
      target.sqs.destroy();
      target.kinesis.destroy();
    },
    () => served.close(),
    async () => sqs.close(),
    async () => kinesis.close(),
  ];
});
afterEach(async () => {
  for (const close of closing) await close();
  rmSync(home, { recursive: true, force: true });
});

const codec = () => createEventCodec(createGlueRegistry(target.config));
const encoded = async (id: string) =>
  (await codec().encoder())(sampleEvent({ id, campaignId: campaignNumber(1), platform: 'google-ads' }));

/** Puts letters into the queue as the processor does. */
async function keep(...letters: (Partial<DeadLetter> & { readonly data: string })[]): Promise<void> {
  const source = { type: 'kinesis', stream: STREAM, shard: 'shardId-000000000000', sequence: '1' };
  const whole = { kind: 'record', reason: 'unknown-account', detail: 'nobody’s', source } as const;
  const unkept = await createDeadLetters({ ...target.config, deadLetters: { queueUrl: target.queueUrl } }).keep(
    letters.map((letter) => ({
      ...whole,
      ...{ arrivedAt: '2026-11-20T12:00:00.000Z', schemaVersionId: null, workspaceId: workspace },
      ...letter,
    })),
  );
  expect(unkept).toEqual([]);
}
const keepEvents = async (...ids: string[]) =>
  keep(...(await Promise.all(ids.map(async (id) => ({ data: (await encoded(id)).toString('base64') })))));
const keepPoison = () =>
  keep({ reason: 'unreadable', workspaceId: null, data: Buffer.from('poison').toString('base64') });

/** Messages that anybody may receive now. */
const waiting = async (): Promise<number> => {
  const { Attributes } = await target.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: target.queueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages);
};
const records = async () => {
  const { ShardIterator } = await target.kinesis.send(
    new GetShardIteratorCommand({
      StreamName: STREAM,
      ShardId: 'shardId-000000000000',
      ShardIteratorType: 'TRIM_HORIZON',
    }),
  );
  const { Records = [] } = await target.kinesis.send(new GetRecordsCommand({ ShardIterator }));
  return Records;
};
const onStream = async (): Promise<string[]> => {
  const reading = codec();
  const found = await Promise.all((await records()).map(({ Data }) => reading.decode(Buffer.from(Data ?? []))));
  return found.map((one) => (one.kind === 'event' ? one.event.id : one.kind)).toSorted();
};

/** The command's own work, without a process. */
const working = () => {
  const lines: string[] = [];
  const ports = { ...target, codec: codec(), print: (line: string) => void lines.push(line) };
  return {
    lines,
    list: async (reason?: string, limit = 100) => {
      lines.length = 0;
      await listLetters(ports, { reason, limit, now: Date.now() });
      return lines.map((line) => ({ id: line.split(' ')[0] ?? '', line }));
    },
    show: (id: string) => showLetter(ports, id),
    replay: (over: { ids?: string[]; reason?: string; dryRun?: boolean } = {}) =>
      replayLetters(ports, { ids: over.ids ?? [], reason: over.reason, dryRun: over.dryRun ?? false, now: Date.now() }),
  };
};

async function dlq(args: readonly string[], env: Record<string, string> = { CONEXT_HOME: home }) {
  const child = spawn(process.execPath, [command, ...args], { env: { PATH: process.env['PATH'], ...env } });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const status = await new Promise<number | null>((ended, failed) => child.on('error', failed).on('close', ended));
  return { status, out, err };
}

describe('npm run dlq', () => {
  it('lists what waits, and puts it on the stream again', async () => {
    await keepEvents('e1', 'e2');
    await keepPoison();
    const listed = await dlq(['list', '--reason', 'unreadable']);
    expect([listed.status, listed.err]).toEqual([0, '']);
    expect(listed.out).toMatch(/^[0-9a-f-]{36} {2}unreadable +\ds {2}- {2}record of kinesis: nobody’s\n$/);
    const replayed = await dlq(['replay', '--all', '--reason', 'unknown-account']);
    expect([replayed.status, replayed.out, replayed.err]).toEqual([
      0,
      'Put 2 records of 2 letters on the stream; 0 stay.\n',
      '',
    ]);
    expect([await onStream(), await waiting()]).toEqual([['e1', 'e2'], 1]);
  });

  it('ends with 1 when there is no such letter, and says what to look at', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    const { status, out, err } = await dlq(['show', id]);
    expect([status, out]).toEqual([1, '']);
    expect(err).toContain(`There is no dead letter ${id}`);
  });

  it('says that nothing runs here, and what to do', async () => {
    const { status, out, err } = await dlq(['list'], { CONEXT_HOME: join(home, 'none') });
    expect([status, out]).toEqual([1, '']);
    expect(err).toContain('No system runs on this machine');
    expect(err).toContain('npm start');
  });

  it('helps', async () => {
    const { status, out } = await dlq(['--help']);
    expect(status).toBe(0);
    expect(out).toContain('npm run dlq -- replay --all');
  });

  it('refuses what it does not understand with status 2 and a sentence', async () => {
    const wrong: readonly [readonly string[], string][] = [
      [[], 'Say list, show or replay.'],
      [['drop'], 'There is no "drop" here.'],
      [['list', 'all'], 'list takes no further words.'],
      [['show'], 'show takes one ID.'],
      [['replay'], 'replay takes IDs, or --all.'],
      [['replay', 'x', '--all'], 'replay takes IDs, or --all.'],
      [['replay', 'x', '--reason', 'invalid'], '--reason goes with'],
      [['list', '--dry-run'], 'go with replay'],
      [['list', '--limit', '0'], '--limit goes with list'],
      [['list', '--stage', 'No'], '"No" is no stage.'],
      [['list', '--stage', 'prod'], 'needs --region'],
      [['list', '--region', 'eu-central-1'], 'go with --stage'],
      [['list', '--colour'], "Unknown option '--colour'"],
    ];
    const answers = await Promise.all(
      wrong.map(async ([args, sentence]) => ({ args, sentence, ...(await dlq(args)) })),
    );
    for (const { args, sentence, status, out, err } of answers) {
      expect([args, status, out]).toEqual([args, 2, '']);
      expect(err).toContain(sentence);
    }
  });
});

describe('dead letters', () => {
  it('are listed by reason and number, and stay for everybody', async () => {
    await keepEvents('e1', 'e2', 'e3');
    await keepPoison();
    const { list } = working();
    expect(await list()).toHaveLength(4);
    expect(await list('unknown-account', 2)).toHaveLength(2);
    expect((await list('unknown-account')).every(({ line }) => line.includes(workspace))).toBe(true);
    expect((await list('invalid')).map(({ line }) => line)).toEqual(['None for invalid.']);
    expect(await waiting()).toBe(4);
  });

  it('are shown whole, with the event that is in them', async () => {
    await keepEvents('e1');
    const { list, show, lines } = working();
    const [{ id } = { id: '' }] = await list();
    lines.length = 0;
    expect(await show(id)).toBe(true);
    expect(JSON.parse(lines.join('\n'))).toMatchObject({
      ...{ id, reason: 'unknown-account', detail: 'nobody’s', workspaceId: workspace },
      decoded: { kind: 'event', event: { id: 'e1', campaignId: campaignNumber(1) } },
    });
    expect(await waiting()).toBe(1);
  });

  it('are put on the stream by their ids, in the lane of their campaign', async () => {
    await keepEvents('e1', 'e2');
    const { list, replay } = working();
    const [{ id } = { id: '' }] = await list();
    expect(await replay({ ids: [id, 'gone'] })).toEqual({
      letters: 1,
      records: 1,
      refused: 0,
      missing: ['gone'],
      newer: 0,
    });
    expect((await records()).map(({ PartitionKey }) => PartitionKey)).toEqual([`${workspace}/${campaignNumber(1)}`]);
    expect(await waiting()).toBe(1);
  });

  it('stay where they are in a dry run', async () => {
    await keepEvents('e1', 'e2');
    expect(await working().replay({ dryRun: true })).toMatchObject({ letters: 2, records: 2 });
    expect([await onStream(), await waiting()]).toEqual([[], 2]);
  });

  it('leave the queue only once the stream has them', async () => {
    await keepEvents('e1', 'e2');
    refused.add('PutRecords');
    await expect(working().replay()).rejects.toThrow('Not today.');
    expect([operations.includes('DeleteMessage'), await waiting()]).toEqual([false, 2]);

    // The stream has the record, and the command dies before the queue hears of it.
    refused = new Set(['DeleteMessage']);
    await expect(working().replay()).rejects.toThrow('Not today.');
    expect([await onStream(), await waiting()]).toEqual([[expect.stringMatching(/^e[12]$/)], 2]);

    refused.clear();
    operations.length = 0;
    await working().replay();
    expect(operations.filter((one) => one === 'PutRecords' || one === 'DeleteMessage')).toEqual([
      ...['PutRecords', 'DeleteMessage'],
      ...['PutRecords', 'DeleteMessage'],
    ]);
    expect([new Set(await onStream()), await waiting()]).toEqual([new Set(['e1', 'e2']), 0]);
  });

  it('that come back while they are replayed stay: a replay ends', async () => {
    await keepPoison();
    await keepPoison();
    // What was refused once is refused again.
    afterPut = async () => {
      aheadMs = 1_000;
      await keepPoison();
    };
    expect(await working().replay()).toMatchObject({ letters: 2, newer: 2 });
    expect(await waiting()).toBe(2);
  });

  it('of a batch that was given up are read from the stream again, and stay when it no longer has them', async () => {
    const stream = `arn:aws:kinesis:eu-central-1:000000000000:stream/${STREAM}`;
    await keepEvents('e1', 'e2', 'e3');
    await working().replay();
    const sequences = (await records()).map(({ SequenceNumber }) => SequenceNumber);
    const giveUp = (from: string | undefined, to: string | undefined) =>
      target.sqs.send(
        new SendMessageCommand({
          QueueUrl: target.queueUrl,
          MessageBody: JSON.stringify({
            requestContext: { condition: 'RetryAttemptsExhausted' },
            KinesisBatchInfo: {
              ...{ shardId: 'shardId-000000000000', startSequenceNumber: from, endSequenceNumber: to },
              ...{ batchSize: 2, streamArn: stream },
            },
          }),
        }),
      );
    await giveUp(sequences[0], sequences[1]);
    const { list, replay, lines } = working();
    expect((await list('given-up')).map(({ line }) => line)).toEqual([
      expect.stringContaining('2 records of shardId-000000000000 (RetryAttemptsExhausted)'),
    ]);
    expect(await replay()).toMatchObject({ letters: 1, records: 2, refused: 0 });
    expect(await onStream()).toHaveLength(5);

    await giveUp('1', '2');
    await target.sqs.send(new SendMessageCommand({ QueueUrl: target.queueUrl, MessageBody: 'somebody’s note' }));
    lines.length = 0;
    expect(await replay()).toMatchObject({ letters: 0, refused: 2 });
    expect(lines.toSorted()).toEqual([expect.stringContaining('stays: '), expect.stringContaining('stays: ')]);
    expect(lines.join()).toContain('the stream no longer keeps shardId-000000000000 from 1 on');
    expect(lines.join()).toContain('it is no message of the stream’s');
    expect([await onStream(), await waiting()]).toEqual([expect.objectContaining({ length: 5 }), 2]);
  });
});
