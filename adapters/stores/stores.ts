import { workspaceId as workspaceIdSchema } from '../../contracts/schemas/primitives.ts';
import type { StructureKind } from '../../domain/integrations/platform.ts';
import { type AccountStore, createAccountStore } from './account-store.ts';
import { type AuthorizationStore, createAuthorizationStore } from './authorization-store.ts';
import { type CallStore, createCallStore } from './call-store.ts';
import { createDeletionStore, type DeletionStore } from './deletion-store.ts';
import { createIdentityStore, type IdentityStore } from './identity-store.ts';
import { createImportStore, type ImportStore } from './import-store.ts';
import { createOperationsStore, type OperationsStore } from './operations-store.ts';
import { createQualityStore, type QualityStore } from './quality-store.ts';
import { createRateStore, type RateStore } from './rate-store.ts';
import { createRollupStore, type RollupStore } from './rollup-store.ts';
import { createRunStore, type RunStore } from './run-store.ts';
import { createSettingsStore, type SettingsStore } from './settings-store.ts';
import { createStructureStore, type StructureStore } from './structure-store.ts';
import { Table } from './table.ts';
import { createWorkspaceData, type WorkspaceData } from './workspace-data.ts';
import { createWorkspaceStore, type WorkspaceStore } from './workspace-store.ts';

/** Everything kept for one tenant. There is no other way to a query. */
export interface WorkspaceStores {
  readonly workspaceId: string;
  readonly workspace: WorkspaceStore;
  readonly authorizations: AuthorizationStore;
  readonly settings: SettingsStore;
  readonly accounts: AccountStore;
  readonly campaigns: StructureStore<'campaign'>;
  readonly adGroups: StructureStore<'ad-group'>;
  readonly ads: StructureStore<'ad'>;
  readonly runs: RunStore;
  readonly rollups: RollupStore;
  readonly quality: QualityStore;
  readonly calls: CallStore;
  readonly imports: ImportStore;
  readonly data: WorkspaceData;
}

export interface Stores {
  /** Throws for anything that is not a workspace id. */
  forWorkspace(workspaceId: string): WorkspaceStores;
  /** Who belongs where, for the sign-in trigger and the schedules. */
  readonly identity: IdentityStore;
  readonly rates: RateStore;
  readonly operations: OperationsStore;
  readonly deletions: DeletionStore;
}

/** `table` is the state table's name; the client comes from the environment (region, credentials, endpoint). */
export function createStores(table: string | Table): Stores {
  const state = typeof table === 'string' ? new Table(table) : table;
  return {
    forWorkspace(id) {
      const workspaceId = workspaceIdSchema.parse(id);
      return {
        workspaceId,
        workspace: createWorkspaceStore(state, workspaceId),
        authorizations: createAuthorizationStore(state, workspaceId),
        settings: createSettingsStore(state, workspaceId),
        accounts: createAccountStore(state, workspaceId),
        campaigns: createStructureStore(state, workspaceId, 'campaign'),
        adGroups: createStructureStore(state, workspaceId, 'ad-group'),
        ads: createStructureStore(state, workspaceId, 'ad'),
        runs: createRunStore(state, workspaceId),
        rollups: createRollupStore(state, workspaceId),
        quality: createQualityStore(state, workspaceId),
        calls: createCallStore(state, workspaceId),
        imports: createImportStore(state, workspaceId),
        data: createWorkspaceData(state, workspaceId),
      };
    },
    identity: createIdentityStore(state),
    rates: createRateStore(state),
    operations: createOperationsStore(state),
    deletions: createDeletionStore(state),
  };
}

/** The store of a structure kind, for code that goes over the kinds. */
export const structureStoreOf = (
  stores: WorkspaceStores,
  kind: StructureKind,
): StructureStore<'campaign'> | StructureStore<'ad-group'> | StructureStore<'ad'> =>
  ({ campaign: stores.campaigns, 'ad-group': stores.adGroups, ad: stores.ads })[kind];
