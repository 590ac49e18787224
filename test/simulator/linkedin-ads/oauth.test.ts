import { afterEach, describe, expect, it } from 'vitest';
import { linkedInCredentials, OAuth } from '../../../simulator/linkedin-ads/oauth.ts';
import { type Opened, open } from './open.ts';

let opened: Opened | undefined;
afterEach(() => opened?.close());

async function start(): Promise<Opened> {
  opened = await open();
  return opened;
}

const callback = 'https://ads.example/callback';
const dayMs = 86_400_000;

async function consent({ base, credentials }: Opened, more: Record<string, string> = {}) {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: credentials.clientId,
    redirect_uri: callback,
    state: 'a state',
    scope: 'r_ads r_ads_reporting',
    ...more,
  });
  const response = await fetch(`${base}/oauth/v2/authorization?${query}`, { redirect: 'manual' });
  const location = response.headers.get('location');
  return { status: response.status, location: location === null ? undefined : new URL(location) };
}

describe('the consent page', () => {
  it('sends the member back with a code and the state', async () => {
    const { status, location } = await consent(await start());
    expect(status).toBe(302);
    expect(location?.origin).toBe('https://ads.example');
    expect(Object.fromEntries(location?.searchParams ?? [])).toEqual({ code: expect.any(String), state: 'a state' });
  });

  it('sends a member who declines back with an error', async () => {
    const running = await start();
    running.faults.add({
      kind: 'unauthenticated-bare',
      match: { platform: 'linkedin-ads', operation: 'authorize' },
      times: 1,
      retryAfterSeconds: 0,
    });
    const { location } = await consent(running);
    expect(location?.searchParams.get('error')).toBe('user_cancelled_authorize');
    expect(location?.searchParams.get('state')).toBe('a state');
  });

  it.each([[{ client_id: 'wrong' }], [{ response_type: 'token' }], [{ redirect_uri: 'nowhere' }]])(
    'shows %j to the member and sends nobody anywhere',
    async (wrong) => {
      const { status, location } = await consent(await start(), wrong);
      expect([status, location]).toEqual([400, undefined]);
    },
  );
});

describe('a code', () => {
  async function exchange(running: Opened, form: Record<string, string>) {
    return running.token({ grant_type: 'authorization_code', redirect_uri: callback, ...form });
  }

  it('is exchanged for an access token and a refresh token, once', async () => {
    const running = await start();
    const code = (await consent(running)).location?.searchParams.get('code') ?? '';
    const { status, body } = await exchange(running, { code });
    expect(status).toBe(200);
    expect(body).toMatchObject({ expires_in: 5_184_000, refresh_token_expires_in: 31_536_000, token_type: 'Bearer' });
    expect((await running.caller(body.access_token)('/rest/adAccounts?q=search')).status).toBe(200);
    expect((await running.token({ refresh_token: body.refresh_token })).status).toBe(200);
    expect((await exchange(running, { code })).body.error).toBe('invalid_request');
  });

  it('is good for the redirect URI it was given for', async () => {
    const running = await start();
    const code = (await consent(running)).location?.searchParams.get('code') ?? '';
    const answer = await exchange(running, { code, redirect_uri: 'https://ads.example/other' });
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request']);
  });

  it('lives half an hour', () => {
    let wall = Date.parse('2026-11-20T11:00:00Z');
    const { clientId, clientSecret } = linkedInCredentials(1);
    const oauth = new OAuth(linkedInCredentials(1), 60, () => wall);
    const outcome = oauth.authorize(
      new URLSearchParams({ response_type: 'code', client_id: clientId, redirect_uri: callback }),
      false,
    );
    const code = 'location' in outcome ? (new URL(outcome.location).searchParams.get('code') ?? '') : '';
    wall += 30 * 60_000;
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uri: callback,
      code,
    });
    expect(oauth.token(form).status).toBe(400);
  });
});

describe('the token endpoint', () => {
  it.each([
    [{ client_secret: 'wrong' }, 401, 'invalid_client'],
    [{ client_id: 'wrong' }, 401, 'invalid_client'],
    [{ client_id: '' }, 400, 'invalid_request'],
    [{ refresh_token: 'AQunknown' }, 400, 'invalid_grant'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ])('refuses %j with %i %s', async (wrong, status, error) => {
    const { token } = await start();
    const answer = await token(wrong);
    expect([answer.status, answer.body.error]).toEqual([status, error]);
  });

  it('takes no GET', async () => {
    const { base } = await start();
    expect((await fetch(`${base}/oauth/v2/accessToken`)).status).toBe(405);
  });
});

describe('a refresh token', () => {
  const refresh = (oauth: OAuth, refreshToken: string) => {
    const { clientId, clientSecret } = linkedInCredentials(1);
    return oauth.token(
      new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: clientId,
        client_secret: clientSecret,
        refresh_token: refreshToken,
      }),
    );
  };

  it('lives a year from the sign-in, however often it is used', () => {
    let wall = Date.parse('2026-01-01T00:00:00Z');
    const { refreshToken } = linkedInCredentials(1);
    const oauth = new OAuth(linkedInCredentials(1), 60, () => wall);
    wall += 59 * dayMs;
    expect(refresh(oauth, refreshToken).body['refresh_token_expires_in']).toBe(306 * 86_400);
    wall += 306 * dayMs;
    expect(refresh(oauth, refreshToken)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('that a member consented to outlives a simulator started again with the same seed', async () => {
    const running = await start();
    const code = (await consent(running)).location?.searchParams.get('code') ?? '';
    const { body } = await running.token({ grant_type: 'authorization_code', redirect_uri: callback, code });
    const again = new OAuth(linkedInCredentials(1), 60);
    expect(refresh(again, body.refresh_token).status).toBe(200);
    expect(refresh(again, `${body.refresh_token.slice(0, -1)}x`).status).toBe(400);
  });
});
