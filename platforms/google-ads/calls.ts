import { type PlatformAccess, PlatformError } from '../../domain/integrations/platform.ts';
import { decideRetry, type ReadPolicy, realRetryWorld } from '../read-policy.ts';
import { sharedAccessToken } from './access-token.ts';
import type { Connection } from './client.ts';
import { credentialsFrom } from './credentials.ts';
import { googleAdsDescriptor } from './descriptor.ts';
import { endpointsFrom } from './endpoints.ts';
import { isStaleToken } from './errors.ts';
import { type OperationBudget, SharedPermits, sharedBudget } from './quota.ts';

/** A write was looked at just before: one that would have to wait longer for its turn is better looked at again. */
const writePatienceMs = 5_000;

/** How one connection calls: signed in, at the pace of its developer token. */
export class Calls {
  readonly connection: Connection;
  readonly #budget: OperationBudget;
  readonly #shared: SharedPermits | undefined;

  /** Throws `PlatformError` when the access lacks a credential or asks for what this release does not speak. */
  constructor(access: PlatformAccess, policy: ReadPolicy) {
    assertVersion(access.apiVersion);
    const credentials = credentialsFrom(access.credentials);
    const endpoints = endpointsFrom(access.endpoints);
    const token = sharedAccessToken(credentials, endpoints.oauth, {
      timeoutMs: policy.answerTimeoutMs,
      renewed: access.renewed,
    });
    this.connection = { credentials, endpoints, token, policy };
    this.#budget = sharedBudget(credentials.developerToken, endpoints.api);
    this.#shared = access.limiter && new SharedPermits(access.limiter, credentials.developerToken, endpoints.api);
  }

  /** Runs one read operation within the budget, again as the policy says, and once with a new token when the old is unknown. */
  async reading<T>(signal: AbortSignal | undefined, operation: () => Promise<T>): Promise<T> {
    const { policy, token } = this.connection;
    let refreshed = false;
    for (let failures = 0; ; ) {
      await this.#permitted(policy.maxDelayMs, signal);
      let shown: string | undefined;
      try {
        // Before the operation: a refused sign-in then speaks for itself and is not wrapped by whoever asked for the token.
        shown = await token.get();
        const result = await operation();
        this.#budget.accepted();
        return result;
      } catch (error) {
        await this.#heed(error);
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

  /**
   * Runs one write within the budget, once. Nothing is sent that could not leave soon, nor after the signal is aborted. Once it is sent,
   * an abort ends the waiting alone: what the platform does is then unknown, and said so.
   */
  async writing<T>(signal: AbortSignal | undefined, operation: () => Promise<T>): Promise<T> {
    const { token } = this.connection;
    await this.#permitted(writePatienceMs, signal);
    const shown = await token.get();
    signal?.throwIfAborted();
    try {
      const result = await untilAborted(operation(), signal);
      this.#budget.accepted();
      return result;
    } catch (error) {
      await this.#heed(error);
      // Nothing was done with a token that the platform does not know; whoever asks again comes with a new one.
      if (isStaleToken(error)) token.discard(shown);
      throw error;
    }
  }

  async #permitted(patienceMs: number, signal: AbortSignal | undefined): Promise<void> {
    await this.#budget.take(patienceMs, signal);
    await this.#shared?.take(patienceMs, signal);
  }

  async #heed(error: unknown): Promise<void> {
    if (!(error instanceof PlatformError && error.kind === 'rate-limited')) return;
    this.#budget.refused(error.retryAfterSeconds);
    await this.#shared?.refused(error.retryAfterSeconds);
  }
}

/** The client package speaks one version: another one in the configuration would be ignored, so it is refused. */
function assertVersion(configured: string | undefined): void {
  const { apiVersion } = googleAdsDescriptor;
  if (configured === undefined || configured === apiVersion) return;
  throw new PlatformError(
    'rejected',
    `Google Ads BAD_VERSION: the configuration asks for ${configured}, but this release reads ${apiVersion}; remove the setting, or update the package google-ads-api.`,
    { platform: 'google-ads', platformCode: 'BAD_VERSION' },
  );
}

/** The answer of a write, or `unavailable` when its caller's time is over before. */
function untilAborted<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return answer;
  return new Promise((resolve, reject) => {
    const stop = () =>
      reject(
        new PlatformError('unavailable', 'Google Ads TIMEOUT: no answer to a write within the time of its caller', {
          platform: 'google-ads',
          platformCode: 'TIMEOUT',
        }),
      );
    signal.addEventListener('abort', stop, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
