import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as contract from '../../../contracts/schemas/pipelines.ts';
import { problem } from '../../../contracts/schemas/problem.ts';
import { addDays, dayInZone } from '../../../domain/integrations/calendar-day.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { quarantineKey } from '../../../domain/integrations/lake-layout.ts';
import { descriptors } from '../../../platforms/registry.ts';
import { type Call, callApi } from '../../adapters/http/api-event.ts';
import {
  type ApiWorld,
  newWorkspace,
  type SeededAccount,
  seedAccount,
  startApiWorld,
} from '../../adapters/http/api-world.ts';

let world: ApiWorld;
let handler: unknown;
let mine: SeededAccount;
let foreign: SeededAccount;

beforeAll(async () => {
  world = await startApiWorld();
  ({ handler } = await import('../../../functions/integrations/manage-runs/handler.ts'));
  mine = await seedAccount(newWorkspace(world.stores), '111');
  foreign = await seedAccount(newWorkspace(world.stores), '333');
});
afterAll(() => world.close());

const runs = '/v1/pipelines/etl/runs';
const call = (given: Partial<Call>) =>
  callApi(handler, { resource: runs, caller: { workspaceId: mine.workspaceId }, ...given });
const start = (body: unknown, key?: string, caller?: Call['caller']) =>
  call({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key !== undefined && { 'Idempotency-Key': key }) },
    body: JSON.stringify(body),
    ...(caller && { caller }),
  });
const executionsOf = (runId: string) => world.executions.filter(({ name }) => name === runId);
const today = dayInZone(Date.now(), 'UTC');

describe('starting a load', () => {
  it('writes the run and starts one execution named after it', async () => {
    const { status, body } = await start({ from: '2026-11-01', to: '2026-11-03', accountIds: [mine.accountId] });
    expect(status).toBe(202);
    const run = contract.run.parse(body);
    expect(run).toMatchObject({ status: 'queued', trigger: 'on-demand', from: '2026-11-01', to: '2026-11-03' });
    expect(executionsOf(run.id)).toEqual([
      {
        name: run.id,
        input: {
          workspaceId: mine.workspaceId,
          runId: run.id,
          trigger: 'on-demand',
          from: '2026-11-01',
          to: '2026-11-03',
          accountIds: [mine.accountId],
        },
      },
    ]);
    expect(await mine.stores.runs.get(run.id)).toMatchObject({ status: 'queued' });
  });

  it('takes an empty object for the look-back window of every account', async () => {
    const run = contract.run.parse((await start({})).body);
    expect(executionsOf(run.id)[0]?.input).toMatchObject({ from: null, to: null, accountIds: null });
  });

  it('answers the same run to the same Idempotency-Key, started once, also at the same time', async () => {
    const body = { from: '2026-11-01' };
    const answers = await Promise.all(Array.from({ length: 5 }, () => start(body, 'key-1')));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    const ids = new Set(answers.map((answer) => contract.run.parse(answer.body).id));
    expect(ids.size).toBe(1);
    expect(executionsOf([...ids][0] ?? '')).toHaveLength(1);
  });

  it('takes the order of fields and accounts for the same request', async () => {
    const second = await seedAccount(mine.stores, '112');
    const one = await start({ from: '2026-11-01', accountIds: [mine.accountId, second.accountId] }, 'key-2');
    const other = await start({ accountIds: [second.accountId, mine.accountId], from: '2026-11-01' }, 'key-2');
    expect(other.body).toEqual(one.body);
  });

  it('refuses the key for another request with 422', async () => {
    await start({ from: '2026-11-01' }, 'key-3');
    const { status, body } = await start({ from: '2026-11-02' }, 'key-3');
    expect([status, problem.parse(body).code]).toEqual([422, 'idempotency-mismatch']);
  });

  it('keeps keys of workspaces apart', async () => {
    const one = contract.run.parse((await start({}, 'key-4')).body);
    const other = contract.run.parse((await start({}, 'key-4', { workspaceId: foreign.workspaceId })).body);
    expect(other.id).not.toBe(one.id);
  });

  it.each([
    [{ from: '2026-11-03', to: '2026-11-01' }, 'to', /must not be before/],
    [{ from: '2024-01-01', to: '2025-06-01' }, 'from', /at most 400 days/],
    [{ from: '2020-01-01' }, 'from', /at most 400 days/],
    [{ to: '2999-01-01' }, 'to', /future/],
    [{ from: '2026-02-30' }, 'from', /calendar day/],
    [{ accountIds: [] }, 'accountIds', /at least 1/],
  ])('refuses %j', async (body, field, message) => {
    const answer = await start(body);
    expect(answer.status).toBe(400);
    expect(problem.parse(answer.body).errors).toContainEqual({ field, message: expect.stringMatching(message) });
  });

  it('takes what is today somewhere on Earth, and 400 days at most', async () => {
    expect((await start({ from: dayInZone(Date.now(), 'Pacific/Kiritimati') })).status).toBe(202);
    expect((await start({ from: addDays(today, -400), to: addDays(today, -1) })).status).toBe(202);
    expect((await start({ from: addDays(today, -401), to: addDays(today, -1) })).status).toBe(400);
  });

  it('answers 404 with the id of an account that is not in the workspace, and starts nothing', async () => {
    const before = world.executions.length;
    const { status, body } = await start({ accountIds: [mine.accountId, foreign.accountId] });
    expect(status).toBe(404);
    expect(problem.parse(body).detail).toContain(foreign.accountId);
    expect(problem.parse(body).detail).not.toContain(mine.accountId);
    expect(world.executions).toHaveLength(before);
  });

  it('needs the scope to run, not only to read', async () => {
    const caller = { workspaceId: mine.workspaceId, scopes: ['pipelines.read'] } as const;
    expect((await start({}, undefined, caller)).status).toBe(403);
  });
});

describe('looking at loads', () => {
  it('lists them newest first, each once over the pages, of one status when asked', async () => {
    const { stores, workspaceId } = await seedAccount(newWorkspace(world.stores), '1');
    const caller = { workspaceId };
    for (let index = 0; index < 5; index += 1) await start({}, `list-${index}`, caller);
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const query: Record<string, string> = { limit: '2', ...(cursor !== null && { cursor }) };
      const page = contract.runPage.parse((await call({ query, caller })).body);
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null && ids.length < 20);
    expect(new Set(ids).size).toBe(5);
    expect(ids).toHaveLength(5);
    await stores.runs.transition(ids[0] ?? '', ['queued'], { status: 'failed', error: 'none loaded' });
    const failed = contract.runPage.parse((await call({ query: { status: 'failed' }, caller })).body);
    expect(failed.items.map(({ id }) => id)).toEqual([ids[0]]);
  });

  it('shows one with the progress of each account, to its workspace only', async () => {
    const { id: runId } = contract.run.parse((await start({})).body);
    await mine.stores.runs.planItems(runId, [
      {
        itemId: `${mine.accountId}-2026-11-01`,
        accountId: mine.accountId,
        accountName: 'Account 111',
        platform: 'google-ads',
        stage: 'loading',
        from: '2026-11-01',
        to: '2026-11-03',
        rowsExtracted: 12,
        rowsLoaded: 0,
        rowsQuarantined: 1,
        error: null,
        updatedAt: '2026-11-20T08:00:00.000Z',
      },
    ]);
    await mine.stores.runs.transition(runId, ['queued'], { status: 'running' });
    const show = (caller?: Call['caller']) =>
      call({ resource: `${runs}/{runId}`, path: { runId }, ...(caller && { caller }) });
    const detail = contract.runDetail.parse((await show()).body);
    expect(detail).toMatchObject({ status: 'running', rowsExtracted: 12, progress: [{ stage: 'loading' }] });
    expect((await show({ workspaceId: foreign.workspaceId })).status).toBe(404);
  });
});

describe('quarantine', () => {
  const row = (accountId: string, line: number) => ({
    accountId,
    report: 'metrics/campaign',
    field: 'metrics.clicks',
    reason: 'is negative',
    raw: { line },
  });
  let runId: string;
  let second: SeededAccount;
  const page = async (query: Record<string, string>, caller?: Call['caller']) =>
    call({ resource: `${runs}/{runId}/quarantine`, path: { runId }, query, ...(caller && { caller }) });

  beforeAll(async () => {
    runId = contract.run.parse((await start({})).body).id;
    second = await seedAccount(mine.stores, '112');
    const items = [
      [mine.accountId, '2026-10-01', 3],
      [mine.accountId, '2026-11-01', 2],
      [second.accountId, '2026-10-01', 2],
    ] as const;
    for (const [accountId, from, lines] of items) {
      await world.lake.putLines(
        quarantineKey({ workspaceId: mine.workspaceId, runId, itemId: `${accountId}-${from}` }),
        Array.from({ length: lines }, (_, line) => row(accountId, line)),
      );
    }
  });

  it.each([1, 2, 3, 7, 100])('shows each row once over pages of %d', async (limit) => {
    const seen: unknown[] = [];
    let cursor: string | null = null;
    for (let pages = 0; pages < 10; pages += 1) {
      const answer = await page({ limit: String(limit), ...(cursor !== null && { cursor }) });
      const { items, nextCursor } = contract.quarantinePage.parse(answer.body);
      expect(items.length).toBeLessThanOrEqual(limit);
      seen.push(...items);
      cursor = nextCursor;
      if (cursor === null) break;
    }
    expect(cursor).toBeNull();
    expect(seen).toHaveLength(7);
    expect(seen.filter((item) => (item as { accountId: string }).accountId === second.accountId)).toHaveLength(2);
  });

  it('narrows to an account', async () => {
    const { items } = contract.quarantinePage.parse((await page({ accountId: second.accountId })).body);
    expect(items).toEqual([row(second.accountId, 0), row(second.accountId, 1)]);
    expect((await page({ accountId: foreign.accountId })).status).toBe(404);
  });

  it('is empty for a run that refused nothing, and not found for a run of another workspace', async () => {
    const clean = contract.run.parse((await start({})).body).id;
    const answer = await call({ resource: `${runs}/{runId}/quarantine`, path: { runId: clean } });
    expect(answer.body).toEqual({ items: [], nextCursor: null });
    expect((await page({}, { workspaceId: foreign.workspaceId })).status).toBe(404);
    const none = newId('run', Date.now());
    expect((await call({ resource: `${runs}/{runId}/quarantine`, path: { runId: none } })).status).toBe(404);
  });

  it('refuses a cursor that points anywhere else', async () => {
    const { nextCursor } = contract.quarantinePage.parse((await page({ limit: '1' })).body);
    const [version, fingerprint] = JSON.parse(Buffer.from(nextCursor ?? '', 'base64url').toString());
    const forged = (...position: string[]) =>
      Buffer.from(JSON.stringify([version, fingerprint, ...position])).toString('base64url');
    for (const cursor of ['garbage', forged('../../other/items', '0'), forged('item', '-1'), forged('item')]) {
      expect((await page({ cursor })).status).toBe(400);
    }
    expect((await page({ cursor: nextCursor ?? '', accountId: second.accountId })).status).toBe(400);
  });
});

describe('resuming and cancelling', () => {
  const on = (runId: string, what: 'resume' | 'cancel', caller?: Call['caller']) =>
    call({ method: 'POST', resource: `${runs}/{runId}/${what}`, path: { runId }, ...(caller && { caller }) });

  it('resumes a run that failed, in an execution of its own, and none that is under way', async () => {
    const { id } = contract.run.parse((await start({ from: '2026-11-01', accountIds: [mine.accountId] })).body);
    const refused = await on(id, 'resume');
    expect([refused.status, problem.parse(refused.body).code]).toEqual([409, 'conflict']);
    await mine.stores.runs.transition(id, ['queued'], { status: 'failed' });
    const { status, body } = await on(id, 'resume');
    expect(status).toBe(202);
    expect(contract.run.parse(body)).toMatchObject({ id, status: 'queued', attempt: 2 });
    expect(executionsOf(`${id}-2`)[0]?.input).toMatchObject({ runId: id, attempt: 2, accountIds: [mine.accountId] });
  });

  it('asks a run under way to end, and says so of one that is over', async () => {
    const { id } = contract.run.parse((await start({})).body);
    expect((await on(id, 'cancel')).status).toBe(202);
    expect((await mine.stores.runs.get(id))?.cancelRequestedAt).toEqual(expect.any(String));
    await mine.stores.runs.transition(id, ['queued'], { status: 'succeeded' });
    expect((await on(id, 'cancel')).status).toBe(409);
  });

  it('knows no run of another workspace, and needs the scope to run', async () => {
    const { id } = contract.run.parse((await start({})).body);
    for (const what of ['resume', 'cancel'] as const) {
      expect((await on(id, what, { workspaceId: foreign.workspaceId })).status).toBe(404);
      const reader = { workspaceId: mine.workspaceId, scopes: ['pipelines.read'] } as const;
      expect((await on(id, what, reader)).status).toBe(403);
    }
  });

  it('starts a reprocessing for named days only', async () => {
    const { status, body } = await start({ mode: 'reprocess' });
    expect(status).toBe(400);
    expect(problem.parse(body).errors).toContainEqual({ field: 'from', message: expect.stringMatching('is needed') });
    const run = contract.run.parse((await start({ mode: 'reprocess', from: '2026-11-01' })).body);
    expect(run.mode).toBe('reprocess');
    expect(executionsOf(run.id)[0]?.input).toMatchObject({ mode: 'reprocess', from: '2026-11-01' });
  });
});

describe('the estimate of a load', () => {
  const estimate = async (body: unknown, caller: Call['caller']) =>
    call({
      method: 'POST',
      resource: '/v1/pipelines/etl/estimates',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      caller,
    });

  it('reckons windows, days and calls against those permitted, and time by the latest loads', async () => {
    const shop = await seedAccount(newWorkspace(world.stores), '900');
    await seedAccount(shop.stores, '901');
    const caller = { workspaceId: shop.workspaceId };
    const asked = { from: '2026-01-01', to: '2026-03-31' };
    const before = contract.runEstimate.parse((await estimate(asked, caller)).body);
    expect(before).toMatchObject({ accounts: 2, windows: 6, accountDays: 180, seconds: null });
    const [google] = before.platforms;
    expect(google).toMatchObject({ platform: 'google-ads', permittedPerDay: 15_000, leftToday: 7_500, days: 1 });
    // Every grain once a window, and the structure once an account.
    expect(google?.calls).toBe(6 * descriptors['google-ads'].supports.grains.length + 2 * 3);

    await shop.stores.calls.count('con_1', new Date().toISOString().slice(0, 10), 'onDemand', 7_490);
    const run = contract.run.parse((await start(asked, undefined, caller)).body);
    await shop.stores.runs.planItems(run.id, [
      {
        ...{ itemId: 'a', accountId: shop.accountId, accountName: 'Shop', platform: 'google-ads', stage: 'loaded' },
        ...{ from: '2026-01-01', to: '2026-01-10', rowsExtracted: 500, rowsLoaded: 500, rowsQuarantined: 0 },
        ...{ error: null, updatedAt: new Date().toISOString() },
      },
    ]);
    const finishedAt = new Date(Date.parse(run.startedAt) + 20_000).toISOString();
    await shop.stores.runs.transition(run.id, ['queued'], { status: 'succeeded', finishedAt });
    const after = contract.runEstimate.parse((await estimate(asked, caller)).body);
    // Ten account days took 20 s.
    expect(after.seconds).toBe(360);
    expect(after.platforms[0]).toMatchObject({ leftToday: 10, days: 2 });
  });

  it('says that making facts again calls nobody', async () => {
    const body = { from: '2026-01-01', to: '2026-01-31', mode: 'reprocess' };
    const answer = await estimate(body, { workspaceId: mine.workspaceId });
    expect(contract.runEstimate.parse(answer.body).platforms[0]).toMatchObject({ calls: 0, days: 0 });
  });
});
