import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleFiles } from '../../simulator/sample-files.ts';

let server: Server;
let origin: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (!sampleFiles(request, response)) response.writeHead(418).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

it('a picture has the size that was asked for, in its header and in its rows', async () => {
  const bytes = Buffer.from(await (await fetch(`${origin}/samples/120x63.png`)).arrayBuffer());
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([120, 63]);
  const start = bytes.indexOf('IDAT') + 4;
  expect(inflateSync(bytes.subarray(start, start + bytes.readUInt32BE(start - 8)))).toHaveLength(63 * 121);
});

it.each([
  ['/samples/clip.mp4', 200],
  ['/samples/0x10.png', 404],
  ['/samples/9999x9999.png', 404],
  ['/samples/other', 404],
  ['/rest/anything', 418],
])('%s answers %d', async (path, status) => {
  expect((await fetch(`${origin}${path}`)).status).toBe(status);
});
