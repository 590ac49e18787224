import { AdsFailure } from '../failure.ts';
import { mutateGroup } from './ad-groups.ts';
import { mutateAd } from './ads.ts';
import { completeAssetGroups, mutateAsset, mutateAssetGroup, mutateAssetGroupAsset } from './assets.ts';
import { mutateBudget, mutateCampaign } from './campaigns.ts';
import { mutateCampaignCriterion, mutateGroupCriterion } from './criteria.ts';
import { Draft, type DraftWorld } from './draft.ts';
import { type EntityName, entities } from './entities.ts';
import { type Operation, unmodelled } from './operation.ts';

/** Google's limit for one request. */
const mostOperations = 10_000;

const handlers: Readonly<Record<EntityName, (draft: Draft, operation: Operation) => string>> = {
  campaign_budget: mutateBudget,
  campaign: mutateCampaign,
  campaign_criterion: mutateCampaignCriterion,
  ad_group: mutateGroup,
  ad_group_criterion: mutateGroupCriterion,
  ad_group_ad: mutateAd,
  asset: mutateAsset,
  asset_group: mutateAssetGroup,
  asset_group_asset: mutateAssetGroupAsset,
};

export interface Outcome {
  /** The oneof member of MutateOperationResponse, and the name in it; one an operation. */
  readonly results: readonly { readonly entity: string; readonly resourceName: string }[];
}

/** All operations or none. With `validateOnly` they are checked and none happens. Throws AdsFailure and BareFailure. */
export function mutate(operations: readonly Operation[], world: DraftWorld, validateOnly: boolean): Outcome {
  if (operations.length === 0)
    throw new AdsFailure('request_error', 'REQUIRED_FIELD_MISSING', 'Required field is missing: mutate_operations.', {
      path: [{ name: 'mutate_operations' }],
    });
  if (operations.length > mostOperations)
    throw new AdsFailure(
      'request_error',
      'TOO_MANY_MUTATE_OPERATIONS',
      'Too many mutate operations in a single request.',
    );
  if (world.account.kind === 'manager')
    throw new AdsFailure(
      'request_error',
      'CANNOT_BE_EXECUTED_BY_MANAGER_ACCOUNT',
      'The operation cannot be executed by a manager account.',
    );
  const draft = new Draft(world);
  const results = operations.map((operation) => {
    const entity = entities.find((known) => known === operation.entity);
    if (entity === undefined) throw unmodelled(`mutates of ${operation.entity}`);
    return { entity, resourceName: handlers[entity](draft, operation) };
  });
  completeAssetGroups(draft);
  for (const budget of draft.budgets.values())
    if (!budget.used) throw unmodelled('a budget without a campaign in the same request');
  const edits = draft.allEdits();
  if (!validateOnly && edits.length > 0) world.market.edit(edits, world.now);
  return { results };
}
