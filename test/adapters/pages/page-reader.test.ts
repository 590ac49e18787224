import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPageReader, readerName } from '../../../adapters/pages/page-reader.ts';

const loopback = '127.0.0.1';
let server: Server;
let ca: string;
let port: string;
let pages: Record<string, (request: IncomingMessage, response: ServerResponse) => void>;
let asked: string[];

beforeAll(async () => {
  const pems = await generate([{ name: 'commonName', value: 'shop.example' }], {
    extensions: [
      {
        name: 'subjectAltName',
        altNames: ['shop', 'other', 'inside', 'turning'].map((name) => ({ type: 2, value: `${name}.example` })),
      },
    ],
  });
  ca = pems.cert;
  server = createServer({ key: pems.private, cert: pems.cert }, (request, response) => {
    asked.push(`${request.headers.host?.split(':')[0]}${request.url}`);
    const answer = pages[request.url ?? ''];
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, loopback, listening));
  port = String((server.address() as AddressInfo).port);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});
beforeEach(() => {
  asked = [];
  pages = { '/': (_, response) => response.setHeader('content-type', 'text/html').end('<h1>Shop</h1>') };
});

/** Loopback stands for the internet; `inside.example` is a private address, `turning.example` becomes one after its first look-up. */
function reader(timeoutMs = 2_000) {
  let turns = 0;
  return createPageReader({
    ca,
    timeoutMs,
    ports: [port],
    allowed: (address) => address === loopback,
    lookup: (host, done) => {
      if (host === 'turning.example') turns += 1;
      const inside = host === 'inside.example' || (host === 'turning.example' && turns > 1);
      done(null, [{ address: inside ? '10.0.0.7' : loopback, family: 4 }]);
    },
  });
}
const at = (path = '/', host = 'shop') => `https://${host}.example:${port}${path}`;
const html =
  (body: string | Buffer, headers: Record<string, string> = {}) =>
  (_: IncomingMessage, response: ServerResponse) =>
    response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(body);
const leads = (to: string) => (_: IncomingMessage, response: ServerResponse) =>
  response.writeHead(302, { location: to }).end();

describe('a landing page', () => {
  it('is read where robots.txt lets it, which is asked for once', async () => {
    const read = reader();
    expect(await read(at())).toEqual({ kind: 'read', url: at(), status: 200, html: '<h1>Shop</h1>' });
    await read(at());
    expect(asked).toEqual(['shop.example/robots.txt', 'shop.example/', 'shop.example/']);
  });

  it('is left alone where robots.txt forbids it to this reader', async () => {
    pages['/robots.txt'] = html(
      `User-agent: *\nAllow: /\n\nUser-agent: ${readerName}\nDisallow: /private\nAllow: /private/open`,
    );
    pages['/private/open'] = html('open');
    const read = reader();
    expect(await read(at('/private/page'))).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('robots.txt'),
    });
    expect(asked).toEqual(['shop.example/robots.txt']);
    expect((await read(at('/private/open'))).kind).toBe('read');
  });

  it('is left alone while robots.txt cannot be read', async () => {
    pages['/robots.txt'] = (_, response) => response.writeHead(503).end();
    expect(await reader()(at())).toMatchObject({ kind: 'failed', reason: expect.stringContaining('robots.txt') });
  });

  it('obeys the robots.txt of the site that it leads to', async () => {
    pages['/moved'] = leads(at('/', 'other'));
    await reader()(at('/moved'));
    expect(asked).toEqual([
      'shop.example/robots.txt',
      'shop.example/moved',
      'other.example/robots.txt',
      'other.example/',
    ]);
  });

  it.each([
    ['a private name', () => at('/', 'inside'), 'not on the public internet'],
    ['the address of cloud credentials', () => `https://169.254.169.254:${port}/`, 'not on the public internet'],
    ['plain http', () => 'http://127.0.0.1/', 'only https'],
    ['a file', () => 'file:///etc/passwd', 'only https'],
    ['itself', () => at('/away'), 'more than 5 times'],
  ])('is not followed to %s', async (_, to, reason) => {
    pages['/away'] = leads(to());
    expect(await reader()(at('/away'))).toMatchObject({ kind: 'failed', reason: expect.stringContaining(reason) });
  });

  it('is refused when its name means a private address a moment later', async () => {
    expect(await reader()(at('/', 'turning'))).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('public'),
    });
    expect(asked).toEqual(['turning.example/robots.txt']);
  });

  it('is given up when it is too large, also once it is unpacked', async () => {
    pages['/large'] = html(Buffer.alloc(3 * 1_048_576, 'a'));
    pages['/bomb'] = html(gzipSync(Buffer.alloc(64 * 1_048_576)), { 'content-encoding': 'gzip' });
    pages['/small'] = html(gzipSync('<p>packed'), { 'content-encoding': 'gzip' });
    const read = reader(5_000);
    expect(await read(at('/large'))).toMatchObject({ reason: 'it is larger than 2 MiB' });
    expect(await read(at('/bomb'))).toMatchObject({ reason: 'it is larger than 2 MiB' });
    expect(await read(at('/small'))).toMatchObject({ html: '<p>packed' });
  });

  it('is given up when it is slow, is not there, or is no page', async () => {
    pages['/slow'] = (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).write('<p>');
    pages['/file'] = (_, response) => response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF');
    const read = reader(400);
    expect(await read(at('/file'))).toMatchObject({ reason: 'what lies there is not an HTML page' });
    expect(await read(at('/none'))).toEqual({ kind: 'failed', status: 404, reason: 'the address answers 404' });
    expect(await read(at('/slow'))).toMatchObject({ reason: 'the address did not answer within 0.4 s' });
  });
});
