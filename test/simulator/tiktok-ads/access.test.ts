import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../simulator/simulator.ts';
import { answered } from '../open.ts';
import { type Caller, caller, europe, open, outlet } from './open.ts';

let simulator: Simulator;
let call: Caller;
beforeAll(async () => {
  ({ simulator, call } = await open());
});
afterAll(() => simulator.close());

const app = () => ({ app_id: simulator.tiktok.appId, secret: simulator.tiktok.appSecret });

async function authorize(parameters: Readonly<Record<string, string>>) {
  const query = new URLSearchParams(parameters);
  const response = await fetch(`${simulator.rest}/portal/auth?${query}`, { redirect: 'manual' });
  return { status: response.status, location: response.headers.get('location') };
}

const redirect = 'http://127.0.0.1:9/callback?workspace=1';

async function freshCode(): Promise<string> {
  const { location } = await authorize({ app_id: simulator.tiktok.appId, redirect_uri: redirect, state: 's' });
  return new URL(location ?? '').searchParams.get('auth_code') ?? '';
}

describe('the envelope', () => {
  it('is HTTP 200 with code, message, request id and data, whether the answer is yes or no', async () => {
    const yes = await call.get('oauth2/advertiser/get', app());
    const no = await caller(simulator, 'nobody').get('oauth2/advertiser/get', app());
    expect([yes.status, no.status]).toEqual([200, 200]);
    expect(yes.body).toMatchObject({
      code: 0,
      message: 'OK',
      request_id: expect.stringMatching(/^\d{14}[0-9A-F]{20}$/),
    });
    expect(no.body).toMatchObject({ code: 40105, data: {} });
  });

  it('is given only to paths with the slash at their end', async () => {
    const bare = await answered(fetch(`${simulator.rest}/open_api/v1.3/oauth2/advertiser/get`));
    expect([bare.status, bare.text]).toEqual([404, '404 page not found']);
  });

  it('refuses operations and versions it does not model, by name', async () => {
    expect((await call.get('bc/get')).body).toMatchObject({ code: 40008, message: expect.stringContaining('bc/get') });
    const old = await answered(fetch(`${simulator.rest}/open_api/v1.2/campaign/get/`));
    expect(old.body).toMatchObject({ code: 40051, message: expect.stringContaining('v1.2') });
  });

  it('answers 405 to the wrong method', async () => {
    expect((await call.post('campaign/get', { advertiser_id: europe })).status).toBe(405);
  });
});

describe('tokens', () => {
  it.each([
    ['without a token', '', 40104],
    ['with an unknown token', 'nobody', 40105],
  ])('answers a call %s with code %s', async (_, token, code) => {
    expect((await caller(simulator, token).get('campaign/get', { advertiser_id: europe })).body.code).toBe(code);
  });

  it('come of a code that the consent page sends back with the state', async () => {
    const { status, location } = await authorize({
      app_id: simulator.tiktok.appId,
      redirect_uri: redirect,
      state: 'a b',
    });
    const back = new URL(location ?? '');
    expect([status, back.searchParams.get('state'), back.searchParams.get('workspace')]).toEqual([302, 'a b', '1']);
    const exchanged = await call.post('oauth2/access_token', {
      ...app(),
      auth_code: back.searchParams.get('auth_code'),
    });
    expect(exchanged.body.data).toEqual({
      access_token: expect.any(String),
      advertiser_ids: expect.arrayContaining([europe]),
      scope: expect.any(Array),
    });
    const mine = caller(simulator, exchanged.body.data.access_token);
    expect((await mine.get('campaign/get', { advertiser_id: europe })).body.code).toBe(0);
  });

  it('are given once for a code', async () => {
    const code = await freshCode();
    expect((await call.post('oauth2/access_token', { ...app(), auth_code: code })).body.code).toBe(0);
    expect((await call.post('oauth2/access_token', { ...app(), auth_code: code })).body.code).toBe(40110);
  });

  it('are not given to another app', async () => {
    const code = await freshCode();
    expect((await call.post('oauth2/access_token', { ...app(), secret: 'x', auth_code: code })).body.code).toBe(40002);
    expect((await authorize({ app_id: '1', redirect_uri: redirect })).status).toBe(400);
  });

  it('come back without a code when the advertiser declines', async () => {
    simulator.faults.add({
      kind: 'unauthenticated-bare',
      match: { platform: 'tiktok-ads', operation: 'authorize' },
      times: 1,
      retryAfterSeconds: 5,
    });
    const { location } = await authorize({ app_id: simulator.tiktok.appId, redirect_uri: redirect, state: 's' });
    expect(new URL(location ?? '').searchParams.get('auth_code')).toBeNull();
  });

  it('are unknown once revoked', async () => {
    const { body } = await call.post('oauth2/access_token', { ...app(), auth_code: await freshCode() });
    const token = body.data.access_token;
    expect((await call.post('oauth2/revoke_token', { ...app(), access_token: token })).body.code).toBe(0);
    expect((await caller(simulator, token).get('campaign/get', { advertiser_id: europe })).body.code).toBe(40105);
  });

  it('of a refresh token live a day and can be refreshed when they have expired', async () => {
    const refresh = { ...app(), refresh_token: simulator.tiktok.refreshToken };
    const first = (await call.post('oauth2/refresh_token', refresh)).body.data;
    expect(first).toMatchObject({ expires_in: 86_400, refresh_token: simulator.tiktok.refreshToken });
    const mine = caller(simulator, first.access_token);
    simulator.faults.add({ kind: 'token-expired', match: { platform: 'tiktok-ads' }, times: 1, retryAfterSeconds: 5 });
    const asked = { advertiser_id: europe };
    expect((await mine.get('campaign/get', asked)).body.code).toBe(40102);
    expect((await mine.get('campaign/get', asked)).body.code).toBe(40102);
    const second = (await call.post('oauth2/refresh_token', refresh)).body.data;
    expect((await caller(simulator, second.access_token).get('campaign/get', asked)).body.code).toBe(0);
    expect((await call.post('oauth2/refresh_token', { ...app(), refresh_token: 'x' })).body.code).toBe(40107);
  });

  it('expire by themselves where the app gets expiring ones', async () => {
    const other = await open({ tokens: 'expiring', tokenLifetimeSeconds: 0 });
    try {
      const { appId, appSecret } = other.simulator.tiktok;
      const page = await fetch(
        `${other.simulator.rest}/portal/auth?${new URLSearchParams({ app_id: appId, redirect_uri: redirect })}`,
        { redirect: 'manual' },
      );
      const code = new URL(page.headers.get('location') ?? '').searchParams.get('auth_code');
      const { data } = (
        await other.call.post('oauth2/access_token', { app_id: appId, secret: appSecret, auth_code: code })
      ).body;
      expect(data.refresh_token).toEqual(expect.any(String));
      const late = await caller(other.simulator, data.access_token).get('campaign/get', { advertiser_id: europe });
      expect(late.body.code).toBe(40102);
    } finally {
      await other.simulator.close();
    }
  });
});

describe('advertisers', () => {
  it('are listed, a suspended one included, and described with currency and zone', async () => {
    const { list } = (await call.get('oauth2/advertiser/get', app())).body.data;
    const ids = list.map((one: { advertiser_id: string }) => one.advertiser_id);
    expect(ids).toHaveLength(4);
    for (const id of ids) expect(id).toMatch(/^70\d{17}$/);
    const info = (await call.get('advertiser/info', { advertiser_ids: ids })).body.data.list;
    expect(
      info.map((one: Record<string, string>) => [
        one.name,
        one.currency,
        one.timezone,
        one.display_timezone,
        one.status,
      ]),
    ).toEqual([
      ['Strider Europe', 'EUR', 'Etc/GMT-1', 'Europe/Berlin', 'STATUS_ENABLE'],
      ['Strider North America', 'USD', 'Etc/GMT+8', 'America/Los_Angeles', 'STATUS_ENABLE'],
      ['Strider Japan', 'JPY', 'Etc/GMT-9', 'Asia/Tokyo', 'STATUS_ENABLE'],
      ['Strider Outlet', 'EUR', 'Etc/GMT-1', 'Europe/Berlin', 'STATUS_DISABLE'],
    ]);
  });

  it('are described by the fields asked for alone', async () => {
    const asked = { advertiser_ids: [europe], fields: ['advertiser_id', 'currency'] };
    expect((await call.get('advertiser/info', asked)).body.data.list).toEqual([
      { advertiser_id: europe, currency: 'EUR' },
    ]);
  });

  it.each([
    ['a list that is no JSON', { advertiser_ids: europe }, 40002],
    ['an unknown field', { advertiser_ids: [europe], fields: ['shoe_size'] }, 40002],
    ['an unknown parameter', { advertiser_ids: [europe], shoes: '2' }, 40002],
    ['no ids', {}, 40002],
    ['a strange advertiser', { advertiser_ids: ['7000000000000000001'] }, 40001],
    ['101 ids', { advertiser_ids: Array.from({ length: 101 }, () => europe) }, 40067],
  ])('are refused for %s', async (_, parameters, code) => {
    expect((await call.get('advertiser/info', parameters)).body.code).toBe(code);
  });

  it.each([outlet, '7000000000000000001', '4210000001'])(
    'cannot be read when %s is suspended or not ours',
    async (id) => {
      expect((await call.get('campaign/get', { advertiser_id: id })).body.code).toBe(40001);
    },
  );
});
