import { afterEach, describe, expect, it } from 'vitest';
import { europe, type Opened, open } from './open.ts';

let opened: Opened | undefined;
afterEach(() => opened?.close());

async function start(options: Parameters<typeof open>[0]): Promise<Opened> {
  opened = await open(options);
  return opened;
}

const accounts = '/rest/adAccounts?q=search';
const campaigns = `/rest/adAccounts/${europe}/adCampaigns?q=search`;

describe('the allowance of a day', () => {
  it('is hidden until it is used up, and then refuses without saying when to come back', async () => {
    const { get } = await start({ dailyCalls: 3 });
    for (let count = 0; count < 3; count += 1) {
      const { status, headers } = await get(accounts);
      expect(status).toBe(200);
      expect([...headers.keys()].filter((name) => /limit|retry|quota/.test(name))).toEqual([]);
    }
    const refused = await get(accounts);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBeNull();
    expect(refused.body).toEqual({
      status: 429,
      serviceErrorCode: 101,
      code: 'TOO_MANY_REQUESTS',
      message: 'Resource level throttle APPLICATION DAY limit for calls to this resource is reached.',
    });
  });

  it('is of each resource by itself', async () => {
    const { get } = await start({ dailyCalls: 1 });
    await get(accounts);
    expect((await get(accounts)).status).toBe(429);
    expect((await get(campaigns)).status).toBe(200);
  });

  it('begins anew at midnight UTC', async () => {
    const { get, clock } = await start({ dailyCalls: 1 });
    await get(accounts);
    clock.at = Date.parse('2026-11-20T23:59:59Z');
    expect((await get(accounts)).status).toBe(429);
    clock.at = Date.parse('2026-11-21T00:00:00Z');
    expect((await get(accounts)).status).toBe(200);
  });

  it('begins anew with another world', async () => {
    const { get, forget } = await start({ dailyCalls: 1 });
    await get(accounts);
    forget();
    expect((await get(accounts)).status).toBe(200);
  });
});

describe('metric values of five minutes', () => {
  const query =
    '/rest/adAnalytics?q=analytics&pivot=ACCOUNT&timeGranularity=DAILY&dateRange=(start:(year:2026,month:11,day:11),end:(year:2026,month:11,day:15))' +
    `&accounts=List(urn%3Ali%3AsponsoredAccount%3A${europe})&fields=dateRange,impressions`;

  it('are fields times elements, and free again five minutes later', async () => {
    // Five days of two fields: ten values an answer.
    const { get, clock } = await start({ metricValues: 25 });
    expect((await get(query)).body.elements).toHaveLength(5);
    expect((await get(query)).status).toBe(200);
    const refused = await get(query);
    expect([refused.status, refused.body.code]).toEqual([429, 'TOO_MANY_REQUESTS']);
    expect(refused.body.message).toContain('45 million metric values');
    clock.at += 5 * 60_000;
    expect((await get(query)).status).toBe(200);
  });

  it('that were counted after the instant the clock is set back to are forgotten', async () => {
    const { get, clock } = await start({ metricValues: 10 });
    await get(query);
    clock.at -= 60_000;
    expect((await get(query)).status).toBe(200);
  });
});
