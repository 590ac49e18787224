import * as EB from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEvents, type EventsService } from '../../../local/services/events/events-service.ts';
import { PLACE, type ServedService, serveService } from './serve-service.ts';
import { TargetRecorder } from './target-recorder.ts';

const LAMBDA = 'arn:aws:lambda:eu-central-1:000000000000:function:notify';
const QUEUE = 'arn:aws:sqs:eu-central-1:000000000000:dead';
let now = Date.UTC(2026, 10, 22, 12);
let targets: TargetRecorder;
let service: EventsService;
let served: ServedService;
let client: EB.EventBridgeClient;

const rule = (name: string, properties: Record<string, unknown>) => ({
  type: 'AWS::Events::Rule',
  stack: 'Pipeline',
  logicalId: name,
  physicalId: name,
  arn: `arn:aws:events:eu-central-1:000000000000:rule/conext/${name}`,
  properties: { Name: name, EventBusName: 'conext', ...properties },
});

beforeEach(async () => {
  targets = new TargetRecorder();
  service = createEvents({ ...PLACE, dataDir: '/nonexistent', clock: () => now, targets });
  await service.provision({
    type: 'AWS::Events::EventBus',
    stack: 'P',
    logicalId: 'Bus',
    physicalId: 'conext',
    arn: 'arn:aws:events:eu-central-1:000000000000:event-bus/conext',
    properties: { Name: 'conext' },
  });
  served = await serveService(service);
  client = new EB.EventBridgeClient(served.client);
});
afterEach(async () => {
  client.destroy();
  await served.close();
  await service.close();
});

const put = (Detail: unknown, EventBusName = 'conext') =>
  client.send(
    new EB.PutEventsCommand({
      Entries: [
        {
          EventBusName,
          Source: 'conext.pipeline',
          DetailType: 'metrics.loaded',
          Detail: typeof Detail === 'string' ? Detail : JSON.stringify(Detail),
        },
      ],
    }),
  );

describe('an event', () => {
  it('reaches the targets of the rules it fits, whole', async () => {
    await service.provision(
      rule('fits', {
        EventPattern: { detail: { rows: [{ numeric: ['>', 0] }] } },
        Targets: [{ Id: 'a', Arn: LAMBDA, RoleArn: 'arn:role' }],
      }),
    );
    await service.provision(rule('other', { EventPattern: { source: ['else'] }, Targets: [{ Id: 'a', Arn: QUEUE }] }));
    await service.provision(rule('off', { State: 'DISABLED', EventPattern: {}, Targets: [{ Id: 'a', Arn: QUEUE }] }));
    const { FailedEntryCount, Entries } = await put({ rows: 3 });
    expect(FailedEntryCount).toBe(0);
    const [delivered] = await targets.until(1);
    expect(delivered).toEqual({
      targetArn: LAMBDA,
      roleArn: 'arn:role',
      source: { service: 'events.amazonaws.com', arn: 'arn:aws:events:eu-central-1:000000000000:rule/conext/fits' },
      input: {
        version: '0',
        id: Entries?.[0]?.EventId,
        'detail-type': 'metrics.loaded',
        source: 'conext.pipeline',
        account: '000000000000',
        region: 'eu-central-1',
        time: '2026-11-22T12:00:00Z',
        resources: [],
        detail: { rows: 3 },
      },
    });
    expect(targets.delivered).toHaveLength(1);
  });

  it.each<[string, Record<string, unknown>, unknown]>([
    ['a constant', { Input: '{"fixed":true}' }, { fixed: true }],
    ['a part', { InputPath: '$.detail.list[1]' }, 2],
    [
      'JSON made of parts',
      {
        InputTransformer: {
          InputPathsMap: { rows: '$.detail.rows', who: '$.detail.who' },
          InputTemplate: '{"n": <rows>, "text": "by <who> on <aws.events.rule-name>", "all": <aws.events.event.json>}',
        },
      },
      expect.objectContaining({
        n: 3,
        text: 'by "me" on shaped',
        all: expect.objectContaining({ source: 'conext.pipeline' }),
      }),
    ],
    [
      'a text',
      { InputTransformer: { InputPathsMap: { rows: '$.detail.rows' }, InputTemplate: '"<rows> rows"' } },
      '3 rows',
    ],
  ])('is handed on as %s', async (_name, shape, expected) => {
    await service.provision(
      rule('shaped', { EventPattern: { source: ['conext.pipeline'] }, Targets: [{ Id: 'a', Arn: LAMBDA, ...shape }] }),
    );
    await put({ rows: 3, who: '"me"', list: [1, 2] });
    expect((await targets.until(1))[0]?.input).toEqual(expected);
  });

  it('goes to the dead-letter queue when its target cannot be reached', async () => {
    targets.failing.set(LAMBDA, 'ThrottlingException');
    await service.provision(
      rule('failing', {
        EventPattern: { source: ['conext.pipeline'] },
        Targets: [{ Id: 'a', Arn: LAMBDA, RetryPolicy: { MaximumRetryAttempts: 0 }, DeadLetterConfig: { Arn: QUEUE } }],
      }),
    );
    await put({ rows: 1 });
    expect(await targets.until(1)).toMatchObject([{ targetArn: QUEUE, input: { detail: { rows: 1 } } }]);
  });

  it('is tried again while its target fails for a moment', async () => {
    targets.failing.set(LAMBDA, 'ThrottlingException');
    await service.provision(
      rule('retried', {
        EventPattern: { source: ['conext.pipeline'] },
        Targets: [{ Id: 'a', Arn: LAMBDA, RetryPolicy: { MaximumRetryAttempts: 3 } }],
      }),
    );
    await put({ rows: 1 });
    expect(targets.attempts).toBe(1);
    targets.failing.clear();
    expect((await targets.until(1))[0]?.targetArn).toBe(LAMBDA);
    expect(targets.attempts).toBe(2);
  });

  it('is answered with its own error when it is malformed or its bus is missing', async () => {
    expect((await put('no json')).Entries?.[0]?.ErrorCode).toBe('MalformedDetail');
    expect((await put({}, 'nowhere')).Entries?.[0]?.ErrorCode).toBe('InvalidArgument');
  });

  it('needs permission on its bus', async () => {
    await put({});
    expect(served.needs.at(-1)).toEqual([
      {
        action: 'events:PutEvents',
        resource: 'arn:aws:events:eu-central-1:000000000000:event-bus/conext',
        context: { 'events:source': 'conext.pipeline', 'events:detail-type': 'metrics.loaded' },
      },
    ]);
  });
});

describe('a rule', () => {
  it('fires on its schedule', async () => {
    await service.provision(
      rule('hourly', {
        EventBusName: 'default',
        ScheduleExpression: 'cron(0 * * * ? *)',
        Targets: [{ Id: 'a', Arn: LAMBDA }],
      }),
    );
    service.tick();
    now += 3_600_000;
    service.tick();
    expect((await targets.until(1))[0]?.input).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      time: '2026-11-22T13:00:00Z',
    });
  });

  it('is refused for what is not supported', async () => {
    expect(service.refuse(rule('r', { EventPattern: { a: [{ cidr: 'x' }] } }))).toContain('cidr');
    expect(service.refuse(rule('r', { Targets: [{ Id: 'a', Arn: LAMBDA, KinesisParameters: {} }] }))).toContain(
      'KinesisParameters',
    );
    expect(service.refuse(rule('r', { ScheduleExpression: 'rate(1 week)' }))).toContain('rate(1 week)');
    await expect(client.send(new EB.ListRulesCommand({}))).rejects.toMatchObject({
      name: 'UnsupportedLocally',
      message: expect.stringContaining('ListRules'),
    });
  });
});
