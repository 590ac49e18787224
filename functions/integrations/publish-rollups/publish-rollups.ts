import * as z from 'zod/mini';
import type { Bus } from '../../../adapters/bus.ts';
import type { Lake } from '../../../adapters/lake.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { Telemetry } from '../../../adapters/telemetry.ts';
import type { Warehouse } from '../../../adapters/warehouse.ts';
import { etlItem, type PublishInput } from '../../../contracts/etl.ts';
import type { Run } from '../../../contracts/schemas/pipelines.ts';
import { AppError } from '../../../domain/errors.ts';
import { planKey } from '../../../domain/integrations/lake-layout.ts';
import { familiesOf } from '../../../domain/integrations/platform.ts';
import { type AccountRebuild, planRebuilds } from '../../../domain/integrations/rollup-plan.ts';
import { closingStatus, countRun } from '../../../domain/integrations/run-status.ts';
import { isRebuilt, rebuildAccount } from './rebuild-account.ts';

/** Accounts named in one event: far below the bus's 256 KB. */
const accountsPerEvent = 500;
/** Accounts rebuilt at the same time; each asks the warehouse for all its grains at once. */
const accountsAtOnce = 4;
/** Milliseconds an account may need. With less left the step ends by itself, and its repeat goes on where it stopped. */
const accountMs = 90_000;
/** Stages of an account's items that do not keep it from being up to date. */
const upToDate: ReadonlySet<string> = new Set(['loaded', 'skipped']);
const unfinished: ReadonlySet<string> = new Set(['waiting', 'extracting', 'transforming', 'loading']);

export interface PublishRollupsPorts {
  readonly stores: WorkspaceStores<'accounts' | 'runs' | 'rollups'>;
  readonly lake: Pick<Lake, 'getJson' | 'putPacked'>;
  readonly warehouse: Pick<Warehouse, 'query'>;
  readonly bus: Bus;
  readonly now: () => number;
  readonly telemetry: Telemetry;
  /** Milliseconds that may still be spent. */
  readonly remainingMs: () => number;
}

/**
 * Puts what was loaded in front of readers: rollups, freshness, one event, and the closed run. An account whose rollups
 * cannot be built keeps its last ones and does not stop the others; the step then fails and is repeated. Repeating it is safe.
 */
export async function publishRollups(
  ports: PublishRollupsPorts,
  { runId }: PublishInput,
): Promise<{ status: Run['status'] }> {
  const { stores } = ports;
  const progress = await stores.runs.progress(runId);
  const loaded = new Set(progress.filter((item) => item.stage === 'loaded').map((item) => item.itemId));
  const items = z.array(etlItem).parse((await ports.lake.getJson(planKey(stores.workspaceId, runId))) ?? []);
  const rebuilds = planRebuilds(items.filter((item) => loaded.has(item.itemId)));

  const at = new Date(ports.now()).toISOString();
  const published: AccountRebuild[] = [];
  let failure: unknown;
  const publish = async (rebuild: AccountRebuild): Promise<void> => {
    const { accountId } = rebuild.account;
    try {
      const known = await isRebuilt(ports, rebuild, runId);
      const { throughDate } = known ? { throughDate: null } : await rebuildAccount(ports, rebuild, runId);
      // An account of which another window is missing is not up to date.
      const whole = progress.every((item) => item.accountId !== accountId || upToDate.has(item.stage));
      // Segments alone say nothing of how fresh the account's numbers are.
      const objects = familiesOf(rebuild.grains).includes('objects');
      if (whole && objects) await stores.accounts.recordLoaded(accountId, { loadedAt: at, throughDate });
      published.push(rebuild);
    } catch (error) {
      failure ??= error;
      ports.telemetry.error('rollups of an account were not published', error, { accountId });
    }
  };
  for (let start = 0; start < rebuilds.length; start += accountsAtOnce) {
    if (ports.remainingMs() < accountMs) {
      failure ??= new AppError('timeout', `${rebuilds.length - start} accounts are left to publish.`);
      break;
    }
    await Promise.all(rebuilds.slice(start, start + accountsAtOnce).map(publish));
  }
  await announce(ports, runId, published, at);
  if (failure !== undefined) throw failure;

  for (const item of progress.filter((one) => unfinished.has(one.stage))) {
    const error = 'The run ended before this account was loaded.';
    await stores.runs.advance(runId, item.itemId, { stage: 'failed', error, updatedAt: at });
  }
  return close(ports, runId, at);
}

async function announce(
  { stores, bus }: PublishRollupsPorts,
  runId: string,
  published: readonly AccountRebuild[],
  loadedAt: string,
): Promise<void> {
  const { workspaceId } = stores;
  const accounts = published.map(({ account: { accountId, platform }, from, to }) => ({
    accountId,
    platform,
    from,
    to,
  }));
  for (let start = 0; start < accounts.length; start += accountsPerEvent) {
    const some = accounts.slice(start, start + accountsPerEvent);
    await bus.put('metrics.loaded', [{ workspaceId, runId, accounts: some, loadedAt }]);
  }
}

async function close(
  { stores, telemetry }: PublishRollupsPorts,
  runId: string,
  at: string,
): Promise<{ status: Run['status'] }> {
  const progress = await stores.runs.progress(runId);
  const status = closingStatus(progress);
  const counts = countRun(progress);
  const error = status === 'failed' ? 'No account was loaded. Each says why.' : null;
  if (await stores.runs.transition(runId, ['running'], { status, error, finishedAt: at, ...counts })) {
    telemetry.metric('rowsLoaded', counts.rowsLoaded);
    telemetry.metric('rowsQuarantined', counts.rowsQuarantined);
    telemetry.metric('accountsFailed', counts.accounts.failed);
  }
  return { status };
}
