import * as z from 'zod/mini';
import { accountId, grain, instant, runId } from '../../contracts/schemas/primitives.ts';
import { workspacePk } from './keys.ts';
import type { Table } from './table.ts';

/** Where the serving copy of one account, grain and month lies in the lake. The object is never overwritten. */
const rollupPointer = z.object({
  accountId,
  grain,
  /** `2026-11`. */
  month: z.string().check(z.regex(/^\d{4}-\d{2}$/)),
  key: z.string(),
  runId,
  rows: z.int(),
  publishedAt: instant,
  /** Counts the switches; a writer that built from an older one has to build again. */
  version: z.int(),
});
export type RollupPointer = z.infer<typeof rollupPointer>;

export interface RollupStore {
  /** Pointers of a grain in months `from` to `to`, inclusive, of all accounts. */
  list(query: {
    readonly grain: RollupPointer['grain'];
    readonly fromMonth: string;
    readonly toMonth: string;
  }): Promise<RollupPointer[]>;
  /** Every object of the lake that a pointer names. */
  keys(): Promise<Set<string>>;
  get(accountId: string, grain: RollupPointer['grain'], month: string): Promise<RollupPointer | undefined>;
  /**
   * Switches all pointers in one transaction, each from the version it was built after. `false` when another run switched
   * one of them meanwhile: read the warehouse again. At most 100 pointers.
   */
  switch(pointers: readonly Omit<RollupPointer, 'version'>[], builtAfter: readonly number[]): Promise<boolean>;
}

export function createRollupStore(table: Table, workspaceId: string): RollupStore {
  const pk = workspacePk(workspaceId);
  const keyOf = (account: string, grainName: string, month: string) => ({
    pk,
    sk: `ROLLUP#${grainName}#${month}#${account}`,
  });
  return {
    async list({ grain: grainName, fromMonth, toMonth }) {
      const items = await table.all({
        pk,
        between: [`ROLLUP#${grainName}#${fromMonth}#`, `ROLLUP#${grainName}#${toMonth}#~`],
        consistent: true,
      });
      return items.map((item) => rollupPointer.parse(item));
    },
    async keys() {
      const items = await table.all({ pk, prefix: 'ROLLUP#', consistent: true });
      return new Set(items.map((item) => rollupPointer.parse(item).key));
    },
    async get(account, grainName, month) {
      const item = await table.get(keyOf(account, grainName, month));
      return item && rollupPointer.parse(item);
    },
    async switch(pointers, builtAfter) {
      return table.transact(
        pointers.map((pointer, index) => {
          const version = builtAfter[index] ?? 0;
          return {
            put: {
              ...keyOf(pointer.accountId, pointer.grain, pointer.month),
              ...rollupPointer.parse({ ...pointer, version: version + 1 }),
            },
            ...(version === 0
              ? { condition: 'attribute_not_exists(pk)' }
              : {
                  condition: '#version = :version',
                  names: { '#version': 'version' },
                  values: { ':version': version },
                }),
          };
        }),
      );
    },
  };
}
