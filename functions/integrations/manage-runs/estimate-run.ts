import type { AccountRecord } from '../../../adapters/stores/account-store.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { RunEstimate, StartRunBody } from '../../../contracts/schemas/pipelines.ts';
import { daysIn } from '../../../domain/integrations/calendar-day.ts';
import { backfillCallsLeft, backfillShare, estimateCalls } from '../../../domain/integrations/call-budget.ts';
import { planWindows } from '../../../domain/integrations/plan-windows.ts';
import type { DateWindow, PlatformDescriptor } from '../../../domain/integrations/platform.ts';

/** Finished runs that rates are measured by. */
const measuredRuns = 5;
const dayMs = 86_400_000;

export interface EstimatePorts {
  readonly stores: WorkspaceStores<'accounts' | 'runs' | 'calls'>;
  readonly descriptorOf: (platform: AccountRecord['platform']) => PlatformDescriptor;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

interface PlannedAccount {
  readonly account: AccountRecord;
  readonly windows: readonly DateWindow[];
}

/** What a load would take, from the plan that it would make of the known accounts and the rates of the latest loads. Calls nobody. */
export async function estimateRun(ports: EstimatePorts, body: StartRunBody): Promise<RunEstimate> {
  const wanted = body.accountIds && new Set(body.accountIds);
  const accounts = (await ports.stores.accounts.all()).filter(
    (one) => one.status === 'enabled' && (wanted === undefined || wanted.has(one.id)),
  );
  const planned = accounts.map((account): PlannedAccount => {
    const { limits } = ports.descriptorOf(account.platform);
    const question = { trigger: 'on-demand', from: body.from ?? null, to: body.to ?? null } as const;
    return { account, windows: planWindows({ ...question, now: ports.now(), timeZone: account.timeZone, limits }) };
  });
  const measured = await measure(ports);
  const platforms = Map.groupBy(planned, ({ account }) => account.platform);
  const answers: RunEstimate['platforms'] = [];
  for (const [platform, some] of platforms) {
    const calls =
      body.mode === 'reprocess' ? 0 : callsOf(ports.descriptorOf(platform), some, measured.rowsPerDay, body.grains);
    answers.push({ platform, calls, ...(await permittedOf(ports, platform, some, calls)) });
  }
  const accountDays = planned.flatMap(({ windows }) => windows).reduce((sum, one) => sum + daysIn(one.from, one.to), 0);
  return {
    accounts: planned.length,
    windows: planned.reduce((sum, { windows }) => sum + windows.length, 0),
    accountDays,
    platforms: answers,
    seconds: measured.secondsPerDay === null ? null : Math.ceil(accountDays * measured.secondsPerDay),
  };
}

const callsOf = (
  descriptor: PlatformDescriptor,
  planned: readonly PlannedAccount[],
  rowsPerDay: ReadonlyMap<string, number>,
  grains: StartRunBody['grains'],
): number =>
  planned.reduce(
    (sum, { account, windows }) =>
      sum + estimateCalls({ descriptor, windows, grains, rowsPerDay: rowsPerDay.get(account.id) ?? null }),
    0,
  );

/** Every connection has its own app or token, and so its own permitted calls. */
async function permittedOf(
  { stores, descriptorOf, now }: EstimatePorts,
  platform: AccountRecord['platform'],
  planned: readonly PlannedAccount[],
  calls: number,
): Promise<Omit<RunEstimate['platforms'][number], 'platform' | 'calls'>> {
  const perDay = descriptorOf(platform).callBudget?.perDay ?? null;
  if (perDay === null) return { permittedPerDay: null, leftToday: null, days: calls === 0 ? 0 : 1 };
  const connections = new Set(planned.map(({ account }) => account.connectionId));
  const today = new Date(now()).toISOString().slice(0, 10);
  let leftToday = 0;
  for (const connection of connections) {
    leftToday += backfillCallsLeft(perDay, await stores.calls.used(connection, today)) ?? 0;
  }
  const share = Math.floor(perDay * backfillShare) * connections.size;
  const days = calls === 0 ? 0 : 1 + Math.ceil(Math.max(0, calls - leftToday) / share);
  return { permittedPerDay: perDay * connections.size, leftToday, days };
}

/** Rows an account's day has, and seconds an account's day takes, in the latest loads. */
async function measure({ stores }: EstimatePorts): Promise<{
  rowsPerDay: ReadonlyMap<string, number>;
  secondsPerDay: number | null;
}> {
  const rowsPerDay = new Map<string, number>();
  let seconds = 0;
  let days = 0;
  for (const status of ['succeeded', 'partial'] as const) {
    for (const run of (await stores.runs.list({ status, limit: measuredRuns })).items) {
      if (run.mode !== 'load' || run.finishedAt === null) continue;
      const items = (await stores.runs.progress(run.id)).filter((item) => item.stage === 'loaded');
      for (const { accountId, from, to, rowsExtracted } of items) {
        if (accountId === null || from === null || to === null) continue;
        days += daysIn(from, to);
        if (!rowsPerDay.has(accountId)) rowsPerDay.set(accountId, rowsExtracted / daysIn(from, to));
      }
      const took = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
      // A resumed run stood still in between.
      if (run.attempt === 1 && took < dayMs) seconds += took / 1_000;
    }
  }
  return { rowsPerDay, secondsPerDay: days === 0 || seconds === 0 ? null : seconds / days };
}
