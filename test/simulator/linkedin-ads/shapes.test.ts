import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';
import { answered, morning } from './open.ts';
import { deviations, documented, type Fields } from './shapes.ts';

let simulator: Simulator;
let headers: Record<string, string>;
/** An account of the demonstration world with everything in it. */
let account: string;

beforeAll(async () => {
  simulator = await createSimulator({ startAt: morning, speed: 0 });
  account = simulator.market().world.accounts.find(({ platform }) => platform === 'linkedin-ads')?.id ?? '';
  const { access_token: token } = (await signIn()).body;
  headers = {
    authorization: `Bearer ${token}`,
    'linkedin-version': '202609',
    'x-restli-protocol-version': '2.0.0',
  };
});
afterAll(() => simulator.close());

function signIn() {
  const { clientId, clientSecret, refreshToken } = simulator.linkedIn;
  const form = {
    grant_type: 'refresh_token',
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
  };
  return answered(fetch(`${simulator.rest}/oauth/v2/accessToken`, { method: 'POST', body: new URLSearchParams(form) }));
}

const get = (path: string, more: Record<string, string> = {}) =>
  answered(fetch(`${simulator.rest}${path}`, { headers: { ...headers, ...more } }));

const accountUrn = () => encodeURIComponent(`urn:li:sponsoredAccount:${account}`);
const metrics = Object.keys((documented.adAnalytics.answer['elements'] as { list: { fields: Fields } }).list.fields);
const analytics = (pivot: string) =>
  `/rest/adAnalytics?q=analytics&pivot=${pivot}&timeGranularity=DAILY&dateRange=(start:(year:2026,month:11,day:1),end:(year:2026,month:11,day:18))&accounts=List(${accountUrn()})&fields=${metrics.map((name) => name.replace('?', '')).join(',')}`;

describe('answers are as LinkedIn documents them', () => {
  it('token', async () => {
    expect(deviations((await signIn()).body, { fields: documented.token.answer })).toEqual([]);
  });

  it.each<[keyof typeof documented, () => string]>([
    ['adAccounts', () => '/rest/adAccounts?q=search'],
    ['adAccount', () => `/rest/adAccounts/${account}`],
    ['adAccountUsers', () => '/rest/adAccountUsers?q=authenticatedUser&count=1'],
    ['adCampaignGroups', () => `/rest/adAccounts/${account}/adCampaignGroups?q=search&pageSize=3`],
    ['adCampaigns', () => `/rest/adAccounts/${account}/adCampaigns?q=search`],
    ['creatives', () => `/rest/adAccounts/${account}/creatives?q=criteria`],
    ['conversions', () => `/rest/conversions?q=account&account=${accountUrn()}`],
    ['adAnalytics', () => analytics('ACCOUNT')],
    ['adAnalytics', () => analytics('CAMPAIGN_GROUP')],
    ['adAnalytics', () => analytics('CAMPAIGN')],
    ['adAnalytics', () => analytics('CREATIVE')],
    ['adAnalytics', () => analytics('MEMBER_COUNTRY_V2')],
    ['adAnalytics', () => analytics('IMPRESSION_DEVICE_TYPE')],
    ['adAnalytics', () => analytics('PLACEMENT_NAME')],
  ])('%s %s', async (operation, path) => {
    const { status, body } = await get(path());
    expect(status).toBe(200);
    expect((body.elements ?? [body]).length).toBeGreaterThan(0);
    expect(deviations(body, { fields: documented[operation].answer })).toEqual([]);
  });

  it('posts', async () => {
    const { elements } = (await get(`/rest/adAccounts/${account}/creatives?q=criteria`)).body;
    const urns = elements.map(({ content }: { content: { reference: string } }) => content.reference);
    const { body } = await get(
      `/rest/posts?ids=List(${[...urns, 'urn:li:share:1'].map(encodeURIComponent).join(',')})`,
      {
        'x-restli-method': 'BATCH_GET',
      },
    );
    expect(Object.keys(body.results)).toHaveLength(urns.length);
    expect(deviations(body, { fields: documented.posts.answer })).toEqual([]);
  });

  it.each<[keyof typeof documented, string, Record<string, string>]>([
    ['error', '/rest/adAccounts?q=search', { authorization: 'Bearer nobody' }],
    ['error', '/rest/adAccounts?q=search', { 'linkedin-version': '202501' }],
    ['error', '/rest/adAccounts/1', {}],
    ['error', '/rest/nothing', {}],
    ['inputError', '/rest/adAccounts?q=nothing', {}],
  ])('%s %s %j', async (operation, path, more) => {
    const { body } = await get(path, more);
    expect(deviations(body, { fields: documented[operation].answer })).toEqual([]);
  });
});

it.each<[unknown, Fields, string]>([
  [{ id: '7' }, { id: 'long' }, '.id: long expected, found "7"'],
  [{}, { id: 'long' }, '.id is missing'],
  [{ id: 7, colour: 'red' }, { id: 'long' }, '.colour is not documented'],
  [{ cost: 1.5 }, { cost: 'decimal' }, '.cost: decimal expected, found 1.5'],
  [{ at: 1_787_184_000 }, { at: 'epoch' }, '.at: epoch expected, found 1787184000'],
  [{ urn: 'urn:li:share:7' }, { urn: 'urn:sponsoredAccount' }, '.urn: urn:sponsoredAccount expected'],
])('a deviation is seen: %j', (value, fields, message) => {
  expect(deviations(value, { fields }).join()).toContain(message);
});
