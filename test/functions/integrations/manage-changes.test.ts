import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { manageChangesRoutes } from '../../../contracts/routes/manage-changes.ts';
import { type ChangeDetail, changeDetail, changePage } from '../../../contracts/schemas/change-requests.ts';
import type { Operation } from '../../../contracts/schemas/changes.ts';
import type { GuardrailPolicy } from '../../../contracts/schemas/guardrails.ts';
import { problem } from '../../../contracts/schemas/problem.ts';
import { PlatformError } from '../../../domain/integrations/platform.ts';
import { applyChange } from '../../../functions/integrations/apply-changes/apply-change.ts';
import { mirrorOperation } from '../../../functions/integrations/apply-changes/mirror-operation.ts';
import { manageChanges } from '../../../functions/integrations/manage-changes/manage-changes.ts';
import { writeRules } from '../../../platforms/registry.ts';
import { type Caller, callApi } from '../../adapters/http/api-event.ts';
import {
  type ApiWorld,
  newWorkspace,
  type SeededAccount,
  seedAccount,
  seedStructure,
  startApiWorld,
} from '../../adapters/http/api-world.ts';
import { euros, paperPlatform } from './paper-platform.ts';

const start = Date.parse('2026-11-22T12:00:00Z');
const minute = 60_000;

let world: ApiWorld;
let account: SeededAccount;
let platform: ReturnType<typeof paperPlatform>;
let handler: unknown;
let now: number;
let campaignId: string;

beforeAll(async () => {
  world = await startApiWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  now = start;
  platform = paperPlatform();
  account = await seedAccount(newWorkspace(world.stores), '1234567890');
  const { stores } = account;
  await stores.workspace.put({ name: 'Test', currency: 'EUR' });
  await stores.workspace.putConnection({
    id: 'con_1',
    platform: 'google-ads',
    name: 'Google Ads',
    managerPlatformId: null,
    createdAt: new Date(start).toISOString(),
  });
  await seedStructure(account, {
    campaigns: [
      { platformId: '11', dailyBudgetMicros: 100_000_000 },
      { platformId: '12', dailyBudgetMicros: 50_000_000 },
      { platformId: '13', dailyBudgetMicros: 50_000_000, status: 'removed' },
    ],
    adGroups: [{ platformId: '21', campaignPlatformId: '11' }],
  });
  platform.put('11', { dailyBudget: euros(100), name: 'Shoes' });
  platform.put('12', { dailyBudget: euros(50), name: 'Hats' });
  campaignId = account.idOf('campaign', '11');
  const ports = {
    stores: world.stores,
    rulesOf: (id: 'google-ads' | 'tiktok-ads' | 'linkedin-ads') => writeRules[id],
    openWriter: async () => platform.writer,
    readAsset: async () => ({ kind: 'refused', reason: 'the workspace has no assets' }) as const,
    fetchAsset: async () => ({ kind: 'refused', reason: 'the address answers 404' }) as const,
    now: () => now,
  };
  handler = apiHandler(manageChangesRoutes, manageChanges(ports), { allowedOrigin: 'https://app.example' });
});

type Given = Partial<Caller> & { readonly key?: string };
const call = (
  method: string,
  resource: string,
  given: Given & { path?: Record<string, string>; body?: unknown; query?: Record<string, string> } = {},
) => {
  const { path, body, query, key, ...caller } = given;
  return callApi(handler, {
    method,
    resource,
    ...(path !== undefined && { path }),
    ...(query !== undefined && { query }),
    headers: { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    caller: { workspaceId: account.workspaceId, ...caller },
  });
};
const request = (operations: readonly unknown[], more: object = {}) => ({ reason: 'a good week', operations, ...more });
const preview = async (
  operations: readonly Operation[],
  more: object = {},
  given: Given = {},
): Promise<ChangeDetail> => {
  const { status, body } = await call('POST', '/v1/changes', { body: request(operations, more), ...given });
  expect(status, JSON.stringify(body)).toBe(201);
  return changeDetail.parse(body);
};
const decide = (what: string, change: { readonly id: string | null }, given: Given & { body?: unknown } = {}) =>
  call('POST', `/v1/changes/{changeId}/${what}`, { path: { changeId: change.id ?? '' }, ...given });
const get = async (change: { readonly id: string | null }): Promise<ChangeDetail> =>
  changeDetail.parse((await call('GET', '/v1/changes/{changeId}', { path: { changeId: change.id ?? '' } })).body);
const setPolicy = async (policy: Partial<GuardrailPolicy>) => {
  const { guardrails, audit } = account.stores;
  const at = new Date(now).toISOString();
  const change = guardrails.change(await guardrails.get(), { policy, at, by: 'owner' });
  const entry = {
    ...{ at, action: 'guardrails.changed' as const, actor: 'owner', requestId: null, reason: 'a test' },
    ...{ changeId: null, operationId: null, object: null, before: null, after: null },
    ...{ platformRequestId: null, problem: null },
  };
  expect(await audit.append([entry], [change])).toBe(true);
};
/** What the worker does once the stream has woken it. */
const work = (change: { readonly id: string | null }) =>
  applyChange(
    {
      workspaceId: account.workspaceId,
      outbox: account.stores.outbox,
      writerOf: async () => ({
        kind: 'open',
        writer: platform.writer,
        account: { platformId: account.accountPlatformId, currency: 'EUR', timeZone: 'Europe/Berlin' },
      }),
      readAsset: async () => ({ kind: 'refused', reason: 'the workspace has no assets' }) as const,
      fetchAsset: async () => ({ kind: 'refused', reason: 'not here' }),
      mirror: async (record, operation, written) => {
        const owner = await account.stores.accounts.get(record.accountId);
        if (owner === undefined) throw new Error('no account');
        return mirrorOperation(account.stores, owner, record, operation, written, new Date(now).toISOString());
      },
      now: () => now,
      deadline: () => new AbortController().signal,
      remainingMs: () => 300_000,
      warn: () => undefined,
    },
    change.id ?? '',
  );
const budget = (amount: number, id = campaignId): Operation => ({
  do: 'set-daily-budget',
  target: { campaignId: id },
  dailyBudget: euros(amount),
});
const status = (value: 'enabled' | 'paused'): Operation => ({
  do: 'set-status',
  target: { campaignId },
  status: value,
});
const violated = (change: Pick<ChangeDetail, 'verdicts'>) =>
  change.verdicts.filter(({ outcome }) => outcome === 'violated').map(({ rule }) => rule);

describe('a preview', () => {
  it('tells old and new values from the platform, and the effect on daily and monthly spend', async () => {
    platform.put('11', { dailyBudget: euros(80) });
    const change = await preview([budget(100)]);
    expect(change).toMatchObject({
      status: 'previewed',
      confirmable: true,
      createdBy: 'user-1',
      reason: 'a good week',
    });
    expect(change.operations).toMatchObject([
      {
        status: 'planned',
        spend: 'increase',
        object: { kind: 'campaign', id: campaignId, name: 'Shoes' },
        fields: [{ field: 'dailyBudget', before: euros(80), after: euros(100) }],
        problems: [],
      },
    ]);
    expect(change.effect.accounts).toEqual([
      {
        accountId: account.accountId,
        currency: 'EUR',
        dailyBudgetMicros: { before: 130_000_000, after: 150_000_000 },
        mostOnADayMicros: { before: 260_000_000, after: 300_000_000 },
        mostInAMonthMicros: { before: 3_952_000_000, after: 4_560_000_000 },
      },
    ]);
    expect(change.effect.workspace).toMatchObject({ currency: 'EUR', dailyBudgetMicros: { after: 150_000_000 } });
    expect(platform.acts).toEqual([]);
  });

  it('that is a dry run is not kept', async () => {
    const change = await preview([budget(120)], { dryRun: true });
    expect(change).toMatchObject({ id: null, status: 'previewed', confirmable: true });
    expect(changePage.parse((await call('GET', '/v1/changes')).body).items).toEqual([]);
  });

  it('is the same for the same key, and another request with the key is refused', async () => {
    const first = await preview([budget(120)], {}, { key: 'k1' });
    expect((await preview([budget(120)], {}, { key: 'k1' })).id).toBe(first.id);
    const other = await call('POST', '/v1/changes', { body: request([budget(121)]), key: 'k1' });
    expect(other.status).toBe(422);
  });

  it.each<[string, () => Operation, string, RegExp]>([
    [
      'another currency',
      () => ({ ...budget(1), dailyBudget: { micros: 5_000_000, currency: 'USD' } }) as Operation,
      'dailyBudget',
      /EUR/,
    ],
    [
      'less than the platform’s minimum',
      () => ({ ...budget(1), dailyBudget: { micros: 1, currency: 'EUR' } }) as Operation,
      'dailyBudget',
      /./,
    ],
    ['a removed campaign', () => budget(60, account.idOf('campaign', '13')), 'target', /removed/],
    [
      'a campaign the platform no longer has',
      () => budget(60, account.idOf('campaign', '12')),
      'target',
      /no such object/,
    ],
    [
      'an image that cannot be fetched',
      () => ({
        do: 'upload-asset',
        ref: 'a',
        accountId: account.accountId,
        kind: 'image',
        name: 'a',
        url: 'https://assets.example/a.png',
      }),
      'url',
      /404/,
    ],
    [
      'a name that is taken',
      () => ({
        do: 'create-campaign',
        ref: 'a',
        accountId: account.accountId,
        name: 'Shoes',
        type: 'search',
        objective: 'traffic',
        dailyBudget: euros(10),
        politicalAdvertising: 'none',
      }),
      'name',
      /already/,
    ],
  ])('says what stands against %s, by field, and cannot be confirmed', async (_, operation, field, reason) => {
    platform.objects.delete('12');
    const change = await preview([operation()]);
    expect(change).toMatchObject({ confirmable: false, operations: [{ status: 'blocked' }] });
    const found = change.operations[0]?.problems.find((one) => one.field.startsWith(field));
    expect(found?.reason, JSON.stringify(change.operations[0]?.problems)).toMatch(reason);
    const confirmed = await decide('confirm', change);
    expect(confirmed.status).toBe(409);
    expect(problem.parse(confirmed.body).errors?.[0]?.field).toMatch(/^operations\.0\./);
  });

  it.each([
    [
      'an expired authorisation',
      new PlatformError('unauthorized', 'The token has expired.', { platform: 'google-ads', platformCode: 'EXPIRED' }),
      /expired.*Authorize/,
    ],
    [
      'maintenance',
      new PlatformError('unavailable', 'Down for maintenance.', {
        platform: 'google-ads',
        platformCode: 'MAINTENANCE',
      }),
      /maintenance/,
    ],
  ])('tells of %s in the platform’s words', async (_, error, reason) => {
    platform.fail(error);
    const change = await preview([budget(120)]);
    expect(change.operations[0]?.problems).toMatchObject([{ field: 'accountId', platformCode: error.platformCode }]);
    expect(change.operations[0]?.problems[0]?.reason).toMatch(reason);
  });

  it('knows no object of another workspace, in the same words as one that is nowhere', async () => {
    const other = await seedAccount(newWorkspace(world.stores), '99');
    await seedStructure(other, { campaigns: [{ platformId: '11' }] });
    const answers = await Promise.all(
      [other.idOf('campaign', '11'), account.idOf('campaign', 'nowhere')].map((id) =>
        call('POST', '/v1/changes', { body: request([budget(120, id)]) }),
      ),
    );
    for (const [index, id] of [other.idOf('campaign', '11'), account.idOf('campaign', 'nowhere')].entries()) {
      expect(answers[index]?.status).toBe(404);
      expect(problem.parse(answers[index]?.body).errors).toEqual([
        { field: 'operations.0.target.campaignId', message: `there is no ${id} in this workspace` },
      ]);
    }
  });

  it('fills in names, and refuses what a name cannot hold', async () => {
    const create = (name: string) => ({
      do: 'create-campaign',
      ref: 'a',
      accountId: account.accountId,
      name,
      type: 'search',
      objective: 'traffic',
      dailyBudget: euros(10),
      politicalAdvertising: 'none',
    });
    const change = await preview([create('{platform} {objective} {month}') as Operation]);
    expect(change.operations[0]?.object.name).toBe('google-ads traffic 2026-11');
    const refused = await call('POST', '/v1/changes', { body: request([create('{nonsense}')]) });
    expect(refused.status).toBe(400);
    expect(problem.parse(refused.body).errors?.[0]?.field).toBe('operations.0.name');
  });
});

describe('a decision', () => {
  it('applies a confirmed change once, however often it is confirmed', async () => {
    const change = await preview([budget(120)]);
    const confirmed = await decide('confirm', change);
    expect(confirmed.status).toBe(202);
    expect(changeDetail.parse(confirmed.body)).toMatchObject({ status: 'applying', decidedBy: 'user-1' });
    await Promise.all([decide('confirm', change), decide('confirm', change), work(change)]);
    await work(change);
    expect(await get(change)).toMatchObject({
      status: 'applied',
      operations: [{ status: 'applied', result: { platformId: '11' } }],
    });
    expect(platform.acts).toEqual(['set-daily-budget']);
    expect((await account.stores.campaigns.get(campaignId))?.dailyBudgetMicros).toBe(120_000_000);
    const { items } = await account.stores.audit.list({ changeId: change.id ?? '', limit: 10 });
    expect(items.map(({ action }) => action)).toEqual([
      'change.finished',
      'operation.applied',
      'change.confirmed',
      'change.previewed',
    ]);
    expect(await account.stores.audit.verify()).toMatchObject({ valid: true });
  });

  it('is refused for a guardrail with its name, limit and value', async () => {
    const change = await preview([budget(151)]);
    expect(violated(change)).toEqual(['raise-per-change']);
    expect(change.confirmable).toBe(false);
    const { status: code, body } = await decide('confirm', change);
    expect(code).toBe(409);
    expect(problem.parse(body).errors).toEqual([
      { field: 'operations.0', message: expect.stringMatching(/^raise-per-change: .*limit 0\.5, value 0\.51/) },
    ]);
  });

  it('looks at the guardrails again: what was raised meanwhile counts', async () => {
    await setPolicy({ minutesBetweenChanges: 0 });
    const [first, second] = [await preview([budget(150)]), await preview([budget(140)])];
    expect([violated(first), violated(second)]).toEqual([[], []]);
    await setPolicy({ maxRaiseShareIn24Hours: 0.6 });
    expect((await decide('confirm', first)).status).toBe(202);
    const refused = await decide('confirm', second);
    expect(refused.status).toBe(409);
    expect(problem.parse(refused.body).errors?.[0]?.message).toMatch(/^raise-in-24-hours/);
    await work(first);
    now += 23 * 60 * minute;
    expect(violated(await preview([budget(200)]))).toContain('raise-in-24-hours');
    now += 2 * 60 * minute;
    expect(violated(await preview([budget(200)]))).toEqual([]);
  });

  it('on a bid a hundred times higher warns, or waits where somebody has to approve', async () => {
    const clicks = (amount: number) => ({ strategy: 'maximize-clicks', amount: euros(amount) }) as const;
    platform.put('11', { bidding: clicks(1) });
    const raise: Operation = { do: 'set-bidding', target: { campaignId }, bidding: clicks(100) };
    const outcomes = ({ verdicts }: ChangeDetail) =>
      verdicts.flatMap(({ rule, outcome, value }) => (rule === 'bid-raise' ? [[outcome, value]] : []));
    expect(outcomes(await preview([raise]))).toEqual([['warning', 99]]);
    await setPolicy({ approval: { raiseAboveDailyMicros: 10_000_000, roles: ['owner'], byAnother: true } });
    const change = await preview([raise]);
    expect(outcomes(change)).toEqual([['needs-approval', 99]]);
    expect(changeDetail.parse((await decide('confirm', change)).body).status).toBe('awaiting-approval');
    expect((await decide('approve', change)).status).toBe(403);
  });

  it('of two at the same moment lets one through where both together pass a guardrail', async () => {
    await setPolicy({ minutesBetweenChanges: 0, workspaceCeiling: { dailyMicros: 340_000_000, monthlyMicros: null } });
    const hats = account.idOf('campaign', '12');
    const changes = [await preview([budget(120)]), await preview([budget(70, hats)])];
    const answers = await Promise.all(changes.map((change) => decide('confirm', change)));
    expect(answers.map((one) => one.status).sort()).toEqual([202, 409]);
  });

  it('is too late after an hour: every answer says that it has expired and what to do', async () => {
    const change = await preview([budget(120)]);
    now += 61 * minute;
    for (const what of ['confirm', 'approve', 'resume']) {
      const { status: code, body } = await decide(what, change);
      expect(code).toBe(409);
      expect(problem.parse(body).detail).toMatch(/has expired.*Preview it again/);
    }
    const undone = await decide('undo', change, { body: { reason: 'a test' } });
    expect(problem.parse(undone.body).detail).toMatch(/has expired/);
    const shown = await get(change);
    expect(shown).toMatchObject({ status: 'expired', confirmable: false, finishedAt: new Date(now).toISOString() });
    expect(shown.warnings.join()).toMatch(/preview the operations again/);
    const { items } = await account.stores.audit.list({ changeId: change.id ?? '', limit: 10 });
    expect(items.map(({ action }) => action)).toEqual(['change.expired', 'change.previewed']);
    expect(platform.acts).toEqual([]);
  });

  it('that nobody took is listed as expired by the first who lists, whatever state is asked for', async () => {
    const change = await preview([budget(120)]);
    now += 61 * minute;
    const fresh = await preview([budget(121)]);
    const listed = async (state: string) =>
      changePage
        .parse((await call('GET', '/v1/changes', { query: { status: state } })).body)
        .items.map(({ id, status: is }) => [id, is]);
    expect(await listed('expired')).toEqual([[change.id, 'expired']]);
    expect(await listed('previewed')).toEqual([[fresh.id, 'previewed']]);
  });

  it('waits for an approval above the amount, by somebody else with the role', async () => {
    await setPolicy({ approval: { raiseAboveDailyMicros: 10_000_000, roles: ['owner'], byAnother: true } });
    const change = await preview([budget(120)]);
    expect(changeDetail.parse((await decide('confirm', change)).body).status).toBe('awaiting-approval');
    expect((await decide('approve', change)).status).toBe(403);
    expect((await decide('approve', change, { subject: 'boss', role: 'manager' })).status).toBe(403);
    const approved = await decide('approve', change, { subject: 'boss', body: { comment: 'fine' } });
    expect(approved.status).toBe(202);
    expect(changeDetail.parse(approved.body)).toMatchObject({
      status: 'applying',
      approvedBy: 'boss',
      decidedBy: 'user-1',
    });
    await work(change);
    expect(platform.acts).toEqual(['set-daily-budget']);
  });

  it('lets a mere decrease through at once when it is asked to, and nothing else', async () => {
    const less = await preview([budget(90)], { confirmDecreases: true });
    expect(less.status).toBe('applying');
    const more = await preview([budget(101)], { confirmDecreases: true });
    expect(more.status).toBe('previewed');
    await setPolicy({ decreasesAtOnce: false });
    expect((await preview([budget(80)], { confirmDecreases: true })).status).toBe('previewed');
  });

  it('discards a change for good', async () => {
    const change = await preview([budget(120)]);
    expect(changeDetail.parse((await decide('discard', change)).body).status).toBe('discarded');
    expect((await decide('discard', change)).status).toBe(200);
    expect((await decide('confirm', change)).status).toBe(409);
  });

  it('is one workspace’s own and needs its scope', async () => {
    const change = await preview([budget(120)]);
    const other = newWorkspace(world.stores).workspaceId;
    for (const what of ['confirm', 'approve', 'discard', 'resume']) {
      expect((await decide(what, change, { workspaceId: other })).status).toBe(404);
      expect((await decide(what, change, { scopes: ['changes.read'] })).status).toBe(403);
    }
  });
});

describe('what was applied', () => {
  const applied = async (operations: readonly Operation[]): Promise<ChangeDetail> => {
    const change = await preview(operations);
    expect((await decide('confirm', change)).status).toBe(202);
    await work(change);
    return get(change);
  };

  it('is put back by an undo that is previewed and confirmed like any change', async () => {
    const change = await applied([budget(20), status('paused')]);
    expect(change.status).toBe('applied');
    const undone = await decide('undo', change, { body: { reason: 'not so good' } });
    expect(undone.status).toBe(201);
    const undo = changeDetail.parse(undone.body);
    expect(undo).toMatchObject({ undoOf: change.id, status: 'previewed', confirmable: true });
    expect(undo.operations.map(({ fields }) => fields)).toEqual([
      [{ field: 'status', before: 'paused', after: 'enabled' }],
      [{ field: 'dailyBudget', before: euros(20), after: euros(100) }],
    ]);
    expect((await decide('confirm', undo)).status).toBe(202);
    await work(undo);
    expect(platform.objects.get('11')).toMatchObject({ status: 'enabled', dailyBudget: euros(100) });
    expect((await get(change)).undoneBy).toBe(undo.id);
    expect((await decide('undo', change, { body: { reason: 'again' } })).status).toBe(409);
  });

  it('cannot be undone where it was a removal, and the answer says so', async () => {
    const change = await applied([{ do: 'remove', target: { campaignId } }]);
    const { status: code, body } = await decide('undo', change, { body: { reason: 'oops' } });
    expect(code).toBe(409);
    expect(problem.parse(body).errors).toEqual([
      { field: 'operations.0', message: expect.stringContaining('removed') },
    ]);
  });

  it('in part is resumed, and only what failed is tried again', async () => {
    const change = await preview([
      budget(90),
      { do: 'rename', target: { campaignId: account.idOf('campaign', '12') }, name: 'Caps' },
    ]);
    await decide('confirm', change);
    const refusing = platform.writer.apply;
    Object.assign(platform.writer, {
      apply: (...given: Parameters<typeof refusing>) => {
        if (given[1].do === 'rename')
          throw new PlatformError('rejected', 'Not this name.', { platform: 'google-ads', platformCode: 'NAME' });
        return refusing(...given);
      },
    });
    await work(change);
    expect(await get(change)).toMatchObject({
      status: 'partial',
      operations: [
        { status: 'applied' },
        { status: 'failed', error: { reason: expect.stringContaining('Not this name'), platformCode: 'NAME' } },
      ],
    });
    Object.assign(platform.writer, { apply: refusing });
    expect((await decide('resume', change)).status).toBe(202);
    await work(change);
    expect(await get(change)).toMatchObject({ status: 'applied' });
    expect(platform.acts).toEqual(['set-daily-budget', 'rename']);
  });

  it('stops with both values where somebody changed the platform meanwhile', async () => {
    const change = await preview([budget(120)]);
    platform.put('11', { dailyBudget: euros(70) });
    await decide('confirm', change);
    await work(change);
    expect(await get(change)).toMatchObject({
      status: 'failed',
      operations: [{ status: 'conflict', conflict: { field: 'dailyBudget', expected: euros(100), found: euros(70) } }],
    });
    expect(platform.acts).toEqual([]);
    expect((await decide('resume', change)).status).toBe(409);
  });
});
