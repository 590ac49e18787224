import { PlatformError } from '../domain/integrations/platform.ts';

/** How patiently a reader reads; the same for every platform, shortened by tests alone. */
export interface ReadPolicy {
  /** Tries of one request, the first included. */
  readonly attempts: number;
  /** Wait before the second try; doubles with every further one, with full jitter. */
  readonly baseDelayMs: number;
  /** Longest wait between two tries. A platform that asks for more is left alone: the error carries what it asked for. */
  readonly maxDelayMs: number;
  /** Until the first byte of an answer. */
  readonly answerTimeoutMs: number;
  /** Between two pieces of an answer. */
  readonly idleTimeoutMs: number;
  /** For one whole answer, the time its reader takes included. */
  readonly totalTimeoutMs: number;
  /** Rows of one page handed out; what bounds a reader's memory. */
  readonly pageRows: number;
}

export const defaultReadPolicy: ReadPolicy = {
  attempts: 4,
  baseDelayMs: 500,
  maxDelayMs: 20_000,
  answerTimeoutMs: 60_000,
  idleTimeoutMs: 30_000,
  totalTimeoutMs: 600_000,
  pageRows: 5_000,
};

/** What a retry needs from the world, passed in so that tests decide it. */
export interface RetryWorld {
  /** Resolves after that many milliseconds, rejects when the signal is aborted. */
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
}

export type RetryDecision = { readonly kind: 'retry'; readonly afterMs: number } | { readonly kind: 'give-up' };

/**
 * Whether a read that failed for the `failures`-th time is tried again. Only for reads: a write may have arrived.
 * What the platform asked to wait is a floor; otherwise full jitter (Brooker, "Exponential Backoff And Jitter", 2015)
 * keeps the workers of one run from returning together.
 */
export function decideRetry(error: unknown, failures: number, policy: ReadPolicy, random: () => number): RetryDecision {
  if (!(error instanceof PlatformError) || !error.retryable || failures >= policy.attempts) return { kind: 'give-up' };
  const ceiling = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (failures - 1));
  if (error.retryAfterSeconds === undefined) return { kind: 'retry', afterMs: Math.round(random() * ceiling) };
  const asked = error.retryAfterSeconds * 1000;
  return asked > policy.maxDelayMs
    ? { kind: 'give-up' }
    : { kind: 'retry', afterMs: Math.round(asked + random() * policy.baseDelayMs) };
}

export const realRetryWorld: RetryWorld = {
  random: Math.random,
  wait: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, milliseconds);
      signal?.addEventListener('abort', stop, { once: true });
    }),
};
