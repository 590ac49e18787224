import * as z from 'zod/mini';
import { workspacePk } from './keys.ts';
import type { Table } from './table.ts';

const counted = z.object({
  scheduled: z._default(z.int(), 0),
  onDemand: z._default(z.int(), 0),
  polls: z._default(z.int(), 0),
});
type CallsOfDay = z.infer<typeof counted>;

/** Seconds a day's count is kept: it is read on its day alone. */
const keptSeconds = 8 * 86_400;

/** How often a connection called its platform, by UTC day. */
export interface CallStore {
  used(connectionId: string, day: string): Promise<CallsOfDay>;
  count(connectionId: string, day: string, kind: keyof CallsOfDay, calls: number): Promise<void>;
}

export function createCallStore(table: Table, workspaceId: string): CallStore {
  const keyOf = (connectionId: string, day: string) => ({
    pk: workspacePk(workspaceId),
    sk: `CALLS#${connectionId}#${day}`,
  });
  return {
    used: async (connectionId, day) => counted.parse((await table.get(keyOf(connectionId, day))) ?? {}),
    count: (connectionId, day, kind, calls) =>
      table.add(
        keyOf(connectionId, day),
        { [kind]: calls },
        { expiresAt: Math.floor(Date.parse(`${day}T00:00:00Z`) / 1_000) + keptSeconds },
      ),
  };
}
