import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutsidePost, refusalOf } from '../../adapters/outside-post.ts';

const loopback = '127.0.0.1';
let server: Server;
let ca: string;
let port: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let received: { readonly url: string; readonly body: string; readonly id: string | undefined }[];

beforeAll(async () => {
  const pems = await generate([{ name: 'commonName', value: 'hooks.example' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'hooks.example' }] }],
  });
  ca = pems.cert;
  server = createServer({ key: pems.private, cert: pems.cert }, (request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push({ url: request.url ?? '', body, id: String(request.headers['webhook-id']) });
      answer(request, response);
    });
  });
  await new Promise<void>((listening) => server.listen(0, loopback, listening));
  port = String((server.address() as AddressInfo).port);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

/** Everything on this machine counts as outside, but what the test closes. */
function post(url: string, given: { inside?: boolean; timeoutMs?: number } = {}) {
  received = [];
  return createOutsidePost({
    ca,
    ports: [port],
    ...(given.timeoutMs !== undefined && { timeoutMs: given.timeoutMs }),
    allowed: (address) => address === loopback && given.inside !== true,
    lookup: (_, done) => done(null, [{ address: loopback, family: 4 }]),
  })(url, { 'webhook-id': 'ald_1' }, '{"a":1}');
}
const at = (path = '/alerts') => `https://hooks.example:${port}${path}`;
const answering =
  (status: number, headers: Record<string, string> = {}) =>
  (_: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(status, headers).end();
  };

describe('posting outside', () => {
  it('hands over headers and body', async () => {
    answer = answering(204);
    expect(await post(at())).toEqual({ kind: 'accepted', status: 204 });
    expect(received).toEqual([{ url: '/alerts', body: '{"a":1}', id: 'ald_1' }]);
  });

  it.each([
    [500, false],
    [404, false],
    [410, true],
  ])('is refused by an answer of %i, for good: %s', async (status, final) => {
    answer = answering(status);
    expect(await post(at())).toEqual({ kind: 'refused', reason: `the address answers ${status}`, final });
  });

  it('follows no redirect, wherever it leads', async () => {
    answer = answering(307, { location: at('/elsewhere') });
    expect(await post(at())).toMatchObject({ kind: 'refused', reason: expect.stringContaining('not followed') });
    expect(received.map(({ url }) => url)).toEqual(['/alerts']);
  });

  it('reaches nothing inside by a name that leads there', async () => {
    answer = answering(200);
    expect(await post(at(), { inside: true })).toMatchObject({ reason: 'hooks.example is not on the public internet' });
    expect(received).toEqual([]);
  });

  it('gives up on an address that does not answer', async () => {
    answer = () => undefined;
    expect(await post(at(), { timeoutMs: 100 })).toMatchObject({ reason: 'the address did not answer within 0.1 s' });
  });

  it.each([
    'http://hooks.example/a',
    'https://127.0.0.1/a',
    'https://[::1]/a',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/a',
    'https://user:secret@hooks.example/a',
    'https://hooks.example:8443/a',
    'not an address',
  ])('does not let %s be named', (url) => {
    expect(refusalOf(url)).toBeTypeOf('string');
  });

  it('lets a public address be named', () => {
    expect(refusalOf('https://hooks.example/a?b=c')).toBeUndefined();
  });
});
