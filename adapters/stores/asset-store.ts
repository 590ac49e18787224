import { type HeldAsset, heldAsset } from '../../contracts/schemas/assets.ts';
import { workspacePk } from './keys.ts';
import type { Table, TransactAction } from './table.ts';

export interface AssetStore {
  get(id: string): Promise<HeldAsset | undefined>;
  /** The newest first: ids begin with the time. */
  all(): Promise<HeldAsset[]>;
  /** In a transaction with its audit entry; it fails when there is one of this id. */
  adding(asset: HeldAsset): TransactAction;
  removing(id: string): TransactAction;
}

/** Pictures that people uploaded: some hundreds a workspace, kept until somebody deletes them. */
export function createAssetStore(table: Table, workspaceId: string): AssetStore {
  const pk = workspacePk(workspaceId);
  const keyOf = (id: string) => ({ pk, sk: `ASSET#${id}` });
  return {
    async get(id) {
      const item = await table.get(keyOf(id));
      return item && heldAsset.parse(item);
    },
    async all() {
      const found = (await table.all({ pk, prefix: 'ASSET#', consistent: true })).map((item) => heldAsset.parse(item));
      return found.sort((a, b) =>
        a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : a.id < b.id ? 1 : -1,
      );
    },
    adding: (asset) => ({
      put: { ...keyOf(asset.id), ...heldAsset.parse(asset) },
      condition: 'attribute_not_exists(pk)',
    }),
    removing: (id) => ({ remove: keyOf(id), condition: 'attribute_exists(pk)' }),
  };
}
