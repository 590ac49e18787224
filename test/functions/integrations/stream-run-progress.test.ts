import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runDetail } from '../../../contracts/schemas/pipelines.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { watchRun } from '../../../functions/integrations/stream-run-progress/stream-run-progress.ts';
import { installStreaming, isStreaming, ResponseStream } from '../../../local/functions/response-stream.ts';
import { apiEvent, type Call, lambdaContext } from '../../adapters/http/api-event.ts';
import { type ApiWorld, newWorkspace, startApiWorld } from '../../adapters/http/api-world.ts';

type Stores = ReturnType<typeof newWorkspace>;
type Streaming = (event: unknown, stream: ResponseStream, context: unknown) => Promise<void>;

interface Prelude {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

let world: ApiWorld;
let handler: Streaming;
let mine: Stores;

beforeAll(async () => {
  world = await startApiWorld();
  // What Lambda's Node runtime puts there before it loads a function.
  vi.stubGlobal('awslambda', undefined);
  installStreaming();
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
  let bytes = '';
  const stream: ResponseStream = new ResponseStream('request', (message) => {
    if (message.kind === 'chunk') bytes += Buffer.from(message.bytes).toString();
    setImmediate(() => stream.taken());
  });
  // Metadata, eight NUL bytes, then the body.
  const part = (index: 0 | 1) => bytes.split('\0'.repeat(8))[index] ?? '';
  const text = () => part(1);
  const event = apiEvent({ resource: '/v1/pipelines/etl/runs/{runId}/progress', path: { runId }, caller });
  const ended = handler(event, stream, lambdaContext());
  return {
    stream,
    ended,
    prelude: (): Prelude => JSON.parse(part(0)),
    text,
    events: () => [...text().matchAll(/^data: (.*)$/gm)].map(([, data = '']) => runDetail.parse(JSON.parse(data))),
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
  it('is one, as Lambda sees the handler', () => {
    expect(isStreaming(handler)).toBe(true);
  });

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
    watched.stream.abandon();
    await expect(watched.ended).rejects.toThrow(/reader of the response went away/);
  });

  it('ends when its time is over, with the run still under way', async () => {
    const runId = await newRun(mine);
    let time = 0;
    const options = { everyMillis: 1, forMillis: 3, now: () => time++ };
    const events = await watchRun(world.stores, options)(
      {
        principal: { workspaceId: mine.workspaceId, role: 'owner', scopes: [], subject: 'user-1' },
        path: { runId },
        query: {},
        body: {},
        idempotencyKey: undefined,
        requestId: 'request-1',
      },
      new AbortController().signal,
    );
    const seen: string[] = [];
    for await (const { status } of events) seen.push(status);
    expect(seen).toEqual(['running']);
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
    expect(unscoped.prelude().statusCode).toBe(403);
  });
});
