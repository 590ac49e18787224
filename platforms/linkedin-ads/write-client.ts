import type * as z from 'zod/mini';
import { PlatformError } from '../../domain/integrations/platform.ts';
import { takePermits } from '../rate-limiter.ts';
import { bucketsOf, type Connection, commonHeaders, readAs } from './client.ts';
import { type AnswerContext, errorFromAnswer, isStaleToken, unreadableAnswer } from './errors.ts';
import { call } from './transport.ts';

/** A POST that changes something. */
export interface Command {
  /** Path below `/rest`, with an action where it is one: `adAccounts/51/creatives?action=createInline`. */
  readonly path: string;
  /** What LinkedIn counts its allowance by: `adCampaigns`. */
  readonly resource: string;
  /** Without it the POST creates, or is the action of its path. */
  readonly method?: 'PARTIAL_UPDATE';
  readonly body: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal | undefined;
}

export interface Done<T> {
  readonly data: T;
  /** Header `x-restli-id`, where something was created. */
  readonly id: string | undefined;
  /** Header `x-li-uuid`. */
  readonly requestId: string | null;
}

/** How long a write is waited for. Whoever waits longer knows no more. */
const patience = { answerTimeoutMs: 30_000, idleTimeoutMs: 10_000, totalTimeoutMs: 45_000 } as const;

/**
 * Sends each write exactly once, within the permits. Nothing is repeated here, not even what LinkedIn refused without acting: a refusal
 * closes the bucket, an unknown token is forgotten, and whoever asks again finds both mended. Throws `PlatformError` only.
 */
export class LinkedInWriteClient {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The answer's body as `shape` reads it; an empty one is `{}`. */
  async send<T>(command: Command, shape: z.ZodMiniType<T>): Promise<Done<T>> {
    const { resource, path, method, body, signal } = command;
    const { api, version } = this.#connection;
    return this.#once(resource, signal, async (token, context) => {
      const answer = await call({
        url: `${api}/rest/${path}`,
        method: 'POST',
        headers: {
          ...commonHeaders(version, token),
          ...(method && { 'X-RestLi-Method': method }),
          'Content-Type': 'application/json',
        },
        body: JSON.stringify(body),
        policy: this.#waits(),
        context,
        outside: signal,
      });
      const known = { ...context, requestId: answer.headers.get('x-li-uuid') ?? undefined };
      if (answer.status < 200 || answer.status > 204) throw errorFromAnswer(answer.status, answer.body, known);
      const data = readAs(shape, answer.body === '' ? '{}' : answer.body, resource, known);
      return { data, id: answer.headers.get('x-restli-id') ?? undefined, requestId: known.requestId ?? null };
    });
  }

  /** Puts the bytes of an upload where LinkedIn said. */
  async put(url: string, bytes: Uint8Array, contentType: string, signal: AbortSignal | undefined): Promise<void> {
    await this.#once('images', signal, async (_token, context) => {
      this.#checkUploadUrl(url, context);
      const answer = await call({
        url,
        method: 'PUT',
        // The address itself is the permission: no token goes to another host.
        headers: { 'Content-Type': contentType },
        body: new Uint8Array(bytes),
        policy: this.#waits(),
        context,
        outside: signal,
      });
      if (answer.status < 200 || answer.status > 299) throw errorFromAnswer(answer.status, answer.body, context);
    });
  }

  /** An upload goes to LinkedIn and nowhere else, whatever an answer says. */
  #checkUploadUrl(url: string, context: AnswerContext): void {
    const { protocol, hostname, origin } = URL.canParse(url)
      ? new URL(url)
      : { protocol: '', hostname: '', origin: '' };
    const own = origin === new URL(this.#connection.api).origin;
    if (own || (protocol === 'https:' && /(^|\.)linkedin\.com$/.test(hostname))) return;
    throw unreadableAnswer('an upload was sent to an address that is not LinkedIn’s', context);
  }

  #waits() {
    const { policy } = this.#connection;
    return {
      ...policy,
      answerTimeoutMs: Math.min(policy.answerTimeoutMs, patience.answerTimeoutMs),
      idleTimeoutMs: Math.min(policy.idleTimeoutMs, patience.idleTimeoutMs),
      totalTimeoutMs: Math.min(policy.totalTimeoutMs, patience.totalTimeoutMs),
    };
  }

  async #once<T>(
    resource: string,
    signal: AbortSignal | undefined,
    act: (token: string, context: AnswerContext) => Promise<T>,
  ): Promise<T> {
    const { credentials, policy, token, limiter, version, now } = this.#connection;
    const { own, app } = bucketsOf(credentials, resource);
    const shown = await token.get();
    await takePermits(limiter, 'linkedin-ads', [own, app], { patienceMs: policy.maxDelayMs, signal });
    const secrets = [credentials.clientSecret, credentials.refreshToken, shown];
    try {
      return await act(shown, { secrets, version, now: now() });
    } catch (error) {
      if (isStaleToken(error)) token.discard(shown);
      if (error instanceof PlatformError && error.kind === 'rate-limited') {
        await limiter.refused(own.name, error.retryAfterSeconds ?? 1);
      }
      throw error;
    }
  }
}
