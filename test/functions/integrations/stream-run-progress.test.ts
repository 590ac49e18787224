import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runDetail } from '../../../contracts/schemas/pipelines.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { apiEvent, type Call, lambdaContext } from '../../adapters/http/api-event.ts';
import { type ApiWorld, newWorkspace, startApiWorld } from '../../adapters/http/api-world.ts';

type Stores = ReturnType<typeof newWorkspace>;
type Streaming = (event: unknown, stream: PassThrough, context: unknown) => Promise<void>;

interface Prelude {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

let world: ApiWorld;
let handler: Streaming;
let mine: Stores;
const preludes = new WeakMap<object, Prelude>();

beforeAll(async () => {
  world = await startApiWorld();
  // What Lambda's Node runtime puts there before it loads a function.
  vi.stubGlobal('awslambda', {
    streamifyResponse: (streaming: Streaming) => streaming,
    HttpResponseStream: {
      from: (stream: PassThrough, prelude: Prelude) => {
        preludes.set(stream, prelude);
        return stream;
      },
    },
  });
  const module = await import('../../../functions/integrations/stream-run-progress/handler.ts');
  handler = module.handler as unknown as Streaming;
  mine = newWorkspace(world.stores);
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await world.close();
});

async function newRun(stores: Stores): Promise<string> {
  const id = newId('run', Date.now());
  await stores.runs.create({
    id,
    pipeline: 'etl',
    trigger: 'on-demand',
    status: 'running',
    from: null,
    to: null,
    accounts: { total: 0, loaded: 0, failed: 0, skipped: 0 },
    rowsExtracted: 0,
    rowsLoaded: 0,
    rowsQuarantined: 0,
    error: null,
    startedAt: '2026-11-20T08:00:00.000Z',
    finishedAt: null,
    requestHash: null,
  });
  return id;
}

function watch(runId: string, caller: Call['caller'] = { workspaceId: mine.workspaceId }) {
  const stream = new PassThrough();
  let text = '';
  stream.on('data', (chunk) => {
    text += chunk;
  });
  const event = apiEvent({ resource: '/v1/pipelines/etl/runs/{runId}/progress', path: { runId }, caller });
  const ended = handler(event, stream, lambdaContext());
  return {
    stream,
    ended,
    prelude: () => preludes.get(stream),
    text: () => text,
    events: () => [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => runDetail.parse(JSON.parse(data))),
  };
}

const item = (runId: string, rowsExtracted: number) => ({
  itemId: `${runId}-1`,
  accountId: null,
  accountName: 'Account',
  platform: 'google-ads' as const,
  stage: 'extracting' as const,
  from: null,
  to: null,
  rowsExtracted,
  rowsLoaded: 0,
  rowsQuarantined: 0,
  error: null,
  updatedAt: '2026-11-20T08:00:01.000Z',
});

describe('the progress stream', () => {
  it('tells the run as it is, each change once, and ends with the run', { timeout: 15_000 }, async () => {
    const runId = await newRun(mine);
    const watched = watch(runId);
    await vi.waitFor(() => expect(watched.events()).toHaveLength(1), 3_000);
    expect(watched.prelude()).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' },
    });
    await mine.runs.planItems(runId, [item(runId, 40)]);
    await vi.waitFor(() => expect(watched.events()).toHaveLength(2), 3_000);
    await mine.runs.transition(runId, ['running'], { status: 'failed', error: 'all failed' });
    await watched.ended;
    expect(watched.events().map(({ status, progress }) => [status, progress.length])).toEqual([
      ['running', 0],
      ['running', 1],
      ['failed', 1],
    ]);
    expect(watched.text()).toMatch(/^retry: 3000\n\nid: 1\n/);
  });

  it('ends at once for a run that is over', async () => {
    const runId = await newRun(mine);
    await mine.runs.transition(runId, ['running'], { status: 'succeeded' });
    const watched = watch(runId);
    await watched.ended;
    expect(watched.events().map(({ status }) => status)).toEqual(['succeeded']);
  });

  it('stops looking when the reader goes away', { timeout: 15_000 }, async () => {
    const watched = watch(await newRun(mine));
    await vi.waitFor(() => expect(watched.events()).toHaveLength(1), 3_000);
    watched.stream.destroy();
    await expect(watched.ended).rejects.toThrow(/premature close/i);
  });

  it('answers a problem instead of a stream for what is refused', async () => {
    const runId = await newRun(mine);
    const foreign = watch(runId, { workspaceId: newId('wsp', Date.now()) });
    await foreign.ended;
    expect(foreign.prelude()).toMatchObject({
      statusCode: 404,
      headers: { 'content-type': 'application/problem+json', 'access-control-allow-origin': 'https://app.example' },
    });
    expect(JSON.parse(foreign.text())).toMatchObject({ code: 'not-found' });
    const unscoped = watch(runId, { workspaceId: mine.workspaceId, scopes: ['metrics.read'] });
    await unscoped.ended;
    expect(unscoped.prelude()?.statusCode).toBe(403);
  });
});
