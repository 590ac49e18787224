import { describe, expect, it } from 'vitest';
import { apiHandler, type RouteCases } from '../../../adapters/http/api-handler.ts';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import { routes } from '../../../contracts/routes.ts';
import { problem } from '../../../contracts/schemas/problem.ts';
import { AppError } from '../../../domain/errors.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { type Call, callApi, gatewayRequestId, lambdaContext } from './api-event.ts';

const workspaceId = newId('wsp', Date.now());
const accountId = newId('acc', Date.now());
const caller = { workspaceId };
const allowedOrigin = 'https://app.example';

function handling(cases: RouteCases) {
  const lines: string[] = [];
  const own = Object.fromEntries(Object.entries(routes).filter(([name]) => name in cases)) as typeof routes;
  const handler = apiHandler(own, cases as Required<RouteCases>, {
    allowedOrigin,
    telemetry: createTelemetry({}, (line) => lines.push(line)),
  });
  return { lines, call: (call: Call, context = lambdaContext()) => callApi(handler, call, context) };
}

const emptyPage = { items: [], nextCursor: null };
const listing = handling({ listAccounts: async () => emptyPage });
const accounts = { resource: '/v1/accounts', caller } satisfies Call;

const started = handling({
  startEtlRun: async ({ body, idempotencyKey, principal }) => {
    throw new AppError('conflict', JSON.stringify({ body, idempotencyKey, workspaceId: principal.workspaceId }));
  },
});
const start = { resource: '/v1/pipelines/etl/runs', method: 'POST', caller } satisfies Call;
const json = { 'Content-Type': 'application/json; charset=utf-8' };
const accepted = async (call: Call) => {
  const { status, body } = await started.call(call);
  expect(status).toBe(409);
  return JSON.parse(problem.parse(body).detail ?? '');
};

describe('answers', () => {
  it('carry the security headers, the dashboard origin and no-store', async () => {
    const { status, headers, body } = await listing.call(accounts);
    expect(status).toBe(200);
    expect(body).toEqual(emptyPage);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'access-control-allow-origin': allowedOrigin,
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'strict-transport-security': expect.stringContaining('max-age='),
      'x-content-type-options': 'nosniff',
      'x-request-id': gatewayRequestId,
    });
  });

  it('echo a plain X-Request-Id and replace any other by that of the gateway', async () => {
    const echoed = async (id: string) =>
      (await listing.call({ ...accounts, headers: { 'x-request-ID': id } })).headers['x-request-id'];
    expect(await echoed('order-4711.a_b')).toBe('order-4711.a_b');
    expect(await echoed('short')).toBe(gatewayRequestId);
    expect(await echoed(`${'x'.repeat(20)}\r\nset-cookie: a=b`)).toBe(gatewayRequestId);
    expect(await echoed('x'.repeat(129))).toBe(gatewayRequestId);
  });

  it('say 304 to whoever has the same bytes', async () => {
    const { etag = '' } = (await listing.call(accounts)).headers;
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    const again = await listing.call({ ...accounts, headers: { 'If-None-Match': `"other", W/${etag}` } });
    expect(again).toMatchObject({ status: 304, text: '' });
    const changed = await listing.call({ ...accounts, headers: { 'If-None-Match': '"other"' } });
    expect(changed.status).toBe(200);
  });

  it('hold what the contract names and nothing a store knows beyond it', async () => {
    const leaking = { id: workspaceId, name: 'One', currency: 'EUR', pk: 'WS#1', secret: 'hidden' };
    const session = handling({
      getSession: async () => ({ workspace: leaking, role: 'owner', scopes: ['metrics.read'] }),
    });
    const { text } = await session.call({ resource: '/v1/session', caller });
    expect(JSON.parse(text)).toEqual({
      workspace: { id: workspaceId, name: 'One', currency: 'EUR' },
      role: 'owner',
      scopes: ['metrics.read'],
    });
  });
});

describe('who may ask', () => {
  it('refuses a request without claims with 401', async () => {
    expect(await listing.call({ ...accounts, caller: null })).toMatchObject({
      status: 401,
      body: { code: 'unauthenticated' },
    });
  });

  it('refuses a token without the scope with 403, naming the scope', async () => {
    const { status, body } = await listing.call({ ...accounts, caller: { workspaceId, scopes: ['metrics.read'] } });
    expect(status).toBe(403);
    expect(problem.parse(body).detail).toContain('conext/accounts.read');
  });

  it('refuses a token of no workspace with 403', async () => {
    expect((await listing.call({ ...accounts, caller: { workspaceId: '' } })).status).toBe(403);
    expect((await listing.call({ ...accounts, caller: { workspaceId: 'WS#1' } })).status).toBe(403);
  });

  it('takes the workspace from the token, whatever the request says', async () => {
    const foreign = newId('wsp', Date.now());
    const given = await accepted({ ...start, headers: { ...json, 'x-workspace-id': foreign }, body: '{}' });
    expect(given.workspaceId).toBe(workspaceId);
    const smuggled = await started.call({ ...start, headers: json, body: JSON.stringify({ workspaceId: foreign }) });
    expect(smuggled.body).toMatchObject({ errors: [{ field: 'workspaceId', message: 'is not known' }] });
  });
});

describe('bad requests', () => {
  it('hear of everything that is wrong at once', async () => {
    const { status, body } = await started.call({
      ...start,
      headers: { ...json, 'Idempotency-Key': 'with space' },
      query: { verbose: '1' },
      body: JSON.stringify({ from: '2026-13-01', to: 5, accountIds: ['acc_1', accountId, 7], extra: true }),
    });
    expect(status).toBe(400);
    const { errors = [], ...rest } = problem.parse(body);
    expect(rest).toMatchObject({ code: 'invalid-request', requestId: gatewayRequestId });
    expect(errors).toEqual(
      expect.arrayContaining([
        { field: 'from', message: 'must be a calendar day such as 2026-11-01' },
        { field: 'to', message: 'must be a string' },
        { field: 'accountIds.0', message: expect.stringContaining('acc_') },
        { field: 'accountIds.2', message: 'must be a string' },
        { field: 'extra', message: 'is not known' },
        { field: 'verbose', message: 'is not known' },
        { field: 'Idempotency-Key', message: 'must be 1 to 128 visible ASCII characters' },
      ]),
    );
    expect(errors).toHaveLength(7);
  });

  it.each([
    [{ limit: '0' }, 'limit', 'must be at least 1'],
    [{ limit: '1001' }, 'limit', 'must be at most 1000'],
    [{ limit: 'ten' }, 'limit', 'a whole number from 1 to 1000'],
    [{ platform: 'myspace' }, 'platform', 'must be one of google-ads, tiktok-ads, linkedin-ads'],
    [{ page: '2' }, 'page', 'is not known'],
    [{ cursor: 'x'.repeat(2_049) }, 'cursor', 'must be at most 2048 characters'],
  ])('explains %j', async (query, field, message) => {
    const { status, body } = await listing.call({ ...accounts, query });
    expect([status, problem.parse(body).errors]).toEqual([400, [{ field, message }]]);
  });

  it('get 400 for a path id that is none', async () => {
    const show = handling({ getEtlRun: async () => Promise.reject(new Error('reached')) });
    const { status, body } = await show.call({
      resource: '/v1/pipelines/etl/runs/{runId}',
      path: { runId: '../secrets' },
      caller,
    });
    expect([status, problem.parse(body).errors?.[0]?.field]).toEqual([400, 'runId']);
  });

  it('get 413 for a body over 1 MiB, counted in bytes after decoding', async () => {
    const large = JSON.stringify({ from: 'ü'.repeat(530_000) });
    expect((await started.call({ ...start, headers: json, body: large })).status).toBe(413);
    const encoded = Buffer.from(large).toString('base64');
    expect((await started.call({ ...start, headers: json, body: encoded, base64: true })).status).toBe(413);
    const small = JSON.stringify({ from: 'x'.repeat(1_000_000) });
    expect((await started.call({ ...start, headers: json, body: small })).status).toBe(400);
  });

  it('get 415 for anything that is not JSON and 400 for JSON that is broken', async () => {
    const xml = { 'content-type': 'application/xml' };
    expect((await started.call({ ...start, headers: xml, body: '<a/>' })).status).toBe(415);
    expect((await started.call({ ...start, body: '{}' })).status).toBe(415);
    expect((await started.call({ ...start, headers: json, body: '{"from":' })).body).toMatchObject({
      status: 400,
      errors: [{ field: 'body', message: 'is not valid JSON' }],
    });
    expect((await started.call({ ...start, headers: json, body: '[]' })).status).toBe(400);
  });

  it('get 404 where there is no route', async () => {
    expect((await listing.call({ ...accounts, method: 'DELETE' })).status).toBe(404);
    expect((await listing.call({ ...accounts, resource: '/v1/nothing' })).status).toBe(404);
  });
});

describe('good requests', () => {
  it('arrive parsed, base64 or not, with their idempotency key', async () => {
    const body = JSON.stringify({ from: '2026-11-01', accountIds: [accountId] });
    const headers = { ...json, 'idempotency-KEY': 'k-1' };
    const expected = { body: JSON.parse(body), idempotencyKey: 'k-1', workspaceId };
    expect(await accepted({ ...start, headers, body })).toEqual(expected);
    const encoded = Buffer.from(body).toString('base64');
    expect(await accepted({ ...start, headers, body: encoded, base64: true })).toEqual(expected);
  });

  it('may leave out an empty body and the key', async () => {
    expect(await accepted(start)).toEqual({ body: {}, workspaceId });
  });
});

describe('failures', () => {
  const failing = (error: unknown) => handling({ listAccounts: () => Promise.reject(error) });

  it('leak nothing: a 5xx says its request id alone, and the log says the rest', async () => {
    const api = failing(new Error('ECONNREFUSED 10.0.0.7 password=hunter2'));
    const { status, body, headers, text } = await api.call(accounts);
    expect(status).toBe(500);
    expect(body).toEqual({
      type: 'https://conext.example/problems/internal',
      title: 'Something went wrong on our side',
      status: 500,
      code: 'internal',
      requestId: gatewayRequestId,
    });
    expect(headers['content-type']).toBe('application/problem+json');
    expect(headers['access-control-allow-origin']).toBe(allowedOrigin);
    expect(text).not.toMatch(/ECONN|hunter2|stack|at /);
    const logged = api.lines.map((line) => JSON.parse(line)).find(({ level }) => level === 'error');
    expect(logged).toMatchObject({ requestId: gatewayRequestId });
    expect(JSON.stringify(logged)).toContain('ECONNREFUSED');
  });

  it.each([['a text'], [undefined], [null], [{ statusCode: 200, body: 'trick' }]])(
    'answer 500 for a thrown %j',
    async (thrown) => {
      expect((await failing(thrown).call(accounts)).status).toBe(500);
    },
  );

  it('hide the message of an AppError that is ours to fix, and show one that is for the caller', async () => {
    const ours = await failing(new AppError('unavailable', 'table state is throttled')).call(accounts);
    expect([ours.status, ours.headers['retry-after']]).toEqual([503, '2']);
    expect(ours.text).not.toContain('table');
    const theirs = await failing(new AppError('conflict', 'Already so.')).call(accounts);
    expect(theirs).toMatchObject({ status: 409, body: { detail: 'Already so.' } });
  });

  it('say 503 when a store is throttled', async () => {
    const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
    expect((await failing(throttled).call(accounts)).status).toBe(503);
  });

  it('answer 500 rather than something outside the contract', async () => {
    const wrong = handling({ listAccounts: async () => ({ items: [{ id: 'x' }] }) as never });
    expect((await wrong.call(accounts)).status).toBe(500);
  });

  it('say 504 before the function is stopped', async () => {
    const stuck = handling({ listAccounts: () => new Promise(() => undefined) });
    const { status, body } = await stuck.call(accounts, lambdaContext(520));
    expect([status, problem.parse(body).code]).toEqual([504, 'timeout']);
  });
});
