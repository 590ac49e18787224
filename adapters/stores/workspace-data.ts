import { workspacePk } from './keys.ts';
import { livePartitions } from './live-keys.ts';
import type { Key, TableAccess } from './table.ts';

/** Every item of one tenant, whatever it is: for deleting the whole. */
export interface WorkspaceData {
  /** In the order of their partitions and sort keys. */
  keys(): AsyncGenerator<Key>;
  /** Those of its counters, which have partitions of their own: some two thousand are looked into. */
  counterKeys(): AsyncGenerator<Key>;
  remove(keys: readonly Key[]): Promise<void>;
}

/** Partitions of counters looked into at the same time: most of them are empty. */
const partitionsAtOnce = 100;

/**
 * Everything of a workspace has its partition, and its counters have theirs; what is found through gsi1 goes with its item. `now` in
 * epoch milliseconds.
 */
export function createWorkspaceData(
  table: TableAccess,
  workspaceId: string,
  now: () => number = Date.now,
): WorkspaceData {
  const own = workspacePk(workspaceId);
  const keysOf = async (pk: string): Promise<Key[]> =>
    (await table.all({ pk, consistent: true, attributes: ['sk'] })).map(({ sk }) => ({ pk, sk: String(sk) }));
  return {
    async *keys() {
      for await (const item of table.each({ pk: own, consistent: true, attributes: ['sk'] })) {
        yield { pk: own, sk: String(item.sk) };
      }
    },
    async *counterKeys() {
      const partitions = [...livePartitions(workspaceId, now())];
      for (let start = 0; start < partitions.length; start += partitionsAtOnce) {
        const found = await Promise.all(partitions.slice(start, start + partitionsAtOnce).map(keysOf));
        yield* found.flat();
      }
    },
    remove: (keys) => table.removeMany(keys.filter(({ pk }) => pk === own || pk.startsWith(`${own}#`))),
  };
}
