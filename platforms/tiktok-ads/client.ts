import * as z from 'zod/mini';
import { PlatformError, type RateLimiter } from '../../domain/integrations/platform.ts';
import { takePermits } from '../rate-limiter.ts';
import { decideRetry, type ReadPolicy, realRetryWorld } from '../read-policy.ts';
import type { AccessToken } from './access-token.ts';
import { type Credentials, secretsOf } from './credentials.ts';
import { readEnvelope } from './envelope.ts';
import {
  type AnswerContext,
  isStaleToken,
  overdrawnMinuteSeconds,
  overdrawnSecond,
  refusedBy,
  unreadableAnswer,
  withWait,
} from './errors.ts';
import type { Bucket, Permits } from './permits.ts';
import { type Answer, call, textOf } from './transport.ts';

/** Everything a call to TikTok needs. */
export interface Connection {
  /** `…/open_api/v1.3` */
  readonly api: string;
  readonly credentials: Credentials;
  readonly token: AccessToken;
  readonly policy: ReadPolicy;
  readonly permits: Permits;
  readonly limiter: RateLimiter;
}

/** A GET; lists and objects among the parameters go as JSON text, as TikTok reads them. */
export interface Question {
  /** Path below the version, without slashes at its ends: `report/integrated/get`. */
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Sent as a POST with this body instead; only for what may be repeated. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Whose bucket the call draws on beside the app's. */
  readonly advertiserId?: string;
  /** A bucket of its own that the operation draws on as well. */
  readonly bucket?: Bucket;
  readonly signal?: AbortSignal | undefined;
}

export interface Told<T> {
  readonly data: T;
  /** `X-Tt-Ads-Throttle`: TikTok says here that it left something out. */
  readonly leftOut: string | undefined;
}

/** Speaks v1.3: the envelope, the token, permits, repeats. Throws `PlatformError` only. */
export class TikTokClient {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The data of an answer, of the shape given. */
  ask<T>(question: Question, shape: z.ZodMiniType<T>): Promise<Told<T>> {
    return this.#repeated(question, async (token) => {
      const context = this.#context(token);
      const answer = await this.#send(question, token, context);
      return {
        data: readEnvelope(question.operation, answer.status, await textOf(answer, context), shape, context),
        leftOut: answer.headers.get('x-tt-ads-throttle') ?? undefined,
      };
    });
  }

  /** An answer that is a file: its pieces as they come. An envelope in its place is an error, or an empty file. */
  open(question: Question): Promise<AsyncGenerator<Uint8Array, void>> {
    return this.#repeated(question, async (token) => {
      const context = this.#context(token);
      const answer = await this.#send(question, token, context);
      const json = answer.headers.get('content-type')?.includes('json') ?? false;
      if (answer.status === 200 && !json) return answer.pieces;
      const text = await textOf(answer, context);
      readEnvelope(question.operation, answer.status, text, z.unknown(), context);
      throw unreadableAnswer(`${question.operation} answered no file`, context);
    });
  }

  #send(question: Question, token: string, context: AnswerContext): Promise<Answer> {
    const { api, policy } = this.#connection;
    const { operation, parameters, body, signal } = question;
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== undefined) query.set(name, typeof value === 'string' ? value : JSON.stringify(value));
    }
    // Without the slash at the end TikTok answers 404.
    const url = `${api}/${operation}/${query.size > 0 ? `?${query}` : ''}`;
    const headers = { 'Access-Token': token, ...(body && { 'Content-Type': 'application/json' }) };
    return call(
      url,
      body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers },
      policy,
      context,
      signal,
    );
  }

  #context(token: string): AnswerContext {
    return { secrets: [...secretsOf(this.#connection.credentials), token] };
  }

  /** Runs one read within the permits, again as the policy says, and once with a new token when the old is unknown. */
  async #repeated<T>(question: Question, read: (token: string) => Promise<T>): Promise<T> {
    const { policy, token, permits, limiter } = this.#connection;
    const { advertiserId, bucket, signal } = question;
    const advertiser = advertiserId === undefined ? undefined : permits.advertiser(advertiserId);
    // The app's last: a slot that waits for another bucket would be used too late, together with somebody else's.
    const buckets = [advertiser, bucket, permits.app].filter((one) => one !== undefined);
    let refreshed = false;
    let refusals = 0;
    for (let failures = 0; ; ) {
      try {
        const shown = await token.get();
        await takePermits(limiter, 'tiktok-ads', buckets, { patienceMs: policy.maxDelayMs, signal });
        try {
          return await read(shown);
        } catch (error) {
          if (!isStaleToken(error) || refreshed || !token.discard(shown)) throw error;
          refreshed = true;
        }
      } catch (error) {
        const refused = refusedBy(error);
        let met = error;
        if (refused !== undefined && error instanceof PlatformError) {
          refusals += 1;
          const seconds = refusals === 1 ? overdrawnSecond.everybodySeconds : overdrawnMinuteSeconds;
          await limiter.refused(refused === 'advertiser' && advertiser ? advertiser.name : permits.app.name, seconds);
          if (refusals > 1) met = withWait(error, seconds);
        }
        failures += 1;
        const decision = decideRetry(met, failures, policy, realRetryWorld.random);
        if (decision.kind === 'give-up') throw met;
        await realRetryWorld.wait(refused === undefined ? decision.afterMs : overdrawnSecond.callerMs, signal);
      }
    }
  }
}
