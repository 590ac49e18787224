import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

const root = new URL('../../..', import.meta.url).pathname;

let simulator: Simulator;
let proxy: Server;
let folder: string;
const asked: string[] = [];
const sockets = new Set<Socket>();

beforeAll(async () => {
  simulator = await createSimulator({ tls: true, startAt: Date.parse('2026-11-01T06:00:00Z'), speed: 0, days: 5 });
  // Every name leads to the simulator, so nothing can leave this machine.
  proxy = createServer().on('connect', (request, client: Socket) => {
    asked.push(request.url ?? '');
    const upstream = connect(simulator.tls?.port ?? 0, '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  folder = await mkdtemp(join(tmpdir(), 'google-ads-ca-'));
  await writeFile(join(folder, 'ca.pem'), simulator.tls?.caPem ?? '');
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => proxy.close(resolve));
  await simulator.close();
  await rm(folder, { recursive: true });
});

/** What a program of somebody else would do; nothing of ours is in it. */
const program = `
  import { GoogleAdsApi } from 'google-ads-api';
  const { clientId, clientSecret, developerToken, refreshToken, managerCustomerId } = JSON.parse(process.env.CREDENTIALS);
  const api = new GoogleAdsApi({ client_id: clientId, client_secret: clientSecret, developer_token: developerToken });
  const accessible = await api.listAccessibleCustomers(refreshToken);
  const customer = api.Customer({ customer_id: '4210000001', login_customer_id: managerCustomerId, refresh_token: refreshToken });
  const rows = await customer.query("SELECT campaign.id, segments.date, metrics.cost_micros FROM campaign WHERE segments.date = '2026-10-30'");
  console.log(JSON.stringify({ accessible: accessible.resource_names, cost: rows.reduce((sum, row) => sum + row.metrics.cost_micros, 0) }));
  process.exit(0);
`;

describe('the google-ads-api package as published', () => {
  it('speaks to the simulator when the environment alone leads it there', async () => {
    const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: root,
      timeout: 25_000,
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        HTTPS_PROXY: proxyUrl,
        https_proxy: proxyUrl,
        NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
        GRPC_DEFAULT_SSL_ROOTS_FILE_PATH: join(folder, 'ca.pem'),
        CREDENTIALS: JSON.stringify(simulator.credentials),
      },
    });
    const truth = await fetch(
      `${simulator.control}/control/truth?account=4210000001&grain=campaign&from=2026-10-30&to=2026-10-30`,
    );
    const { rows } = (await truth.json()) as { rows: readonly { costMicros: number }[] };
    expect(JSON.parse(stdout)).toEqual({
      accessible: ['customers/9100000001'],
      cost: rows.reduce((sum, { costMicros }) => sum + costMicros, 0),
    });
    expect(new Set(asked)).toEqual(new Set(['oauth2.googleapis.com:443', 'googleads.googleapis.com:443']));
  }, 30_000);
});

describe('our reader over TLS', () => {
  it('trusts the same certificate for REST, OAuth and gRPC', async () => {
    const { clientId, clientSecret, developerToken, refreshToken } = simulator.credentials;
    const base = `https://localhost:${simulator.tls?.port}`;
    const access = {
      credentials: { clientId, clientSecret, developerToken, refreshToken },
      endpoints: { api: base, oauth: base },
    };
    const ours = `
      import { openReader } from './platforms/readers.ts';
      const reader = await openReader('google-ads', ${JSON.stringify(access)});
      console.log(JSON.stringify((await reader.listAccounts()).map(({ platformId }) => platformId)));
      process.exit(0);
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', ours], {
      cwd: root,
      timeout: 25_000,
      env: {
        PATH: process.env.PATH,
        NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
        GRPC_DEFAULT_SSL_ROOTS_FILE_PATH: join(folder, 'ca.pem'),
      },
    });
    expect(JSON.parse(stdout)).toEqual(['4210000001', '4210000002', '4210000003', '4210000004']);
  }, 30_000);
});
