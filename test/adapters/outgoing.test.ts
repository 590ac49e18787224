import { inspect } from 'node:util';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { createAwsCall } from '../../adapters/aws-json.ts';
import { createBus } from '../../adapters/bus.ts';
import { createParameters } from '../../adapters/parameters.ts';
import { createSecrets } from '../../adapters/secrets.ts';
import { createWorkflows } from '../../adapters/workflows.ts';
import { newId } from '../../domain/integrations/ids.ts';
import { serveAwsAnswers } from './aws-answers.ts';

const failed = (type: string) => ({ status: 400, body: { __type: type, message: 'no' } });
const loaded = (index: number) => ({
  workspaceId: newId('wsp', 1),
  runId: newId('run', index),
  accounts: [],
  loadedAt: '2026-11-20T12:00:00.000Z',
});

describe('the event bus', () => {
  it('puts again what was refused, and that alone', async () => {
    await using served = await serveAwsAnswers((_, input, call) => {
      const entries = input.Entries as unknown[];
      const refused = call === 1 ? 1 : 0;
      return {
        body: {
          FailedEntryCount: refused,
          Entries: entries.map((_entry, index) =>
            index < refused ? { ErrorCode: 'ThrottlingException' } : { EventId: 'e' },
          ),
        },
      };
    });
    const bus = createBus({ ...served.config, bus: { name: 'events' } });
    await bus.put('metrics.loaded', [loaded(1), loaded(2), loaded(3)]);
    const entries = served.calls.map((call) => call.input.Entries as { Detail: string; Source: string }[]);
    expect(entries.map((batch) => batch.length)).toEqual([3, 1]);
    expect(entries[1]?.[0]).toMatchObject({
      Source: 'conext.ads',
      DetailType: 'metrics.loaded',
      EventBusName: 'events',
    });
    expect(entries[1]?.[0]?.Detail).toBe(entries[0]?.[0]?.Detail);
  });

  it('fails when the bus goes on refusing', async () => {
    await using served = await serveAwsAnswers(() => ({
      body: { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] },
    }));
    const bus = createBus({ ...served.config, bus: { name: 'events' } });
    await expect(bus.put('metrics.loaded', [loaded(1)])).rejects.toThrow('did not take 1 events: InternalFailure');
  });
});

describe('secrets', () => {
  const config = { secrets: { prefix: 'conext/test' } };

  it('are read once for as long as they are kept', async () => {
    await using served = await serveAwsAnswers(() => ({ body: { SecretString: '{"refreshToken":"t"}' } }));
    let now = 0;
    const secrets = createSecrets(config, new SecretsManagerClient(served.client), () => now);
    await secrets.connection('con_1');
    expect(await secrets.connection('con_1')).toEqual({ refreshToken: 't' });
    expect(served.calls).toMatchObject([{ input: { SecretId: 'conext/test/connections/con_1' } }]);
    now += 5 * 60_000 + 1;
    await secrets.connection('con_1');
    expect(served.calls).toHaveLength(2);
  });

  it('say which connection lacks them, and never what they are', async () => {
    await using served = await serveAwsAnswers((_, input) =>
      String(input.SecretId).endsWith('con_1')
        ? failed('ResourceNotFoundException')
        : { body: { SecretString: 'hush, not JSON' } },
    );
    const secrets = createSecrets(config, new SecretsManagerClient(served.client));
    await expect(secrets.connection('con_1')).rejects.toMatchObject({ code: 'not-found' });
    const damaged = secrets.connection('con_2');
    await expect(damaged).rejects.toMatchObject({ code: 'internal' });
    const error: unknown = await damaged.catch((reason: unknown) => reason);
    expect(inspect(error)).not.toContain('hush');
  });
});

describe('parameters', () => {
  const config = { parameters: { prefix: '/conext/test' } };

  it('give the endpoints that replace public ones', async () => {
    await using served = await serveAwsAnswers(() => ({
      body: { Parameter: { Value: '{"google-ads":{"api":"http://127.0.0.1:4604"}}' } },
    }));
    const parameters = createParameters({ ...config, ...served.config });
    expect((await parameters.endpoints())['google-ads']).toEqual({ api: 'http://127.0.0.1:4604' });
    await parameters.endpoints();
    expect(served.calls).toMatchObject([{ input: { Name: '/conext/test/endpoints' } }]);
  });

  it('refuse endpoints that are no URLs', async () => {
    await using served = await serveAwsAnswers(() => ({
      body: { Parameter: { Value: '{"google-ads":{"api":"x"}}' } },
    }));
    await expect(createParameters({ ...config, ...served.config }).endpoints()).rejects.toThrow('base URLs');
  });
});

describe('a call to AWS', () => {
  it('is tried again after throttling, refused at once otherwise, and given up after a bounded time', async () => {
    const service = { name: 'ssm', target: 'AmazonSSM' };
    await using busy = await serveAwsAnswers((_, __, call) =>
      call === 1 ? failed('ThrottlingException') : { body: {} },
    );
    expect(await createAwsCall(busy.config, service)('GetParameter', {})).toEqual({});
    await using refusing = await serveAwsAnswers(() => failed('com.amazonaws.ssm#ParameterNotFound'));
    const refused = createAwsCall(refusing.config, service)('GetParameter', {});
    await expect(refused).rejects.toMatchObject({ code: 'not-found' });
    expect(refusing.calls).toHaveLength(1);
    await using away = await serveAwsAnswers(() => ({ status: 500, body: '<html>' }));
    const given = createAwsCall(away.config, service)('GetParameter', {});
    await expect(given).rejects.toMatchObject({ code: 'unavailable' });
    expect(away.calls).toHaveLength(4);
  });
});

describe('workflows', () => {
  const workflows = { etl: 'arn:aws:states:eu-central-1:000000000000:stateMachine:etl' };
  const input = {
    workspaceId: newId('wsp', 1),
    runId: newId('run', 1),
    trigger: 'daily' as const,
    from: null,
    to: null,
    accountIds: null,
  };

  it('name the execution after the run and take one that exists for started', async () => {
    await using served = await serveAwsAnswers((_, __, call) =>
      call === 1 ? { body: { executionArn: 'arn', startDate: 1 } } : failed('ExecutionAlreadyExists'),
    );
    const { startEtl } = createWorkflows({ ...served.config, workflows });
    await startEtl(input);
    await startEtl(input);
    const call = { operation: 'StartExecution', input: { name: input.runId, stateMachineArn: workflows.etl } };
    expect(served.calls).toMatchObject([call, call]);
  });

  it('say that a start may be tried again', async () => {
    await using served = await serveAwsAnswers(() => failed('ExecutionLimitExceeded'));
    const start = createWorkflows({ ...served.config, workflows }).startEtl(input);
    await expect(start).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  });

  it('start a later attempt under a name of its own', async () => {
    await using served = await serveAwsAnswers(() => ({ body: { executionArn: 'arn', startDate: 1 } }));
    await createWorkflows({ ...served.config, workflows }).startEtl({ ...input, attempt: 3 });
    expect(served.calls[0]?.input).toMatchObject({ name: `${input.runId}-3` });
  });

  it('tell whether an attempt is under way; one that never was is not', async () => {
    const answers = [{ body: { status: 'RUNNING' } }, { body: { status: 'ABORTED' } }, failed('ExecutionDoesNotExist')];
    await using served = await serveAwsAnswers((_, __, call) => answers[call - 1] ?? failed('AccessDenied'));
    const { isUnderWay } = createWorkflows({ ...served.config, workflows });
    expect(await isUnderWay(input.runId, 1)).toBe(true);
    expect(await isUnderWay(input.runId, 2)).toBe(false);
    expect(await isUnderWay(input.runId, 3)).toBe(false);
    await expect(isUnderWay(input.runId, 4)).rejects.toMatchObject({ code: 'unavailable' });
    const machine = workflows.etl.replace(':stateMachine:', ':execution:');
    expect(served.calls.map((call) => call.input.executionArn)).toEqual([
      `${machine}:${input.runId}`,
      ...[2, 3, 4].map((attempt) => `${machine}:${input.runId}-${attempt}`),
    ]);
  });
});
