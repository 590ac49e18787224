import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../../simulator/simulator.ts';
import { answered, berlin, type Caller, noon, open, tokyo } from './open.ts';

let simulator: Simulator;
let call: Caller;
beforeAll(async () => {
  ({ simulator, call } = await open({ days: 30 }));
});
afterAll(() => simulator.close());
beforeEach(() => {
  simulator.clock.setTo(noon);
  simulator.faults.clear();
  simulator.requests.clear();
});

const control = (method: string, path: string, body?: unknown) =>
  answered(
    fetch(`${simulator.control}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
  );

describe('the control port', () => {
  it('is healthy', async () => {
    expect((await control('GET', '/control/health')).body).toEqual({ ok: true });
  });

  it.each([
    [{ advanceDays: 2 }, '2026-11-22T11:00:00.000Z'],
    [{ setTo: '2026-12-24T18:00:00Z' }, '2026-12-24T18:00:00.000Z'],
    [{ setTo: noon, advanceDays: 0.5 }, '2026-11-20T23:00:00.000Z'],
  ])('drives the clock by %j to %s', async (drive, iso) => {
    expect((await control('POST', '/control/clock', drive)).body).toMatchObject({ iso, speed: 0 });
    expect((await control('GET', '/control/clock')).body.iso).toBe(iso);
  });

  it.each([{ advanceDays: '2' }, { setTo: 'soon' }, { speed: -1 }, { jump: 1 }, 5])(
    'refuses to drive the clock by %j',
    async (drive) => {
      expect((await control('POST', '/control/clock', drive)).status).toBe(400);
    },
  );

  it('lists, adds and clears faults', async () => {
    const faults = [{ kind: 'unavailable', match: { platform: 'google-ads', account: berlin }, times: 2 }];
    expect((await control('POST', '/control/faults', faults)).body).toMatchObject(faults);
    expect((await call.search(berlin, 'SELECT customer.id FROM customer')).status).toBe(503);
    expect((await control('GET', '/control/faults')).body).toMatchObject([{ times: 1 }]);
    expect((await control('DELETE', '/control/faults')).body).toEqual([]);
    expect((await call.search(berlin, 'SELECT customer.id FROM customer')).status).toBe(200);
  });

  it.each([{ kind: 'earthquake' }, { kind: 'reset', times: 0 }, { kind: 'reset', match: { colour: 'red' } }, 'reset'])(
    'refuses the fault %j',
    async (fault) => {
      expect((await control('POST', '/control/faults', fault)).status).toBe(400);
    },
  );

  it('counts what arrived, by operation and account', async () => {
    await call.search(berlin, 'SELECT customer.id FROM customer');
    await call.search(berlin, 'not even a query');
    await call.stream(tokyo, 'SELECT customer.id FROM customer');
    expect((await control('GET', '/control/requests')).body).toEqual([
      { platform: 'google-ads', operation: 'search', account: berlin, count: 2 },
      { platform: 'google-ads', operation: 'searchStream', account: tokyo, count: 1 },
    ]);
    await control('DELETE', '/control/requests');
    expect((await control('GET', '/control/requests')).body).toEqual([]);
  });

  it('tells the truth of every grain', async () => {
    for (const grain of ['account', 'campaign', 'ad-group', 'ad', 'keyword', 'asset-group']) {
      const { body } = await control(
        'GET',
        `/control/truth?platform=google-ads&account=${berlin}&grain=${grain}&from=2026-11-10&to=2026-11-12`,
      );
      expect(body).toMatchObject({ account: berlin, currency: 'EUR', timeZone: 'Europe/Berlin', grain, asOf: noon });
      expect(new Set(body.rows.map((row: { date: string }) => row.date))).toEqual(
        new Set(['2026-11-10', '2026-11-11', '2026-11-12']),
      );
    }
  });

  it.each([
    'account=1',
    `account=${berlin}&grain=pixel`,
    `account=${berlin}&from=2026-99-01`,
    `account=${berlin}&platform=other`,
    `account=${berlin}&since=1`,
  ])('refuses the truth of %s', async (parameters) => {
    expect((await control('GET', `/control/truth?${parameters}`)).status).toBe(400);
  });

  it('begins again with another world, which every wire shows', async () => {
    const spend = async () =>
      (await call.search(berlin, "SELECT metrics.cost_micros FROM customer WHERE segments.date = '2026-11-10'")).body
        .results[0].metrics.costMicros;
    const before = await spend();
    expect((await control('POST', '/control/world', { seed: 99, days: 20 })).body).toMatchObject({
      seed: 99,
      historyStart: '2026-10-31',
    });
    expect(await spend()).not.toBe(before);
    await control('POST', '/control/world', {});
    expect(await spend()).toBe(before);
  });

  it('takes dated changes with a new world', async () => {
    const changes = [{ from: '2026-11-10', objectId: '20010010000', set: { status: 'paused' } }];
    await control('POST', '/control/world', { changes });
    const { body } = await call.search(berlin, 'SELECT campaign.status FROM campaign WHERE campaign.id = 20010010000');
    expect(body.results[0].campaign.status).toBe('PAUSED');
    await control('POST', '/control/world', {});
  });

  it.each([
    { sed: 1 },
    { seed: 'x' },
    { extraCampaigns: 1_000_000 },
    { changes: [{ from: '2026-11-10' }] },
    { changes: [{ from: '2026-11-10', objectId: '1', set: { colour: 'red' } }] },
    { changes: [{ from: '10.11.2026', objectId: '1', set: { status: 'paused' } }] },
    { changes: [{ from: '2026-11-10', objectId: '1', set: { status: 'paused' } }] },
    [],
  ])('refuses the world %j and keeps the one it has', async (world) => {
    expect((await control('POST', '/control/world', world)).status).toBe(400);
    expect((await call.search(berlin, 'SELECT customer.id FROM customer')).status).toBe(200);
  });

  it.each([
    ['tiktok-ads', '7012345678901230003', 'JPY', 'Asia/Tokyo'],
    ['linkedin-ads', '507400002', 'USD', 'UTC'],
  ])('tells the truth of %s accounts', async (platform, account, currency, timeZone) => {
    const { body } = await control(
      'GET',
      `/control/truth?account=${account}&grain=country&from=2026-11-10&to=2026-11-10`,
    );
    expect(body).toMatchObject({ platform, account, currency, timeZone, grain: 'country' });
    expect(body.rows[0]).toMatchObject({
      date: '2026-11-10',
      segment: expect.any(String),
      videoViews: expect.any(Number),
    });
    expect((await control('GET', `/control/truth?platform=google-ads&account=${account}`)).status).toBe(400);
  });

  it('tells the orders of a country with everybody who claims them', async () => {
    const { body } = await control('GET', '/control/orders?country=DE&from=2026-10-25&to=2026-11-05');
    expect(body).toMatchObject({ country: 'DE', asOf: noon });
    const several = body.orders.filter((order: { claims: unknown[] }) => order.claims.length > 1);
    expect(several.length).toBeGreaterThan(0);
    expect((await control('GET', '/control/orders?country=FR')).status).toBe(400);
  });

  it('tells what rate limits have done, by platform', async () => {
    const { body } = await control('GET', '/control/limits');
    expect(body['tiktok-ads']).toMatchObject({ calls: 0, restrictions: 0 });
    expect(Object.keys(body)).toContain('linkedin-ads');
  });

  it('begins again with accounts of given sizes, currencies and zones on every platform', async () => {
    const accounts = [
      { platform: 'google-ads', currency: 'INR', timeZone: 'Asia/Kolkata', campaigns: 2, ads: 10 },
      { platform: 'tiktok-ads', currency: 'JPY', timeZone: 'Pacific/Apia', campaigns: 3, ads: 30, market: 'JP' },
      { platform: 'linkedin-ads', id: '599999999', name: 'Empty' },
    ];
    const reset = await control('POST', '/control/world', {
      shop: false,
      days: 10,
      maxConversionDelayDays: 3,
      accounts,
    });
    // Two managers of Google's stay: without them nothing below is reached.
    expect(reset.body.accounts).toBe(2 + accounts.length);
    const truth = async (account: string) => (await control('GET', `/control/truth?account=${account}`)).body;
    expect(await truth('4300000001')).toMatchObject({
      platform: 'google-ads',
      currency: 'INR',
      timeZone: 'Asia/Kolkata',
    });
    const tiktok = await truth('7099000000000000002');
    expect(tiktok).toMatchObject({ platform: 'tiktok-ads', currency: 'JPY' });
    expect(new Set(tiktok.rows.map(({ campaignId }: { campaignId: string }) => campaignId)).size).toBe(3);
    for (const { costMicros } of tiktok.rows) expect(costMicros % 1_000_000).toBe(0);
    expect(await truth('599999999')).toMatchObject({ rows: [] });
    expect((await call.search('4300000001', 'SELECT customer.currency_code FROM customer')).status).toBe(200);
    await control('POST', '/control/world', {});
  });

  it.each([
    { accounts: {} },
    { accounts: [{ platform: 'myspace-ads' }] },
    { accounts: [{ platform: 'tiktok-ads', id: '12' }] },
    { accounts: [{ platform: 'tiktok-ads', currency: 'EURO' }] },
    { accounts: [{ platform: 'tiktok-ads', timeZone: 'Berlin' }] },
    { accounts: [{ platform: 'tiktok-ads', campaigns: -1 }] },
    { accounts: [{ platform: 'tiktok-ads', colour: 'red' }] },
    { accounts: [{ platform: 'linkedin-ads', id: '507400001' }] },
    { shop: 'no' },
  ])('refuses the accounts %j and keeps the world it has', async (world) => {
    expect((await control('POST', '/control/world', world)).status).toBe(400);
    expect((await control('GET', '/control/truth?account=507400001')).status).toBe(200);
  });

  it.each([{ host: 'shop.example' }, { origin: 'https://shop.example' }, { origin: 'null' }])(
    'answers no page in a browser: %j',
    async (headers) => {
      const status = await new Promise((resolve, reject) => {
        const asked = request(`${simulator.control}/control/clock`, { method: 'POST', headers }, (response) =>
          resolve(response.resume().statusCode),
        );
        asked.on('error', reject).end(JSON.stringify({ advanceDays: 9 }));
      });
      expect(status).toBe(421);
      expect(simulator.clock.now()).toBe(noon);
    },
  );

  it('has nothing else, and nothing of it on the product`s wire', async () => {
    expect((await control('GET', '/control/secrets')).status).toBe(404);
    expect((await answered(fetch(`${simulator.rest}/control/truth?account=${berlin}`))).status).toBe(404);
  });
});

describe('webhooks', () => {
  const sent = { platform: 'tiktok-ads', url: 'http://127.0.0.1:9/', account: '7', id: 'l' };
  it.each([
    [{ ...sent, platform: 'google-ads' }, 'platform must be'],
    [{ ...sent, url: 'https://elsewhere.example/' }, '127.0.0.1'],
    [{ ...sent, account: undefined }, 'account and id'],
    [{ ...sent, email: 'a@b.example' }, 'not email'],
    [{ ...sent, platform: 'linkedin-ads', kind: 'status' }, 'leads alone'],
  ])('are not sent for %j', async (body, message) => {
    const answer = await control('POST', '/control/webhooks', body);
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(message)]);
  });
});
