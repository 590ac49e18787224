import { createHash } from 'node:crypto';
import { Refusal } from './codes.ts';

export interface TikTokCredentials {
  readonly appId: string;
  readonly appSecret: string;
  /** A long-term token: it works until it is revoked. */
  readonly accessToken: string;
  /** Gives tokens that live a day, for apps that were granted those instead. */
  readonly refreshToken: string;
}

export function tiktokCredentials(seed: number): TikTokCredentials {
  return {
    appId: `7${digits(`${seed}|tiktok-app`, 18)}`,
    appSecret: digest(`${seed}|tiktok-secret`).slice(0, 40),
    accessToken: digest(`${seed}|tiktok-access-token`).slice(0, 40),
    refreshToken: digest(`${seed}|tiktok-refresh-token`).slice(0, 40),
  };
}

/** Authorization codes are for one use within this time. */
const codeLifetimeMs = 10 * 60_000;
const refreshLifetimeSeconds = 365 * 86_400;

interface TokenState {
  readonly longTerm: boolean;
  expiresAt: number;
}

/**
 * Tokens of one app. As TikTok documents them, an advertiser's authorization gives a long-term token with neither end nor refresh
 * token. With `expiring` tokens the app gets what the first-party SDK describes: a day, and a refresh token for a year. Tokens
 * live in wall time: driving the simulated clock does not age them.
 */
export class OAuth {
  readonly credentials: TikTokCredentials;
  readonly #kind: 'long-term' | 'expiring';
  readonly #lifetimeSeconds: number;
  readonly #wall: () => number;
  readonly #tokens = new Map<string, TokenState>();
  readonly #refreshTokens = new Map<string, number>();
  readonly #codes = new Map<string, number>();
  #counter = 0;

  constructor(
    credentials: TikTokCredentials,
    kind: 'long-term' | 'expiring',
    lifetimeSeconds: number,
    wall: () => number = Date.now,
  ) {
    this.credentials = credentials;
    this.#kind = kind;
    this.#lifetimeSeconds = lifetimeSeconds;
    this.#wall = wall;
    this.#tokens.set(credentials.accessToken, { longTerm: true, expiresAt: Number.POSITIVE_INFINITY });
    this.#refreshTokens.set(credentials.refreshToken, Number.POSITIVE_INFINITY);
  }

  /** The page on which an advertiser agrees: sends the browser back with a code, or says what is wrong with the request. */
  authorize(query: URLSearchParams, declines: boolean): { readonly location: string } | { readonly problem: string } {
    if (query.get('app_id') !== this.credentials.appId) return { problem: 'The app does not exist.' };
    const redirect = query.get('redirect_uri') ?? '';
    if (!URL.canParse(redirect)) return { problem: 'redirect_uri is not the one the app was registered with.' };
    const back = new URL(redirect);
    const state = query.get('state');
    if (state !== null) back.searchParams.set('state', state);
    if (declines) back.searchParams.set('error', 'access_denied');
    else {
      const code = this.#fresh('auth-code');
      this.#codes.set(code, this.#wall() + codeLifetimeMs);
      // Both names come back; the documented one is auth_code.
      back.searchParams.set('auth_code', code);
      back.searchParams.set('code', code);
    }
    return { location: back.href };
  }

  /** Whether these are the app's own id and secret. */
  checkApp(appId: string, secret: string): void {
    if (appId !== this.credentials.appId) throw new Refusal('parameter', 'app_id: The app does not exist.');
    if (secret !== this.credentials.appSecret) throw new Refusal('parameter', 'secret: The app secret is wrong.');
  }

  exchange(code: string): Record<string, unknown> {
    const expiresAt = this.#codes.get(code);
    this.#codes.delete(code);
    if (expiresAt === undefined || expiresAt <= this.#wall())
      throw new Refusal('authCode', 'Authorization code is expired, was used before or does not exist.');
    return this.#grant();
  }

  refresh(refreshToken: string): Record<string, unknown> {
    const expiresAt = this.#refreshTokens.get(refreshToken);
    if (expiresAt === undefined) throw new Refusal('refreshTokenUnknown', 'The refresh token is invalid.');
    if (expiresAt <= this.#wall()) throw new Refusal('refreshTokenExpired', 'The refresh token has expired.');
    return this.#expiring(refreshToken);
  }

  revoke(token: string): void {
    if (!this.#tokens.delete(token))
      throw new Refusal('tokenUnknown', 'Access token is incorrect or has been revoked.');
  }

  /** Throws for a token that is missing, unknown or expired. */
  check(token: string | undefined): void {
    if (token === undefined || token === '') throw new Refusal('tokenMissing', 'Access token is missing.');
    const state = this.#tokens.get(token);
    if (state === undefined) throw new Refusal('tokenUnknown', 'Access token is incorrect or has been revoked.');
    if (state.expiresAt <= this.#wall()) throw expired();
  }

  /** Every token given out so far has expired, except that long-term ones do not. Answers what the next caller hears. */
  expireAll(): Refusal {
    for (const state of this.#tokens.values()) if (!state.longTerm) state.expiresAt = 0;
    return expired();
  }

  #grant(): Record<string, unknown> {
    if (this.#kind === 'expiring') {
      const refreshToken = this.#fresh('refresh-token');
      this.#refreshTokens.set(refreshToken, this.#wall() + refreshLifetimeSeconds * 1000);
      return this.#expiring(refreshToken);
    }
    const accessToken = this.#fresh('access-token');
    this.#tokens.set(accessToken, { longTerm: true, expiresAt: Number.POSITIVE_INFINITY });
    return { access_token: accessToken };
  }

  #expiring(refreshToken: string): Record<string, unknown> {
    const accessToken = this.#fresh('access-token');
    for (const [token, { expiresAt }] of this.#tokens)
      if (expiresAt < this.#wall() - 86_400_000) this.#tokens.delete(token);
    this.#tokens.set(accessToken, { longTerm: false, expiresAt: this.#wall() + this.#lifetimeSeconds * 1000 });
    return {
      access_token: accessToken,
      expires_in: this.#lifetimeSeconds,
      refresh_token: refreshToken,
      refresh_token_expires_in: refreshLifetimeSeconds,
    };
  }

  #fresh(purpose: string): string {
    this.#counter += 1;
    return digest(`${this.credentials.appSecret}|${purpose}|${this.#counter}|${this.#wall()}`).slice(0, 40);
  }
}

function expired(): Refusal {
  return new Refusal('tokenExpired', 'Access token is expired.');
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function digits(text: string, length: number): string {
  return BigInt(`0x${digest(text)}`)
    .toString()
    .slice(0, length);
}
