import * as z from 'zod/mini';
import { roles, scopeNames } from '../../contracts/access.ts';
import { currency, workspaceId } from '../../contracts/schemas/primitives.ts';
import { allWorkspacesPk, clientPk, memberPk } from './keys.ts';
import type { Table } from './table.ts';

export const workspaceRecord = z.object({ id: workspaceId, name: z.string(), currency });
export type WorkspaceRecord = z.infer<typeof workspaceRecord>;

export const memberRecord = z.object({ workspaceId, userId: z.string(), role: z.enum(roles) });
export type MemberRecord = z.infer<typeof memberRecord>;

export const clientRecord = z.object({ workspaceId, clientId: z.string(), scopes: z.array(z.enum(scopeNames)) });
export type ClientRecord = z.infer<typeof clientRecord>;

/** The only reads across tenants: whoever signs in is not yet of a workspace, and a schedule speaks for all of them. */
export interface IdentityStore {
  /** Workspaces a user belongs to, by workspace id. */
  membershipsOf(userId: string): Promise<MemberRecord[]>;
  clientsOf(clientId: string): Promise<ClientRecord[]>;
  workspaceIds(): Promise<string[]>;
}

export function createIdentityStore(table: Table): IdentityStore {
  return {
    membershipsOf: async (userId) =>
      (await table.all({ index: 'gsi1', pk: memberPk(userId) })).map((item) => memberRecord.parse(item)),
    clientsOf: async (clientId) =>
      (await table.all({ index: 'gsi1', pk: clientPk(clientId) })).map((item) => clientRecord.parse(item)),
    workspaceIds: async () =>
      (await table.all({ index: 'gsi1', pk: allWorkspacesPk })).map((item) => workspaceRecord.parse(item).id),
  };
}
