import { createSharedRateLimiter } from '../adapters/rate-limiter.ts';
import type { AccountRef } from '../domain/integrations/platform.ts';
import { openTikTokAdsReader } from '../platforms/tiktok-ads/reader.ts';
import { createSimulator } from '../simulator/simulator.ts';
import { startStateTable } from '../test/adapters/state-table.ts';

export interface RateUse {
  readonly accounts: number;
  readonly calls: number;
  readonly seconds: number;
  /** Calls that were answered, of the ten a second that TikTok permits at the Basic level. */
  readonly shareUsed: number;
  /** Calls that TikTok refused, for a second or a minute overdrawn. */
  readonly refused: number;
  /** How often TikTok kept the app out for five minutes. */
  readonly restrictions: number;
  readonly tableWrites: number;
}

const accounts = 200;
/** Workers as the state machine runs them: each reads one account at a time and knows of the others by the state table alone. */
const workers = 10;
const permittedPerSecond = 10;

/**
 * 200 TikTok accounts read by ten workers under the limits of the Basic level, in real time and a little more than a minute, so that
 * the limits of the second and of the minute are both met. The simulator counts and refuses on its own.
 */
export async function measureRateUse(): Promise<RateUse> {
  const simulator = await createSimulator({ tiktok: { rateLevel: 'basic' } });
  const state = await startStateTable();
  let tableWrites = 0;
  state.client.middlewareStack.add(
    (next, context) => (args) => {
      if (/Put|Update/.test(context.commandName ?? '')) tableWrites += 1;
      return next(args);
    },
    { step: 'initialize' },
  );
  try {
    const world = Array.from({ length: accounts }, () => ({ platform: 'tiktok-ads', campaigns: 3, ads: 6 }));
    await post(`${simulator.control}/control/world`, { shop: false, days: 7, accounts: world });
    const queue: AccountRef[] = simulator
      .market()
      .world.accounts.filter(({ platform }) => platform === 'tiktok-ads')
      .map(({ id, currency, timeZone }) => ({ platformId: id, currency, timeZone }));
    const to = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
    const worker = async (): Promise<void> => {
      const reader = await openTikTokAdsReader({
        credentials: { ...simulator.tiktok },
        endpoints: { api: simulator.rest },
        limiter: createSharedRateLimiter(state.table),
      });
      for (let account = queue.shift(); account !== undefined; account = queue.shift()) {
        for await (const _ of reader.report({ kind: 'structure', structure: 'campaign', account }));
        for (const grain of ['account', 'campaign'] as const) {
          for await (const _ of reader.report({ kind: 'metrics', grain, account, window: { from: to, to } }));
        }
      }
    };
    const began = performance.now();
    await Promise.all(Array.from({ length: workers }, worker));
    const seconds = (performance.now() - began) / 1_000;
    const limits = await limitsOf(simulator.control);
    const { calls, refused, restrictions } = limits['tiktok-ads'];
    const refusals = Object.values(refused).reduce((sum, count) => sum + count, 0);
    return {
      ...{ accounts, calls, seconds, restrictions, tableWrites, refused: refusals },
      shareUsed: (calls - refusals) / (seconds * permittedPerSecond),
    };
  } finally {
    await Promise.all([state.close(), simulator.close()]);
  }
}

interface Limits {
  readonly 'tiktok-ads': {
    readonly calls: number;
    readonly refused: Readonly<Record<string, number>>;
    readonly restrictions: number;
  };
}

async function limitsOf(control: string): Promise<Limits> {
  return (await (await fetch(`${control}/control/limits`)).json()) as Limits;
}

async function post(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`The simulator refused ${url}: ${await response.text()}`);
}

if (import.meta.main) {
  const use = await measureRateUse();
  const share = (100 * use.shareUsed).toFixed(1);
  process.stdout.write(
    `${use.accounts} accounts, ${use.calls} calls in ${use.seconds.toFixed(1)} s: ${share} % of the permitted rate, ` +
      `${use.refused} refused, ${use.restrictions} restrictions, ${use.tableWrites} writes to the state table.\n`,
  );
}
