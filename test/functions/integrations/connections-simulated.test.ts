import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOAuthClient } from '../../../adapters/oauth-client.ts';
import { codeChallengeOf } from '../../../domain/integrations/oauth.ts';
import { type PlatformId, platformIds } from '../../../domain/integrations/platform.ts';
import { authorizations } from '../../../platforms/authorizations.ts';
import { openReader } from '../../../platforms/readers.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

const returnTo = 'https://app.example/connected';
const verifier = 'v'.repeat(43);
const oauth = createOAuthClient();

let simulator: Simulator;
let apps: Record<PlatformId, Record<string, string>>;

beforeAll(async () => {
  simulator = await createSimulator({ days: 3, tiktok: { rateLevel: 'premium' } });
  const { credentials, tiktok, linkedIn } = simulator;
  apps = {
    'google-ads': {
      clientId: credentials.clientId,
      clientSecret: credentials.clientSecret,
      developerToken: credentials.developerToken,
    },
    'tiktok-ads': { appId: tiktok.appId, appSecret: tiktok.appSecret },
    'linkedin-ads': { clientId: linkedIn.clientId, clientSecret: linkedIn.clientSecret },
  };
});
afterAll(() => simulator.close());

const endpoints = () => ({ api: simulator.rest, oauth: simulator.rest, authorize: simulator.rest });

/** Opens the platform's page as a browser would and agrees: the simulated pages send back at once. */
async function agree(platform: PlatformId): Promise<URL> {
  const page = authorizations[platform].page({
    app: apps[platform],
    redirectUri: returnTo,
    state: 'aut_state',
    codeChallenge: codeChallengeOf(verifier),
    endpoints: endpoints(),
  });
  const { status, headers } = await fetch(page, { redirect: 'manual' });
  expect(status).toBe(302);
  return new URL(headers.get('location') ?? '');
}
const codeIn = (back: URL) => back.searchParams.get('code') ?? back.searchParams.get('auth_code') ?? '';
const exchange = async (platform: PlatformId, code: string, codeVerifier = verifier) =>
  authorizations[platform].readGrant(
    await oauth.ask(
      authorizations[platform].exchange({
        app: apps[platform],
        code,
        redirectUri: returnTo,
        codeVerifier,
        endpoints: endpoints(),
      }),
    ),
    Date.now(),
  );

describe.each(platformIds)('authorizing at the simulated %s', (platform) => {
  it('leads from its page to a grant that its reader lists accounts with', async () => {
    const back = await agree(platform);
    expect(`${back.origin}${back.pathname}`).toBe(returnTo);
    expect(back.searchParams.get('state')).toBe('aut_state');
    const grant = await exchange(platform, codeIn(back));
    if (grant.kind !== 'granted') throw new Error(`${grant.kind}: ${grant.reason}`);
    const reader = await openReader(platform, {
      credentials: { ...apps[platform], ...grant.credentials },
      endpoints: { ...endpoints(), grpc: `http://${simulator.grpc}` },
    });
    expect((await reader.listAccounts()).length).toBeGreaterThan(0);
  });

  it('takes a code once', async () => {
    const code = codeIn(await agree(platform));
    expect((await exchange(platform, code)).kind).toBe('granted');
    expect((await exchange(platform, code)).kind).toBe('refused');
  });

  it('tells a wrong secret of our app from a wrong code', async () => {
    const code = codeIn(await agree(platform));
    const { secret } = authorizations[platform].app;
    const right = apps[platform];
    apps[platform] = { ...right, [secret]: 'wrong' };
    const outcome = await exchange(platform, code).finally(() => {
      apps[platform] = right;
    });
    expect(outcome.kind).toBe('misconfigured');
  });

  it('is revoked where the platform can, and the grant is then worth nothing', async () => {
    const { revocation } = authorizations[platform];
    if (revocation === undefined) {
      expect(platform).toBe('linkedin-ads');
      return;
    }
    const grant = await exchange(platform, codeIn(await agree(platform)));
    if (grant.kind !== 'granted') throw new Error(grant.reason);
    const { credentials } = grant;
    const revoke = () => oauth.ask(revocation.request({ app: apps[platform], credentials, endpoints: endpoints() }));
    expect(revocation.done(await revoke())).toBe(true);
    expect(revocation.done(await revoke())).toBe(true);
    const listing = openReader(platform, {
      credentials: { ...apps[platform], ...credentials },
      endpoints: { ...endpoints(), grpc: `http://${simulator.grpc}` },
    }).then((reader) => reader.listAccounts());
    await expect(listing).rejects.toMatchObject({ kind: 'unauthorized' });
  });
});

it('TikTok gives tokens for a day with one that renews them to apps that have those', async () => {
  const other = await createSimulator({ days: 2, tiktok: { tokens: 'expiring', rateLevel: 'premium' } });
  try {
    const { page, exchange: ask, readGrant } = authorizations['tiktok-ads'];
    const request = {
      app: apps['tiktok-ads'],
      redirectUri: returnTo,
      state: 's',
      codeChallenge: '',
      codeVerifier: '',
      endpoints: { api: other.rest, authorize: other.rest },
    };
    const { headers } = await fetch(page(request), { redirect: 'manual' });
    const code = codeIn(new URL(headers.get('location') ?? ''));
    const at = Date.parse('2026-11-22T12:00:00Z');
    expect(readGrant(await oauth.ask(ask({ ...request, code })), at)).toMatchObject({
      kind: 'granted',
      credentials: { accessToken: expect.any(String), refreshToken: expect.any(String) },
      expiresAt: '2027-11-22T12:00:00.000Z',
    });
  } finally {
    await other.close();
  }
});

it('Google refuses a code whose verifier is another', async () => {
  const code = codeIn(await agree('google-ads'));
  expect((await exchange('google-ads', code, 'w'.repeat(43))).kind).toBe('refused');
});
