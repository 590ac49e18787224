import type { ObjectAddress, PlatformOperationOf } from '../../domain/integrations/platform-writer.ts';
import type { Mutation } from './client.ts';
import { biddingFields } from './write-bidding.ts';
import type { Names } from './write-names.ts';
import { isAssetGroup } from './write-rules.ts';

/** The entity and resource name of an object as mutates name it. */
export function resourceOf(target: ObjectAddress, names: Names): { readonly entity: string; readonly name: string } {
  if (isAssetGroup(target)) return { entity: 'asset_group', name: names.assetGroup(target.platformId) };
  if (target.kind === 'campaign') return { entity: 'campaign', name: names.campaign(target.platformId) };
  if (target.kind === 'ad-group') return { entity: 'ad_group', name: names.adGroup(target.platformId) };
  return { entity: 'ad_group_ad', name: names.adGroupAd(target.adGroupPlatformId ?? '', target.platformId) };
}

const update = (target: ObjectAddress, names: Names, fields: object): Mutation => {
  const { entity, name } = resourceOf(target, names);
  return { entity, operation: 'update', resource: { resource_name: name, ...fields } };
};

/** One mutation for one change of the object itself. */
export function updateOf(
  operation: PlatformOperationOf<'set-status' | 'rename' | 'set-bidding' | 'remove'>,
  names: Names,
): Mutation {
  const { target } = operation;
  switch (operation.do) {
    case 'set-status':
      return update(target, names, { status: operation.status === 'enabled' ? 'ENABLED' : 'PAUSED' });
    case 'rename':
      return update(target, names, { name: operation.name });
    case 'remove': {
      const { entity, name } = resourceOf(target, names);
      return { entity, operation: 'remove', resource: name };
    }
    case 'set-bidding':
      return update(
        target,
        names,
        target.kind === 'ad-group'
          ? { cpc_bid_micros: operation.bidding.amount?.micros ?? 0 }
          : biddingFields(operation.bidding),
      );
  }
}
