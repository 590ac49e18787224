import type { AccountRecord } from '../../../adapters/stores/account-store.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import { structureStoreOf } from '../../../adapters/stores/structure-store.ts';
import type { OperationRecord } from '../../../domain/changes/change-record.ts';
import { mirroredId } from '../../../domain/integrations/ids.ts';
import type { StructureRow } from '../../../domain/integrations/platform.ts';
import type { PlatformOperation, Written } from '../../../domain/integrations/platform-writer.ts';

export type MirrorStores = WorkspaceStores<'campaigns' | 'adGroups' | 'ads'>;

/**
 * Writes into the mirrored structure what an applied operation has changed or made, so that it is seen before the next load. Gives our
 * id of the object; null for what is not mirrored.
 */
export async function mirrorOperation(
  stores: MirrorStores,
  account: AccountRecord,
  record: OperationRecord,
  operation: PlatformOperation,
  written: Written,
  at: string,
): Promise<string | null> {
  const row = 'target' in operation ? await edited(stores, record, operation) : made(operation, written);
  if (row === undefined) return record.object.id;
  const scope = { workspaceId: stores.workspaceId, platform: account.platform, accountPlatformId: account.platformId };
  // Not all rows there are: nothing else is taken for removed.
  const owner = { ...scope, accountId: account.id, currency: account.currency };
  await structureStoreOf(stores, row.kind).synchronise(owner, one(row), at, () => false);
  return mirroredId(row.kind, scope, row);
}

async function* one(row: StructureRow): AsyncGenerator<readonly StructureRow[]> {
  yield [row];
}

async function edited(
  stores: MirrorStores,
  { object, address }: OperationRecord,
  operation: Extract<PlatformOperation, { readonly target: unknown }>,
): Promise<StructureRow | undefined> {
  if (object.id === null || object.kind === 'asset' || address === null) return undefined;
  const held = await structureStoreOf(stores, object.kind).get(object.id);
  if (held === undefined) return undefined;
  const present: StructureRow = {
    kind: object.kind,
    platformId: held.platformId,
    name: held.name,
    status: held.status,
    campaignPlatformId: address.campaignPlatformId,
    adGroupPlatformId: address.adGroupPlatformId,
    type: held.type,
    dailyBudgetMicros: 'dailyBudgetMicros' in held ? held.dailyBudgetMicros : null,
    creative: 'creative' in held ? held.creative : null,
  };
  switch (operation.do) {
    case 'set-status':
      return { ...present, status: operation.status };
    case 'remove':
      return { ...present, status: 'removed' };
    case 'rename':
      return { ...present, name: operation.name };
    case 'set-daily-budget':
      return { ...present, dailyBudgetMicros: operation.dailyBudget.micros };
    default:
      return undefined;
  }
}

function made(
  operation: Exclude<PlatformOperation, { readonly target: unknown }>,
  { platformId }: Written,
): StructureRow | undefined {
  const fresh = { platformId, status: 'paused', creative: null } as const;
  switch (operation.do) {
    case 'create-campaign':
      return {
        ...fresh,
        kind: 'campaign',
        name: operation.name,
        type: operation.type,
        campaignPlatformId: null,
        adGroupPlatformId: null,
        dailyBudgetMicros: operation.dailyBudget?.micros ?? null,
      };
    case 'create-ad-group':
      return {
        ...fresh,
        kind: 'ad-group',
        name: operation.name,
        type: operation.campaign.campaignType,
        campaignPlatformId: operation.campaign.platformId,
        adGroupPlatformId: null,
        dailyBudgetMicros: operation.dailyBudget?.micros ?? null,
      };
    case 'create-ad':
      // An asset group stands beneath its campaign; the structure has no place for it.
      if (operation.parent.kind !== 'ad-group') return undefined;
      return {
        ...fresh,
        kind: 'ad',
        name: operation.name,
        type: operation.creative.format,
        campaignPlatformId: operation.parent.campaignPlatformId,
        adGroupPlatformId: operation.parent.platformId,
        dailyBudgetMicros: null,
      };
    case 'upload-asset':
      return undefined;
  }
}
