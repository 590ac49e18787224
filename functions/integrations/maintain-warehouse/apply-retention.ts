import type { Lake } from '../../../adapters/lake.ts';
import type { Stores } from '../../../adapters/stores/stores.ts';
import type { Warehouse } from '../../../adapters/warehouse.ts';
import { type RetentionRule, retention } from '../../../contracts/retention.ts';
import { factTable } from '../../../contracts/warehouse.ts';
import { addDays } from '../../../domain/integrations/calendar-day.ts';
import { dateLiteral } from '../../../domain/integrations/merge-statement.ts';
import { grains } from '../../../domain/integrations/platform.ts';

const dayMs = 86_400_000;

export interface RetentionPorts {
  readonly stores: Stores<'rollups', 'identity' | 'operations'>;
  readonly lake: Pick<Lake, 'list' | 'remove'>;
  readonly warehouse: Pick<Warehouse, 'execute'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly rules?: { readonly rollups: RetentionRule; readonly facts: RetentionRule };
}

/** Takes away what S3 and DynamoDB cannot tell by age alone. Repeating it changes nothing. */
export async function applyRetention(
  ports: RetentionPorts,
): Promise<{ rollupsRemoved: number; factsExpired: string[] }> {
  const { rollups, facts } = ports.rules ?? retention;
  let rollupsRemoved = 0;
  if (rollups.days !== null) {
    const before = ports.now() - rollups.days * dayMs;
    for (const workspaceId of await ports.stores.identity.workspaceIds()) {
      rollupsRemoved += await removeUnnamedRollups(ports, workspaceId, before);
    }
  }
  return { rollupsRemoved, factsExpired: facts.days === null ? [] : await expireFacts(ports, facts.days) };
}

/** A copy is written before its pointer: one that is younger than the limit may be about to be named. */
async function removeUnnamedRollups(
  { stores, lake }: RetentionPorts,
  workspaceId: string,
  before: number,
): Promise<number> {
  const old: { key: string }[] = [];
  for await (const { key, modified } of lake.list(`${retention.rollups.prefix}workspace=${workspaceId}/`)) {
    if (modified < before) old.push({ key });
  }
  if (old.length === 0) return 0;
  // Read after the listing: a pointer that moved meanwhile names a younger copy.
  const named = await stores.forWorkspace(workspaceId).rollups.keys();
  const unnamed = old.filter(({ key }) => !named.has(key));
  await lake.remove(unnamed);
  return unnamed.length;
}

async function expireFacts({ warehouse, now }: RetentionPorts, days: number): Promise<string[]> {
  const oldest = addDays(new Date(now()).toISOString().slice(0, 10), -days);
  const tables = grains.map(factTable);
  for (const table of tables) await warehouse.execute(`DELETE FROM ${table} WHERE "date" < ${dateLiteral(oldest)}`);
  return tables;
}
