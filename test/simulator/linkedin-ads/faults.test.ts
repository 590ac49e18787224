import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../simulator/control/faults.ts';
import { america, europe, type Opened, open } from './open.ts';

let opened: Opened | undefined;
afterEach(() => opened?.close());

async function start(...faults: readonly (Partial<Fault> & Pick<Fault, 'kind'>)[]): Promise<Opened> {
  opened = await open();
  for (const fault of faults) opened.faults.add({ match: {}, times: 1, retryAfterSeconds: 0, ...fault });
  return opened;
}

const campaigns = `/rest/adAccounts/${europe}/adCampaigns?q=search`;
const analytics = (account: string) =>
  `/rest/adAnalytics?q=analytics&pivot=CAMPAIGN&timeGranularity=DAILY&dateRange=(start:(year:2026,month:11,day:1))&accounts=List(urn%3Ali%3AsponsoredAccount%3A${account})&fields=impressions,costInLocalCurrency`;

describe('a fault', () => {
  it.each([
    ['unavailable', 503, 'SERVICE_UNAVAILABLE'],
    ['internal', 500, 'INTERNAL_SERVER_ERROR'],
    ['rate-limit', 429, 'TOO_MANY_REQUESTS'],
    ['quota-exhausted', 429, 'TOO_MANY_REQUESTS'],
    ['unauthenticated-bare', 401, 'UNAUTHORIZED'],
  ] as const)('%s answers %i %s, once', async (kind, status, code) => {
    const { get } = await start({ kind });
    const answer = await get(campaigns);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect((await get(campaigns)).status).toBe(200);
  });

  it('token-expired ends every access token; a refreshed one is good', async () => {
    const { get, token, caller } = await start({ kind: 'token-expired' });
    expect((await get(campaigns)).body.code).toBe('EXPIRED_ACCESS_TOKEN');
    expect((await get(campaigns)).body.code).toBe('EXPIRED_ACCESS_TOKEN');
    expect((await caller((await token()).body.access_token)(campaigns)).status).toBe(200);
  });

  it('garbage answers 200 with a page of HTML', async () => {
    const { get } = await start({ kind: 'garbage' });
    const answer = await get(campaigns);
    expect([answer.status, answer.text.slice(0, 9)]).toEqual([200, '<!DOCTYPE']);
  });

  it.each(['truncate', 'reset'] as const)('%s breaks the connection off', async (kind) => {
    const { get } = await start({ kind });
    await expect(get(campaigns)).rejects.toThrow();
    expect((await get(campaigns)).status).toBe(200);
  });

  it('timeout never answers, until the caller gives up', async () => {
    const { base } = await start({ kind: 'timeout' });
    await expect(fetch(`${base}${campaigns}`, { signal: AbortSignal.timeout(300) })).rejects.toThrow('timeout');
  });

  it('bad-row spoils the first element alone', async () => {
    const { get } = await start({ kind: 'bad-row', times: 2 });
    const [first, second] = (await get(analytics(europe))).body.elements;
    expect(first).toEqual({ impressions: 'n/a', costInLocalCurrency: '-1' });
    expect(second.impressions).toBeGreaterThan(0);
    const [campaign] = (await get(campaigns)).body.elements;
    expect(campaign.status).toBe('NO_SUCH_STATUS');
  });

  it('meets the calls it matches and no others', async () => {
    const { get, faults } = await start({
      kind: 'unavailable',
      match: { platform: 'linkedin-ads', operation: 'adAnalytics', account: america },
      times: undefined,
    });
    expect((await get(analytics(europe))).status).toBe(200);
    expect((await get(campaigns)).status).toBe(200);
    for (let count = 0; count < 3; count += 1) expect((await get(analytics(america))).status).toBe(503);
    faults.clear();
    expect((await get(analytics(america))).status).toBe(200);
  });

  it('can be matched by what the query says', async () => {
    const { get } = await start({ kind: 'internal', match: { query: 'pivot=CAMPAIGN' } });
    expect((await get(campaigns)).status).toBe(200);
    expect((await get(analytics(europe))).status).toBe(500);
  });

  it('meets the token endpoint too', async () => {
    const { token } = await start({ kind: 'unavailable', match: { operation: 'token' } });
    expect((await token()).status).toBe(503);
    expect((await token()).status).toBe(200);
  });
});

it('comes by chance at a seeded rate, the same every time', async () => {
  const run = async () => {
    const running = await open({ transientFailureRate: 0.3, seed: 5 });
    const statuses = [];
    for (let count = 0; count < 40; count += 1) statuses.push((await running.get(campaigns)).status);
    await running.close();
    return statuses;
  };
  const statuses = await run();
  expect(statuses.filter((status) => status === 500 || status === 503).length).toBeGreaterThan(4);
  expect(await run()).toEqual(statuses);
});

it('every arrival is counted by operation and account', async () => {
  const { get, log } = await start();
  await get(campaigns);
  await get(analytics(america));
  await get(analytics(america));
  expect(log.list()).toEqual([
    { platform: 'linkedin-ads', operation: 'token', account: undefined, count: 1 },
    { platform: 'linkedin-ads', operation: 'adCampaigns', account: europe, count: 1 },
    { platform: 'linkedin-ads', operation: 'adAnalytics', account: america, count: 2 },
  ]);
});
