import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type LiveEvent, liveEvent } from '../../../contracts/schemas/live.ts';
import { installStreaming, ResponseStream } from '../../../local/functions/response-stream.ts';
import { apiEvent, lambdaContext } from '../../adapters/http/api-event.ts';
import {
  type ApiWorld,
  newWorkspace,
  seedAccount,
  seedStructure,
  startApiWorld,
} from '../../adapters/http/api-world.ts';
import { createCounting } from './live-world.ts';

type Streaming = (event: unknown, stream: ResponseStream, context: unknown) => Promise<void>;

let world: ApiWorld;
let handler: Streaming;

beforeAll(async () => {
  world = await startApiWorld();
  vi.stubGlobal('awslambda', undefined);
  installStreaming();
  const module = await import('../../../functions/analysis/stream-live/handler.ts');
  handler = module.handler as unknown as Streaming;
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await world.close();
});

function watch(workspaceId: string, query: Record<string, string> = {}) {
  let bytes = '';
  const stream: ResponseStream = new ResponseStream('request', (message) => {
    if (message.kind === 'chunk') bytes += Buffer.from(message.bytes).toString();
    setImmediate(() => stream.taken());
  });
  const event = apiEvent({ resource: '/v1/metrics/live/events', query, caller: { workspaceId } });
  const ended = handler(event, stream, lambdaContext());
  return {
    stream,
    ended,
    text: () => bytes,
    events: (): LiveEvent[] =>
      [...bytes.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => liveEvent.parse(JSON.parse(data))),
  };
}

it('tells the whole first and then what was counted, and stops when the reader goes away', {
  timeout: 20_000,
}, async () => {
  const count = createCounting('Europe/Berlin');
  const stores = newWorkspace(world.stores);
  const { workspaceId } = stores;
  await stores.workspace.put({ name: 'Live', currency: 'EUR' });
  const mine = await seedAccount(stores, '111');
  const campaigns = ['c1', 'c2'].map((platformId) => ({ platformId, dailyBudgetMicros: 1_000_000_000 }));
  await seedStructure(mine, { campaigns });
  const spend = (campaign: string, spendMicros: number) => ({
    workspaceId,
    accountId: mine.accountId,
    campaignId: mine.idOf('campaign', campaign),
    currency: 'EUR',
    occurredAt: Date.now(),
    measures: { spendMicros },
  });
  await count([spend('c1', 9_000_000)]);
  const watched = watch(workspaceId, { minutes: '30' });
  await vi.waitFor(() => expect(watched.events()).toHaveLength(1), 5_000);
  const [first] = watched.events();
  if (first?.kind !== 'state') throw new Error('The first event is the state.');
  expect(first.state.minutes).toHaveLength(30);
  expect(first.state.rows.map(({ campaignName, today }) => [campaignName, today.spendMicros])).toEqual([
    ['campaign c1', 9_000_000],
    ['campaign c2', 0],
  ]);

  await count([spend('c2', 4_000_000)]);
  await vi.waitFor(() => expect(JSON.stringify(watched.events().slice(1))).toContain('13000000'), 5_000);
  const changes = watched
    .events()
    .slice(1)
    .filter((event) => event.kind === 'change');
  expect(
    changes.some(({ rows }) =>
      rows.some(({ row }) => row.campaignName === 'campaign c2' && row.today.spendMicros === 4_000_000),
    ),
  ).toBe(true);
  // A minute may have begun meanwhile; the others are not told again.
  for (const { minutes } of changes) expect(minutes.length).toBeLessThanOrEqual(3);
  expect(changes.at(-1)?.totals.spendMicros).toBe(13_000_000);
  expect(watched.text()).toMatch(/id: 1\ndata: [\s\S]*id: 2\ndata: /);

  watched.stream.abandon();
  await expect(watched.ended).rejects.toThrow(/reader of the response went away/);
});

it('refuses before the stream begins', async () => {
  const stores = newWorkspace(world.stores);
  const watched = watch(stores.workspaceId, { minutes: '500' });
  await watched.ended;
  expect(watched.text()).toContain('"statusCode":400');
});
