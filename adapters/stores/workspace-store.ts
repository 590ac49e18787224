import * as z from 'zod/mini';
import { platformId } from '../../contracts/schemas/primitives.ts';
import {
  type ClientRecord,
  clientRecord,
  type MemberRecord,
  memberRecord,
  type WorkspaceRecord,
  workspaceRecord,
} from './identity-store.ts';
import { allWorkspacesPk, clientPk, memberPk, workspaceKey, workspacePk } from './keys.ts';
import type { Table } from './table.ts';

/** A connection without its credentials, which lie in Secrets Manager under its id. */
const connectionRecord = z.object({
  id: z.string(),
  platform: platformId,
  name: z.string(),
  managerPlatformId: z.nullable(z.string()),
  createdAt: z.string(),
});
export type ConnectionRecord = z.infer<typeof connectionRecord>;

/** The workspace itself, who may enter it and what it is connected to. Puts are repeatable. */
export interface WorkspaceStore {
  get(): Promise<WorkspaceRecord | undefined>;
  put(workspace: Omit<WorkspaceRecord, 'id'>): Promise<void>;
  members(): Promise<MemberRecord[]>;
  putMember(member: Omit<MemberRecord, 'workspaceId'>): Promise<void>;
  clients(): Promise<ClientRecord[]>;
  putClient(client: Omit<ClientRecord, 'workspaceId'>): Promise<void>;
  connections(): Promise<ConnectionRecord[]>;
  connection(id: string): Promise<ConnectionRecord | undefined>;
  putConnection(connection: ConnectionRecord): Promise<void>;
}

export function createWorkspaceStore(table: Table, workspaceId: string): WorkspaceStore {
  const pk = workspacePk(workspaceId);
  const list = (prefix: string) => table.all({ pk, prefix, consistent: true });
  return {
    async get() {
      const item = await table.get(workspaceKey(workspaceId));
      return item && workspaceRecord.parse(item);
    },
    async put(workspace) {
      await table.put({
        ...workspaceKey(workspaceId),
        gsi1pk: allWorkspacesPk,
        gsi1sk: pk,
        ...workspaceRecord.parse({ ...workspace, id: workspaceId }),
      });
    },
    members: async () => (await list('MEMBER#')).map((item) => memberRecord.parse(item)),
    async putMember(member) {
      const gsi1pk = memberPk(member.userId);
      await table.put({ pk, sk: gsi1pk, gsi1pk, gsi1sk: pk, ...memberRecord.parse({ ...member, workspaceId }) });
    },
    clients: async () => (await list('CLIENT#')).map((item) => clientRecord.parse(item)),
    async putClient(client) {
      const gsi1pk = clientPk(client.clientId);
      await table.put({ pk, sk: gsi1pk, gsi1pk, gsi1sk: pk, ...clientRecord.parse({ ...client, workspaceId }) });
    },
    connections: async () => (await list('CONNECTION#')).map((item) => connectionRecord.parse(item)),
    async connection(id) {
      const item = await table.get({ pk, sk: `CONNECTION#${id}` });
      return item && connectionRecord.parse(item);
    },
    async putConnection(connection) {
      await table.put({ pk, sk: `CONNECTION#${connection.id}`, ...connectionRecord.parse(connection) });
    },
  };
}
