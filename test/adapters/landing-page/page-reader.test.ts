import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPageReader, type ReadPageAt } from '../../../adapters/landing-page/page-reader.ts';

const loopback = '127.0.0.1';
const names = ['shop.example', 'other.example', 'inside.example', 'turning.example'];
let server: Server;
let ca: string;
let port: string;
let asked: string[];
let robots: (response: ServerResponse) => void;
let page: (request: IncomingMessage, response: ServerResponse) => void;

const html = (text: string) => `<html lang="en"><title>Shop</title><h1>${text}</h1></html>`;
const type = { 'content-type': 'text/html; charset=utf-8' };

beforeAll(async () => {
  const pems = await generate([{ name: 'commonName', value: 'shop.example' }], {
    extensions: [{ name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) }],
  });
  ca = pems.cert;
  server = createServer({ key: pems.private, cert: pems.cert }, (request, response) => {
    asked.push(`${request.headers.host?.split(':')[0]}${request.url}`);
    if (request.url === '/robots.txt') robots(response);
    else page(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, loopback, listening));
  port = String((server.address() as AddressInfo).port);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

const at = (path = '/', host = 'shop.example') => `https://${host}:${port}${path}`;

/** A reader for which this machine is the public internet; `inside.example` stands for an address within. */
function open(
  resolve: (host: string) => string[] = (host) => [host === 'inside.example' ? '169.254.169.254' : loopback],
): ReadPageAt {
  asked = [];
  robots = (response) => response.writeHead(404).end();
  page = (_, response) => response.writeHead(200, type).end(html('Trail shoes'));
  return createPageReader({
    ca,
    ports: [port],
    allowed: (address) => address === loopback,
    lookup: (host, done) =>
      done(
        null,
        resolve(host).map((address) => ({ address, family: 4 })),
      ),
  });
}
const reason = (text: string | RegExp) => ({
  kind: 'refused',
  reason: typeof text === 'string' ? text : expect.stringMatching(text),
});

describe('the page reader', () => {
  it('reads a page after robots.txt, under its own name', async () => {
    const read = open();
    let agent: string | undefined;
    page = (request, response) => {
      agent = request.headers['user-agent'];
      response.writeHead(200, type).end(html('Trail shoes'));
    };
    expect(await read(at('/trail?a=1'))).toMatchObject({ kind: 'read', status: 200, finalUrl: at('/trail?a=1') });
    expect(asked).toEqual(['shop.example/robots.txt', 'shop.example/trail?a=1']);
    expect(agent).toMatch(/^ConextAds\//);
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ] as const)('unpacks %s', async (coding, pack) => {
    const read = open();
    page = (_, response) =>
      response
        .writeHead(200, { ...type, 'content-encoding': coding })
        .end(pack(Buffer.from(html('Wanderschuhe für Nässe'))));
    expect(await read(at())).toMatchObject({ kind: 'read', html: html('Wanderschuhe für Nässe') });
  });

  it('knows pages in other encodings by header, by their own word and by mark', async () => {
    const read = open();
    const latin = Buffer.from('<meta charset="iso-8859-1"><p>Größe', 'latin1');
    page = (request, response) => {
      if (request.url === '/header')
        response
          .writeHead(200, { 'content-type': 'text/html; charset=windows-1252' })
          .end(Buffer.from('<p>Größe', 'latin1'));
      else if (request.url === '/mark')
        response
          .writeHead(200, type)
          .end(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<p>Größe', 'utf16le')]));
      else if (request.url === '/sjis')
        response
          .writeHead(200, { 'content-type': 'text/html; charset=shift_jis' })
          .end(Buffer.from([0x93, 0xfa, 0x96, 0x7b]));
      else response.writeHead(200, { 'content-type': 'text/html' }).end(latin);
    };
    expect(await read(at('/header'))).toMatchObject({ html: '<p>Größe' });
    expect(await read(at('/meta'))).toMatchObject({ html: expect.stringContaining('<p>Größe') });
    expect(await read(at('/mark'))).toMatchObject({ html: expect.stringContaining('<p>Größe') });
    expect(await read(at('/sjis'))).toMatchObject({ html: '日本' });
  });

  it('obeys robots.txt: a word to it by name, a word to all, and a server that is broken', async () => {
    const read = open();
    robots = (response) =>
      response.end('User-agent: *\nDisallow: /private\n\nUser-agent: ConextAds\nDisallow: /trail\n');
    expect(await read(at('/trail/x'))).toMatchObject(reason('robots.txt of shop.example does not allow it'));
    expect((await read(at('/private'))).kind).toBe('read');
    robots = (response) => response.end('User-agent: *\nDisallow: /private\n');
    expect(await read(at('/private'))).toMatchObject(reason('robots.txt of shop.example does not allow it'));
    robots = (response) => response.writeHead(503).end();
    expect(await read(at('/'))).toMatchObject(reason(/could not be read, and without it nothing may be/));
    expect(asked.filter((one) => !one.endsWith('/robots.txt'))).toEqual(['shop.example/private']);
  });

  it('asks robots.txt of every host that redirects lead to', async () => {
    const read = open();
    page = (request, response) =>
      request.headers.host?.startsWith('shop')
        ? response.writeHead(302, { location: at('/there', 'other.example') }).end()
        : response.writeHead(200, type).end(html('There'));
    expect(await read(at())).toMatchObject({ kind: 'read', finalUrl: at('/there', 'other.example') });
    expect(asked).toEqual([
      'shop.example/robots.txt',
      'shop.example/',
      'other.example/robots.txt',
      'other.example/there',
    ]);
  });

  it.each([
    ['an address within', () => `https://169.254.169.254:${port}/latest/meta-data`],
    ['loopback by another spelling', () => `https://0x7f.1:${port}/`],
    ['a name that stands for one', () => at('/', 'inside.example')],
    ['plain http', () => `http://shop.example:${port}/`],
    ['a file', () => 'file:///etc/passwd'],
    ['another port', () => 'https://shop.example:22/'],
    ['a password', () => `https://a:b@shop.example:${port}/`],
  ])('goes to %s neither at once nor by a redirect', async (_, url) => {
    const read = createPageReader({
      ca,
      ports: [port],
      allowed: (address) => address === loopback && !url().includes('0x7f'),
      lookup: (host, done) => done(null, [{ address: host === 'inside.example' ? '10.0.0.1' : loopback, family: 4 }]),
    });
    asked = [];
    robots = (response) => response.writeHead(404).end();
    page = (_request, response) => response.writeHead(301, { location: url() }).end();
    expect((await read(url())).kind).toBe('refused');
    expect(asked).toEqual([]);
    // `allowed` above closes the whole machine for the literal spelling, the first hop included.
    if (!url().includes('0x7f')) {
      expect((await read(at('/hop'))).kind).toBe('refused');
      expect(asked).toEqual(['shop.example/robots.txt', 'shop.example/hop']);
    }
  });

  it('is not led inside by a name that means another address a moment later', async () => {
    let looked = 0;
    const read = open((host) => {
      if (host !== 'turning.example') return [loopback];
      looked += 1;
      return looked === 1 ? [loopback] : ['10.0.0.1'];
    });
    expect(await read(at('/', 'turning.example'))).toMatchObject(
      reason('turning.example is not on the public internet'),
    );
    expect(asked).toEqual(['turning.example/robots.txt']);
  });

  it('stops after five redirects', async () => {
    const read = open();
    page = (_, response) => response.writeHead(302, { location: '/again' }).end();
    expect(await read(at())).toMatchObject(reason('it redirects more than 5 times'));
    expect(asked.filter((one) => one !== 'shop.example/robots.txt')).toHaveLength(6);
  });

  it('stops a page that is too large, and a bomb while it grows', async () => {
    const read = open();
    page = (_, response) => response.writeHead(200, type).end('a'.repeat(3 * 1_048_576));
    expect(await read(at())).toMatchObject(reason('it is larger than 2 MB'));
    const bomb = gzipSync(Buffer.alloc(400 * 1_048_576));
    page = (_, response) => response.writeHead(200, { ...type, 'content-encoding': 'gzip' }).end(bomb);
    const before = process.memoryUsage().rss;
    expect(await read(at())).toMatchObject(reason('it is larger than 2 MB'));
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1_048_576);
  }, 20_000);

  it.each([
    ['no page', { 'content-type': 'application/pdf' }, 200, 'it is no web page but application/pdf'],
    ['an error', type, 404, 'the page answers with status 404'],
    [
      'a packing nobody asked for',
      { ...type, 'content-encoding': 'zstd' },
      200,
      'it is packed as zstd, which nobody asked for',
    ],
    ['broken packing', { ...type, 'content-encoding': 'gzip' }, 200, 'the page could not be reached'],
  ])('says of %s what it is', async (_, headers, status, words) => {
    const read = open();
    page = (_request, response) => response.writeHead(status, headers).end('not packed');
    expect(await read(at())).toMatchObject({ kind: 'refused', reason: words });
  });

  it('waits no longer than its caller', async () => {
    const read = open();
    page = () => {};
    expect(await read(at(), AbortSignal.timeout(200))).toMatchObject(reason(/did not answer within/));
  });
});
