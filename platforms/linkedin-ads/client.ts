import type * as z from 'zod/mini';
import { PlatformError, type RateLimit, type RateLimiter } from '../../domain/integrations/platform.ts';
import { takePermits } from '../rate-limiter.ts';
import { decideRetry, type ReadPolicy, realRetryWorld } from '../read-policy.ts';
import type { AccessToken } from './access-token.ts';
import type { Credentials } from './credentials.ts';
import { type AnswerContext, errorFromAnswer, isStaleToken, unreadableAnswer } from './errors.ts';
import { type RestliParameters, restliQuery } from './restli.ts';
import { call } from './transport.ts';

/** Everything a call to LinkedIn needs. */
export interface Connection {
  readonly api: string;
  readonly version: string;
  readonly credentials: Credentials;
  readonly token: AccessToken;
  readonly policy: ReadPolicy;
  readonly limiter: RateLimiter;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface Question {
  /** Path below `/rest`: `adAccounts/51/adCampaigns`. */
  readonly path: string;
  /** What LinkedIn counts its allowance by: `adCampaigns`. */
  readonly resource: string;
  readonly parameters: RestliParameters;
  /** `BATCH_GET` for several by id; a finder otherwise. */
  readonly method?: 'BATCH_GET';
  readonly signal?: AbortSignal | undefined;
}

/**
 * LinkedIn publishes no rate, only that its allowances are of a day, an application and a resource. This keeps calls even, so that a
 * day's allowance is not spent by one run's first minute; what LinkedIn refuses is learned.
 */
const pace: readonly RateLimit[] = [{ calls: 10, perSeconds: 1 }];

/** Refusals are of one resource: the others go on. */
export function bucketsOf({ clientId }: Credentials, resource: string) {
  const app = { name: `linkedin-ads/app/${clientId}`, limits: pace };
  return { own: { name: `${app.name}/${resource}`, limits: pace }, app };
}

/** Longer query strings are refused with 414 (learn.microsoft.com/linkedin: query tunneling names 4 KB). */
const longestQuery = 4_000;

/** Speaks the versioned REST interface: version, token, permits, repeats. Throws `PlatformError` only. */
export class LinkedInClient {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get policy(): ReadPolicy {
    return this.#connection.policy;
  }

  /** The answer to a read, of the shape given. Repeated as the policy says, and once with a new token when the old is unknown. */
  async ask<T>(question: Question, shape: z.ZodMiniType<T>): Promise<T> {
    const { policy, token, limiter, credentials } = this.#connection;
    const { resource, signal } = question;
    const { own, app } = bucketsOf(credentials, resource);
    let refreshed = false;
    for (let failures = 0; ; ) {
      let shown: string | undefined;
      try {
        shown = await token.get();
        await takePermits(limiter, 'linkedin-ads', [own, app], { patienceMs: policy.maxDelayMs, signal });
        return await this.#read(question, shown, shape);
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof PlatformError && error.kind === 'rate-limited' && error.platformCode !== 'NO_PERMIT') {
          await limiter.refused(own.name, error.retryAfterSeconds ?? 1);
        }
        if (isStaleToken(error) && !refreshed && shown !== undefined) {
          refreshed = true;
          token.discard(shown);
          continue;
        }
        failures += 1;
        const decision = decideRetry(error, failures, policy, realRetryWorld.random);
        if (decision.kind === 'give-up') throw error;
        await realRetryWorld.wait(decision.afterMs, signal);
      }
    }
  }

  async #read<T>(question: Question, token: string, shape: z.ZodMiniType<T>): Promise<T> {
    const { credentials, version, now, policy } = this.#connection;
    const bare: AnswerContext = {
      secrets: [credentials.clientSecret, credentials.refreshToken, token],
      version,
      now: now(),
    };
    const answer = await call({ ...this.#request(question, token), policy, context: bare, outside: question.signal });
    const context = { ...bare, requestId: answer.headers.get('x-li-uuid') ?? undefined };
    if (answer.status !== 200) throw errorFromAnswer(answer.status, answer.body, context);
    return readAs(shape, answer.body, question.resource, context);
  }

  /** A query that is too long for a URL travels as a form that says it is a GET. */
  #request({ path, parameters, method }: Question, token: string): { readonly url: string } & RequestInit {
    const { api, version } = this.#connection;
    const headers = { ...commonHeaders(version, token), ...(method && { 'X-RestLi-Method': method }) };
    const query = restliQuery(parameters);
    const url = `${api}/rest/${path}`;
    if (query.length <= longestQuery) return { url: query === '' ? url : `${url}?${query}`, headers };
    return {
      url,
      method: 'POST',
      headers: {
        ...headers,
        'X-HTTP-Method-Override': 'GET',
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: query,
    };
  }
}

export const commonHeaders = (version: string, token: string): Readonly<Record<string, string>> => ({
  Authorization: `Bearer ${token}`,
  'LinkedIn-Version': version,
  'X-Restli-Protocol-Version': '2.0.0',
});

export function readAs<T>(shape: z.ZodMiniType<T>, body: string, resource: string, context: AnswerContext): T {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw unreadableAnswer(`${resource} answered what is no JSON, or stopped in the middle`, context);
  }
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const where = issue && issue.path.length > 0 ? issue.path.join('.') : 'the answer';
  throw unreadableAnswer(`${resource} answered another shape than is documented: ${where}, ${issue?.message}`, context);
}
