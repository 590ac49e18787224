import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { publicHandler } from '../../../adapters/http/public-handler.ts';
import { createPlaceDirectory } from '../../../adapters/streams/place-directory.ts';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import { collectEventsRoutes } from '../../../contracts/routes/collect-events.ts';
import { managePixelsRoutes } from '../../../contracts/routes/manage-pixels.ts';
import { type Pixel, pixel } from '../../../contracts/schemas/pixels.ts';
import { problem } from '../../../contracts/schemas/problem.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { collectEvents } from '../../../functions/integrations/collect-events/collect-events.ts';
import { knownPixels } from '../../../functions/integrations/collect-events/known-pixels.ts';
import { managePixels } from '../../../functions/integrations/manage-pixels/manage-pixels.ts';
import { apiEvent, type Call, callApi, type Handler, lambdaContext } from '../../adapters/http/api-event.ts';
import { newWorkspace, type SeededAccount, seedAccount } from '../../adapters/http/api-world.ts';
import { type StateTable, startStateTable } from '../../adapters/state-table.ts';
import { type RecordedStream, recordedStream } from '../../adapters/streams/recorded-stream.ts';

const shop = 'https://shop.example';
const start = Date.UTC(2026, 10, 20, 12);
let now = start;
const iso = (at: number) => new Date(at).toISOString();

let state: StateTable;
let account: SeededAccount;
let recorded: RecordedStream;
let pixels: unknown;
let collector: unknown;
let lines: string[];

beforeAll(async () => {
  state = await startStateTable();
});
afterAll(() => state.close());
beforeEach(async () => {
  now = start;
  lines = [];
  recorded = recordedStream();
  account = await seedAccount(newWorkspace(state.stores), '1234567890');
  const telemetry = createTelemetry({ stage: 'test' }, (line) => void lines.push(line));
  const { stores } = state;
  pixels = apiHandler(
    managePixelsRoutes,
    managePixels({ stores, newPixelId: () => newId('pxl', now), now: () => now }),
    { allowedOrigin: 'https://app.example', telemetry },
  );
  collector = publicHandler(
    collectEventsRoutes,
    collectEvents({
      stores,
      pixelOf: knownPixels(stores.pixelOwners, () => now),
      places: createPlaceDirectory(stores, () => now),
      stream: recorded.stream,
      quota: async () => ({ perSecond: 100, perDay: 10_000 }),
      telemetry,
      now: () => now,
    }),
    { mostBytes: 16_384, telemetry },
  );
});

const manage = (given: Partial<Call>) =>
  callApi(pixels, {
    resource: '/v1/pixels',
    caller: { workspaceId: account.workspaceId },
    ...given,
    headers: { 'content-type': 'application/json', ...given.headers },
  });
async function made(given: object = {}): Promise<Pixel> {
  const body = { name: 'Shop', origins: [shop], currency: 'EUR', accountId: account.accountId, ...given };
  const answer = await manage({ method: 'POST', body: JSON.stringify(body) });
  expect(answer.status).toBe(201);
  return pixel.parse(answer.body);
}
const purchase = (given: object = {}) => ({
  id: 'page-1',
  event: 'purchase',
  occurredAt: iso(now - 500),
  orderId: 'o-1',
  valueMicros: 49_900_000,
  clickIds: { gclid: 'Cj0' },
  ...given,
});
const collect = (id: string, body: unknown, headers: Record<string, string> = {}) =>
  callApi(collector, {
    method: 'POST',
    resource: '/v1/collect/{pixelId}',
    path: { pixelId: id },
    headers: { 'content-type': 'text/plain;charset=UTF-8', origin: shop, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    caller: null,
  });
const granted = { adStorage: 'granted', adUserData: 'granted', adPersonalization: 'granted' };
const refusals = () =>
  lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => 'collectRefused' in line);

describe('pixels', () => {
  it('are made, listed, changed by who read them, and switched off', async () => {
    const first = await made();
    expect(first).toMatchObject({ enabled: true, origins: [shop], currency: 'EUR' });
    const one = { resource: '/v1/pixels/{pixelId}', path: { pixelId: first.id } };
    const { headers } = await manage(one);
    const off = JSON.stringify({ enabled: false });
    expect((await manage({ ...one, method: 'PATCH', body: off })).status).toBe(428);
    const changed = await manage({
      ...one,
      method: 'PATCH',
      body: off,
      headers: { 'if-match': headers['etag'] ?? '' },
    });
    expect([changed.status, pixel.parse(changed.body).enabled]).toEqual([200, false]);
    const late = await manage({ ...one, method: 'PATCH', body: off, headers: { 'if-match': headers['etag'] ?? '' } });
    expect(late.status).toBe(412);
    expect((await manage({})).body).toEqual({ items: [changed.body] });
    expect((await collect(first.id, { events: [purchase()] })).status).toBe(403);
  });

  it('stand in the audit trail when they are made and changed, by whom, with what is other than before', async () => {
    const { id } = await made();
    const one = { resource: '/v1/pixels/{pixelId}', path: { pixelId: id } };
    const change = async (given: object) => {
      const { etag = '' } = (await manage(one)).headers;
      const body = JSON.stringify(given);
      return manage({ ...one, method: 'PATCH', body, headers: { 'if-match': etag } });
    };
    expect((await change({ name: 'Shop', enabled: false })).status).toBe(200);
    // Nothing is other than it was.
    expect((await change({ enabled: false })).status).toBe(200);
    const { audit } = state.stores.forWorkspace(account.workspaceId);
    const { items } = await audit.list({ limit: 10 });
    const object = { kind: 'pixel', id, platformId: null, name: 'Shop' };
    expect(items).toMatchObject([
      { action: 'pixel.changed', actor: 'user-1', object, before: { enabled: true }, after: { enabled: false } },
      { action: 'pixel.created', object, before: null, after: { origins: [shop], enabled: true } },
    ]);
    expect(items[0]?.requestId).toEqual(expect.any(String));
    expect((await audit.verify()).valid).toBe(true);
  });

  it('refuse an origin that is none, an account of somebody else, and being seen by another workspace', async () => {
    const other = await seedAccount(newWorkspace(state.stores), '999');
    for (const wrong of [{ origins: ['https://shop.example/path'] }, { origins: [] }, { accountId: other.accountId }]) {
      const body = JSON.stringify({ name: 'Shop', origins: [shop], ...wrong });
      expect((await manage({ method: 'POST', body })).status).toBe(400);
    }
    const { id } = await made();
    const seen = await manage({
      resource: '/v1/pixels/{pixelId}',
      path: { pixelId: id },
      caller: { workspaceId: other.workspaceId },
    });
    expect(seen.status).toBe(404);
  });
});

describe('what a page sends', () => {
  it('goes to the tenant that made the pixel, with nothing of the visitor but what they agreed to', async () => {
    const { id } = await made();
    const answer = await collect(
      id,
      { consent: granted, events: [purchase(), { id: 'l-1', event: 'lead', occurredAt: iso(now) }] },
      { 'user-agent': 'Visitor/1.0', 'x-forwarded-for': '203.0.113.9' },
    );
    expect([answer.status, answer.body]).toEqual([202, { accepted: 2, refused: [], notes: [] }]);
    expect(answer.headers['access-control-allow-origin']).toBe(shop);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(recorded.events).toMatchObject([
      {
        workspaceId: account.workspaceId,
        source: 'pixel',
        kind: 'conversion',
        accountId: account.accountId,
        currency: 'EUR',
        orderId: 'o-1',
        measures: { orders: 1, revenueMicros: 49_900_000 },
        clickIds: { gclid: 'Cj0' },
        attributes: { pixel: id },
      },
      { kind: 'lead', measures: { leads: 1, orders: 0 }, currency: null },
    ]);
    const everything = [...recorded.wire, ...lines].join('\n');
    for (const trace of ['Visitor', '203.0.113.9', '127.0.0.1']) expect(everything).not.toContain(trace);
  });

  it.each([{ dnt: '1' }, { 'sec-gpc': '1' }])('is of nobody where the browser says %o', async (says) => {
    const { id } = await made();
    const answer = await collect(id, { consent: granted, events: [purchase()] }, says);
    expect(answer.body).toMatchObject({ accepted: 1, notes: [{ notes: ['click-ids-dropped'] }] });
    expect(recorded.events[0]).toMatchObject({
      clickIds: null,
      consent: { adStorage: 'denied', adUserData: 'denied' },
    });
  });

  it('is refused from other origins, of unknown pixels, when it is no event or too much, and each is counted', async () => {
    const { id } = await made();
    const body = { events: [purchase()] };
    const answers = [
      await collect(id, body, { origin: 'https://evil.example' }),
      await collect(newId('pxl', now), body),
      await collect(id, 'no json'),
      await collect(id, { events: [purchase({ event: 'refund' })] }),
      await collect(id, 'x'.repeat(16_385)),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 404, 400, 422, 413]);
    expect(answers[0]?.headers['access-control-allow-origin']).toBeUndefined();
    expect(answers[3]?.headers['access-control-allow-origin']).toBe(shop);
    expect(problem.parse(answers[3]?.body).errors?.[0]?.field).toBe('events.0.event');
    expect(refusals().map(({ reason }) => reason)).toEqual([
      'forbidden',
      'not-found',
      'invalid-request',
      'nothing-accepted',
    ]);
    expect(recorded.events).toEqual([]);
  });

  it('stays within the quota of its pixel, which no other pixel spends from', async () => {
    const { id } = await made();
    const other = await made();
    const events = Array.from({ length: 20 }, (_, index) => purchase({ id: `p-${index}` }));
    const statuses: number[] = [];
    for (let request = 0; request < 51; request += 1) statuses.push((await collect(id, { events })).status);
    expect(statuses).toEqual([...Array.from({ length: 50 }, () => 202), 429]);
    expect((await collect(other.id, { events })).status).toBe(202);
    now += 1_000;
    expect((await collect(id, { events })).status).toBe(202);
  });

  it('stops within half a minute of a pixel that was switched off', async () => {
    const { id } = await made();
    expect((await collect(id, { events: [purchase()] })).status).toBe(202);
    const one = { resource: '/v1/pixels/{pixelId}', path: { pixelId: id } };
    const { etag = '' } = (await manage(one)).headers;
    const body = JSON.stringify({ enabled: false });
    expect((await manage({ ...one, method: 'PATCH', body, headers: { 'if-match': etag } })).status).toBe(200);
    now += 31_000;
    expect((await collect(id, { events: [purchase()] })).status).toBe(403);
  });
});

describe('the image', () => {
  const get = async (id: string, query: Record<string, string>, headers: Record<string, string> = {}) => {
    const call = { resource: '/v1/collect/{pixelId}', path: { pixelId: id }, query, headers, caller: null };
    return (collector as Handler)(apiEvent(call), lambdaContext());
  };
  const query = {
    event: 'purchase',
    id: 'i-1',
    occurredAt: iso(start),
    valueMicros: '5000000',
    orderId: '',
    gclid: 'C',
  };

  it('counts one event of a page without scripts', async () => {
    const { id } = await made();
    const answer = await get(id, { ...query, adStorage: 'granted' }, { referer: `${shop}/thanks` });
    expect([answer.statusCode, answer.headers?.['content-type']]).toEqual([200, 'image/gif']);
    expect(Buffer.from(answer.body, 'utf8').toString('latin1')).toBe(answer.body);
    expect(recorded.events).toMatchObject([
      { id: 'i-1', orderId: null, measures: { revenueMicros: 5_000_000 }, clickIds: { gclid: 'C' } },
    ]);
  });

  it('is an image all the same when nothing can be counted', async () => {
    const { id } = await made();
    const answers = [
      await get(id, query, { referer: 'https://evil.example/' }),
      await get('pxl_nobody', query),
      await get(id, { event: 'purchase' }),
    ];
    expect(answers.map(({ statusCode, headers }) => [statusCode, headers?.['content-type']])).toEqual(
      answers.map(() => [200, 'image/gif']),
    );
    expect(refusals().map(({ reason }) => reason)).toEqual(['forbidden', 'not-found', 'nothing-accepted']);
    expect(recorded.events).toEqual([]);
  });
});
