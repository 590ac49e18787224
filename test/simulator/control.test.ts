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

  it('has nothing else, and nothing of it on the product`s wire', async () => {
    expect((await control('GET', '/control/secrets')).status).toBe(404);
    expect((await answered(fetch(`${simulator.rest}/control/truth?account=${berlin}`))).status).toBe(404);
  });
});
