import type { RunStore } from '../../../adapters/stores/run-store.ts';
import type { Warehouse } from '../../../adapters/warehouse.ts';
import type { LoadInput } from '../../../contracts/etl.ts';
import { mergeStatement } from '../../../domain/integrations/merge-statement.ts';

export interface LoadFactsPorts {
  readonly runs: Pick<RunStore, 'advance'>;
  readonly warehouse: Pick<Warehouse, 'execute'>;
  readonly now: () => number;
}

/**
 * Makes the facts of the item's window equal to what was staged, one commit a grain, all grains at once: each is a table of
 * its own. Repeating it changes nothing.
 */
export async function loadFacts(
  { runs, warehouse, now }: LoadFactsPorts,
  { item, loads }: LoadInput,
): Promise<{ rowsLoaded: number }> {
  const at = () => new Date(now()).toISOString();
  await runs.advance(item.runId, item.itemId, { stage: 'loading', updatedAt: at() });
  const ends = await Promise.allSettled(
    loads.map(({ grain, removeVanished }) =>
      warehouse.execute(mergeStatement({ ...item, grain, window: item, removeVanished })),
    ),
  );
  // Only once every statement is over: a failed item has none under way.
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  const rowsLoaded = loads.reduce((sum, load) => sum + load.rows, 0);
  await runs.advance(item.runId, item.itemId, { stage: 'loaded', rowsLoaded, error: null, updatedAt: at() });
  return { rowsLoaded };
}
