/** Loads the platforms' history through the public API, as a customer's program would, and waits for it. */
import { setTimeout as pause } from 'node:timers/promises';
import { isObject, type JsonObject, objectOf } from '../services/json-protocol.ts';
import type { TokenSource } from './machine-token.ts';
import { StartError } from './start-error.ts';

const POLL_MS = 250;
const LOAD_DEADLINE_MS = 10 * 60_000;
const DAY_MS = 86_400_000;

export interface LoadParts {
  readonly apiUrl: string;
  readonly tokens: TokenSource;
  /** Days before today. */
  readonly days: number;
  /** Which facts: a family of the API's `grains`. */
  readonly grains: 'objects' | 'segments';
  readonly logsFolder: string;
  /** Accounts done and accounts there are. */
  readonly progress: (done: number, total: number) => void;
  /** Aborted when the system is told to stop. */
  readonly signal: AbortSignal;
}

/** Gives the names of accounts that could not be loaded. Throws `StartError` when the load failed as a whole. */
export async function loadHistory(parts: LoadParts): Promise<readonly string[]> {
  const now = Date.now();
  // Account-local days may be a day ahead of or behind UTC.
  const from = new Date(now - parts.days * DAY_MS).toISOString().slice(0, 10);
  const run = await call(parts, 'POST', '/v1/pipelines/etl/runs', { from, grains: parts.grains });
  const path = `/v1/pipelines/etl/runs/${encodeURIComponent(String(run.id))}`;
  for (;;) {
    const found = await call(parts, 'GET', path);
    const accounts = objectOf(found, 'accounts');
    const [total, loaded, failed, skipped] = [accounts.total, accounts.loaded, accounts.failed, accounts.skipped].map(
      (count) => Number(count ?? 0),
    ) as [number, number, number, number];
    parts.progress(loaded + failed + skipped, total);
    if (found.status === 'succeeded') return [];
    if (found.status === 'partial') return failedAccounts(found);
    if (found.status === 'failed') {
      throw new StartError(
        `The first load failed: ${String(found.error ?? 'it gives no reason')} (logs in ${parts.logsFolder}). Start again to repeat it.`,
      );
    }
    if (Date.now() - now > LOAD_DEADLINE_MS) {
      throw new StartError(
        `The first load was not done after ${LOAD_DEADLINE_MS / 60_000} minutes (logs in ${parts.logsFolder}). Start again to repeat it.`,
      );
    }
    await pause(POLL_MS, undefined, { signal: parts.signal });
  }
}

function failedAccounts(run: JsonObject): readonly string[] {
  const progress = Array.isArray(run.progress) ? run.progress.filter(isObject) : [];
  return progress
    .filter((account) => account.stage === 'failed')
    .map((account) => `${String(account.accountName)}: ${String(account.error)}`);
}

async function call(
  { apiUrl, tokens, signal }: LoadParts,
  method: string,
  path: string,
  body?: object,
): Promise<JsonObject> {
  const response = await fetch(`${apiUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await tokens.token()}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(60_000)]),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok || !isObject(answer)) {
    throw new StartError(
      `${method} ${path} answered ${response.status} during the first load: ${JSON.stringify(answer)}.`,
    );
  }
  return answer;
}
