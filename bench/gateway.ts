import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocal } from '../local/boot/start-local.ts';
import { cdkOut, dashboardDist, root } from '../scripts/build.ts';
import { percentile } from './median.ts';

export interface LoadFigures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

const warmUp = 200;
const calls = 3000;
const together = 8;

/** Calls until the count is reached, a fixed number at a time, and times each. */
async function load(call: () => Promise<void>): Promise<LoadFigures> {
  const times: number[] = [];
  const worker = async (count: number, into: number[]): Promise<void> => {
    for (let done = 0; done < count; done += 1) {
      const began = performance.now();
      await call();
      into.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: together }, () => worker(warmUp / together, [])));
  const began = performance.now();
  await Promise.all(Array.from({ length: together }, () => worker(calls / together, times)));
  const seconds = (performance.now() - began) / 1000;
  return {
    perSecond: times.length / seconds,
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    p99Ms: percentile(times, 0.99),
  };
}

/** An authorised `GET /v1/accounts` through the gateway, beside the same event handed to the function's worker directly. */
export async function measureGateway(): Promise<{ readonly gateway: LoadFigures; readonly worker: LoadFigures }> {
  const home = await mkdtemp(join(tmpdir(), 'conext-bench-gateway-'));
  const system = await startLocal({
    cdkOut,
    dashboardFolder: dashboardDist,
    home,
    portBase: 0,
    simulator: { program: join(root, 'simulator', 'main.ts'), days: 7 },
  });
  const agent = new Agent({ keepAlive: true, maxSockets: together });
  try {
    const token = await system.token('automation');
    const target = new URL('/v1/accounts', system.description.apiUrl);
    const gateway = await load(
      () =>
        new Promise((resolve, reject) => {
          request(target, { agent, headers: { authorization: `Bearer ${token}` } }, (answer) => {
            if (answer.statusCode !== 200) {
              reject(new Error(`GET /v1/accounts answered ${answer.statusCode}`));
            }
            answer.resume().on('end', resolve);
          })
            .on('error', reject)
            .end();
        }),
    );
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<
      string,
      unknown
    >;
    const event = {
      resource: '/v1/accounts',
      path: '/v1/accounts',
      httpMethod: 'GET',
      headers: {},
      multiValueHeaders: {},
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
      requestContext: {
        requestId: 'bench',
        resourcePath: '/v1/accounts',
        httpMethod: 'GET',
        authorizer: {
          claims: Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, String(value)])),
        },
      },
    };
    const worker = await load(async () => {
      const result = await system.invoke('integrations-browse-structure', event);
      if (!result.ok || (result.payload as { statusCode?: number }).statusCode !== 200) {
        throw new Error(`The worker answered ${JSON.stringify(result).slice(0, 300)}`);
      }
    });
    return { gateway, worker };
  } finally {
    agent.destroy();
    await system.stop();
    await rm(home, { recursive: true, force: true });
  }
}
