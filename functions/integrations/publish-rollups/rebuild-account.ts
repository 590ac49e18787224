import type { RollupPointer } from '../../../adapters/stores/rollup-store.ts';
import { encodeRollup } from '../../../domain/analysis/rollup.ts';
import { AppError } from '../../../domain/errors.ts';
import { monthOf } from '../../../domain/integrations/calendar-day.ts';
import { rollupKey } from '../../../domain/integrations/lake-layout.ts';
import type { Grain } from '../../../domain/integrations/platform.ts';
import {
  type AccountRebuild,
  type RollupFact,
  rollupFact,
  rollupQuery,
} from '../../../domain/integrations/rollup-plan.ts';
import type { PublishRollupsPorts } from './publish-rollups.ts';

/** Another run that published the same account meanwhile makes this one read again. */
const attempts = 4;
/** Pointers that one transaction can switch. */
const transaction = 100;

type RebuildPorts = Pick<PublishRollupsPorts, 'stores' | 'lake' | 'warehouse' | 'now'>;
type Pointer = Omit<RollupPointer, 'version'>;

/**
 * Rebuilds an account's rollups from the warehouse. The pointers are read before the facts: when they moved meanwhile, another
 * run may have seen newer facts, and this one reads again instead of putting older ones over them.
 */
export async function rebuildAccount(
  ports: RebuildPorts,
  rebuild: AccountRebuild,
  runId: string,
): Promise<{ throughDate: string | null }> {
  const { rollups } = ports.stores;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = await versionsOf(ports, rebuild);
    const { pointers, throughDate } = await writeRollups(ports, rebuild, runId, before);
    let switched = true;
    for (let start = 0; start < pointers.length && switched; start += transaction) {
      const some = pointers.slice(start, start + transaction);
      switched = await rollups.switch(
        some,
        some.map((pointer) => before.get(`${pointer.grain}/${pointer.month}`) ?? 0),
      );
    }
    if (switched) return { throughDate };
  }
  throw new AppError('unavailable', 'Other runs published the same account first too often.');
}

/** Whether this run has published all of the account already: what it loaded was in the warehouse before. */
export async function isRebuilt(
  { stores }: Pick<PublishRollupsPorts, 'stores'>,
  rebuild: AccountRebuild,
  runId: string,
): Promise<boolean> {
  for (const grain of rebuild.grains) {
    for (const month of rebuild.months) {
      const pointer = await stores.rollups.get(rebuild.account.accountId, grain, month);
      if (pointer?.runId !== runId) return false;
    }
  }
  return true;
}

async function versionsOf(ports: RebuildPorts, rebuild: AccountRebuild): Promise<Map<string, number>> {
  const versions = new Map<string, number>();
  for (const grain of rebuild.grains) {
    for (const month of rebuild.months) {
      const pointer = await ports.stores.rollups.get(rebuild.account.accountId, grain, month);
      if (pointer) versions.set(`${grain}/${month}`, pointer.version);
    }
  }
  return versions;
}

async function writeRollups(
  ports: RebuildPorts,
  rebuild: AccountRebuild,
  runId: string,
  before: ReadonlyMap<string, number>,
): Promise<{ pointers: Pointer[]; throughDate: string | null }> {
  const grains = await Promise.all(rebuild.grains.map((grain) => writeGrain(ports, rebuild, grain, runId, before)));
  return {
    pointers: grains.flatMap((one) => one.pointers),
    throughDate: latest(grains.map((one) => one.throughDate)),
  };
}

async function writeGrain(
  { stores: { workspaceId }, lake, warehouse, now }: RebuildPorts,
  rebuild: AccountRebuild,
  grain: Grain,
  runId: string,
  before: ReadonlyMap<string, number>,
): Promise<{ pointers: Pointer[]; throughDate: string | null }> {
  const { account, months } = rebuild;
  const { accountId } = account;
  const byMonth = new Map<string, RollupFact[]>(months.map((month) => [month, []]));
  for await (const row of warehouse.query(rollupQuery(workspaceId, rebuild, grain))) {
    const fact = rollupFact(grain, { ...account, workspaceId }, row);
    byMonth.get(monthOf(fact.date))?.push(fact);
  }
  const pointers: Pointer[] = [];
  for (const [month, facts] of byMonth) {
    const build = (before.get(`${grain}/${month}`) ?? 0) + 1;
    const key = rollupKey({ workspaceId, accountId, grain, month, runId, build });
    const loadedAt = latest(facts.map((fact) => fact.loadedAt));
    await lake.putPacked(key, encodeRollup({ ...account, grain, month, loadedAt }, facts));
    const publishedAt = new Date(now()).toISOString();
    pointers.push({ accountId, grain, month, key, runId, rows: facts.length, publishedAt });
  }
  return { pointers, throughDate: latest([...byMonth.values()].flat().map((fact) => fact.date)) };
}

/** The last of some ISO dates or instants. */
const latest = (texts: readonly (string | null)[]): string | null =>
  texts.reduce((last, text) => (last === null || (text !== null && text > last) ? text : last), null);
