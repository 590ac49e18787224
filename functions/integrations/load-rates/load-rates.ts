import { setTimeout as wait } from 'node:timers/promises';
import type { RateStore } from '../../../adapters/stores/rate-store.ts';
import { AppError } from '../../../domain/errors.ts';
import { maximumRatesBytes, parseReferenceRates } from '../../../domain/integrations/reference-rates.ts';

/** Base of the European Central Bank's files when the configuration names none. */
const ecb = 'https://www.ecb.europa.eu/stats/eurofxref';
/** Holds the newest day too: one file fills every gap that holidays or outages left. */
const file = 'eurofxref-hist-90d.xml';
const attempts = 3;
const timeoutMs = 15_000;

export interface LoadRatesPorts {
  readonly rates: RateStore;
  readonly endpoint: string | undefined;
  readonly signal?: AbortSignal;
}

/** Keeps the euro reference rates of the last 90 days. Rates that cannot be read leave those that are kept untouched. */
export async function loadRates({ rates, endpoint, signal }: LoadRatesPorts): Promise<{ days: number }> {
  const xml = await download(`${(endpoint ?? ecb).replace(/\/$/, '')}/${file}`, signal);
  const days = parseReferenceRates(xml);
  await rates.put(days.map((day) => ({ ...day, base: 'EUR' as const, source: 'ecb' })));
  return { days: days.length };
}

async function download(url: string, signal: AbortSignal | undefined): Promise<string> {
  let cause: unknown;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) await wait(500 * 2 ** attempt * (0.5 + Math.random() / 2), undefined, signal ? { signal } : {});
    try {
      const timeout = AbortSignal.timeout(timeoutMs);
      const answer = await fetch(url, { signal: signal ? AbortSignal.any([signal, timeout]) : timeout });
      if (answer.ok && answer.body) return await bounded(answer.body);
      cause = new Error(`answered ${answer.status}`);
      await answer.body?.cancel();
    } catch (error) {
      cause = error;
    }
  }
  throw new AppError('unavailable', `The exchange rates could not be fetched within ${attempts} attempts.`, { cause });
}

async function bounded(body: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > maximumRatesBytes) throw new Error(`the answer is longer than ${maximumRatesBytes} characters`);
  }
  return text + decoder.decode();
}
