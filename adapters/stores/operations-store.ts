import * as z from 'zod/mini';
import { operationsPk } from './keys.ts';
import type { Table } from './table.ts';

const schemaChange = z.object({ table: z.string(), columns: z.array(z.string()), at: z.string() });
export type SchemaChange = z.infer<typeof schemaChange>;

const tending = z.object({ table: z.string(), tendedAt: z.string() });

/** What operators and schedules did to the stage as a whole: of no workspace, and kept when one is deleted. */
export interface OperationsStore {
  recordSchemaChange(change: SchemaChange): Promise<void>;
  /** Oldest first. */
  schemaChanges(): Promise<SchemaChange[]>;
  recordTending(table: string, at: string): Promise<void>;
  /** When each table was tended last. */
  tendings(): Promise<Map<string, string>>;
}

export function createOperationsStore(table: Table): OperationsStore {
  const pk = operationsPk;
  const all = (prefix: string) => table.all({ pk, prefix, consistent: true });
  return {
    async recordSchemaChange(change) {
      await table.put({ pk, sk: `SCHEMA#${change.at}#${change.table}`, ...schemaChange.parse(change) });
    },
    schemaChanges: async () => (await all('SCHEMA#')).map((item) => schemaChange.parse(item)),
    async recordTending(name, at) {
      await table.put({ pk, sk: `TENDED#${name}`, ...tending.parse({ table: name, tendedAt: at }) });
    },
    tendings: async () =>
      new Map((await all('TENDED#')).map((item) => tending.parse(item)).map((one) => [one.table, one.tendedAt])),
  };
}
