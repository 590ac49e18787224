import type * as z from 'zod/mini';
import { PlatformError } from '../../domain/integrations/platform.ts';
import { takePermits } from '../rate-limiter.ts';
import type { Connection } from './client.ts';
import { secretsOf } from './credentials.ts';
import { type Enveloped, readNamedEnvelope } from './envelope.ts';
import { isStaleToken, overdrawnSecond, refusedBy, withWait } from './errors.ts';
import { call, textOf } from './transport.ts';

/** A POST that changes something. */
export interface Command {
  /** Path below the version, without slashes at its ends: `campaign/create`. */
  readonly operation: string;
  readonly advertiserId: string;
  /** JSON, or a form with a file. */
  readonly body: Readonly<Record<string, unknown>> | FormData;
  readonly signal?: AbortSignal | undefined;
}

/** How long a write is waited for; an upload of half a gigabyte takes minutes. Whoever waits longer knows no more. */
const patience = {
  json: { answerTimeoutMs: 30_000, idleTimeoutMs: 10_000, totalTimeoutMs: 45_000 },
  file: { answerTimeoutMs: 240_000, idleTimeoutMs: 10_000, totalTimeoutMs: 250_000 },
} as const;

/**
 * Sends each write exactly once, within the permits. Nothing is repeated here, not even what TikTok refused without acting: a refusal
 * closes the bucket, an unknown token is forgotten, and whoever asks again finds both mended. Throws `PlatformError` only.
 */
export class TikTokWriteClient {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async send<T>({ operation, advertiserId, body, signal }: Command, shape: z.ZodMiniType<T>): Promise<Enveloped<T>> {
    const { api, credentials, policy, token, permits, limiter } = this.#connection;
    const shown = await token.get();
    const advertiser = permits.advertiser(advertiserId);
    const buckets = [advertiser, permits.app];
    await takePermits(limiter, 'tiktok-ads', buckets, { patienceMs: policy.maxDelayMs, signal });
    const context = { secrets: [...secretsOf(credentials), shown] };
    const isFile = body instanceof FormData;
    const waits = isFile ? patience.file : patience.json;
    const limits = {
      ...policy,
      answerTimeoutMs: Math.min(policy.answerTimeoutMs, waits.answerTimeoutMs),
      idleTimeoutMs: Math.min(policy.idleTimeoutMs, waits.idleTimeoutMs),
      totalTimeoutMs: Math.min(policy.totalTimeoutMs, waits.totalTimeoutMs),
    };
    try {
      const answer = await call(
        `${api}/${operation}/`,
        {
          method: 'POST',
          headers: { 'Access-Token': shown, ...(!isFile && { 'Content-Type': 'application/json' }) },
          body: isFile ? body : JSON.stringify(body),
        },
        limits,
        context,
        signal,
      );
      return readNamedEnvelope(operation, answer.status, await textOf(answer, context), shape, context);
    } catch (error) {
      if (isStaleToken(error)) token.discard(shown);
      const refused = refusedBy(error);
      if (refused !== undefined && error instanceof PlatformError) {
        const bucket = refused === 'advertiser' ? advertiser : permits.app;
        await limiter.refused(bucket.name, overdrawnSecond.everybodySeconds);
        throw withWait(error, overdrawnSecond.callerMs / 1_000);
      }
      throw error;
    }
  }
}
