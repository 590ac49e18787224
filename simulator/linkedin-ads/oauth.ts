import { createHash } from 'node:crypto';
import type { Account } from '../market/world.ts';
import { type RefreshToken, RefreshTokens } from './refresh-tokens.ts';

export interface LinkedInCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** A member with a role in every LinkedIn account. */
  readonly refreshToken: string;
  /** A member with a role in the first account alone. */
  readonly limitedRefreshToken: string;
}

/** What a member granted the application. */
export interface Grant {
  readonly memberUrn: string;
  /** Which of the world's accounts the member has a role in. */
  reaches(account: Account, first: Account | undefined): boolean;
}

interface Code {
  readonly redirectUri: string;
  readonly expiresAt: number;
}

type TokenState =
  | { readonly kind: 'valid'; readonly grant: Grant }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unknown' };

interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const scope = 'r_ads_reporting,r_organization_social,rw_ads,w_organization_social';
/** An authorization code lives half an hour and is good for one exchange (…/authorization-code-flow). */
const codeLifetimeMs = 30 * 60_000;
const most = 10_000;

const everyAccount: Grant = { memberUrn: 'urn:li:person:Kx3rQ0vT1e', reaches: () => true };
const firstAccount: Grant = {
  memberUrn: 'urn:li:person:b7Zp2LmW9a',
  reaches: (account, first) => account.id === first?.id,
};

export function linkedInCredentials(seed: number): LinkedInCredentials {
  return {
    clientId: secret(seed, 'client-id')
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')
      .padEnd(14, '7')
      .slice(0, 14),
    clientSecret: `WPL_AP1.${secret(seed, 'client-secret').slice(0, 16)}.${secret(seed, 'client-secret-tail').slice(0, 6)}==`,
    refreshToken: `AQ${secret(seed, 'refresh-token')}`,
    limitedRefreshToken: `AQ${secret(seed, 'limited-refresh-token')}`,
  };
}

/** LinkedIn's OAuth: the consent page's redirect, the token endpoint and the tokens it gave out. */
export class OAuth {
  readonly #credentials: LinkedInCredentials;
  readonly #lifetimeSeconds: number;
  readonly #wall: () => number;
  readonly #codes = new Map<string, Code>();
  readonly #refreshTokens: RefreshTokens;
  readonly #issued = new Map<string, { readonly grant: Grant; expiresAt: number }>();
  #counter = 0;

  /** Tokens live in wall time: driving the simulated clock does not age them. */
  constructor(credentials: LinkedInCredentials, lifetimeSeconds: number, wall: () => number = Date.now) {
    this.#credentials = credentials;
    this.#lifetimeSeconds = lifetimeSeconds;
    this.#wall = wall;
    this.#refreshTokens = new RefreshTokens(
      new Map([
        [credentials.refreshToken, everyAccount],
        [credentials.limitedRefreshToken, firstAccount],
      ]),
      everyAccount,
      credentials.clientSecret,
      wall,
    );
  }

  /** Where the consent page sends the member who agrees; a sentence when the page itself is an error. */
  authorize(query: URLSearchParams, declined: boolean): { readonly location: string } | { readonly problem: string } {
    const redirectUri = query.get('redirect_uri') ?? '';
    if (query.get('response_type') !== 'code')
      return { problem: 'You need to pass the "response_type" parameter "code".' };
    if (query.get('client_id') !== this.#credentials.clientId)
      return { problem: 'The passed in client_id is invalid.' };
    if (!URL.canParse(redirectUri)) return { problem: 'The redirect_uri does not match the registered value.' };
    const location = new URL(redirectUri);
    if (declined) {
      location.searchParams.set('error', 'user_cancelled_authorize');
      location.searchParams.set('error_description', 'The user cancelled the authorization');
    } else location.searchParams.set('code', this.#code(redirectUri));
    const state = query.get('state');
    if (state !== null) location.searchParams.set('state', state);
    return { location: location.href };
  }

  /** Answers `POST /oauth/v2/accessToken`. */
  token(form: URLSearchParams): TokenAnswer {
    for (const name of ['grant_type', 'client_id', 'client_secret'])
      if ((form.get(name) ?? '') === '')
        return refuse(400, 'invalid_request', `A required parameter "${name}" is missing`);
    if (
      form.get('client_id') !== this.#credentials.clientId ||
      form.get('client_secret') !== this.#credentials.clientSecret
    )
      return refuse(401, 'invalid_client', 'Client authentication failed');
    if (form.get('grant_type') === 'refresh_token') return this.#refresh(form);
    if (form.get('grant_type') === 'authorization_code') return this.#exchange(form);
    return refuse(400, 'unsupported_grant_type', `The grant type ${form.get('grant_type')} is not supported`);
  }

  inspect(accessToken: string): TokenState {
    const issued = this.#issued.get(accessToken);
    if (issued === undefined) return { kind: 'unknown' };
    return issued.expiresAt <= this.#wall() ? { kind: 'expired' } : { kind: 'valid', grant: issued.grant };
  }

  /** Every access token given out so far is expired from now on. */
  expireAll(): void {
    for (const issued of this.#issued.values()) issued.expiresAt = 0;
  }

  #code(redirectUri: string): string {
    const now = this.#wall();
    for (const [old, { expiresAt }] of this.#codes) if (expiresAt <= now) this.#codes.delete(old);
    const code = `AQ${this.#token('code')}`;
    this.#codes.set(code, { redirectUri, expiresAt: now + codeLifetimeMs });
    return code;
  }

  #exchange(form: URLSearchParams): TokenAnswer {
    const code = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    if (code === undefined || code.expiresAt <= this.#wall() || code.redirectUri !== form.get('redirect_uri'))
      return refuse(
        400,
        'invalid_request',
        'Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired. Or external member binding exists',
      );
    const { token, ...held } = this.#refreshTokens.issue();
    return this.#give(token, held);
  }

  #refresh(form: URLSearchParams): TokenAnswer {
    const refreshToken = form.get('refresh_token') ?? '';
    const held = this.#refreshTokens.read(refreshToken);
    if (held === undefined)
      return refuse(
        400,
        'invalid_grant',
        'The provided authorization grant or refresh token is invalid, expired or revoked',
      );
    return this.#give(refreshToken, held);
  }

  #give(refreshToken: string, { grant, expiresAt }: RefreshToken): TokenAnswer {
    const accessToken = `AQ${this.#token('access')}`;
    if (this.#issued.size >= most)
      for (const [token, issued] of this.#issued) if (issued.expiresAt <= this.#wall()) this.#issued.delete(token);
    this.#issued.set(accessToken, { grant, expiresAt: this.#wall() + this.#lifetimeSeconds * 1000 });
    return {
      status: 200,
      body: {
        access_token: accessToken,
        expires_in: this.#lifetimeSeconds,
        refresh_token: refreshToken,
        refresh_token_expires_in: Math.ceil((expiresAt - this.#wall()) / 1000),
        scope,
        token_type: 'Bearer',
      },
    };
  }

  #token(purpose: string): string {
    this.#counter += 1;
    return createHash('sha256')
      .update(`${this.#credentials.clientSecret}|${purpose}|${this.#counter}|${this.#wall()}`)
      .digest('base64url');
  }
}

function refuse(status: number, error: string, description: string): TokenAnswer {
  return { status, body: { error, error_description: description } };
}

function secret(seed: number, purpose: string): string {
  return createHash('sha256').update(`${seed}|linkedin-ads|${purpose}`).digest('base64url');
}
