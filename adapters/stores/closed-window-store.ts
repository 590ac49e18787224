import * as z from 'zod/mini';
import { workspacePk } from './keys.ts';
import type { Table } from './table.ts';

const record = z.object({ through: z.int() });

/** How far the bus was told of a workspace's hours. */
export interface ClosedWindowStore {
  /** Every window that ended by this instant (epoch milliseconds) was told; undefined before the first. */
  through(): Promise<number | undefined>;
  /** Answers `false` when somebody else has moved it since. */
  advance(before: number | undefined, to: number): Promise<boolean>;
}

export function createClosedWindowStore(table: Table, workspaceId: string): ClosedWindowStore {
  const key = { pk: workspacePk(workspaceId), sk: 'CLOSED-WINDOWS' };
  return {
    async through() {
      const item = await table.get(key);
      return item && record.parse(item).through;
    },
    advance: (before, to) =>
      before === undefined
        ? table.put({ ...key, through: to }, { ifAbsent: true })
        : table.update(key, { through: to }, { expression: 'through = :before', values: { ':before': before } }),
  };
}
