import * as z from 'zod/mini';
import { workspacePk } from './keys.ts';
import type { Table } from './table.ts';

const settingsRecord = z.object({
  /** By key, as they were written. */
  values: z.record(z.string(), z.unknown()),
  /** Counts changes, so that two people do not overwrite each other. */
  revision: z.int(),
  changedAt: z.string(),
  changedBy: z.string(),
});
type SettingsRecord = z.infer<typeof settingsRecord>;

/** What a workspace has set for itself. */
export interface SettingsStore {
  /** Revision 0 and no values while nothing was ever set. */
  get(): Promise<Pick<SettingsRecord, 'values' | 'revision'>>;
  /** `false` when somebody changed them since the revision was read. */
  replace(
    revision: number,
    next: { readonly values: Readonly<Record<string, unknown>>; readonly at: string; readonly by: string },
  ): Promise<boolean>;
}

export function createSettingsStore(table: Table, workspaceId: string): SettingsStore {
  const key = { pk: workspacePk(workspaceId), sk: 'SETTINGS' };
  return {
    async get() {
      const item = await table.get(key);
      return item ? settingsRecord.parse(item) : { values: {}, revision: 0 };
    },
    async replace(revision, { values, at, by }) {
      const next = { values, revision: revision + 1, changedAt: at, changedBy: by };
      if (revision === 0) return table.put({ ...key, ...next }, { ifAbsent: true });
      return table.update(key, next, { expression: 'revision = :revision', values: { ':revision': revision } });
    },
  };
}
