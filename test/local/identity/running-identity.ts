/** An identity provider over real HTTP, and a browser that follows its pages. */

import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { afterAll } from 'vitest';
import { createIdentity, type Identity, type IdentityDeps } from '../../../local/identity/create-identity.ts';
import type { FunctionInvoker, ResolvedResource } from '../../../local/ports.ts';

export const poolId = 'eu-central-1_abcdefghi';

function resource(type: string, physicalId: string, properties: Record<string, unknown>): ResolvedResource {
  const arn = `arn:aws:cognito-idp:eu-central-1:000000000000:userpool/${poolId}`;
  return { type: `AWS::Cognito::${type}`, stack: 'Identity', logicalId: physicalId, physicalId, arn, properties };
}

export const poolResources = (
  pool: Record<string, unknown> = {},
  client: Record<string, unknown> = {},
): ResolvedResource[] => [
  resource('UserPool', poolId, { UsernameAttributes: ['email'], UserPoolTier: 'ESSENTIALS', ...pool }),
  resource('UserPoolDomain', 'domain', { UserPoolId: poolId, Domain: 'conext-local' }),
  resource('UserPoolResourceServer', 'conext', {
    UserPoolId: poolId,
    Identifier: 'conext',
    Name: 'conext',
    Scopes: [{ ScopeName: 'metrics.read' }, { ScopeName: 'changes.write' }],
  }),
  resource('UserPoolGroup', 'owners', {
    UserPoolId: poolId,
    GroupName: 'owners',
    RoleArn: 'arn:aws:iam::000000000000:role/owners',
  }),
  resource('UserPoolClient', 'dashboard', {
    UserPoolId: poolId,
    ClientName: 'dashboard',
    GenerateSecret: false,
    AllowedOAuthFlows: ['code'],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthScopes: ['openid', 'email', 'conext/metrics.read'],
    CallbackURLs: ['http://localhost:4600/callback'],
    LogoutURLs: ['http://localhost:4600/'],
    AccessTokenValidity: 10,
    TokenValidityUnits: { AccessToken: 'minutes' },
    ...client,
  }),
];

/** A trigger that runs in the test: what it was called with and what it answers. */
export function triggerOf(
  answer: (event: Record<string, unknown>) => unknown,
): FunctionInvoker & { readonly events: Record<string, unknown>[] } {
  const events: Record<string, unknown>[] = [];
  return {
    events,
    async invoke(_arn, payload) {
      const event = structuredClone(payload) as Record<string, unknown>;
      events.push(event);
      try {
        return { ok: true, payload: answer(event) };
      } catch (error) {
        return { ok: false, error: { errorType: 'Error', errorMessage: String(error) } };
      }
    },
  };
}

const started = new Set<Identity>();
const folders = new Set<string>();
afterAll(async () => {
  for (const identity of started) await identity.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'conext-identity-'));
  folders.add(folder);
  return folder;
}

export async function startIdentity(deps: Partial<IdentityDeps> = {}): Promise<Identity> {
  const identity = await createIdentity({
    resources: poolResources(),
    functions: triggerOf((event) => event),
    clock: Date.now,
    dataDir: newFolder(),
    port: 0,
    dashboardUrl: 'http://127.0.0.1:4711',
    ...deps,
  });
  started.add(identity);
  return identity;
}

/** Keeps cookies and stops at redirects. */
export class Browser {
  readonly #cookies = new Map<string, string>();
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  async open(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(url, this.#origin), {
      ...init,
      redirect: 'manual',
      // A server that closed leaves dead connections in the pool of `fetch`.
      headers: { ...init.headers, connection: 'close', ...(cookie === '' ? {} : { cookie }) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair, ...attributes] = line.split('; ');
      const [name, value] = String(pair).split('=');
      const gone = attributes.some(
        (attribute) => attribute === 'Max-Age=0' || attribute.toLowerCase() === 'expires=thu, 01 jan 1970 00:00:00 gmt',
      );
      if (gone || value === undefined) this.#cookies.delete(String(name));
      else this.#cookies.set(String(name), value);
    }
    return response;
  }

  post(url: string, form: Record<string, string>): Promise<Response> {
    return this.open(url, { method: 'POST', body: new URLSearchParams(form) });
  }

  /** Follows redirects within the provider; gives the first location outside of it, or the page. */
  async follow(response: Response): Promise<{ readonly left: URL | undefined; readonly page: Response }> {
    let at = response;
    for (let step = 0; step < 10; step += 1) {
      const location = at.headers.get('location');
      if (location === null) return { left: undefined, page: at };
      const next = new URL(location, this.#origin);
      if (next.origin !== this.#origin) return { left: next, page: at };
      at = await this.open(next.href);
    }
    throw new Error('too many redirects');
  }

  get cookieNames(): readonly string[] {
    return [...this.#cookies.keys()];
  }
}

export interface Pkce {
  readonly verifier: string;
  readonly query: string;
}

export function authorizeUrl(extra: Record<string, string> = {}): Pkce {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: 'dashboard',
    response_type: 'code',
    redirect_uri: 'http://127.0.0.1:4711/callback',
    scope: 'openid email conext/metrics.read',
    state: 'state-1',
    nonce: 'nonce-1',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...extra,
  });
  return { verifier, query: `/oauth2/authorize?${query}` };
}

export const redirectUri = 'http://127.0.0.1:4711/callback';
export const owner = {
  email: 'owner@conext.example',
  password: 'correct horse 1',
  groups: ['owners'],
  attributes: { name: 'Olga' },
};

/** To the login page and its form's address. */
export async function openLogin(
  browser: Browser,
  extra: Record<string, string> = {},
): Promise<{ readonly pkce: Pkce; readonly action: string; readonly html: string; readonly page: Response }> {
  const pkce = authorizeUrl(extra);
  const { page } = await browser.follow(await browser.open(pkce.query));
  const html = await page.text();
  return { pkce, html, page, action: /action="([^"]+)"/.exec(html)?.[1] ?? '' };
}

export async function signIn(
  identity: Identity,
  browser = new Browser(identity.url),
  extra: Record<string, string> = {},
): Promise<{ readonly code: string; readonly verifier: string }> {
  const { pkce, action } = await openLogin(browser, extra);
  const { left } = await browser.follow(await browser.post(action, { email: owner.email, password: owner.password }));
  return { code: left?.searchParams.get('code') ?? '', verifier: pkce.verifier };
}

export interface TokenAnswer {
  readonly status: number;
  readonly access_token: string;
  readonly id_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly error: string;
  readonly [name: string]: unknown;
}

export async function requestToken(
  identity: Identity,
  form: Record<string, string>,
  basic?: readonly [string, string],
): Promise<TokenAnswer> {
  const response = await fetch(identity.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: {
      connection: 'close',
      ...(basic === undefined
        ? {}
        : { authorization: `Basic ${Buffer.from(basic.map(encodeURIComponent).join(':')).toString('base64')}` }),
    },
  });
  return { status: response.status, ...((await response.json()) as object) } as TokenAnswer;
}

export function exchange(identity: Identity, code: string, verifier: string): Promise<TokenAnswer> {
  return requestToken(identity, {
    grant_type: 'authorization_code',
    client_id: 'dashboard',
    redirect_uri: redirectUri,
    code,
    code_verifier: verifier,
  });
}

export async function claimsOf(identity: Identity, token: string): Promise<JWTPayload> {
  const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(identity.jwksUri)), {
    issuer: identity.issuer,
  });
  return payload;
}
