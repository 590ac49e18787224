import type { AccountRecord } from '../../../adapters/stores/account-store.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { Operation } from '../../../contracts/schemas/changes.ts';
import { idsNamed, type KnownObject, type KnownThings } from '../../../domain/changes/resolve-operations.ts';

export type StructureStores = WorkspaceStores<'accounts' | 'campaigns' | 'adGroups' | 'ads'>;

export interface Known extends KnownThings {
  readonly records: ReadonlyMap<string, AccountRecord>;
}

/** The objects that operations name and the accounts of the workspace. What is another workspace’s is not found. */
export async function knownThings(stores: StructureStores, operations: readonly Operation[]): Promise<Known> {
  const ids = idsNamed(operations).objects;
  const of = (prefix: string): string[] => ids.filter((id) => id.startsWith(prefix));
  const [accounts, ads] = await Promise.all([stores.accounts.all(), stores.ads.getMany(of('ad_'))]);
  const adGroups = await stores.adGroups.getMany([...of('adg_'), ...[...ads.values()].map((one) => one.adGroupId)]);
  const campaigns = await stores.campaigns.getMany([
    ...of('cmp_'),
    ...[...adGroups.values(), ...ads.values()].map((one) => one.campaignId),
  ]);
  const objects = new Map<string, KnownObject>();
  for (const { id, accountId, name, status, platformId, type } of campaigns.values()) {
    objects.set(id, {
      ...{ kind: 'campaign', id, accountId, name, status, campaignId: id },
      address: { kind: 'campaign', platformId, campaignPlatformId: null, adGroupPlatformId: null, campaignType: type },
    });
  }
  for (const { id, accountId, name, status, platformId, campaignId } of adGroups.values()) {
    const campaign = campaigns.get(campaignId);
    if (campaign === undefined) continue;
    objects.set(id, {
      ...{ kind: 'ad-group', id, accountId, name, status, campaignId },
      address: {
        kind: 'ad-group',
        platformId,
        campaignPlatformId: campaign.platformId,
        adGroupPlatformId: null,
        campaignType: campaign.type,
      },
    });
  }
  for (const { id, accountId, name, status, platformId, campaignId, adGroupId } of ads.values()) {
    const campaign = campaigns.get(campaignId);
    const adGroup = adGroups.get(adGroupId);
    if (campaign === undefined) continue;
    objects.set(id, {
      ...{ kind: 'ad', id, accountId, name, status, campaignId },
      address: {
        kind: 'ad',
        platformId,
        campaignPlatformId: campaign.platformId,
        adGroupPlatformId: adGroup?.platformId ?? null,
        campaignType: campaign.type,
      },
    });
  }
  return {
    objects,
    accounts: new Map(accounts.map((one) => [one.id, one])),
    records: new Map(accounts.map((one) => [one.id, one])),
  };
}
