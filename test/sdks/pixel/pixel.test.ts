/** The script in a real browser, on a shop's page, sending to the collector itself. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { publicHandler } from '../../../adapters/http/public-handler.ts';
import { createPlaceDirectory } from '../../../adapters/streams/place-directory.ts';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import { collectEventsRoutes } from '../../../contracts/routes/collect-events.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { collectEvents, onePixel } from '../../../functions/integrations/collect-events/collect-events.ts';
import { buildPixel } from '../../../scripts/build-pixel.ts';
import { apiEvent, type Handler, lambdaContext } from '../../adapters/http/api-event.ts';
import { newWorkspace } from '../../adapters/http/api-world.ts';
import { type StateTable, startStateTable } from '../../adapters/state-table.ts';
import { type RecordedStream, recordedStream } from '../../adapters/streams/recorded-stream.ts';
import { chromiumPath, openBrowser } from '../../dashboard/browser.ts';

const path = await chromiumPath();
if (path === undefined) process.stderr.write('Left out: the pixel in a browser. There is no Chromium.\n');

const folder = await mkdtemp(join(tmpdir(), 'conext-pixel-'));
const file = join(folder, 'v1.js');
await buildPixel(file);
const script = await readFile(file);
afterAll(() => rm(folder, { recursive: true, force: true }));

it('the script is no larger than 4 KB as it travels', () => {
  expect(gzipSync(script).length).toBeLessThanOrEqual(4_096);
});

async function serve(listener: RequestListener): Promise<{ server: Server; origin: string }> {
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Red, green, blue and opacity of an image's first pixel; runs in the page. */
async function paintedBy(source: string): Promise<number[]> {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = document.createElement('canvas').getContext('2d');
  canvas?.drawImage(image, 0, 0);
  return [...(canvas?.getImageData(0, 0, 1, 1).data ?? [])];
}

describe.skipIf(path === undefined)('a page with the pixel', () => {
  let browser: Browser;
  let state: StateTable;
  let shop: { server: Server; origin: string };
  let api: { server: Server; origin: string };
  let context: BrowserContext;
  let recorded: RecordedStream;
  let pixelId: string;
  let handler: Handler;
  let cookies: string[];

  beforeAll(async () => {
    [browser, state] = await Promise.all([openBrowser(path ?? ''), startStateTable()]);
    shop = await serve((request, response) => {
      if (request.url === '/pixel/v1.js') return void response.end(script);
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>Shop</title>');
    });
    api = await serve(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const url = new URL(request.url ?? '/', 'http://api');
      const event = apiEvent({
        method: request.method ?? 'GET',
        resource: '/v1/collect/{pixelId}',
        path: { pixelId: url.pathname.split('/').at(-1) ?? '' },
        query: Object.fromEntries(url.searchParams),
        headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
        body: Buffer.concat(chunks).toString('utf8'),
        caller: null,
      });
      const answer = await handler(event, lambdaContext());
      response.writeHead(answer.statusCode, answer.headers as Record<string, string>).end(answer.body);
    });
  });
  afterAll(async () => {
    await Promise.all([browser.close(), state.close()]);
    for (const { server } of [shop, api]) server.close();
  });

  beforeEach(async () => {
    recorded = recordedStream();
    const own = newWorkspace(state.stores);
    pixelId = newId('pxl', Date.now());
    const at = new Date().toISOString();
    await state.table.transact([
      own.pixels.create({
        ...{ id: pixelId, name: 'Shop', origins: [shop.origin], currency: 'EUR', accountId: null },
        ...{ enabled: true, createdAt: at, changedAt: at },
      }),
    ]);
    const telemetry = createTelemetry({}, () => undefined);
    handler = publicHandler(
      collectEventsRoutes,
      collectEvents({
        stores: state.stores,
        pixelOf: state.stores.pixelOwners.find,
        places: createPlaceDirectory(state.stores, Date.now),
        stream: recorded.stream,
        quota: async () => ({ perSecond: 100, perDay: 1_000 }),
        telemetry,
        now: Date.now,
      }),
      { mostBytes: 16_384, telemetry },
    ) as Handler;
    context = await browser.newContext();
    cookies = [];
  });
  afterEach(() => context.close());

  /** Opens a page of the shop and runs the snippet, with the calls before the script is there. */
  async function visit(search: string, calls: readonly (readonly unknown[])[]) {
    const page = await context.newPage();
    await page.goto(`${shop.origin}/${search}`);
    await page.evaluate(
      async ([id, endpoint, given]) => {
        type Conext = ((...call: unknown[]) => void) & { q?: unknown[] };
        const site = window as unknown as { conext: Conext };
        const waiting: unknown[] = [];
        site.conext = Object.assign((...call: unknown[]) => void waiting.push(call), { q: waiting });
        site.conext('init', id, { endpoint });
        for (const call of given) site.conext(...call);
        const tag = document.createElement('script');
        tag.src = '/pixel/v1.js';
        await new Promise((loaded) => {
          tag.onload = loaded;
          document.head.append(tag);
        });
      },
      [pixelId, api.origin, calls] as const,
    );
    cookies = (await context.cookies()).map(({ name }) => name);
    return page;
  }
  const counted = (events: number) =>
    vi.waitFor(() => expect(recorded.events).toHaveLength(events), { timeout: 5_000 });
  const purchase = ['event', 'purchase', { orderId: 'o-1', value: 49.9 }] as const;

  it('tells of what was asked before the script was there, and of the click where that was agreed to', async () => {
    await visit('?gclid=Cj0&utm_campaign=autumn', [['consent', { adStorage: 'granted' }], purchase, ['event', 'lead']]);
    await counted(2);
    expect(recorded.events).toMatchObject([
      {
        source: 'pixel',
        kind: 'conversion',
        orderId: 'o-1',
        currency: 'EUR',
        measures: { orders: 1, revenueMicros: 49_900_000 },
        clickIds: { gclid: 'Cj0' },
        attributes: { utmCampaign: 'autumn' },
      },
      { kind: 'lead', measures: { leads: 1 } },
    ]);
    expect(cookies).toEqual(['_conext_landing']);
  });

  it('knows the click on a later page, and tells of an order once', async () => {
    await visit('?ttclid=t-1', [['consent', { adStorage: 'granted' }]]);
    const page = await visit('thanks', [['consent', { adStorage: 'granted' }], purchase]);
    await counted(1);
    expect(recorded.events[0]?.clickIds?.ttclid).toBe('t-1');
    await page.evaluate(() =>
      (window as unknown as { conext: (...call: unknown[]) => void }).conext('event', 'purchase', { orderId: 'o-1' }),
    );
    await page.evaluate(() => (window as unknown as { conext: (...call: unknown[]) => void }).conext('event', 'lead'));
    await counted(2);
    expect(recorded.events.map(({ kind }) => kind)).toEqual(['conversion', 'lead']);
  });

  it('keeps and sends no click without consent, and counts all the same', async () => {
    await visit('?gclid=Cj0', [purchase]);
    await counted(1);
    expect(recorded.events[0]).toMatchObject({ clickIds: null, measures: { orders: 1 } });
    expect(cookies).toEqual([]);
    await visit('', [['consent', { adStorage: 'granted' }]]);
    await visit('?gclid=Cj1', [['consent', { adStorage: 'granted' }]]);
    expect(cookies).toEqual(['_conext_landing']);
    await visit('', [['consent', { adStorage: 'denied' }]]);
    expect(cookies).toEqual([]);
  });

  it('hears a browser that says no to all of it', async () => {
    await context.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
    await visit('?gclid=Cj0', [['consent', { adStorage: 'granted', adUserData: 'granted' }], purchase]);
    await counted(1);
    expect(recorded.events[0]).toMatchObject({ clickIds: null, consent: { adStorage: 'denied' } });
    expect(cookies).toEqual([]);
  });

  it('falls back to a request that outlives the page where there is no beacon', async () => {
    await context.addInitScript(() => Object.defineProperty(navigator, 'sendBeacon', { value: () => false }));
    const page = await visit('', []);
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.evaluate(() => (window as unknown as { conext: (...call: unknown[]) => void }).conext('event', 'lead'));
    await counted(1);
    expect(complaints).toEqual([]);
  });

  it('shows the image of a page without scripts', async () => {
    const page = await context.newPage();
    await page.goto(shop.origin);
    const query = new URLSearchParams({ event: 'lead', id: 'i-1', occurredAt: new Date().toISOString() });
    const width = await page.evaluate(
      (source) =>
        new Promise((done) => {
          const image = new Image();
          image.onload = () => done(image.naturalWidth);
          image.onerror = () => done('broken');
          image.src = source;
        }),
      `${api.origin}/v1/collect/${pixelId}?${query}`,
    );
    expect(width).toBe(1);
    expect(await page.evaluate(paintedBy, `data:image/gif;base64,${btoa(onePixel)}`)).toEqual([0, 0, 0, 0]);
    await counted(1);
  });
});
