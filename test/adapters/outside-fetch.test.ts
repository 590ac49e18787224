import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutsideFetch, type FetchAsset, samplesHost } from '../../adapters/outside-fetch.ts';

const png = Buffer.from('\x89PNG\r\n\x1a\n and the rest', 'latin1');
const loopback = '127.0.0.1';

let server: Server;
let ca: string;
let port: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: string[];

beforeAll(async () => {
  const pems = await generate([{ name: 'commonName', value: 'assets.example' }], {
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'assets.example' },
          { type: 2, value: 'inside.example' },
        ],
      },
    ],
  });
  ca = pems.cert;
  server = createServer({ key: pems.private, cert: pems.cert }, (request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, loopback, listening));
  port = String((server.address() as AddressInfo).port);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

/** Everything on this machine counts as outside, but what the test closes. */
function open(given: { closed?: readonly string[]; names?: Record<string, string[]> } = {}): FetchAsset {
  asked = [];
  answer = (_, response) => response.end(png);
  return createOutsideFetch({
    ca,
    ports: [port],
    allowed: (address) => address === loopback && !given.closed?.includes(address),
    lookup: (host, done) => {
      const addresses = given.names?.[host] ?? (host === 'assets.example' ? [loopback] : []);
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    },
  });
}
const at = (path = '/a.png', host = 'assets.example') => `https://${host}:${port}${path}`;

describe('a sample', () => {
  it('comes from the one origin that is named for it, whatever else its address says', async () => {
    const plain = createPlainServer((request, response) => {
      asked.push(request.url ?? '');
      if (request.url === '/samples/moved') response.writeHead(302, { location: 'http://127.0.0.1/other' }).end();
      else response.end(png);
    });
    await new Promise<void>((listening) => plain.listen(0, loopback, listening));
    const origin = `http://${loopback}:${(plain.address() as AddressInfo).port}`;
    try {
      open();
      const fetchAsset = createOutsideFetch({ samples: async () => origin });
      expect((await fetchAsset(`https://${samplesHost}/a.png?x=1`, 'image')).kind).toBe('fetched');
      expect(await fetchAsset(`https://${samplesHost}/moved`, 'image')).toMatchObject({
        reason: 'the address answers 302',
      });
      expect(asked).toEqual(['/samples/a.png', '/samples/moved']);
      // The origin itself is as closed as any.
      expect(await fetchAsset(origin, 'image')).toMatchObject({ reason: 'only https addresses are fetched' });
      expect(await fetchAsset(origin.replace('http:', 'https:'), 'image')).toMatchObject({ kind: 'refused' });
      expect(asked).toHaveLength(2);
    } finally {
      plain.closeAllConnections();
      await new Promise((closed) => plain.close(closed));
    }
  });

  it('is a name that nobody knows where no origin is named', async () => {
    expect(await open()(`https://${samplesHost}:${port}/a.png`, 'image')).toEqual({
      kind: 'refused',
      reason: `the name ${samplesHost} is not known`,
    });
    expect(asked).toEqual([]);
  });
});

describe('an asset', () => {
  it('is fetched, and what it is is read from its bytes', async () => {
    const fetchAsset = open();
    answer = (_, response) => response.setHeader('content-type', 'text/html').end(png);
    const fetched = await fetchAsset(at(), 'image');
    expect(fetched).toMatchObject({ kind: 'fetched', contentType: 'image/png' });
    expect(fetched.kind === 'fetched' && Buffer.from(fetched.bytes).equals(png)).toBe(true);
  });

  it.each([
    ['http://assets.example/a.png', 'only https addresses are fetched'],
    ['file:///etc/passwd', 'only https addresses are fetched'],
    ['https://user:secret@assets.example/', 'an address with a password in it is not fetched'],
    ['https://assets.example:22/', 'only the usual port of https is asked'],
  ])('is not fetched from %s', async (url, reason) => {
    expect(await open()(url, 'image')).toEqual({ kind: 'refused', reason });
  });

  it.each(['10.0.0.1', '[::1]', '169.254.169.254', '2130706434'])(
    'is not fetched from the address %s',
    async (host) => {
      const refused = await open()(at('/', host), 'image');
      expect(refused).toMatchObject({
        kind: 'refused',
        reason: expect.stringContaining('is not on the public internet'),
      });
      expect(asked).toEqual([]);
    },
  );

  it.each(['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '192.168.1.1', '0x7f000001', 'localhost'])(
    'is not fetched from %s as the functions fetch, who open nothing',
    async (host) => {
      expect(await createOutsideFetch()(`https://${host}/a.png`, 'image')).toMatchObject({
        reason: expect.stringContaining('is not on the public internet'),
      });
    },
  );

  it('is not fetched from a name that stands for an address inside, not even among others', async () => {
    const fetchAsset = open({ names: { 'inside.example': [loopback, '10.0.0.1'] } });
    expect(await fetchAsset(at('/', 'inside.example'), 'image')).toEqual({
      kind: 'refused',
      reason: 'inside.example is not on the public internet',
    });
    expect(await fetchAsset(at('/', 'nobody.example'), 'image')).toEqual({
      kind: 'refused',
      reason: 'the name nobody.example is not known',
    });
    expect(asked).toEqual([]);
  });

  it('is fetched from the address that was checked, even when the name means another a moment later', async () => {
    let times = 0;
    open();
    const fetchAsset = createOutsideFetch({
      ca,
      ports: [port],
      allowed: (address) => address === loopback,
      lookup: (_, done) => {
        times += 1;
        done(null, [{ address: times === 1 ? loopback : '10.0.0.1', family: 4 }]);
      },
    });
    expect((await fetchAsset(at(), 'image')).kind).toBe('fetched');
    expect(times).toBe(1);
  });

  it('is followed to where it went, and every place on the way is checked', async () => {
    const fetchAsset = open({ names: { 'assets.example': [loopback], 'inside.example': ['10.0.0.1'] } });
    const places: Record<string, string> = {
      '/moved': '/a.png',
      '/inside': at('/', 'inside.example'),
      '/plain': 'http://assets.example/',
      '/round': '/round',
    };
    answer = (request, response) => {
      const location = places[request.url ?? ''];
      if (location === undefined) response.end(png);
      else response.writeHead(302, { location }).end();
    };
    expect((await fetchAsset(at('/moved'), 'image')).kind).toBe('fetched');
    expect(await fetchAsset(at('/inside'), 'image')).toMatchObject({
      reason: 'inside.example is not on the public internet',
    });
    expect(await fetchAsset(at('/plain'), 'image')).toMatchObject({ reason: 'only https addresses are fetched' });
    expect(await fetchAsset(at('/round'), 'image')).toMatchObject({ reason: 'the address leads on more than 3 times' });
  });

  it('is not followed to a name that means an address inside by then, nor to such an address itself', async () => {
    let times = 0;
    open();
    const fetchAsset = createOutsideFetch({
      ca,
      ports: [port],
      allowed: (address) => address === loopback,
      lookup: (_, done) => {
        times += 1;
        done(null, [{ address: times === 1 ? loopback : '169.254.169.254', family: 4 }]);
      },
    });
    answer = (_, response) => response.writeHead(302, { location: '/a.png' }).end();
    expect(await fetchAsset(at('/moved'), 'image')).toMatchObject({
      reason: 'assets.example is not on the public internet',
    });
    expect(asked).toEqual(['/moved']);

    const literal = open();
    answer = (_, response) => response.writeHead(307, { location: at('/latest/meta-data', '169.254.169.254') }).end();
    expect(await literal(at('/moved'), 'image')).toMatchObject({
      reason: '169.254.169.254 is not on the public internet',
    });
  });

  it('is refused for what it is, how large it is and what answers', async () => {
    const fetchAsset = open();
    expect(await fetchAsset(at(), 'video')).toMatchObject({
      reason: 'what lies there is not an MP4, MOV or WebM video',
    });
    answer = (_, response) => response.end('<svg/>');
    expect(await fetchAsset(at(), 'image')).toMatchObject({ reason: expect.stringContaining('is not a PNG, JPEG') });
    answer = (_, response) => response.writeHead(404).end();
    expect(await fetchAsset(at(), 'image')).toMatchObject({ reason: 'the address answers 404' });
    answer = (_, response) => response.writeHead(200, { 'content-length': 11 * 1_048_576 }).write(png);
    expect(await fetchAsset(at(), 'image')).toMatchObject({ reason: 'it is larger than 10 MiB' });
    answer = (_, response) => {
      const chunk = Buffer.alloc(1_048_576);
      for (let sent = 0; sent < 12; sent += 1) response.write(chunk);
      response.end();
    };
    expect(await fetchAsset(at(), 'image')).toMatchObject({ reason: 'it is larger than 10 MiB' });
    answer = (request) => request.socket.destroy();
    expect(await fetchAsset(at(), 'image')).toMatchObject({ reason: expect.stringContaining('could not be reached') });
  });
});
