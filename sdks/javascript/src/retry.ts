/** The request may not have been handled, or its route may be repeated: worth another try. */
const retryableStatus: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

const longestWaitMs = 20_000;

export const isRetryable = (status: number): boolean => retryableStatus.has(status);

/** Milliseconds until the next try: what the server asks for (seconds or a date), else half a second, doubled each time, with jitter. */
export function waitMs(attempt: number, retryAfter: string | null): number {
  const asked = askedMs(retryAfter);
  return asked === undefined
    ? Math.min(500 * 2 ** attempt, 8_000) * (0.5 + Math.random() / 2)
    : Math.min(Math.max(asked, 0), longestWaitMs);
}

function askedMs(retryAfter: string | null): number | undefined {
  const text = retryAfter?.trim() ?? '';
  if (/^\d+$/.test(text)) {
    return Number(text) * 1000;
  }
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : date - Date.now();
}

/** Rejects with the signal's reason as soon as it is aborted. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const aborted = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', aborted);
      resolve();
    }, ms);
    signal?.addEventListener('abort', aborted, { once: true });
  });
}
