import { afterEach, describe, expect, it } from 'vitest';
import { createSimulator } from '../../../simulator/simulator.ts';
import { answered, europe, morning, type Opened, open } from './open.ts';

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

  it('is of each member too, whatever resources they call', async () => {
    const { get, token, caller, credentials } = await start({ memberCalls: 2 });
    await get(accounts);
    await get(campaigns);
    expect((await get(accounts)).body.message).toContain('APPLICATION_AND_MEMBER DAY limit');
    const other = caller((await token({ refresh_token: credentials.limitedRefreshToken })).body.access_token);
    expect((await other(accounts)).status).toBe(200);
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

it('what the limits did is counted on the control port, until the world is reset', async () => {
  const simulator = await createSimulator({ startAt: morning, speed: 0, days: 2, linkedIn: { dailyCalls: 0 } });
  try {
    const { clientId, clientSecret, refreshToken } = simulator.linkedIn;
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken,
    });
    const token = await answered(fetch(`${simulator.rest}/oauth/v2/accessToken`, { method: 'POST', body: form }));
    const headers = {
      authorization: `Bearer ${token.body.access_token}`,
      'linkedin-version': '202609',
      'x-restli-protocol-version': '2.0.0',
    };
    expect((await answered(fetch(`${simulator.rest}${accounts}`, { headers }))).status).toBe(429);
    const limits = async () => (await answered(fetch(`${simulator.control}/control/limits`))).body['linkedin-ads'];
    expect(await limits()).toEqual({ dailyCalls: 1, memberCalls: 0, metricValues: 0 });
    await fetch(`${simulator.control}/control/world`, { method: 'POST', body: '{}' });
    expect((await limits()).dailyCalls).toBe(0);
  } finally {
    await simulator.close();
  }
});
