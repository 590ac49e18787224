import * as z from 'zod/mini';
import type { KeepRenewed } from '../../domain/integrations/platform.ts';
import type { ReadPolicy } from '../read-policy.ts';
import { RefreshToken } from '../refresh-token.ts';
import type { Credentials } from './credentials.ts';
import { fingerprint } from './credentials.ts';
import { type AnswerContext, errorFromTokenAnswer, unreadableAnswer } from './errors.ts';
import { call } from './transport.ts';

/** Refreshed this long before it expires, or a tenth of its life if that is shorter, so that no token dies in use. */
const marginMs = 60_000;

/** The refresh token that comes along is the one shown, as documented: LinkedIn gives it a year from the sign-in and does not prolong it. */
const tokenAnswer = z.object({
  access_token: z.string().check(z.minLength(1)),
  expires_in: z.number().check(z.positive()),
  refresh_token: z.optional(z.nullable(z.string())),
});

interface TokenWorld {
  readonly policy: ReadPolicy;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly renewed?: KeepRenewed | undefined;
}

/**
 * The access token of one connection: fetched when first needed, kept until shortly before it expires (LinkedIn's live 60 days), and
 * fetched once however many calls wait for it.
 */
export class AccessToken {
  readonly #credentials: Credentials;
  readonly #oauth: string;
  readonly #world: TokenWorld;
  readonly #refreshToken: RefreshToken;
  #held: { readonly token: string; readonly refreshAt: number } | undefined;
  #refreshing: Promise<string> | undefined;

  constructor(credentials: Credentials, oauth: string, world: TokenWorld) {
    this.#credentials = credentials;
    this.#oauth = oauth;
    this.#world = world;
    this.#refreshToken = new RefreshToken(credentials.refreshToken, world.renewed);
  }

  /** Throws `PlatformError`: `unauthorized` when the grant is gone, `unavailable` when the endpoint does not answer. */
  async get(): Promise<string> {
    if (this.#held && this.#world.now() < this.#held.refreshAt && this.#refreshToken.kept) return this.#held.token;
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** The platform no longer knows this token. A newer one, fetched meanwhile by another call, stays. */
  discard(token: string): void {
    if (this.#held?.token === token) this.#held = undefined;
  }

  async #refresh(): Promise<string> {
    if (this.#held && !this.#refreshToken.kept) {
      await this.#refreshToken.keep();
      return this.#held.token;
    }
    const { clientId, clientSecret } = this.#credentials;
    const refreshToken = this.#refreshToken.current;
    const { now, policy } = this.#world;
    const context: AnswerContext = { secrets: [clientSecret, refreshToken], version: '', now: now() };
    const { status, body } = await call({
      url: `${this.#oauth}/oauth/v2/accessToken`,
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        client_id: clientId,
        client_secret: clientSecret,
      }),
      policy,
      context,
      outside: undefined,
    });
    if (status !== 200) throw errorFromTokenAnswer(status, body, context);
    const answer = tokenAnswer.safeParse(json(body));
    if (!answer.success) throw unreadableAnswer('the token endpoint answered 200 without a token', context);
    const lifetimeMs = answer.data.expires_in * 1_000;
    this.#held = {
      token: answer.data.access_token,
      refreshAt: now() + lifetimeMs - Math.min(marginMs, lifetimeMs / 10),
    };
    this.#refreshToken.replaceBy(answer.data.refresh_token ?? undefined);
    await this.#refreshToken.keep();
    return answer.data.access_token;
  }
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Kept for the life of the process: a warm function does not fetch a token a call. */
const tokens = new Map<string, AccessToken>();
const tokensKept = 1_000;

/** The token shared by every reader of the same credentials and endpoint in this process. */
export function sharedAccessToken(credentials: Credentials, oauth: string, world: TokenWorld): AccessToken {
  const key = fingerprint(oauth, credentials.clientId, credentials.clientSecret, credentials.refreshToken);
  const known = tokens.get(key);
  if (known) return known;
  const oldest = tokens.keys().next().value;
  if (tokens.size >= tokensKept && oldest !== undefined) tokens.delete(oldest);
  const fresh = new AccessToken(credentials, oauth, world);
  tokens.set(key, fresh);
  return fresh;
}
