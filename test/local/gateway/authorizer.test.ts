import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gateway } from '../../../local/gateway/create-gateway.ts';
import { guarded, proxyTo, route } from './api-fixture.ts';
import { functionsOf, startGateway } from './running-gateway.ts';
import { startTokenIssuer, type TokenIssuer } from './token-issuer.ts';

const echo = functionsOf({
  echo: (event) => ({ statusCode: 200, body: JSON.stringify((event as { requestContext: unknown }).requestContext) }),
});
const resources = [
  ...route('/accounts', 'GET', { ...guarded('conext/metrics.read', 'conext/admin'), Integration: proxyTo('echo') }),
  ...route('/me', 'GET', { ...guarded(), Integration: proxyTo('echo') }),
];

let issuer: TokenIssuer;
let gateway: Gateway;
let now = Date.now();
beforeAll(async () => {
  issuer = await startTokenIssuer();
  gateway = await startGateway(resources, echo, { userPools: [issuer.pool], clock: () => now });
});
afterAll(() => issuer.close());

const get = (path: string, token?: string) =>
  fetch(`${gateway.url}${path}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = () => Math.floor(now / 1000);

describe('Cognito authorizer', () => {
  it('lets an access token with one of the scopes through and hands its claims over as text', async () => {
    const token = await issuer.token({
      workspace_id: 'ws_1',
      'cognito:groups': ['owner', 'staff'],
      level: 3,
      active: true,
    });
    const response = await get('/accounts', token);
    expect(response.status).toBe(200);
    const { authorizer } = (await response.json()) as { authorizer: { claims: Record<string, string> } };
    expect(authorizer.claims).toMatchObject({
      sub: 'user-1',
      workspace_id: 'ws_1',
      'cognito:groups': 'owner,staff',
      level: '3',
      active: 'true',
      token_use: 'access',
    });
    expect(authorizer.claims.exp).toMatch(/^\w{3} \w{3} \d\d \d\d:\d\d:\d\d UTC \d{4}$/);
  });

  it('takes the token without the word Bearer', async () => {
    const response = await fetch(`${gateway.url}/accounts`, { headers: { authorization: await issuer.token() } });
    expect(response.status).toBe(200);
  });

  const forged: Record<string, () => Promise<string>> = {
    'that has expired': () => issuer.token({ exp: seconds() - 1 }),
    'that is not valid yet': () => issuer.token({ nbf: seconds() + 60 }),
    'without an expiry': () => issuer.token({ exp: undefined }),
    'of another issuer': () => issuer.token({ iss: 'https://elsewhere.example' }),
    'that is an identity token': () => issuer.token({ token_use: 'id' }),
    'signed by a stranger under a known key id': () => issuer.strangersToken('first'),
    'signed by an unknown key': () => issuer.strangersToken('nobody'),
    'with alg none': async () => {
      const [, payload] = (await issuer.token()).split('.');
      return `${encode({ alg: 'none', kid: 'first' })}.${payload}.`;
    },
    'with HS256 keyed by the public key': async () => {
      const [, payload] = (await issuer.token()).split('.');
      const head = `${encode({ alg: 'HS256', kid: 'first' })}.${payload}`;
      const pem = createPublicKey({ key: issuer.publicJwk() as JsonWebKey, format: 'jwk' }).export({
        type: 'spki',
        format: 'pem',
      });
      return `${head}.${createHmac('sha256', pem).update(head).digest('base64url')}`;
    },
    'with a changed payload': async () => {
      const [head, payload, signature] = (await issuer.token()).split('.');
      const claims = JSON.parse(Buffer.from(String(payload), 'base64url').toString()) as object;
      return `${head}.${encode({ ...claims, workspace_id: 'ws_other' })}.${signature}`;
    },
    'that is no token': async () => 'a.b.c',
    'that is too long to be one': async () => `a.${'b'.repeat(9_000)}.c`,
  };
  for (const [what, forge] of Object.entries(forged)) {
    it(`refuses a token ${what}`, async () => {
      const response = await get('/accounts', await forge());
      expect(response.status).toBe(401);
      expect(response.headers.get('x-amzn-errortype')).toBe('UnauthorizedException');
      expect(await response.json()).toEqual({ message: 'Unauthorized' });
    });
  }

  it('refuses a request without a token', async () => {
    expect((await get('/accounts')).status).toBe(401);
  });

  it('answers 403 to an access token that has none of the scopes', async () => {
    const response = await get('/accounts', await issuer.token({ scope: 'openid conext/metrics.write' }));
    expect(response.status).toBe(403);
    expect(response.headers.get('x-amzn-errortype')).toBe('AccessDeniedException');
  });

  it('wants an identity token where the method names no scopes', async () => {
    expect((await get('/me', await issuer.token())).status).toBe(401);
    expect((await get('/me', await issuer.token({ token_use: 'id' }))).status).toBe(200);
  });

  it('forgets a remembered token when it expires', async () => {
    const token = await issuer.token({ exp: seconds() + 60 });
    expect((await get('/accounts', token)).status).toBe(200);
    now += 61_000;
    expect((await get('/accounts', token)).status).toBe(401);
    now = Date.now();
  });

  it('fetches the keys once for many requests and again when they rotate', async () => {
    const own = await startTokenIssuer();
    const fresh = await startGateway(resources, echo, { userPools: [own.pool] });
    const ask = async () =>
      (await fetch(`${fresh.url}/accounts`, { headers: { authorization: await own.token() } })).status;
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([200, 200, 200]);
    expect(own.fetches()).toBe(1);
    await own.rotate();
    await expect.poll(ask, { timeout: 5_000 }).toBe(200);
    expect(own.fetches()).toBeGreaterThanOrEqual(2);
    await own.close();
  });

  it('answers 500 while the keys cannot be fetched', async () => {
    const own = await startTokenIssuer();
    const token = await own.token();
    await own.close();
    const fresh = await startGateway(resources, echo, { userPools: [own.pool] });
    const response = await fetch(`${fresh.url}/accounts`, { headers: { authorization: token } });
    expect(response.status).toBe(500);
    expect(response.headers.get('x-amzn-errortype')).toBe('AuthorizerConfigurationException');
  });
});
