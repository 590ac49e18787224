import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AsyncInvocations, createAsyncInvocations } from '../../../local/functions/async-invocations.ts';
import { createLambdaService } from '../../../local/functions/lambda-service.ts';
import { type ServedService, serveService } from '../services/serve-service.ts';
import { type LocalFunctions, localFunctions, soon } from './local-functions.ts';

const FAILS =
  'export const handler = async (event) => { console.log("attempt"); throw new Error(`no ${event.word}`); };';
const ROLE = 'arn:aws:iam::000000000000:role/failing';

let local: LocalFunctions;
let events: AsyncInvocations;
let served: ServedService;
let lambda: LambdaClient;
let delivered: { readonly target: string; readonly input: unknown; readonly role: string | undefined }[];
let waiting: string;

const open = (): AsyncInvocations =>
  createAsyncInvocations({
    folder: waiting,
    functions: local.runtime,
    targets: {
      deliver: async (target, input, role) => {
        delivered.push({ target, input, role });
      },
    },
    clock: Date.now,
    log: () => {},
    retryDelaysMs: [5, 10],
  });

beforeEach(async () => {
  local = localFunctions();
  delivered = [];
  waiting = join(local.folder, 'waiting');
  events = open();
  served = await serveService(createLambdaService(local.runtime, events));
  lambda = new LambdaClient(served.client);
});
afterEach(async () => {
  await served.close();
  await events.close();
  await local.close();
});

const invoke = (name: string, payload: string, type?: 'Event' | 'DryRun') =>
  lambda.send(
    new InvokeCommand({
      FunctionName: name,
      Payload: payload,
      ...(type === undefined ? {} : { InvocationType: type }),
    }),
  );
const attempts = (name: string): number =>
  local.runtime.timings().find((it) => it.functionName === name)?.invocations ?? 0;

describe('Invoke', () => {
  it('answers with the function’s result', async () => {
    const arn = await local.add('echo', 'export const handler = async (event) => event;');
    const answer = await invoke('echo', '{"a":1}');
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(answer.FunctionError).toBeUndefined();
    expect(answer.Payload?.transformToString()).toBe('{"a":1}');
    expect(served.needs).toEqual([[{ action: 'lambda:InvokeFunction', resource: arn }]]);
  });

  it('answers 200 and names the error when the function fails', async () => {
    await local.add('failing', FAILS);
    const answer = await invoke('failing', '{"word":"way"}');
    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toEqual({
      errorType: 'Error',
      errorMessage: 'no way',
      trace: expect.any(Array),
    });
  });

  it('refuses an unknown function and a payload that is not JSON', async () => {
    await local.add('echo', 'export const handler = async (event) => event;');
    await expect(invoke('nobody', '{}')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(invoke('echo', '{')).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
  });

  it('tries nothing in a dry run', async () => {
    await local.add('echo', 'export const handler = async (event) => event;');
    expect(await invoke('echo', '{}', 'DryRun')).toMatchObject({ StatusCode: 204 });
    expect(attempts('echo')).toBe(0);
  });
});

describe('an event nobody waits for', () => {
  it('is accepted at once and runs', async () => {
    await local.add('echo', 'export const handler = async (event) => event;');
    expect(await invoke('echo', '{}', 'Event')).toMatchObject({ StatusCode: 202 });
    await soon(() => attempts('echo')).toBe(1);
    await soon(() => readdirSync(waiting)).toEqual([]);
  });

  it('is tried three times and ends in the dead-letter queue', async () => {
    const queue = 'arn:aws:sqs:eu-central-1:000000000000:failed';
    await local.add('failing', FAILS, { DeadLetterConfig: { TargetArn: queue } });
    await invoke('failing', '{"word":"luck"}', 'Event');
    await soon(() => delivered).toEqual([{ target: queue, input: { word: 'luck' }, role: ROLE }]);
    expect(attempts('failing')).toBe(3);
    await soon(() => readdirSync(waiting)).toEqual([]);
  });

  it('ends at its destination after the retries that the template sets', async () => {
    const arn = await local.add('failing', FAILS);
    const bus = 'arn:aws:events:eu-central-1:000000000000:event-bus/failures';
    await local.runtime.provision({
      type: 'AWS::Lambda::EventInvokeConfig',
      stack: 'Test',
      logicalId: 'Config',
      physicalId: 'config',
      arn: 'arn:config',
      properties: {
        FunctionName: 'failing',
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnFailure: { Destination: bus } },
      },
    });
    await invoke('failing', '{"word":"luck"}', 'Event');
    await soon(() => delivered).toMatchObject([
      {
        target: bus,
        role: ROLE,
        input: {
          requestContext: { functionArn: `${arn}:$LATEST`, condition: 'RetriesExhausted', approximateInvokeCount: 1 },
          requestPayload: { word: 'luck' },
          responseContext: { functionError: 'Unhandled' },
          responsePayload: { errorType: 'Error', errorMessage: 'no luck' },
        },
      },
    ]);
  });

  it('survives a restart', async () => {
    await events.close();
    const arn = await local.add('echo', 'export const handler = async (event) => event;');
    events.enqueue(arn, '{}', 'request-1');
    expect(readdirSync(waiting)).toEqual(['request-1.json']);
    events = open();
    events.resume();
    await soon(() => attempts('echo')).toBe(1);
    await soon(() => readdirSync(waiting)).toEqual([]);
  });

  it('waits while the function is throttled', async () => {
    await local.add(
      'busy',
      'export const handler = async () => { await new Promise((done) => setTimeout(done, 150)); };',
      {
        ReservedConcurrentExecutions: 1,
      },
    );
    await invoke('busy', '{}', 'Event');
    await invoke('busy', '{}', 'Event');
    await soon(() => attempts('busy')).toBe(2);
    expect(delivered).toEqual([]);
  });
});
