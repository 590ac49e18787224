/** How runs are started, repeated, watched and scheduled. */
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ListExecutionsCommand, ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runDetail } from '../../contracts/schemas/pipelines.ts';
import { derivedId } from '../../domain/integrations/ids.ts';
import { clientOptions, invoke, type OtherWorkspace, provisionOther } from './aws.ts';
import { dayFromToday } from './days.ts';
import { pathOf, readProblem, START_TIMEOUT_MS, startTestSystem, type TestSystem } from './running-system.ts';

/** The quicker half of a load: how runs go does not depend on what they load. */
const yesterday = { from: dayFromToday(-1), grains: 'objects' };
const RUNS = '/v1/pipelines/etl/runs';

let system: TestSystem;
let other: OtherWorkspace;
let states: SFNClient;
beforeAll(async () => {
  system = await startTestSystem(2);
  await system.simulator.holdClock();
  other = await provisionOther(system, [
    {
      platform: 'google-ads',
      name: 'The same shop',
      managerPlatformId: '9100000001',
      credentials: await platformCredentials(),
    },
  ]);
  states = new SFNClient(clientOptions(system.running));
}, START_TIMEOUT_MS);
afterAll(async () => {
  states?.destroy();
  await system?.stop();
}, 30_000);

/** What the demo workspace's connection was made with. */
async function platformCredentials(): Promise<Record<string, string>> {
  const id = derivedId('con', [system.running.description.workspaceId, 'google-ads', 'Simulated Google Ads']);
  const secrets = new SecretsManagerClient(clientOptions(system.running));
  const { SecretString } = await secrets.send(
    new GetSecretValueCommand({ SecretId: `conext/local/connections/${id}` }),
  );
  secrets.destroy();
  return JSON.parse(SecretString ?? '') as Record<string, string>;
}

/** Names and statuses of every execution of the load's state machine. */
async function executions(): Promise<readonly { readonly name: string; readonly status: string }[]> {
  const { stateMachines = [] } = await states.send(new ListStateMachinesCommand({}));
  const found = await Promise.all(
    stateMachines.map(({ stateMachineArn }) => states.send(new ListExecutionsCommand({ stateMachineArn }))),
  );
  return found.flatMap(({ executions: list = [] }) => list).map(({ name = '', status = '' }) => ({ name, status }));
}

describe('an idempotency key', () => {
  const start = (body: object, key: string) =>
    system.send('POST', RUNS, { body: JSON.stringify(body), headers: { 'idempotency-key': key } });

  const key = crypto.randomUUID();
  let first: string;

  it('starts one run and one execution, however often and at once it comes', async () => {
    const before = (await executions()).length;
    const replies = await Promise.all(Array.from({ length: 6 }, () => start(yesterday, key)));
    expect(replies.map(({ status }) => status)).toEqual(Array(6).fill(202));
    const ids = new Set(replies.map(({ text }) => (JSON.parse(text) as { id: string }).id));
    expect(ids.size).toBe(1);
    const [id = ''] = ids;
    first = id;
    expect((await system.finished(id)).status).toBe('succeeded');
    const again = await system.startRun(yesterday, key);
    expect(again).toMatchObject({ id, status: 'succeeded' });
    expect((await executions()).length - before).toBe(1);
    // The run is over with its publishing; its execution goes on to check what was published.
    await vi.waitFor(
      async () =>
        expect((await executions()).filter(({ name }) => name === id)).toEqual([{ name: id, status: 'SUCCEEDED' }]),
      { timeout: 20_000, interval: 200 },
    );
  }, 60_000);

  it('is refused for another body', async () => {
    const reply = await start({ from: dayFromToday(0) }, key);
    expect(readProblem(system, reply)).toMatchObject({ status: 422, code: 'idempotency-mismatch' });
    expect((await system.get('getEtlRun', {}, { runId: first })).from).toBe(yesterday.from);
  });

  it('of one workspace means nothing in another', async () => {
    const reply = await system.send('POST', RUNS, {
      token: other.token,
      body: JSON.stringify({ from: dayFromToday(0), grains: 'objects' }),
      headers: { 'idempotency-key': key },
    });
    expect(reply.status).toBe(202);
    expect((JSON.parse(reply.text) as { id: string }).id).not.toBe(first);
  });
});

it('pages through runs, newest first', async () => {
  await system.startRun(yesterday);
  const runs = await system.pages<{ readonly id: string; readonly startedAt: string }>('listEtlRuns', { limit: '1' });
  expect(runs.length).toBeGreaterThan(1);
  expect(new Set(runs.map(({ id }) => id)).size).toBe(runs.length);
  const instants = runs.map(({ startedAt }) => startedAt);
  expect(instants).toEqual(instants.toSorted().toReversed());
});

describe('the progress of a run', () => {
  async function watch(runId: string, signal?: AbortSignal): Promise<Response> {
    return fetch(system.running.description.apiUrl + pathOf('watchEtlRun', {}, { runId }), {
      headers: { authorization: `Bearer ${await system.running.token('automation')}`, accept: 'text/event-stream' },
      ...(signal !== undefined && { signal }),
    });
  }

  it('is told as it happens and ends with the run', async () => {
    const { id } = await system.startRun(yesterday);
    const response = await watch(id);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const text = await response.text();
    const events = text
      .split('\n\n')
      .filter((block) => block.includes('data:'))
      .map((block) => ({
        id: Number(/^id: (\d+)$/m.exec(block)?.[1]),
        data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '') as unknown,
      }));
    expect(text).not.toContain('event: error');
    expect(events.map((event) => event.id)).toEqual(events.map((_, index) => index + 1));
    expect(events.length).toBeGreaterThan(1);
    const details = events.map(({ data }) => {
      const detail = runDetail.parse(data);
      expect(detail).toEqual(data);
      expect(detail.id).toBe(id);
      return detail;
    });
    expect(details.at(-1)).toEqual(await system.get('getEtlRun', {}, { runId: id }));
    expect(details.at(-1)?.status).toBe('succeeded');
    expect(details.slice(0, -1).every(({ status }) => status === 'queued' || status === 'running')).toBe(true);
  }, 60_000);

  it('is one event of a run that is over', async () => {
    const { items } = await system.get('listEtlRuns', { status: 'succeeded', limit: '1' });
    const text = await (await watch(items[0]?.id ?? '')).text();
    expect(text.match(/^data:/gm)).toHaveLength(1);
  });

  it('leaves nothing running when watchers go', async () => {
    // The platform asks for a pause, so that the run outlasts its watchers.
    await system.simulator.fail({ kind: 'rate-limit', match: {}, times: 1, retryAfterSeconds: 4 });
    const { id } = await system.startRun(yesterday);
    const watchers = 6;
    for (let watcher = 0; watcher < watchers; watcher += 1) {
      const leaving = new AbortController();
      const reader = (await watch(id, leaving.signal)).body?.getReader();
      await reader?.read();
      leaving.abort();
      await expect(reader?.read()).rejects.toThrow();
    }
    const { workers } = system.running
      .functionTimings()
      .find(({ functionName }) => functionName.endsWith('stream-run-progress')) ?? { workers: Number.NaN };
    expect((await system.get('getEtlRun', {}, { runId: id })).finishedAt).toBeNull();
    // A stream that went on would keep its environment to itself, and each watcher would have needed a new one.
    expect(workers).toBeLessThan(watchers / 2 + 1);
    expect((await system.finished(id)).status).toBe('succeeded');
  }, 60_000);
});

describe('the hourly schedule', () => {
  it('starts one run a workspace, and only once an hour', async () => {
    const scheduler = new SchedulerClient(clientOptions(system.running));
    const { Target, ScheduleExpression, State } = await scheduler.send(
      new GetScheduleCommand({ Name: 'conext-local-etl-hourly' }),
    );
    scheduler.destroy();
    expect([ScheduleExpression, State]).toEqual(['cron(5 * * * ? *)', 'ENABLED']);
    const target = async () => invoke(system, Target?.Arn ?? '', JSON.parse(Target?.Input ?? '') as object);
    const hourly = async (token?: string) => {
      const reply = await system.send('GET', `${RUNS}?limit=1000`, token === undefined ? {} : { token });
      const { items } = JSON.parse(reply.text) as { items: { id: string; trigger: string; status: string }[] };
      return items.filter(({ trigger }) => trigger === 'hourly');
    };
    // The clock may strike between the two calls; then each hour has its own.
    const hour = () => new Date().toISOString().slice(0, 13);
    const begun = hour();
    expect(await target()).toEqual({ started: 2 });
    expect(await target()).toEqual({ started: 2 });
    const most = hour() === begun ? 1 : 2;
    for (const token of [undefined, other.token]) {
      await vi.waitUntil(async () => (await hourly(token)).every(({ status }) => status === 'succeeded'), {
        timeout: 60_000,
        interval: 200,
      });
      const runs = await hourly(token);
      expect(runs.length).toBeGreaterThanOrEqual(1);
      expect(runs.length).toBeLessThanOrEqual(most);
      const names = new Set(runs.map(({ id }) => id));
      expect((await executions()).filter(({ name }) => names.has(name))).toHaveLength(runs.length);
    }
  }, 90_000);

  it('has loaded the other workspace with ids of its own', async () => {
    const reply = await system.send('GET', '/v1/accounts', { token: other.token });
    const theirs = (JSON.parse(reply.text) as { items: { id: string; platformId: string }[] }).items;
    const ours = (await system.get('listAccounts')).items;
    expect(theirs.map(({ platformId }) => platformId).toSorted()).toEqual(
      ours.map(({ platformId }) => platformId).toSorted(),
    );
    expect(theirs.filter(({ id }) => ours.some((account) => account.id === id))).toEqual([]);
  });
});
