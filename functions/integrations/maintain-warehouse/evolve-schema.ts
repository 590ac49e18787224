import type { OperationsStore } from '../../../adapters/stores/operations-store.ts';
import type { Warehouse } from '../../../adapters/warehouse.ts';
import { factTable } from '../../../contracts/warehouse.ts';
import { type Grain, grains } from '../../../domain/integrations/platform.ts';
import { addColumnsStatement, missingColumns } from '../../../domain/integrations/warehouse-maintenance.ts';

export interface EvolveSchemaPorts {
  readonly warehouse: Pick<Warehouse, 'columns' | 'execute'>;
  readonly operations: Pick<OperationsStore, 'recordSchemaChange'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Gives every fact table the columns that the contract has and it has not, and records what was added. The templates make a table
 * once, with the columns of its first release; later ones come from here alone. Repeating it changes nothing.
 */
export async function evolveSchema(ports: EvolveSchemaPorts): Promise<string[]> {
  const added = await Promise.all(grains.map((grain) => evolveTable(ports, grain)));
  return added.flat();
}

async function evolveTable({ warehouse, operations, now }: EvolveSchemaPorts, grain: Grain): Promise<string[]> {
  const table = factTable(grain);
  const missing = missingColumns(grain, await warehouse.columns(table));
  if (missing.length === 0) return [];
  const columns = missing.map(({ name }) => name);
  try {
    await warehouse.execute(addColumnsStatement(grain, missing));
  } catch (error) {
    // Two deployments at once: the columns of the other one are as good.
    if (missingColumns(grain, await warehouse.columns(table)).length > 0) throw error;
    return [];
  }
  await operations.recordSchemaChange({ table, columns, at: new Date(now()).toISOString() });
  return columns.map((name) => `${table}.${name}`);
}
