/** Who gets in, who does not, and what a refusal says. No data is loaded here: refusals come before it. */
import { DynamoDBClient, ListTablesCommand, PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../../contracts/route.ts';
import { type RouteName, routes } from '../../contracts/routes.ts';
import { accountIdOf } from '../../domain/integrations/ids.ts';
import { clientOptions, clientToken, keysOfFunction, type OtherWorkspace, provisionOther } from './aws.ts';
import { dayFromToday } from './days.ts';
import {
  pathOf,
  type Reply,
  readProblem,
  type SendOptions,
  START_TIMEOUT_MS,
  startTestSystem,
  type TestSystem,
} from './running-system.ts';
import { GERMANY } from './simulator.ts';

const routeNames = (Object.keys(routes) as RouteName[]).filter((name) => (routes[name] as Route).scope !== 'public');
const RUN = 'run_00000000000000000000000000';
const CONNECTION = 'con_01M80000000000000000000000';
const CAMPAIGN = 'cmp_00000000000000000000000000';
const IMPORT = 'imp_00000000000000000000000000';
const PIXEL = 'pxl_00000000000000000000000000';
const RULE = 'alr_00000000000000000000000000';
const ALERT = 'alt_00000000000000000000000000';
const WEBHOOK = 'alw_00000000000000000000000000';
const BRIEF = 'brf_00000000000000000000000000';
const KIT = 'brk_00000000000000000000000000';
const CREATIVE = 'crv_00000000000000000000000000';
const ASSET = 'upl_00000000000000000000000000';
const REVIEW = 'rvw_00000000000000000000000000';
const days = { from: dayFromToday(-1), to: dayFromToday(0) };
/** What a route insists on. */
const queries: Readonly<Partial<Record<RouteName, Record<string, string>>>> = {
  queryMetrics: days,
  reconcileLive: { date: days.from },
  exportMetrics: { ...days, format: 'csv' },
};

let system: TestSystem;
let other: OtherWorkspace;
beforeAll(async () => {
  system = await startTestSystem(1);
  await system.simulator.holdClock();
  other = await provisionOther(system, []);
  // Something of our own for the others to be kept from.
  expect((await system.run({ from: dayFromToday(-1) })).status).toBe('succeeded');
}, START_TIMEOUT_MS);
afterAll(() => system?.stop(), 30_000);

/** A well-formed request to a route, for whatever else is wrong with it. */
const call = (name: RouteName, options: SendOptions = {}): Promise<Reply> =>
  system.send(
    routes[name].method,
    pathOf(name, queries[name] ?? {}, {
      runId: RUN,
      campaignId: CAMPAIGN,
      connectionId: CONNECTION,
      importId: IMPORT,
      pixelId: PIXEL,
      ruleId: RULE,
      alertId: ALERT,
      webhookId: WEBHOOK,
      briefId: BRIEF,
      brandKitId: KIT,
      creativeId: CREATIVE,
      reviewId: REVIEW,
      assetId: ASSET,
    }),
    {
      ...((routes[name].method === 'POST' || routes[name].method === 'PATCH') && { body: '{}' }),
      ...options,
    },
  );

const claims = (payload: object, header: object = { alg: 'none', typ: 'JWT' }): string =>
  [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');

describe('without a valid token', () => {
  it.each(routeNames)('%s answers 401', async (name) => {
    expect(readProblem(system, await call(name, { token: null }))).toMatchObject({
      status: 401,
      code: 'unauthenticated',
    });
  });

  it('refuses tokens that are garbage, unsigned, re-signed, tampered with or for another purpose', async () => {
    const good = await system.running.token('automation');
    const [header = '', payload = '', signature = ''] = good.split('.');
    const content = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const token of [
      'garbage',
      'a.b.c',
      `${claims(content)}.`,
      `${claims(content)}.${signature}`,
      `${claims(content, { alg: 'HS256', typ: 'JWT' })}.${signature}`,
      `${header}.${encode({ ...content, workspace_id: other.workspaceId })}.${signature}`,
      `${header}.${encode({ ...content, exp: 4_102_444_800 })}.${signature}`,
      `${header}.${payload}.`,
      `${header}.${payload}`,
      `${good} ${good}`,
    ]) {
      const reply = await system.send('GET', '/v1/session', { token });
      expect([token, reply.status]).toEqual([token, 401]);
      readProblem(system, reply);
    }
    const basic = await system.send('GET', '/v1/session', { token: null, headers: { authorization: `Basic ${good}` } });
    expect(basic.status).toBe(401);
    const inQuery = await system.send('GET', `/v1/session?access_token=${good}`, { token: null });
    expect(inQuery.status).toBe(401);
  });
});

describe('with a token of too little scope', () => {
  it('gives a reading client no right to start loads', async () => {
    const token = await system.running.token('reporting');
    expect(readProblem(system, await call('startEtlRun', { token }))).toMatchObject({ status: 403, code: 'forbidden' });
  });

  it('gives each scope its own routes alone', async () => {
    const { clients, tokenUrl } = system.running.description;
    const client = clients.automation;
    if (client === undefined) throw new Error('There is no client automation.');
    const token = await clientToken(tokenUrl, client.clientId, client.clientSecret, ['conext/metrics.read']);
    for (const name of routeNames) {
      // A stream that is allowed does not end by itself.
      const { streaming, scope, path } = routes[name] as Route;
      if (streaming === 'events' && scope === 'metrics.read') {
        const open = new AbortController();
        const { status } = await fetch(system.running.description.apiUrl + path, {
          headers: { authorization: `Bearer ${token}` },
          signal: open.signal,
        });
        open.abort();
        expect([name, status]).toEqual([name, 200]);
        continue;
      }
      const reply = await call(name, { token });
      if (routes[name].scope === 'metrics.read') expect([name, reply.status]).toEqual([name, 200]);
      else {
        expect([name, reply.status]).toEqual([name, 403]);
        readProblem(system, reply);
      }
    }
  });
});

describe('another workspace', () => {
  const asOther = (path: string, method = 'GET', options: SendOptions = {}) =>
    system.send(method, path, { ...options, token: other.token });

  it('is entered with its own client', async () => {
    const reply = await asOther('/v1/session');
    expect(JSON.parse(reply.text)).toMatchObject({
      workspace: { id: other.workspaceId, name: 'Another shop', currency: 'USD' },
    });
  });

  it.each(['/v1/accounts', '/v1/campaigns', '/v1/ad-groups', '/v1/ads', '/v1/pipelines/etl/runs'])(
    'lists nothing of ours under %s',
    async (path) => {
      const ours = await system.send('GET', path);
      expect((JSON.parse(ours.text) as { items: unknown[] }).items).not.toEqual([]);
      const reply = await asOther(path);
      expect([reply.status, JSON.parse(reply.text)]).toEqual([200, { items: [], nextCursor: null }]);
    },
  );

  it('is told of no object of ours, just as of one that does not exist', async () => {
    const [run] = (await system.get('listEtlRuns')).items;
    const [campaign] = (await system.get('listCampaigns')).items;
    const { items } = await system.get('listAccounts');
    const account = items.find(({ platformId }) => platformId === GERMANY);
    if (run === undefined || campaign === undefined || account === undefined) throw new Error('Nothing was loaded.');
    for (const path of [
      pathOf('getEtlRun', {}, { runId: run.id }),
      pathOf('listQuarantine', {}, { runId: run.id }),
      pathOf('watchEtlRun', {}, { runId: run.id }),
      pathOf('getCampaign', {}, { campaignId: campaign.id }),
      pathOf('getEtlRun', {}, { runId: RUN }),
      pathOf('getCampaign', {}, { campaignId: CAMPAIGN }),
    ]) {
      const reply = await asOther(path);
      expect([path, reply.status]).toEqual([path, 404]);
      readProblem(system, reply);
    }
    const start = await asOther('/v1/pipelines/etl/runs', 'POST', {
      body: JSON.stringify({ accountIds: [account.id] }),
    });
    expect(readProblem(system, start)).toMatchObject({ status: 404 });
    const metrics = await asOther(pathOf('queryMetrics', { ...days, accountId: account.id, groupBy: 'campaign' }));
    expect([metrics.status, metrics.text.includes('"rows":[]') || metrics.status === 404]).toEqual([
      metrics.status,
      true,
    ]);
    // Ids are made from the workspace: the same platform account has another one there.
    expect(accountIdOf(other.workspaceId, 'google-ads', GERMANY)).not.toBe(account.id);
  });

  it('cannot be entered with our cursor', async () => {
    const page = await system.get('listCampaigns', { limit: '1' });
    const reply = await asOther(pathOf('listCampaigns', { limit: '1', cursor: page.nextCursor ?? '' }));
    expect(readProblem(system, reply)).toMatchObject({ status: 400, code: 'invalid-request' });
  });
});

describe('a request that is wrong', () => {
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    system.send('POST', '/v1/pipelines/etl/runs', { body, headers });

  it.each([
    ['GET', '/'],
    ['GET', '/v1'],
    ['GET', '/v1/nothing'],
    ['GET', '/v2/accounts'],
    ['GET', '/v1/../../etc/passwd'],
    ['POST', '/nothing'],
  ])('finds nothing at %s %s', async (method, path) => {
    const reply = await system.send(method, path);
    expect([403, 404]).toContain(reply.status);
    readProblem(system, reply);
  });

  it.each([
    ['DELETE', '/v1/accounts'],
    ['PUT', '/v1/metrics'],
    ['POST', '/v1/campaigns'],
    ['PATCH', '/v1/pipelines/etl/runs'],
  ])('refuses %s %s', async (method, path) => {
    const reply = await system.send(method, path);
    expect([403, 404, 405]).toContain(reply.status);
    readProblem(system, reply);
  });

  it.each(['{', 'null', '[]', '"text"', '{"from":1', ''])('refuses the body %j', async (body) => {
    expect(readProblem(system, await post(body))).toMatchObject({ status: 400, code: 'invalid-request' });
  });

  it('names every wrong field of a body at once', async () => {
    const reply = await post(JSON.stringify({ from: 'yesterday', to: 5, accountIds: ['x'], surprise: true }));
    const { status, code, errors } = readProblem(system, reply);
    expect({ status, code }).toEqual({ status: 400, code: 'invalid-request' });
    expect((errors ?? []).map(({ field }) => field.split(/[.[]/)[0]).toSorted()).toEqual([
      'accountIds',
      'from',
      'surprise',
      'to',
    ]);
  });

  it('names every wrong parameter at once', async () => {
    const reply = await system.send('GET', '/v1/metrics?from=yesterday&to=5&currency=euro&limit=0&surprise=1');
    const { status, errors } = readProblem(system, reply);
    expect(status).toBe(400);
    expect((errors ?? []).map(({ field }) => field).toSorted()).toEqual([
      'currency',
      'from',
      'limit',
      'surprise',
      'to',
    ]);
  });

  it('refuses days that lie in the future or in the wrong order', async () => {
    const future = readProblem(system, await post(JSON.stringify({ from: dayFromToday(5) })));
    expect(future).toMatchObject({ status: 400, errors: [{ field: 'from' }] });
    const order = readProblem(system, await post(JSON.stringify({ from: dayFromToday(-1), to: dayFromToday(-3) })));
    expect(order).toMatchObject({ status: 400, errors: [{ field: 'to' }] });
  });

  it('refuses a body of more than 10 MB', async () => {
    const reply = await post(JSON.stringify({ from: 'x'.repeat(10 * 1024 * 1024 + 1) }));
    expect(readProblem(system, reply)).toMatchObject({ status: 413, code: 'too-large' });
  });

  it('refuses a body of another type', async () => {
    const reply = await post('from=2026-11-01', { 'content-type': 'application/x-www-form-urlencoded' });
    expect([400, 415]).toContain(readProblem(system, reply).status);
  });

  it.each([
    ['/v1/accounts?surprise=1', 'surprise'],
    ['/v1/accounts?limit=0', 'limit'],
    ['/v1/accounts?limit=1001', 'limit'],
    ['/v1/accounts?limit=ten', 'limit'],
    ['/v1/accounts?cursor=garbage', 'cursor'],
    ['/v1/campaigns?status=asleep', 'status'],
    ['/v1/campaigns?accountId=4210000001', 'accountId'],
    ['/v1/campaigns/x', 'campaignId'],
    ['/v1/pipelines/etl/runs/x', 'runId'],
    ['/v1/pipelines/etl/runs?cursor=e30', 'cursor'],
    [`/v1/metrics?from=${days.from}&to=${days.to}&groupBy=moon`, 'groupBy'],
    [`/v1/metrics?from=${days.from}&to=${days.to}&sort=moon`, 'sort'],
    [`/v1/metrics?from=${days.from}&to=${days.to}&currency=euro`, 'currency'],
    [`/v1/metrics?from=${days.from}&to=${days.to}&cursor=garbage`, 'cursor'],
    [`/v1/metrics?from=${days.from}&to=${days.to}&groupBy=campaign&grain=account`, 'grain'],
    [`/v1/metrics?from=${days.to}&to=${days.from}`, ''],
    ['/v1/metrics?from=2026-02-30&to=2026-03-01', 'from'],
    ['/v1/metrics', ''],
    ['/v1/accounts?limit=1&limit=2', 'limit'],
  ])('refuses %s and names %s', async (path, field) => {
    const { status, code, errors } = readProblem(system, await system.send('GET', path));
    expect([status, code]).toEqual([400, 'invalid-request']);
    if (field !== '') expect((errors ?? []).map((error) => error.field)).toContain(field);
  });
});

describe('a function’s own keys', () => {
  const browse = () => clientOptions(system.running, keysOfFunction(system, 'integrations-browse-structure'));

  it('open what its policy names', async () => {
    const client = new DynamoDBClient(clientOptions(system.running));
    const { TableNames: [table = ''] = [] } = await client.send(new ListTablesCommand({}));
    const own = new DynamoDBClient(browse());
    const read = await own.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'nobody' } },
      }),
    );
    expect(read.Count).toBe(0);
    for (const refused of [
      new PutItemCommand({ TableName: table, Item: { pk: { S: 'x' }, sk: { S: 'x' } } }),
      new ScanCommand({ TableName: table }),
    ]) {
      await expect(own.send(refused as ScanCommand)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    }
    client.destroy();
    own.destroy();
  });

  it('do not open another service', async () => {
    const secrets = new SecretsManagerClient(browse());
    await expect(secrets.send(new ListSecretsCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' });
    secrets.destroy();
  });
});
