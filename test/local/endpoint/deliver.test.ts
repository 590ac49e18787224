import { expect, it } from 'vitest';
import { createTargetDelivery } from '../../../local/endpoint/deliver-to-target.ts';
import { createSdkCaller } from '../../../local/endpoint/sdk-caller.ts';
import { createServiceRouter } from '../../../local/endpoint/service-router.ts';
import { loadAccessControl } from '../../../local/iam/access-control.ts';
import type { AwsRequest, LocalService, ResolvedResource } from '../../../local/ports.ts';

const at = (service: string, name: string): string => `arn:aws:${service}:eu-central-1:000000000000:${name}`;
const ROLE = 'arn:aws:iam::000000000000:role/deliver';
const QUEUE = at('sqs', 'jobs');
const FN = at('lambda', 'function:work');
const MACHINE = at('states', 'stateMachine:etl');
const BUS = at('events', 'event-bus/other');
const RULE = at('events', 'rule/on-load');

function resource(
  type: string,
  properties: Readonly<Record<string, unknown>>,
  physicalId: string,
  arn: string,
): ResolvedResource {
  return { type, stack: 'Main', logicalId: physicalId, physicalId, arn, properties };
}

/** Services that remember what they were asked, under a role that may do everything named in `actions`. */
function setUp(actions: readonly string[]) {
  const asked: { readonly service: string; readonly operation: string | undefined; readonly body: unknown }[] = [];
  const queued: { readonly arn: string; readonly event: string }[] = [];
  const recording = (name: string, action: string, answer: object = {}): LocalService => ({
    name,
    access: () => [{ action, resource: { sqs: QUEUE, states: MACHINE, events: BUS }[name] ?? '*' }],
    handle: async (request: AwsRequest) => {
      asked.push({ service: name, operation: request.operation, body: JSON.parse(request.body.toString()) });
      return { status: 200, body: JSON.stringify(answer) };
    },
    close: async () => {},
  });
  const policy = { Statement: { Effect: 'Allow', Action: actions, Resource: '*' } };
  const { control } = loadAccessControl(
    [
      resource('AWS::IAM::Role', {}, 'deliver', ROLE),
      resource('AWS::IAM::Policy', { Roles: ['deliver'], PolicyDocument: policy }, 'policy', 'arn:policy'),
      resource(
        'AWS::Lambda::Permission',
        { Action: 'lambda:InvokeFunction', FunctionName: FN, Principal: 'events.amazonaws.com', SourceArn: RULE },
        'permission',
        'arn:permission',
      ),
    ],
    '000000000000',
  );
  const accessControl = () => control;
  const router = createServiceRouter({ accessControl, log: () => {} });
  router.add(recording('sqs', 'sqs:SendMessage'));
  router.add(recording('states', 'states:StartExecution', { executionArn: 'arn:execution', startDate: 1 }));
  router.add(recording('events', 'events:PutEvents', { FailedEntryCount: 0 }));
  const delivery = createTargetDelivery({
    router,
    accessControl,
    enqueue: (arn, event) => queued.push({ arn, event }),
    queueUrlOf: (arn) => `http://127.0.0.1/000000000000/${arn.split(':').at(-1)}`,
  });
  return { asked, queued, delivery, sdk: createSdkCaller(router) };
}

it('sends an event to each kind of target under its role', async () => {
  const { asked, queued, delivery } = setUp(['sqs:*', 'states:*', 'events:*', 'lambda:*']);
  const event = { source: 'conext', 'detail-type': 'metrics.loaded', detail: { rows: 1 } };
  await delivery.deliver(FN, event, ROLE);
  await delivery.deliver(QUEUE, event, ROLE);
  await delivery.deliver(QUEUE, 'plain text', ROLE);
  await delivery.deliver(MACHINE, event, ROLE);
  await delivery.deliver(BUS, event, ROLE);
  const QueueUrl = 'http://127.0.0.1/000000000000/jobs';
  expect(queued).toEqual([{ arn: FN, event: JSON.stringify(event) }]);
  expect(asked).toEqual([
    { service: 'sqs', operation: 'SendMessage', body: { QueueUrl, MessageBody: JSON.stringify(event) } },
    { service: 'sqs', operation: 'SendMessage', body: { QueueUrl, MessageBody: 'plain text' } },
    {
      service: 'states',
      operation: 'StartExecution',
      body: { stateMachineArn: MACHINE, input: JSON.stringify(event) },
    },
    {
      service: 'events',
      operation: 'PutEvents',
      body: {
        Entries: [
          { EventBusName: BUS, Source: 'conext', DetailType: 'metrics.loaded', Detail: '{"rows":1}', Resources: [] },
        ],
      },
    },
  ]);
});

it.each([FN, QUEUE, MACHINE, BUS])('refuses %s under a role that may not', async (target) => {
  const { asked, queued, delivery } = setUp(['s3:GetObject']);
  await expect(delivery.deliver(target, {}, ROLE)).rejects.toMatchObject({ code: 'AccessDeniedException' });
  expect([...asked, ...queued]).toEqual([]);
});

it('asks the target’s own policy where there is no role', async () => {
  const { queued, delivery } = setUp([]);
  const service = 'events.amazonaws.com';
  await delivery.deliver(FN, {}, undefined, { service, arn: RULE });
  expect(queued).toHaveLength(1);
  await expect(delivery.deliver(FN, {}, undefined, { service, arn: `${RULE}2` })).rejects.toThrow(
    'no statement allows it',
  );
  await expect(delivery.deliver(QUEUE, {}, undefined)).rejects.toThrow('may not sqs:SendMessage');
  await expect(delivery.deliver(MACHINE, {}, undefined)).rejects.toThrow('can only be reached under a role');
});

it('refuses other targets by name', async () => {
  const { delivery } = setUp(['*']);
  await expect(delivery.deliver(at('kinesis', 'stream/x'), {}, ROLE)).rejects.toMatchObject({
    code: 'UnsupportedLocally',
  });
});

it('calls a service for a workflow, member names in PascalCase both ways', async () => {
  const { asked, sdk } = setUp(['states:*']);
  const { signal } = new AbortController();
  const answer = await sdk('sfn', 'startExecution', { StateMachineArn: MACHINE, Input: '{}' }, ROLE, { signal });
  expect(asked[0]?.body).toEqual({ stateMachineArn: MACHINE, input: '{}' });
  expect(answer).toEqual({ ExecutionArn: 'arn:execution', StartDate: 1 });
  await expect(sdk('bedrock', 'converse', {}, ROLE, { signal })).rejects.toMatchObject({ code: 'UnsupportedLocally' });
});
