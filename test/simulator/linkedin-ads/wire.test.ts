import { afterEach, describe, expect, it } from 'vitest';
import { america, answered, canceled, europe, fieldOf, type Opened, open } from './open.ts';

let opened: Opened | undefined;
afterEach(() => opened?.close());

async function start(options: Parameters<typeof open>[0] = {}): Promise<Opened> {
  opened = await open(options);
  return opened;
}

const accounts = '/rest/adAccounts?q=search';

describe('the version header', () => {
  it.each([
    ['202609', 200, undefined],
    ['202609.01', 200, undefined],
    ['202511', 426, 'NONEXISTENT_VERSION'],
    ['202512', 200, undefined],
    ['202612', 426, 'NONEXISTENT_VERSION'],
    ['', 400, 'VERSION_MISSING'],
    ['2026-09', 400, 'VERSION_INVALID'],
    ['202613', 400, 'VERSION_INVALID'],
  ])('%j on 20 November 2026 answers %i %s', async (version, status, code) => {
    const { get } = await start();
    const answer = await get(accounts, { 'linkedin-version': version });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('says which version it no longer answers, spelled with its revision', async () => {
    const { get } = await start();
    expect((await get(accounts, { 'linkedin-version': '202501' })).body).toEqual({
      status: 426,
      code: 'NONEXISTENT_VERSION',
      message: 'Requested version 20250101 is not active',
    });
  });

  it('is answered until the 15th of its month a year later, UTC', async () => {
    const { clock, get } = await start();
    clock.at = Date.parse('2027-09-15T23:59:59Z');
    expect((await get(accounts)).status).toBe(200);
    clock.at = Date.parse('2027-09-16T00:00:00Z');
    expect((await get(accounts)).status).toBe(426);
  });
});

describe('the access token', () => {
  it.each([
    ['', 65604, 'EMPTY_ACCESS_TOKEN'],
    ['Basic abc', 65604, 'EMPTY_ACCESS_TOKEN'],
    ['Bearer AQunknown', 65600, 'INVALID_ACCESS_TOKEN'],
  ])('%j is refused with %i', async (authorization, serviceErrorCode, code) => {
    const { get } = await start();
    const answer = await get(accounts, { authorization });
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ status: 401, serviceErrorCode, code });
  });

  it('expires', async () => {
    const { get } = await start({ tokenLifetimeSeconds: 0 });
    expect((await get(accounts)).body).toEqual({
      status: 401,
      serviceErrorCode: 65602,
      code: 'EXPIRED_ACCESS_TOKEN',
      message: 'The token used in the request has expired',
    });
  });

  it('does not age with the simulated clock', async () => {
    const { clock, get } = await start();
    clock.at += 90 * 86_400_000;
    expect((await get(accounts)).status).toBe(200);
  });
});

describe('roles', () => {
  it('let a member see the accounts with a role, and no others', async () => {
    const { token, caller, credentials } = await start();
    const limited = caller((await token({ refresh_token: credentials.limitedRefreshToken })).body.access_token);
    expect((await limited(accounts)).body.elements.map(({ id }: { id: number }) => String(id))).toEqual([europe]);
    const denied = await limited(`/rest/adAccounts/${america}/adCampaigns?q=search`);
    expect([denied.status, denied.body.code, denied.body.serviceErrorCode]).toEqual([403, 'ACCESS_DENIED', 100]);
  });

  it('make no difference between a missing role and a missing account', async () => {
    const { get } = await start();
    expect((await get('/rest/adAccounts/999999999')).status).toBe(403);
  });

  it('leave closed accounts in the list', async () => {
    const { get } = await start();
    const { elements } = (await get(accounts)).body;
    expect(elements.map(({ status }: { status: string }) => status)).toEqual(['ACTIVE', 'ACTIVE', 'CANCELED']);
    expect((await get(`/rest/adAccounts/${canceled}`)).body.servingStatuses).toEqual(['STOPPED']);
  });
});

describe('a call', () => {
  it('names every answer', async () => {
    const { get } = await start();
    const ids = [await get(accounts), await get(accounts)].map(({ headers }) => headers.get('x-li-uuid'));
    expect(new Set(ids).size).toBe(2);
  });

  it('without protocol version 2.0.0 is refused: LinkedIn would read it as 1.0.0', async () => {
    const { get } = await start();
    const answer = await get(accounts, { 'x-restli-protocol-version': '' });
    expect([answer.status, answer.body.code]).toEqual([400, 'ILLEGAL_ARGUMENT']);
  });

  it.each([
    ['/rest/adTargetingEntities?q=typeahead', 404],
    ['/rest/', 404],
    ['/oauth/v2/nothing', 404],
    ['/rest/adAccounts/abc/creatives?q=criteria', 404],
  ])('to %s answers %i', async (path, status) => {
    const { get } = await start();
    expect((await get(path)).status).toBe(status);
  });

  it('that would write in a way it does not know is refused by name', async () => {
    const { base, accessToken } = await start();
    const answer = await answered(
      fetch(`${base}/rest/adAccounts/${europe}/adCampaigns`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${accessToken}`,
          'linkedin-version': '202609',
          'x-restli-protocol-version': '2.0.0',
          'x-restli-method': 'BATCH_CREATE',
        },
        body: '{}',
      }),
    );
    expect(answer.status).toBe(405);
    expect(answer.body.message).toContain('does not model BATCH_CREATE of adCampaigns');
  });

  it('to another platform is left to its listener', async () => {
    const { base } = await start();
    expect((await fetch(`${base}/v25/customers:listAccessibleCustomers`)).status).toBe(418);
  });
});

describe('parameters', () => {
  it.each([
    ['q=search&colour=red', 'colour'],
    ['q=search&q=search', 'q'],
    ['pageSize=5', 'q'],
    ['q=all', 'q'],
    ['q=search&pageSize=0', 'pageSize'],
    ['q=search&pageSize=1001', 'pageSize'],
    ['q=search&pageSize=ten', 'pageSize'],
    ['q=search&pageToken=bm9uZQ', 'pageToken'],
    ['q=search&search=(status:(values:List(ACTIVE))', 'search'],
    ['q=search&search=%28status%3A%28values%3AList%28ACTIVE%29%29%29', 'search'],
    ['q=search&search=(status:List(ACTIVE))', 'search/status'],
    ['q=search&search=(status:(values:List(SLEEPING)))', 'search/status'],
    ['q=search&search=(colour:(values:List(RED)))', 'search/colour'],
    ['q=search&search=(id:(values:List(51)))', 'search/id'],
  ])('%s are refused, naming %s', async (query, field) => {
    const { get } = await start();
    const answer = await get(`/rest/adAccounts?${query}`);
    expect([answer.status, fieldOf(answer)]).toEqual([400, field]);
    expect(answer.body.errorDetailType).toBe('com.linkedin.common.error.BadRequest');
  });
});

describe('a long query', () => {
  const urns = (count: number) =>
    Array.from({ length: count }, (_, index) => `urn%3Ali%3AsponsoredCampaign%3A${6010000011 + index}`).join(',');
  const query = (count: number) =>
    `q=analytics&pivot=CAMPAIGN&timeGranularity=ALL&dateRange=(start:(year:2026,month:11,day:1))&campaigns=List(${urns(count)})&fields=pivotValues,impressions`;

  it('is refused above 4 KB', async () => {
    const { get } = await start();
    expect((await get(`/rest/adAnalytics?${query(50)}`)).status).toBe(200);
    const answer = await get(`/rest/adAnalytics?${query(120)}`);
    expect([answer.status, answer.body.code]).toEqual([414, 'REQUEST_URI_TOO_LONG']);
  });

  async function tunnel(
    body: string,
    headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' },
  ) {
    const { base, accessToken } = await start();
    return answered(
      fetch(`${base}/rest/adAnalytics`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${accessToken}`,
          'linkedin-version': '202609',
          'x-restli-protocol-version': '2.0.0',
          'x-http-method-override': 'GET',
          ...headers,
        },
        body,
      }),
    );
  }

  it('is answered when it comes as the body of a POST', async () => {
    const answer = await tunnel(query(120));
    expect(answer.status).toBe(200);
    // The 120 ids span every campaign of the account.
    expect(answer.body.elements).toHaveLength(8);
  });

  it('needs the form content type there', async () => {
    expect((await tunnel(query(120), { 'content-type': 'application/json' })).status).toBe(400);
  });

  it('stands for a GET there and nothing else', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await tunnel(query(120), { ...form, 'x-http-method-override': 'DELETE' })).status).toBe(400);
  });

  it('may not be longer than a megabyte', async () => {
    expect((await tunnel('x'.repeat(1_100_000))).status).toBe(413);
  });
});
