import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readFault } from '../../../simulator/control/faults.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import { answered, berlin, signIn } from '../open.ts';
import { type Caller, campaignReport, europe, japan, open } from './open.ts';

let simulator: Simulator;
let call: Caller;
beforeAll(async () => {
  ({ simulator, call } = await open());
});
afterAll(() => simulator.close());
beforeEach(() => {
  simulator.faults.clear();
  simulator.requests.clear();
});

const next = (kind: string, match: object = {}) =>
  simulator.faults.add(readFault({ kind, match: { platform: 'tiktok-ads', ...match }, times: 1 }));
const report = (advertiser_id = europe) => call.get('report/integrated/get', { ...campaignReport, advertiser_id });

describe('a fault on TikTok', () => {
  it.each([
    ['unavailable', 60001],
    ['internal', 50000],
    ['rate-limit', 40100],
    ['quota-exhausted', 40016],
    ['token-expired', 40102],
  ])('%s is code %i within HTTP 200, once', async (kind, code) => {
    next(kind);
    const met = await report();
    expect([met.status, met.body.code, met.body.data]).toEqual([200, code, {}]);
    expect((await report()).body.code).toBe(0);
  });

  it('unauthenticated-bare is a gateway`s 401 without an envelope', async () => {
    next('unauthenticated-bare');
    expect(await report()).toMatchObject({ status: 401, text: 'Unauthorized' });
  });

  it('garbage is a page of HTML', async () => {
    next('garbage');
    expect((await report()).text).toMatch(/^<!DOCTYPE html>/);
  });

  it.each(['reset', 'truncate'])('%s breaks the answer off', async (kind) => {
    next(kind);
    await expect(report()).rejects.toThrow();
    expect((await report()).body.code).toBe(0);
  });

  it('truncate breaks a file off as well', async () => {
    const { page_size: _, ...whole } = campaignReport;
    const { task_id } = (await call.post('report/task/create', whole)).body.data;
    next('truncate', { operation: 'report/task/download' });
    await expect(call.get('report/task/download', { advertiser_id: europe, task_id })).rejects.toThrow();
  });

  it('timeout never answers', async () => {
    next('timeout');
    const asked = fetch(`${simulator.rest}/open_api/v1.3/campaign/get/`, { signal: AbortSignal.timeout(200) });
    await expect(asked).rejects.toThrow(/timeout/i);
  });

  it('bad-row spoils the first row and leaves the others', async () => {
    const good = (await report()).body.data.list;
    next('bad-row');
    const spoilt = (await report()).body.data.list;
    expect(spoilt[0].metrics).toMatchObject({ spend: 'n/a', impressions: '-1' });
    expect(spoilt.slice(1)).toEqual(good.slice(1));
    next('bad-row');
    const campaigns = (await call.get('campaign/get', { advertiser_id: europe })).body.data.list;
    expect(campaigns[0].operation_status).toBe('NO_SUCH_STATUS');
  });

  it('meets the advertiser, operation and text it was made for, and nobody on another platform', async () => {
    next('unavailable', { account: japan, operation: 'report/integrated/get', query: '"campaign_id"' });
    const google = await signIn(simulator);
    expect((await google.search(berlin, 'SELECT customer.id FROM customer')).status).toBe(200);
    expect((await report(europe)).body.code).toBe(0);
    expect((await call.get('campaign/get', { advertiser_id: japan })).body.code).toBe(0);
    expect((await report(japan)).body.code).toBe(60001);
  });

  it('comes by chance where a rate of failures is set, alike for the same seed', async () => {
    const codes = async () => {
      const other = await open({}, { transientFailureRate: 0.3, days: 5 });
      const found: number[] = [];
      for (let index = 0; index < 20; index += 1)
        found.push((await other.call.get('campaign/get', { advertiser_id: europe })).body.code);
      await other.simulator.close();
      return found;
    };
    const first = await codes();
    expect(new Set(first)).toEqual(new Set([0, 50000]));
    expect(await codes()).toEqual(first);
  });
});

describe('what arrived', () => {
  it('is counted by operation and advertiser', async () => {
    await report();
    await report();
    await call.get('bc/get');
    const { body } = await answered(fetch(`${simulator.control}/control/requests`));
    expect(body).toEqual([
      { platform: 'tiktok-ads', operation: 'report/integrated/get', account: europe, count: 2 },
      { platform: 'tiktok-ads', operation: 'bc/get', count: 1 },
    ]);
  });
});

describe('the same seed', () => {
  it('answers the same bytes twice, whenever the calls are made', async () => {
    const answers = async () => {
      const other = await open({}, { days: 20 });
      const told = [
        (await other.call.get('campaign/get', { advertiser_id: europe })).text,
        (await other.call.get('report/integrated/get', campaignReport)).text,
      ];
      await other.simulator.close();
      return told;
    };
    expect(await answers()).toEqual(await answers());
  });
});
