import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { request } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../simulator/simulator.ts';
import { open } from './open.ts';

let simulator: Simulator;
let proxy: Server;
let folder: string;
let caFile: string;
const tunnelled: string[] = [];

beforeAll(async () => {
  ({ simulator } = await open({ tls: true, days: 5 }));
  folder = await mkdtemp(join(tmpdir(), 'conext-simulator-tls-'));
  caFile = join(folder, 'ca.pem');
  await writeFile(caFile, simulator.tls?.caPem ?? '');
  proxy = createServer().on('connect', (asked, client, head) => {
    tunnelled.push(asked.url ?? '');
    const upstream = connect(simulator.tls?.port ?? 0, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await simulator.close();
  await rm(folder, { recursive: true, force: true });
});

describe('one TLS port', () => {
  it('answers REST under Google`s host name to who trusts its certificate', async () => {
    const status = await new Promise((resolve, reject) => {
      const options = {
        host: '127.0.0.1',
        port: simulator.tls?.port,
        servername: 'googleads.googleapis.com',
        ca: simulator.tls?.caPem,
        path: '/v25/customers:listAccessibleCustomers',
      };
      request(options, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(401);
  });

  it('is refused by who does not trust it', async () => {
    const answer = new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port: simulator.tls?.port, servername: 'googleads.googleapis.com' }, resolve)
        .on('error', reject)
        .end();
    });
    await expect(answer).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  });

  it('serves the package with nothing overridden: OAuth, REST and gRPC through a proxy named in the environment', async () => {
    const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const script = new URL('google-ads/unmodified-client.mjs', import.meta.url).pathname;
    const { stdout } = await promisify(execFile)(process.execPath, [script], {
      timeout: 18_000,
      env: {
        PATH: process.env['PATH'] ?? '',
        CREDENTIALS: JSON.stringify(simulator.credentials),
        // axios and Google's OAuth read the one spelling, gRPC the other.
        HTTPS_PROXY: proxyUrl,
        https_proxy: proxyUrl,
        NODE_EXTRA_CA_CERTS: caFile,
        GRPC_DEFAULT_SSL_ROOTS_FILE_PATH: caFile,
        METADATA_SERVER_DETECTION: 'none',
      },
    });
    const rows = [
      { campaign: { id: 20010010000, name: 'Search | Brand' } },
      { campaign: { id: 20010020000, name: 'Search | Running Shoes' } },
    ];
    expect(JSON.parse(stdout)).toMatchObject({
      accessible: { resource_names: ['customers/9100000001'] },
      rows,
      streamed: rows,
    });
    expect(new Set(tunnelled)).toEqual(new Set(['googleads.googleapis.com:443', 'oauth2.googleapis.com:443']));
  });
});
