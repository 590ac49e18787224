import * as z from 'zod/mini';
import type { Lake } from '../../../adapters/lake.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import { type EtlInput, type EtlItem, etlItem } from '../../../contracts/etl.ts';
import { planKey } from '../../../domain/integrations/lake-layout.ts';

export interface PlanResumedPorts {
  readonly stores: Pick<WorkspaceStores<'workspace' | 'settings' | 'accounts' | 'runs'>, 'workspaceId' | 'runs'>;
  readonly lake: Pick<Lake, 'getJson'>;
  readonly now: () => number;
}

/**
 * The plan that an earlier attempt made, so that nobody is asked for the accounts again. `undefined` when there is none, or when
 * a connection had failed: its accounts are not in it, and what was written about it is taken back.
 */
export async function keptPlan(
  { stores, lake }: PlanResumedPorts,
  { runId }: EtlInput,
): Promise<EtlItem[] | undefined> {
  const found = await lake.getJson(planKey(stores.workspaceId, runId));
  const failed = (await stores.runs.progress(runId)).filter((one) => one.accountId === null && one.stage === 'failed');
  for (const connection of failed) await stores.runs.forget(runId, connection.itemId);
  return found === undefined || failed.length > 0 ? undefined : z.array(etlItem).parse(found);
}

/** Items that are not loaded yet; those that failed or were cancelled wait again. */
export async function itemsLeft(
  { stores, now }: PlanResumedPorts,
  { runId }: EtlInput,
  items: readonly EtlItem[],
): Promise<EtlItem[]> {
  const at = new Date(now()).toISOString();
  const done = new Set<string>();
  const unusable = new Set<string>();
  for (const { itemId, stage, askAgain } of await stores.runs.progress(runId)) {
    if (stage === 'loaded' || stage === 'skipped') done.add(itemId);
    else if (askAgain) unusable.add(itemId);
    if (stage === 'failed' || stage === 'cancelled') await stores.runs.reopen(runId, itemId, at);
  }
  return items
    .filter(({ itemId }) => !done.has(itemId))
    .map((item) => (unusable.has(item.itemId) ? { ...item, askAgain: true } : item));
}
