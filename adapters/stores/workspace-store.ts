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
  /** Counts changes by people, so that two of them do not overwrite each other. Items of earlier releases lack what follows. */
  revision: z._default(z.int(), 0),
  paused: z._default(z.boolean(), false),
  authorizedAt: z._default(z.nullable(z.string()), null),
  tokenExpiresAt: z._default(z.nullable(z.string()), null),
  lastSuccessAt: z._default(z.nullable(z.string()), null),
  lastFailureAt: z._default(z.nullable(z.string()), null),
  lastFailure: z._default(z.nullable(z.string()), null),
  accountsReached: z._default(z.nullable(z.int()), null),
  /** Set when it was removed; it is then as good as gone until somebody provisions it again. */
  removedAt: z._default(z.nullable(z.string()), null),
});
export type ConnectionRecord = z.infer<typeof connectionRecord>;
type NewConnection = z.input<typeof connectionRecord>;
/** What a contact with the platform showed. */
export type ConnectionContact =
  | { readonly at: string; readonly accountsReached: number }
  | { readonly at: string; readonly failure: string };

/** The workspace itself, who may enter it and what it is connected to. Puts are repeatable. */
export interface WorkspaceStore {
  get(): Promise<WorkspaceRecord | undefined>;
  put(workspace: Omit<WorkspaceRecord, 'id'>): Promise<void>;
  members(): Promise<MemberRecord[]>;
  putMember(member: Omit<MemberRecord, 'workspaceId'>): Promise<void>;
  clients(): Promise<ClientRecord[]>;
  putClient(client: Omit<ClientRecord, 'workspaceId'>): Promise<void>;
  /** Those that were not removed. */
  connections(): Promise<ConnectionRecord[]>;
  connection(id: string): Promise<ConnectionRecord | undefined>;
  /** The whole record in place of what was there; fields that are not given take their first value. */
  putConnection(connection: NewConnection): Promise<void>;
  /** `false` when somebody changed it since the revision was read. */
  changeConnection(
    id: string,
    revision: number,
    change: Partial<Omit<ConnectionRecord, 'id' | 'platform' | 'revision'>>,
  ): Promise<boolean>;
  recordContact(id: string, contact: ConnectionContact): Promise<void>;
}

export function createWorkspaceStore(table: Table, workspaceId: string): WorkspaceStore {
  const pk = workspacePk(workspaceId);
  const connectionKey = (id: string) => ({ pk, sk: `CONNECTION#${id}` });
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
    connections: async () =>
      (await list('CONNECTION#'))
        .map((item) => connectionRecord.parse(item))
        .filter((connection) => connection.removedAt === null),
    async connection(id) {
      const item = await table.get(connectionKey(id));
      const connection = item && connectionRecord.parse(item);
      return connection?.removedAt === null ? connection : undefined;
    },
    async putConnection(connection) {
      await table.put({ ...connectionKey(connection.id), ...connectionRecord.parse(connection) });
    },
    changeConnection: (id, revision, change) =>
      table.update(
        connectionKey(id),
        { ...change, revision: revision + 1 },
        {
          expression: 'revision = :revision OR (attribute_not_exists(revision) AND :revision = :first)',
          values: { ':revision': revision, ':first': 0 },
        },
      ),
    async recordContact(id, { at, ...contact }) {
      await table.update(
        connectionKey(id),
        'failure' in contact
          ? { lastFailureAt: at, lastFailure: contact.failure }
          : { lastSuccessAt: at, accountsReached: contact.accountsReached },
      );
    },
  };
}
