import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../../local/identity/create-identity.ts';
import {
  authorizeUrl,
  Browser,
  claimsOf,
  exchange,
  newFolder,
  openLogin,
  owner,
  poolId,
  requestToken,
  signIn,
  startIdentity,
} from './running-identity.ts';

let identity: Identity;
let sub = '';
beforeAll(async () => {
  identity = await startIdentity();
  ({ sub } = await identity.createUser(owner));
});
afterAll(() => identity.close());

describe('authorization code with PKCE', () => {
  it('gives Cognito-shaped tokens after the login form', async () => {
    const { code, verifier } = await signIn(identity);
    const tokens = await exchange(identity, code, verifier);
    expect(Object.keys(tokens).sort()).toEqual([
      'access_token',
      'expires_in',
      'id_token',
      'refresh_token',
      'status',
      'token_type',
    ]);
    expect(tokens).toMatchObject({ status: 200, expires_in: 600, token_type: 'Bearer' });
    const access = await claimsOf(identity, tokens.access_token);
    expect(access).toMatchObject({
      sub,
      username: sub,
      token_use: 'access',
      client_id: 'dashboard',
      scope: 'openid email conext/metrics.read',
      version: 2,
      'cognito:groups': ['owners'],
      iss: `${identity.url}/${poolId}`,
    });
    expect(Number(access.exp) - Number(access.iat)).toBe(600);
    for (const claim of ['jti', 'origin_jti', 'auth_time', 'event_id']) expect(access[claim]).toBeDefined();
    expect(access.aud).toBeUndefined();
    expect(await claimsOf(identity, tokens.id_token)).toMatchObject({
      sub,
      aud: 'dashboard',
      token_use: 'id',
      email: owner.email,
      email_verified: true,
      name: 'Olga',
      nonce: 'nonce-1',
      'cognito:username': sub,
      origin_jti: access.origin_jti,
    });
  });

  it('refreshes without repeating the refresh token, tied to the same sign-in', async () => {
    const { code, verifier } = await signIn(identity);
    const first = await exchange(identity, code, verifier);
    const second = await requestToken(identity, {
      grant_type: 'refresh_token',
      client_id: 'dashboard',
      refresh_token: first.refresh_token,
    });
    expect(second.status).toBe(200);
    expect(second.refresh_token).toBeUndefined();
    const [before, after] = [
      await claimsOf(identity, first.access_token),
      await claimsOf(identity, second.access_token),
    ];
    expect(after).toMatchObject({
      sub,
      scope: before.scope,
      origin_jti: before.origin_jti,
      auth_time: before.auth_time,
    });
    expect(after.jti).not.toBe(before.jti);
    expect((await claimsOf(identity, second.id_token)).nonce).toBeUndefined();
  });

  it('refuses a refresh token after it was revoked', async () => {
    const { code, verifier } = await signIn(identity);
    const { refresh_token: token } = await exchange(identity, code, verifier);
    const revoked = await fetch(`${identity.url}/oauth2/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token, client_id: 'dashboard' }),
    });
    expect(revoked.status).toBe(200);
    const again = await requestToken(identity, {
      grant_type: 'refresh_token',
      client_id: 'dashboard',
      refresh_token: token,
    });
    expect([again.status, again.error]).toEqual([400, 'invalid_grant']);
  });

  it('skips the form for a browser that is signed in, until it signs out', async () => {
    const browser = new Browser(identity.url);
    await signIn(identity, browser);
    const { left } = await browser.follow(await browser.open(authorizeUrl().query));
    expect(left?.searchParams.get('code')).toMatch(/^\S{16,}$/);
    expect(left?.searchParams.get('state')).toBe('state-1');
    const out = await browser.open(
      `/logout?client_id=dashboard&logout_uri=${encodeURIComponent('http://127.0.0.1:4711/')}`,
    );
    expect(out.headers.get('location')).toBe('http://127.0.0.1:4711/');
    const { page } = await browser.follow(await browser.open(authorizeUrl().query));
    expect(await page.text()).toContain('Sign in to Conext Ads');
  });

  it('takes a code once, with its verifier, for its own address', async () => {
    const used = await signIn(identity);
    expect((await exchange(identity, used.code, used.verifier)).status).toBe(200);
    expect((await exchange(identity, used.code, used.verifier)).error).toBe('invalid_grant');
    const other = await signIn(identity);
    expect((await exchange(identity, other.code, 'a'.repeat(43))).error).toBe('invalid_grant');
  });

  it('refuses a public client without PKCE, a foreign callback and a scope that the client lacks', async () => {
    const browser = new Browser(identity.url);
    const plain = new URL(authorizeUrl().query, identity.url);
    plain.searchParams.delete('code_challenge');
    plain.searchParams.delete('code_challenge_method');
    const { left } = await browser.follow(await browser.open(plain.href));
    expect(left?.searchParams.get('error')).toBe('invalid_request');
    const foreign = await browser.open(authorizeUrl({ redirect_uri: 'https://evil.example/callback' }).query);
    expect([foreign.status, foreign.headers.get('location')]).toEqual([400, null]);
    expect(foreign.headers.get('content-security-policy')).toContain("default-src 'none'");
    const greedy = await browser.follow(
      await browser.open(authorizeUrl({ scope: 'openid conext/changes.write' }).query),
    );
    expect(greedy.left?.searchParams.get('error')).toBe('invalid_scope');
  });

  it('asks for all scopes of the client when a request names none', async () => {
    const { code, verifier } = await signIn(identity, new Browser(identity.url), { scope: '' });
    const { access_token: token } = await exchange(identity, code, verifier);
    expect((await claimsOf(identity, token)).scope).toBe('openid email conext/metrics.read');
  });

  it('keeps users, key and refresh tokens over a restart', async () => {
    const dataDir = newFolder();
    const before = await startIdentity({ dataDir });
    await before.createUser(owner);
    const port = Number(new URL(before.url).port);
    const { code, verifier } = await signIn(before);
    const first = await exchange(before, code, verifier);
    await before.close();
    const after = await startIdentity({ dataDir, port });
    expect((await claimsOf(after, first.access_token)).sub).toBe((await after.createUser(owner)).sub);
    const second = await requestToken(after, {
      grant_type: 'refresh_token',
      client_id: 'dashboard',
      refresh_token: first.refresh_token,
    });
    expect(second.status).toBe(200);
  });
});

describe('login page', () => {
  it('is a labelled form that needs no script and no outside file', async () => {
    identity.showSignIns([{ label: 'Owner', email: owner.email, password: owner.password }]);
    const { html, page } = await openLogin(new Browser(identity.url));
    identity.showSignIns([]);
    expect(page.headers.get('content-security-policy')).toMatch(
      /default-src 'none'.*form-action 'self' http:\/\/127\.0\.0\.1:4711;/,
    );
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('<label for="email">');
    expect(html).toContain('<label for="password">');
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).toContain(owner.email);
    expect(html).not.toMatch(/<script|https?:\/\/|url\(/);
  });

  it('says what was wrong, keeps the address, and tells nobody which accounts exist', async () => {
    const browser = new Browser(identity.url);
    const { action } = await openLogin(browser);
    const wrong = await browser.post(action, { email: owner.email, password: 'nope' });
    const unknown = await browser.post(action, { email: '"><b>@x.example', password: 'nope' });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    const [first, second] = [await wrong.text(), await unknown.text()];
    for (const html of [first, second])
      expect(html).toContain('role="alert">The e-mail address or the password is wrong.');
    expect(first).toContain(`value="${owner.email}"`);
    expect(second).not.toContain('<b>');
    expect((await browser.post(action, { email: owner.email, password: '' })).status).toBe(400);
  });

  it('makes guessing wait, longer each time, and forgets after a right password', async () => {
    let now = Date.now();
    const slow = await startIdentity({ clock: () => now });
    await slow.createUser(owner);
    const browser = new Browser(slow.url);
    const { action } = await openLogin(browser);
    const attempt = async (password: string) =>
      (await browser.post(action, { email: owner.email.toUpperCase(), password })).status;
    for (let at = 0; at < 5; at += 1) expect(await attempt('wrong')).toBe(401);
    expect(await attempt(owner.password)).toBe(429);
    now += 1_000;
    expect(await attempt('wrong')).toBe(401);
    now += 1_000;
    expect(await attempt(owner.password)).toBe(429);
    now += 1_000;
    expect(await attempt(owner.password)).toBe(303);
  });

  it('counts guesses that are made at the same time', async () => {
    const busy = await startIdentity({ clock: () => 1_800_000_000_000 });
    await busy.createUser(owner);
    const browser = new Browser(busy.url);
    const { action } = await openLogin(browser);
    const guesses = Array.from(
      { length: 12 },
      async (_, at) => (await browser.post(action, { email: owner.email, password: `guess ${at}` })).status,
    );
    const statuses = (await Promise.all(guesses)).sort();
    expect(statuses).toEqual([...Array<number>(5).fill(401), ...Array<number>(7).fill(429)]);
  });

  it('makes one user of two that are created at once', async () => {
    const made = await Promise.all([identity.createUser(owner), identity.createUser(owner)]);
    expect(made.map((user) => user.sub)).toEqual([sub, sub]);
    const fresh = await startIdentity();
    const [first, second] = await Promise.all([fresh.createUser(owner), fresh.createUser(owner)]);
    expect(first.sub).toBe(second.sub);
  });

  it('turns away other host names, so that no page can rebind its own to this machine', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      request(identity.url, { headers: { host: 'evil.example' } }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });

  it('names its cookies after its port', async () => {
    const browser = new Browser(identity.url);
    await signIn(identity, browser);
    expect(browser.cookieNames.length).toBeGreaterThan(0);
    for (const name of browser.cookieNames) expect(name).toContain(`conext_idp_${new URL(identity.url).port}_`);
  });
});

describe('around the tokens', () => {
  it('publishes discovery at the root and under the pool, and only the public key', async () => {
    const documents = await Promise.all(
      [identity.url, identity.issuer].map(async (base) =>
        (await fetch(`${base}/.well-known/openid-configuration`)).json(),
      ),
    );
    expect(documents[0]).toEqual(documents[1]);
    expect(documents[0]).toMatchObject({
      issuer: identity.issuer,
      authorization_endpoint: `${identity.url}/oauth2/authorize`,
      token_endpoint: identity.tokenUrl,
      userinfo_endpoint: `${identity.url}/oauth2/userInfo`,
      end_session_endpoint: `${identity.url}/logout`,
      jwks_uri: identity.jwksUri,
      code_challenge_methods_supported: ['S256'],
    });
    const { keys } = (await (await fetch(`${identity.issuer}/.well-known/jwks.json`)).json()) as {
      keys: Record<string, unknown>[];
    };
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig' });
    expect(keys[0]).not.toHaveProperty('d');
  });

  it('answers userInfo to an access token and lets only the dashboard read it in a browser', async () => {
    const { code, verifier } = await signIn(identity);
    const tokens = await exchange(identity, code, verifier);
    const ask = (token: string, origin: string) =>
      fetch(`${identity.url}/oauth2/userInfo`, { headers: { authorization: `Bearer ${token}`, origin } });
    const answer = await ask(tokens.access_token, 'http://127.0.0.1:4711');
    expect(await answer.json()).toMatchObject({ sub, email: owner.email, username: sub });
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:4711');
    const elsewhere = await ask(tokens.access_token, 'https://evil.example');
    expect(elsewhere.headers.get('access-control-allow-origin')).toBeNull();
    expect((await ask(tokens.id_token, 'http://127.0.0.1:4711')).status).toBe(401);
  });

  it.each([
    ['a foreign address', 'client_id=dashboard&logout_uri=https%3A%2F%2Fevil.example'],
    ['no client', 'logout_uri=http%3A%2F%2F127.0.0.1%3A4711%2F'],
  ])('does not sign out towards %s', async (_what, query) => {
    const response = await fetch(`${identity.url}/logout?${query}`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });

  it("signs out by OpenID's parameters as well", async () => {
    const { code, verifier } = await signIn(identity);
    const { id_token: hint } = await exchange(identity, code, verifier);
    const query = new URLSearchParams({
      id_token_hint: hint,
      post_logout_redirect_uri: 'http://localhost:4711/',
      state: 's',
    });
    const response = await fetch(`${identity.url}/logout?${query}`, { redirect: 'manual' });
    expect(response.headers.get('location')).toBe('http://localhost:4711/?state=s');
  });
});
