import type { OperationsStore } from '../../../adapters/stores/operations-store.ts';
import type { Warehouse } from '../../../adapters/warehouse.ts';
import { factTable } from '../../../contracts/warehouse.ts';
import { grains } from '../../../domain/integrations/platform.ts';
import {
  compactStatement,
  expireStatement,
  wantsAnotherRound,
} from '../../../domain/integrations/warehouse-maintenance.ts';

/** How often Athena may ask for another round of one statement. */
const maximumRounds = 20;

export interface TendTablesPorts {
  readonly warehouse: Pick<Warehouse, 'execute'>;
  readonly operations: Pick<OperationsStore, 'recordTending' | 'tendings'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly remainingMs: () => number;
  /** What one statement may take; with less left no other is begun. */
  readonly statementMs: number;
}

/**
 * Compacts the fact tables and expires their snapshots, the one first that has waited longest, as far as the time reaches: those
 * that are left come first the next time.
 */
export async function tendTables(ports: TendTablesPorts): Promise<{ tended: string[]; left: string[] }> {
  const tendings = await ports.operations.tendings();
  const waited = (table: string): string => tendings.get(table) ?? '';
  const order = [...grains].sort((one, other) => waited(factTable(one)).localeCompare(waited(factTable(other))));
  const tended: string[] = [];
  for (const grain of order) {
    const table = factTable(grain);
    const whole = (await run(ports, compactStatement(grain))) && (await run(ports, expireStatement(grain)));
    if (!whole) break;
    await ports.operations.recordTending(table, new Date(ports.now()).toISOString());
    tended.push(table);
  }
  return { tended, left: order.map(factTable).filter((table) => !tended.includes(table)) };
}

/** `false` when the time does not reach. */
async function run({ warehouse, remainingMs, statementMs }: TendTablesPorts, sql: string): Promise<boolean> {
  for (let round = 1; remainingMs() > statementMs; round += 1) {
    try {
      await warehouse.execute(sql);
      return true;
    } catch (error) {
      if (round === maximumRounds || !wantsAnotherRound(error)) throw error;
    }
  }
  return false;
}
