/** One whole system for a test file: started from the built templates on free ports in a folder of its own. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import type * as z from 'zod/mini';
import { type RouteName, routes } from '../../contracts/routes.ts';
import { problem } from '../../contracts/schemas/problem.ts';
import { type RunningSystem, startLocal } from '../../local/boot/start-local.ts';
import { Simulator } from './simulator.ts';

const root = join(import.meta.dirname, '..', '..');

/** What a start with its first load may take on two busy cores. */
export const START_TIMEOUT_MS = 120_000;
const RUN_DEADLINE_MS = 110_000;
const finalStatuses: ReadonlySet<string> = new Set(['succeeded', 'partial', 'failed']);

export type Answer<N extends RouteName> = z.infer<(typeof routes)[N]['success']['schema']>;
type Query = Readonly<Record<string, string>>;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface TestSystem {
  readonly running: RunningSystem;
  readonly simulator: Simulator;
  /** Where everything is kept; its path must never leave the system. */
  readonly home: string;
  /** Any request, as it is; `token` is the automation client's by default, `null` is none. */
  send(method: string, path: string, options?: SendOptions): Promise<Reply>;
  /** A request that succeeds, its answer held against the contract: nothing missing, nothing undeclared. */
  get<N extends RouteName>(name: N, query?: Query, path?: Query): Promise<Answer<N>>;
  /** Everything of a list, page by page. */
  pages<T>(name: RouteName, query: Query, path?: Query): Promise<readonly T[]>;
  startRun(body: object, key?: string): Promise<Answer<'startEtlRun'>>;
  /** Starts a run and waits until it is over. */
  run(body?: object): Promise<Answer<'getEtlRun'>>;
  finished(runId: string): Promise<Answer<'getEtlRun'>>;
  stop(): Promise<void>;
}

export interface SendOptions {
  readonly token?: string | null;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Without a load: the tests hold the simulator's clock still first, so that facts have one truth. Connections of other platforms
 * than those named are paused before they are ever asked.
 */
export async function startTestSystem(
  days: number,
  platforms: readonly string[] = ['google-ads'],
): Promise<TestSystem> {
  for (const [folder, file] of [
    ['cdk.out', 'manifest.json'],
    ['dist/dashboard', 'index.html'],
  ] as const) {
    if (!existsSync(join(root, folder, file)))
      throw new Error(`${folder} is missing or empty: run "npm run build" before these tests.`);
  }
  const home = mkdtempSync(join(tmpdir(), 'conext-test-system-'));
  const running = await startLocal({
    cdkOut: join(root, 'cdk.out'),
    dashboardFolder: join(root, 'dist', 'dashboard'),
    home,
    portBase: 0,
    simulator: { program: join(root, 'simulator', 'main.ts'), seed: 11, days },
    load: false,
  });
  const simulator = new Simulator(running.description.simulatorUrl);
  const { apiUrl } = running.description;

  const send: TestSystem['send'] = async (method, path, { token, body, headers } = {}) => {
    const bearer = token === undefined ? await running.token('automation') : token;
    const response = await fetch(apiUrl + path, {
      method,
      ...(body !== undefined && { body }),
      headers: {
        ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  const get: TestSystem['get'] = async (name, query = {}, path = {}) => {
    const reply = await send(routes[name].method, pathOf(name, query, path));
    return readAs(name, reply);
  };

  const startRun: TestSystem['startRun'] = async (body, key = crypto.randomUUID()) => {
    const reply = await send('POST', routes.startEtlRun.path, {
      body: JSON.stringify(body),
      headers: { 'idempotency-key': key },
    });
    return readAs('startEtlRun', reply);
  };

  const finished: TestSystem['finished'] = async (runId) => {
    const over = async () => finalStatuses.has((await get('getEtlRun', {}, { runId })).status);
    await vi.waitUntil(over, { timeout: RUN_DEADLINE_MS, interval: 200 });
    return get('getEtlRun', {}, { runId });
  };

  for (const { id, platform } of (await get('listConnections')).items) {
    if (platforms.includes(platform)) continue;
    const path = pathOf('changeConnection', {}, { connectionId: id });
    const { headers } = await send('GET', path);
    const changed = await send('PATCH', path, {
      body: JSON.stringify({ paused: true }),
      headers: { 'if-match': headers.get('etag') ?? '' },
    });
    expect(changed.status).toBe(200);
  }

  return {
    running,
    simulator,
    home,
    send,
    get,
    startRun,
    finished,
    async pages<T>(name: RouteName, query: Query, path: Query = {}) {
      const items: T[] = [];
      let cursor: string | null = null;
      do {
        const answer = (await get(name, { ...query, ...(cursor !== null && { cursor }) }, path)) as unknown as {
          readonly items?: readonly T[];
          readonly rows?: readonly T[];
          readonly nextCursor: string | null;
        };
        const page = answer.items ?? answer.rows ?? [];
        expect(page.length).toBeLessThanOrEqual(Number(query.limit ?? page.length));
        items.push(...page);
        cursor = answer.nextCursor;
      } while (cursor !== null);
      return items;
    },
    run: async (body = {}) => finished((await startRun(body)).id),
    stop: async () => {
      await running.stop();
      rmSync(home, { recursive: true });
    },
  };
}

export function pathOf(name: RouteName, query: Query = {}, path: Query = {}): string {
  const filled = routes[name].path.replaceAll(/\{(\w+)\}/g, (_, field: string) =>
    encodeURIComponent(path[field] ?? ''),
  );
  const search = new URLSearchParams(query).toString();
  return search === '' ? filled : `${filled}?${search}`;
}

/** The body as the contract declares it; a field the contract does not know is an error too. */
function readAs<N extends RouteName>(name: N, reply: Reply): Answer<N> {
  const { status, schema } = routes[name].success;
  expect([reply.status, reply.status === status ? '' : reply.text]).toEqual([status, '']);
  expect(reply.headers.get('content-type')).toMatch(/^application\/json/);
  const body: unknown = JSON.parse(reply.text);
  const parsed = schema.parse(body);
  expect(parsed).toEqual(body);
  return parsed as Answer<N>;
}

/** A refusal as every caller must find it: problem details that name the request and give nothing of the inside away. */
export function readProblem(system: TestSystem, reply: Reply): z.infer<typeof problem> {
  expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const body: unknown = JSON.parse(reply.text);
  const parsed = problem.parse(body);
  expect(parsed).toEqual(body);
  expect(parsed.status).toBe(reply.status);
  expect(parsed.type).toBe(`https://conext.example/problems/${parsed.code}`);
  expect(parsed.requestId).toMatch(/^[\w.-]{8,}$/);
  expect(parsed.requestId).toBe(reply.headers.get('x-request-id'));
  for (const inside of [
    'arn:',
    system.home,
    root,
    'node_modules',
    '.ts:',
    '.mjs',
    '    at ',
    'conext-local',
    'dynamodb',
  ]) {
    expect(reply.text.toLowerCase()).not.toContain(inside.toLowerCase());
  }
  return parsed;
}
