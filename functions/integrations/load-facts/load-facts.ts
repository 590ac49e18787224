import type { RunStore } from '../../../adapters/stores/run-store.ts';
import type { Warehouse } from '../../../adapters/warehouse.ts';
import type { LoadInput } from '../../../contracts/etl.ts';
import { mergeStatement } from '../../../domain/integrations/merge-statement.ts';

export interface LoadFactsPorts {
  readonly runs: RunStore;
  readonly warehouse: Pick<Warehouse, 'execute'>;
  readonly now: () => number;
}

/** Makes the facts of the item's window equal to what was staged, one commit a grain. Repeating it changes nothing. */
export async function loadFacts(
  { runs, warehouse, now }: LoadFactsPorts,
  { item, loads }: LoadInput,
): Promise<{ rowsLoaded: number }> {
  const at = () => new Date(now()).toISOString();
  await runs.advance(item.runId, item.itemId, { stage: 'loading', updatedAt: at() });
  let rowsLoaded = 0;
  for (const { grain, rows, removeVanished } of loads) {
    await warehouse.execute(mergeStatement({ ...item, grain, window: item, removeVanished }));
    rowsLoaded += rows;
  }
  await runs.advance(item.runId, item.itemId, { stage: 'loaded', rowsLoaded, error: null, updatedAt: at() });
  return { rowsLoaded };
}
