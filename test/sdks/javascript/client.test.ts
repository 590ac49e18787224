import { describe, expect, it } from 'vitest';
import { type ClientOptions, createClient } from '../../../sdks/javascript/src/client.ts';
import { ConextConnectionError, ConextError } from '../../../sdks/javascript/src/errors.ts';
import { tagOf } from '../../../sdks/javascript/src/tags.ts';
import { type Answer, apiServer, json, problem, reset, silence } from './api-server.ts';

const page = json(200, { items: [], nextCursor: null });
const run = json(202, { id: 'run_1' });

const clientOf = (url: string, options: Partial<ClientOptions> = {}) =>
  createClient({ baseUrl: url, accessToken: () => 'token-1', ...options });

const failure = (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => expect.unreachable('it succeeded'),
    (error: unknown) => error as Error,
  );

describe('addresses', () => {
  it('fills the path and leaves out absent parameters of the query', async () => {
    await using server = await apiServer(json(200, { id: 'cmp/1' }), page);
    const client = clientOf(server.url);
    await client.getCampaign({ path: { campaignId: 'cmp/1 ü?' } });
    await client.listCampaigns({ query: { limit: 5, cursor: 'a+b&c=d' } });
    await client.listCampaigns();
    expect(server.seen.map(({ url }) => url)).toEqual([
      '/v1/campaigns/cmp%2F1%20%C3%BC%3F',
      '/v1/campaigns?limit=5&cursor=a%2Bb%26c%3Dd',
      '/v1/campaigns',
    ]);
  });

  it.each(['', '/', '/prod', '/prod/'])('keeps the path "%s" of the base address in front', async (path) => {
    await using server = await apiServer(page);
    await clientOf(`${server.url}${path}`).listAccounts();
    expect(server.seen[0]?.url).toBe(`${path.replace(/\/$/, '')}/v1/accounts`);
  });

  it.each(['', '.', '..'])(
    'refuses "%s" in the path by the name of its parameter, without a request',
    async (value) => {
      await using server = await apiServer(page);
      const error = await failure(clientOf(server.url).getCampaign({ path: { campaignId: value } }));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toContain('"campaignId"');
      expect(server.seen).toEqual([]);
    },
  );

  it.each(['', 'api.example.com', 'ftp://api.example.com', 'https://'])('refuses "%s" as a base address', (baseUrl) => {
    expect(() => clientOf(baseUrl)).toThrow('"baseUrl" must be an address');
  });
});

describe('what is sent', () => {
  it('sends the token, the API key and a JSON body', async () => {
    await using server = await apiServer(run);
    await clientOf(server.url, { apiKey: 'key-1' }).startEtlRun({ body: { from: '2026-01-01' } });
    const [request] = server.seen;
    expect(request).toMatchObject({
      method: 'POST',
      body: '{"from":"2026-01-01"}',
      headers: { authorization: 'Bearer token-1', 'x-api-key': 'key-1', 'content-type': 'application/json' },
    });
  });

  it('sends back the tag of what was read with its change, and none without', async () => {
    await using server = await apiServer(json(200, { items: [] }, { etag: '"v1"' }), json(200, { items: [] }));
    const client = clientOf(server.url);
    const read = await client.listSettings();
    const changed = await client.changeSettings({ body: { values: {} } }, { ifMatch: tagOf(read) ?? '' });
    await client.changeSettings({ body: { values: {} } });
    expect(server.seen.map(({ headers }) => headers['if-match'])).toEqual([undefined, '"v1"', undefined]);
    expect(tagOf(changed)).toBeUndefined();
  });

  it('asks for a token before each try', async () => {
    await using server = await apiServer(problem(503, 'unavailable'), page);
    let asked = 0;
    await clientOf(server.url, {
      accessToken: async () => {
        asked += 1;
        return `token-${asked}`;
      },
    }).listAccounts();
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('passes on what the token function throws', async () => {
    await using server = await apiServer(page);
    const signedOut = new Error('signed out');
    const error = await failure(clientOf(server.url, { accessToken: () => Promise.reject(signedOut) }).listAccounts());
    expect(error).toBe(signedOut);
    expect(server.seen).toEqual([]);
  });

  it.each([
    ['accessToken', { accessToken: () => 'hidden\nvalue' }],
    ['apiKey', { apiKey: 'hidden value' }],
  ])('never repeats a malformed %s in its error', async (_name, options) => {
    await using server = await apiServer(page);
    const error = await failure(clientOf(server.url, options).listAccounts());
    expect(error).toBeInstanceOf(TypeError);
    expect(`${error.stack}`).not.toContain('hidden');
    expect(server.seen).toEqual([]);
  });

  it('follows no redirection: its token and key stay with the API', async () => {
    await using elsewhere = await apiServer(page);
    const away: Answer = (response) => response.writeHead(302, { location: `${elsewhere.url}/v1/accounts` }).end();
    await using server = await apiServer(away);
    const error = await failure(clientOf(server.url, { apiKey: 'key-1', retries: 0 }).listAccounts());
    expect(error).toBeInstanceOf(ConextConnectionError);
    expect(elsewhere.seen).toEqual([]);
  });
});

describe('retries', () => {
  it.each<[string, Answer]>([
    ['429 with Retry-After', problem(429, 'rate-limited')],
    ['503', problem(503, 'unavailable')],
    ['502 that is not JSON', (response) => response.writeHead(502, { 'retry-after': '0' }).end('<html>')],
    ['a connection that is reset', reset],
  ])('tries again after %s', async (_name, first) => {
    await using server = await apiServer(first, page);
    expect(await clientOf(server.url).listAccounts()).toEqual({ items: [], nextCursor: null });
    expect(server.seen).toHaveLength(2);
  });

  it('waits as long as the server asks, in seconds', async () => {
    await using server = await apiServer(problem(429, 'rate-limited', { 'retry-after': '1' }), page);
    const started = performance.now();
    await clientOf(server.url).listAccounts();
    expect(performance.now() - started).toBeGreaterThanOrEqual(990);
  });

  it('waits as long as the server asks, until a date', async () => {
    const past = new Date(Date.now() - 60_000).toUTCString();
    await using server = await apiServer(problem(429, 'rate-limited', { 'retry-after': past }), page);
    const started = performance.now();
    await clientOf(server.url).listAccounts();
    // The client's own first wait is at least 250 ms.
    expect(performance.now() - started).toBeLessThan(240);
  });

  it('gives up after the retries asked for', async () => {
    await using server = await apiServer(problem(503, 'unavailable'));
    expect(await failure(clientOf(server.url, { retries: 3 }).listAccounts())).toBeInstanceOf(ConextError);
    expect(server.seen).toHaveLength(4);
  });

  it.each([400, 401, 403, 404, 409, 412, 413, 422, 501])('does not try again after %i', async (status) => {
    await using server = await apiServer(problem(status, 'refused'), page);
    expect(await failure(clientOf(server.url).listAccounts())).toMatchObject({ status });
    expect(server.seen).toHaveLength(1);
  });

  it('repeats a POST under one idempotency key, made up when absent', async () => {
    await using server = await apiServer(problem(503, 'unavailable'), reset, run);
    await clientOf(server.url).startEtlRun({ body: {} });
    const keys = server.seen.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('sends the idempotency key that it is given, and none with a GET', async () => {
    await using server = await apiServer(run, page);
    const client = clientOf(server.url);
    await client.startEtlRun({ body: {} }, { idempotencyKey: 'mine' });
    await client.listAccounts();
    expect(server.seen.map(({ headers }) => headers['idempotency-key'])).toEqual(['mine', undefined]);
  });
});

describe('time', () => {
  it('gives up a try that is not answered in time', async () => {
    await using server = await apiServer(silence);
    const error = await failure(clientOf(server.url, { timeoutMs: 50, retries: 0 }).listAccounts());
    expect(error).toBeInstanceOf(ConextConnectionError);
    expect(error.message).toBe(`${server.url} did not answer within 50 ms.`);
  });

  it('gives up an answer that begins and never ends', async () => {
    const half: Answer = (response) => response.writeHead(200).write('{"items":');
    await using server = await apiServer(half);
    const error = await failure(clientOf(server.url, { timeoutMs: 100, retries: 0 }).listAccounts());
    expect(error.message).toContain('did not answer within 100 ms');
  });

  it('tries again after a try that took too long', async () => {
    await using server = await apiServer(silence, page);
    await clientOf(server.url, { timeoutMs: 100 }).listAccounts();
    expect(server.seen).toHaveLength(2);
  });

  it('stops at once when it is aborted during a request', async () => {
    const abort = new AbortController();
    await using server = await apiServer(() => abort.abort());
    const error = await failure(clientOf(server.url).listAccounts({}, { signal: abort.signal }));
    expect(error.name).toBe('AbortError');
    expect(server.seen).toHaveLength(1);
  });

  it('stops at once when it is aborted between two tries', async () => {
    const abort = new AbortController();
    await using server = await apiServer(problem(503, 'unavailable', { 'retry-after': '20' }));
    const work = failure(clientOf(server.url).listAccounts({}, { signal: abort.signal }));
    await expect.poll(() => server.seen.length).toBe(1);
    setTimeout(() => abort.abort(new Error('left the page')), 50);
    expect((await work).message).toBe('left the page');
    expect(server.seen).toHaveLength(1);
  });

  it('sends nothing for a signal that is aborted already', async () => {
    await using server = await apiServer(page);
    const error = await failure(clientOf(server.url).listAccounts({}, { signal: AbortSignal.abort() }));
    expect(error.name).toBe('AbortError');
    expect(server.seen).toEqual([]);
  });
});

describe('refusals', () => {
  it('carries the problem with its status, code, fields and request id', async () => {
    const body = {
      type: 'https://conext.example/problems/invalid-request',
      title: 'The request is not valid',
      status: 400,
      code: 'invalid-request',
      detail: 'limit is too large',
      requestId: 'req-7',
      errors: [{ field: 'limit', message: 'at most 100' }],
    };
    await using server = await apiServer(json(400, body));
    const error = await failure(clientOf(server.url).listAccounts());
    expect(error).toBeInstanceOf(ConextError);
    expect(error).toMatchObject({
      status: 400,
      code: 'invalid-request',
      requestId: 'req-7',
      message: 'The request is not valid: limit is too large',
      problem: body,
    });
  });

  it('takes request id and status from the answer where the problem has none', async () => {
    await using server = await apiServer(json(403, { title: 'No', code: 'no' }, { 'x-request-id': 'req-8' }));
    expect(await failure(clientOf(server.url).listAccounts())).toMatchObject({ requestId: 'req-8', status: 403 });
  });

  it.each(['<html>Bad gateway</html>', '', 'null', '[]', '"text"', '{"message":"Forbidden"}', '{"code":1'])(
    'says that something else than the API answered: %s',
    async (body) => {
      await using server = await apiServer((response) =>
        response.writeHead(403, { 'x-request-id': 'req-9' }).end(body),
      );
      const error = await failure(clientOf(server.url).listAccounts());
      expect(error).toBeInstanceOf(ConextConnectionError);
      expect(error.message).toBe('The server answered 403 without saying why (request req-9).');
    },
  );

  it('says when a success is not JSON', async () => {
    await using server = await apiServer((response) => response.writeHead(200).end('<html>'));
    const error = await failure(clientOf(server.url).listAccounts());
    expect(error).toBeInstanceOf(ConextConnectionError);
    expect(error.message).toContain('something else than JSON');
  });

  it('names the server that cannot be reached, and no secret', async () => {
    const server = await apiServer(page);
    await server[Symbol.asyncDispose]();
    const error = await failure(clientOf(server.url, { apiKey: 'key-1', retries: 0 }).listAccounts());
    expect(error).toBeInstanceOf(ConextConnectionError);
    expect(error.message).toBe(`${server.url} could not be reached.`);
    expect(`${error.stack}${JSON.stringify(error.cause)}${error.cause}`).not.toMatch(/token-1|key-1/);
  });
});

describe('files', () => {
  const question = { query: { from: '2026-11-01', to: '2026-11-02', groupBy: 'campaign', format: 'parquet' } } as const;

  it('answers an export while it still arrives, byte for byte', async () => {
    const { promise: asked, resolve: go } = Promise.withResolvers<void>();
    await using server = await apiServer((response) => {
      response.writeHead(200, { 'content-disposition': 'attachment; filename="metrics.parquet"' });
      response.write(Buffer.from([0x50, 0x41, 0x52, 0x31, 0xff]));
      void asked.then(() => response.end(Buffer.from([0x00, 0xfe])));
    });
    const response = await clientOf(server.url).exportMetrics(question);
    expect(response.headers.get('content-disposition')).toContain('metrics.parquet');
    const reader = response.body?.getReader();
    expect((await reader?.read())?.value).toEqual(new Uint8Array([0x50, 0x41, 0x52, 0x31, 0xff]));
    go();
    expect((await reader?.read())?.value).toEqual(new Uint8Array([0x00, 0xfe]));
    expect((await reader?.read())?.done).toBe(true);
    expect(server.seen[0]).toMatchObject({
      url: '/v1/metrics/export?from=2026-11-01&to=2026-11-02&groupBy=campaign&format=parquet',
      headers: { accept: '*/*', authorization: 'Bearer token-1' },
    });
  });

  it('fails where a file breaks off instead of ending it', async () => {
    await using server = await apiServer((response) => {
      response.writeHead(200);
      response.write('half a file', () => response.destroy());
    });
    const response = await clientOf(server.url).exportMetrics(question);
    await expect(response.text()).rejects.toThrow();
  });

  it('throws the problem of an export that was refused', async () => {
    await using server = await apiServer(problem(400, 'invalid-request'));
    const error = await failure(clientOf(server.url).exportMetrics(question));
    expect(error).toMatchObject({ status: 400 });
  });
});
