import type { KeepRenewed, PlatformError } from '../../domain/integrations/platform.ts';
import { RefreshToken } from '../refresh-token.ts';
import type { Credentials } from './credentials.ts';
import { fingerprint } from './credentials.ts';
import { type AnswerContext, platformError, timedOut, unreachable, unreadableAnswer } from './errors.ts';

/** Refreshed this long before it expires, or a tenth of its life if that is shorter, so that no token dies in use. */
const marginMs = 60_000;

export interface TokenOptions {
  readonly timeoutMs: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  readonly renewed?: KeepRenewed | undefined;
}

/**
 * The access token of one connection: fetched when first needed, kept until shortly before it expires, and fetched once
 * however many calls wait for it.
 */
export class AccessToken {
  readonly #credentials: Credentials;
  readonly #oauth: string;
  readonly #options: TokenOptions;
  readonly #refreshToken: RefreshToken;
  #held: { readonly token: string; readonly refreshAt: number } | undefined;
  #refreshing: Promise<string> | undefined;

  constructor(credentials: Credentials, oauth: string, options: TokenOptions) {
    this.#credentials = credentials;
    this.#oauth = oauth;
    this.#options = options;
    this.#refreshToken = new RefreshToken(credentials.refreshToken, options.renewed);
  }

  /** Throws `PlatformError`: `unauthorized` when the grant is gone, `unavailable` when the endpoint does not answer. */
  async get(): Promise<string> {
    const now = (this.#options.now ?? Date.now)();
    if (this.#held && now < this.#held.refreshAt && this.#refreshToken.kept) return this.#held.token;
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** The platform no longer knows this token. A newer one, fetched meanwhile by another call, stays. */
  discard(token: string): void {
    if (this.#held?.token === token) this.#held = undefined;
  }

  /** The token in use, for keeping it out of messages. */
  get current(): string | undefined {
    return this.#held?.token;
  }

  async #refresh(): Promise<string> {
    if (this.#held && !this.#refreshToken.kept) {
      await this.#refreshToken.keep();
      return this.#held.token;
    }
    const { clientId, clientSecret } = this.#credentials;
    const refreshToken = this.#refreshToken.current;
    const context: AnswerContext = { secrets: [clientSecret, refreshToken] };
    const { status, body } = await this.#ask(
      new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: clientId,
        client_secret: clientSecret,
        refresh_token: refreshToken,
      }),
      context,
    );
    const answer = parse(body);
    if (status !== 200) throw refusal(status, answer, context);
    const { access_token: token, expires_in: lifetime, refresh_token: next } = answer ?? {};
    if (typeof token !== 'string' || typeof lifetime !== 'number') {
      throw unreadableAnswer('the token endpoint answered 200 without a token', context);
    }
    const lifetimeMs = lifetime * 1000;
    this.#held = {
      token,
      refreshAt: (this.#options.now ?? Date.now)() + lifetimeMs - Math.min(marginMs, lifetimeMs / 10),
    };
    this.#refreshToken.replaceBy(typeof next === 'string' ? next : undefined);
    await this.#refreshToken.keep();
    return token;
  }

  async #ask(form: URLSearchParams, context: AnswerContext): Promise<{ status: number; body: string }> {
    const signal = AbortSignal.timeout(this.#options.timeoutMs);
    try {
      const response = await fetch(`${this.#oauth}/token`, { method: 'POST', body: form, signal, redirect: 'error' });
      return { status: response.status, body: await response.text() };
    } catch (error) {
      throw signal.aborted
        ? timedOut('no access token', this.#options.timeoutMs, context)
        : unreachable(error, context);
    }
  }
}

/** RFC 6749, section 5.2: `invalid_grant` is a refresh token that was revoked or has expired. */
function refusal(
  status: number,
  answer: Readonly<Record<string, unknown>> | undefined,
  context: AnswerContext,
): PlatformError {
  const code = typeof answer?.error === 'string' ? answer.error : `HTTP_${status}`;
  if (status === 429) return platformError('rate-limited', code, 'the token endpoint asks to slow down', context);
  if (status >= 500) return platformError('unavailable', code, `the token endpoint answered HTTP ${status}`, context);
  return platformError(
    'unauthorized',
    code,
    'the refresh token or client is no longer accepted; connect the account again',
    context,
  );
}

function parse(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Kept for the life of the process: a warm function does not fetch a token a call. */
const tokens = new Map<string, AccessToken>();
const tokensKept = 1_000;

/** The token shared by every reader of the same credentials and endpoint in this process. */
export function sharedAccessToken(credentials: Credentials, oauth: string, options: TokenOptions): AccessToken {
  const key = fingerprint(oauth, credentials.clientId, credentials.clientSecret, credentials.refreshToken);
  const known = tokens.get(key);
  if (known) return known;
  const oldest = tokens.keys().next().value;
  if (tokens.size >= tokensKept && oldest !== undefined) tokens.delete(oldest);
  const fresh = new AccessToken(credentials, oauth, options);
  tokens.set(key, fresh);
  return fresh;
}
