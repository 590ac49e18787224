import { workspaceId as workspaceIdSchema } from '../../contracts/schemas/primitives.ts';
import type { AccountOwners, AccountStore } from './account-store.ts';
import type { AlertRuleStore } from './alert-rule-store.ts';
import type { AlertStore, DueAlertStore } from './alert-store.ts';
import type { AssetStore } from './asset-store.ts';
import type { AuditStore } from './audit-store.ts';
import type { AuthorizationStore } from './authorization-store.ts';
import type { BrandKitStore, BriefStore } from './brief-store.ts';
import type { CallStore } from './call-store.ts';
import type { ChangeStore } from './change-store.ts';
import type { ClosedWindowStore } from './closed-window-store.ts';
import type { CreativeStore } from './creative-store.ts';
import type { DeletionStore } from './deletion-store.ts';
import type { GenerationRunStore } from './generation-run-store.ts';
import type { GuardrailStore } from './guardrail-store.ts';
import type { IdentityStore } from './identity-store.ts';
import type { ImportStore } from './import-store.ts';
import type { LiveStore } from './live-store.ts';
import type { OperationsStore } from './operations-store.ts';
import type { DueStore, OutboxStore } from './outbox-store.ts';
import type { PixelOwners, PixelStore } from './pixel-store.ts';
import type { PollStore } from './poll-store.ts';
import type { QualityStore } from './quality-store.ts';
import type { QuotaStore } from './quota-store.ts';
import type { RateStore } from './rate-store.ts';
import type { ReviewStore } from './review-store.ts';
import type { RollupStore } from './rollup-store.ts';
import type { RunStore } from './run-store.ts';
import type { SettingsStore } from './settings-store.ts';
import type { StructureStore } from './structure-store.ts';
import { Table } from './table.ts';
import type { WorkspaceData } from './workspace-data.ts';
import type { WorkspaceStore } from './workspace-store.ts';

/** What is kept for one tenant, by the name it goes by. */
interface TenantKinds {
  readonly workspace: WorkspaceStore;
  readonly authorizations: AuthorizationStore;
  readonly settings: SettingsStore;
  readonly guardrails: GuardrailStore;
  readonly audit: AuditStore;
  readonly changes: ChangeStore;
  readonly outbox: OutboxStore;
  readonly accounts: AccountStore;
  readonly campaigns: StructureStore<'campaign'>;
  readonly adGroups: StructureStore<'ad-group'>;
  readonly ads: StructureStore<'ad'>;
  readonly runs: RunStore;
  readonly rollups: RollupStore;
  readonly quality: QualityStore;
  readonly calls: CallStore;
  readonly imports: ImportStore;
  readonly live: LiveStore;
  readonly quotas: QuotaStore;
  readonly pixels: PixelStore;
  readonly polls: PollStore;
  readonly closedWindows: ClosedWindowStore;
  readonly alertRules: AlertRuleStore;
  readonly alerts: AlertStore;
  readonly briefs: BriefStore;
  readonly brandKits: BrandKitStore;
  readonly generationRuns: GenerationRunStore;
  readonly creatives: CreativeStore;
  readonly reviews: ReviewStore;
  readonly assets: AssetStore;
  readonly data: WorkspaceData;
}
export type TenantKind = keyof TenantKinds;

/** What stands above tenants. */
interface SharedKinds {
  /** Who belongs where, for the sign-in trigger and the schedules. */
  readonly identity: IdentityStore;
  readonly rates: RateStore;
  readonly operations: OperationsStore;
  readonly deletions: DeletionStore;
  /** What of all tenants’ outboxes is due. */
  readonly due: DueStore;
  /** Whose pixel it is that a page sends to. */
  readonly pixelOwners: PixelOwners;
  /** Whose account it is of which a platform tells. */
  readonly accountOwners: AccountOwners;
  /** What of all tenants’ alerts is to be sent. */
  readonly dueAlerts: DueAlertStore;
}
export type SharedKind = keyof SharedKinds;

/** One tenant's stores of the kinds named, all by default. There is no other way to a query. */
export type WorkspaceStores<K extends TenantKind = TenantKind> = { readonly workspaceId: string } & Pick<
  TenantKinds,
  K
>;

export type Stores<K extends TenantKind = never, S extends SharedKind = never> = {
  /** Throws for anything that is not a workspace id. */
  forWorkspace(workspaceId: string): WorkspaceStores<K>;
} & Pick<SharedKinds, S>;

/**
 * The stores a function works with, each given by what makes it: a bundle carries the records and schemas of these and of no others.
 * `table` is the state table's name; the client comes from the environment (region, credentials, endpoint).
 */
export function createStores<K extends TenantKind = never, S extends SharedKind = never>(
  table: string | Table,
  tenant: { readonly [N in K]: (table: Table, workspaceId: string) => TenantKinds[N] },
  shared = {} as { readonly [N in S]: (table: Table) => SharedKinds[N] },
): Stores<K, S> {
  const state = typeof table === 'string' ? new Table(table) : table;
  return {
    ...made(shared, (create: (table: Table) => unknown) => create(state)),
    forWorkspace(id: string) {
      const workspaceId = workspaceIdSchema.parse(id);
      return {
        workspaceId,
        ...made(tenant, (create: (table: Table, workspaceId: string) => unknown) => create(state, workspaceId)),
      };
    },
  } as Stores<K, S>;
}

const made = <F>(factories: Readonly<Record<string, F>>, make: (factory: F) => unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(factories).map(([name, factory]) => [name, make(factory)]));
