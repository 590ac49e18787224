import * as z from 'zod/mini';
import { deletionProof, inventory } from '../../contracts/workspace-deletion.ts';
import { operationsPk } from './keys.ts';
import type { Table } from './table.ts';

const deletionRecord = z.object({
  workspaceId: z.string(),
  token: z.string(),
  plannedBy: z.string(),
  /** A plan that is not confirmed by then has to be made again. */
  expiresAtInstant: z.string(),
  /** From the first confirmation on. */
  startedAt: z.nullable(z.string()),
  signedOffBy: z.nullable(z.string()),
  before: z.nullable(inventory),
  listingSha256: z.nullable(z.string()),
  /** Secrets are found by the connections, which are deleted before them. */
  connectionIds: z.array(z.string()),
  /** The same for secrets of webhooks; records of earlier releases have none. */
  webhookIds: z._default(z.array(z.string()), []),
  proof: z.nullable(deletionProof),
});
export type DeletionRecord = z.infer<typeof deletionRecord>;

/** How far the deletion of a workspace is: kept apart from what it deletes, and for good. */
export interface DeletionStore {
  get(workspaceId: string): Promise<DeletionRecord | undefined>;
  put(record: DeletionRecord): Promise<void>;
}

export function createDeletionStore(table: Table): DeletionStore {
  const keyOf = (workspaceId: string) => ({ pk: operationsPk, sk: `DELETION#${workspaceId}` });
  return {
    async get(workspaceId) {
      const item = await table.get(keyOf(workspaceId));
      return item && deletionRecord.parse(item);
    },
    async put(record) {
      await table.put({ ...keyOf(record.workspaceId), ...deletionRecord.parse(record) });
    },
  };
}
