import type { KeepRenewed } from '../../domain/integrations/platform.ts';
import { RefreshToken } from '../refresh-token.ts';
import { type Credentials, fingerprint } from './credentials.ts';

/** Refreshed this long before it expires, or a tenth of its life if that is shorter, so that no token dies in use. */
const marginMs = 60_000;

export interface FreshToken {
  readonly token: string;
  /** Seconds; `undefined` when TikTok names no end. */
  readonly lifetime: number | undefined;
  /** The one to show next, where TikTok answers any. */
  readonly refreshToken?: string | undefined;
}

/**
 * The access token of one connection: the one it was made with, until TikTok no longer knows it; then one that is fetched with
 * the refresh token, once however many calls wait for it.
 */
export class AccessToken {
  readonly #refreshToken: RefreshToken | undefined;
  readonly #fetchToken: (refreshToken: string) => Promise<FreshToken>;
  readonly #now: () => number;
  #held: { readonly token: string; readonly refreshAt: number } | undefined;
  #refreshing: Promise<string> | undefined;

  constructor(
    credentials: Pick<Credentials, 'accessToken' | 'refreshToken'>,
    fetchToken: (refreshToken: string) => Promise<FreshToken>,
    now: () => number = Date.now,
    renewed?: KeepRenewed,
  ) {
    const { refreshToken } = credentials;
    this.#refreshToken = refreshToken === undefined ? undefined : new RefreshToken(refreshToken, renewed);
    this.#fetchToken = fetchToken;
    this.#now = now;
    if (credentials.accessToken !== undefined) {
      this.#held = { token: credentials.accessToken, refreshAt: Number.POSITIVE_INFINITY };
    }
  }

  /** Throws `PlatformError`: `unauthorized` when the grant is gone, `unavailable` when nobody answers. */
  async get(): Promise<string> {
    if (this.#held && this.#now() < this.#held.refreshAt && this.#refreshToken?.kept !== false) return this.#held.token;
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /**
   * TikTok no longer knows this token. Answers whether there may be another: a newer one, fetched meanwhile by another call,
   * stays; without a refresh token there is none.
   */
  discard(token: string): boolean {
    if (this.#held?.token !== token) return true;
    if (this.#refreshToken === undefined) return false;
    this.#held = undefined;
    return true;
  }

  async #refresh(): Promise<string> {
    // Credentials hold one of the two, and a token that cannot be replaced is never discarded.
    if (this.#refreshToken === undefined) throw new Error('A TikTok connection without any token was opened.');
    if (this.#held && !this.#refreshToken.kept) {
      await this.#refreshToken.keep();
      return this.#held.token;
    }
    const { token, lifetime, refreshToken } = await this.#fetchToken(this.#refreshToken.current);
    const lifetimeMs = lifetime === undefined ? Number.POSITIVE_INFINITY : lifetime * 1_000;
    this.#held = { token, refreshAt: this.#now() + lifetimeMs - Math.min(marginMs, lifetimeMs / 10) };
    // With the access token: other processes then need no new one, for which each would spend the refresh token again.
    this.#refreshToken.replaceBy(refreshToken, { accessToken: token });
    await this.#refreshToken.keep();
    return token;
  }
}

/** Kept for the life of the process: a warm function does not fetch a token a call. */
const tokens = new Map<string, AccessToken>();
const tokensKept = 1_000;

/** The token shared by every reader of the same credentials and endpoint in this process. */
export function sharedAccessToken(
  credentials: Credentials,
  api: string,
  fetchToken: (refreshToken: string) => Promise<FreshToken>,
  renewed?: KeepRenewed,
): AccessToken {
  const { appId, appSecret, accessToken, refreshToken } = credentials;
  const key = fingerprint(api, appId, appSecret, accessToken, refreshToken);
  const known = tokens.get(key);
  if (known) return known;
  const oldest = tokens.keys().next().value;
  if (tokens.size >= tokensKept && oldest !== undefined) tokens.delete(oldest);
  const fresh = new AccessToken(credentials, fetchToken, Date.now, renewed);
  tokens.set(key, fresh);
  return fresh;
}
