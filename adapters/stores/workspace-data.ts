import { workspacePk } from './keys.ts';
import type { Key, TableAccess } from './table.ts';

/** Every item of one tenant, whatever it is: for deleting the whole. */
export interface WorkspaceData {
  /** In the order of their sort keys. */
  keys(): AsyncGenerator<Key>;
  remove(keys: readonly Key[]): Promise<void>;
}

/** Everything of a workspace has its partition; what is found through gsi1 goes with its item. */
export function createWorkspaceData(table: TableAccess, workspaceId: string): WorkspaceData {
  const pk = workspacePk(workspaceId);
  return {
    async *keys() {
      for await (const item of table.each({ pk, consistent: true, attributes: ['sk'] })) {
        yield { pk, sk: String(item.sk) };
      }
    },
    remove: (keys) => table.removeMany(keys.filter((key) => key.pk === pk)),
  };
}
