import type { PlatformId } from '../integrations/platform.ts';
import type { WriteRules } from '../integrations/platform-writer.ts';
import type { ResolvedOperation } from './resolve-operations.ts';

/**
 * The political declaration where each platform wants it: that of a campaign goes to the ad groups that the same change makes in it. In
 * a campaign that is there already whoever makes an ad group says it: nobody knows what was declared.
 */
export function placeDeclaration(
  operations: readonly ResolvedOperation[],
  levelOf: (platform: PlatformId) => WriteRules['declarationLevel'],
): ResolvedOperation[] {
  const declared = new Map(
    operations.flatMap(({ operation }) =>
      operation.do === 'create-campaign' ? [[operation.ref, operation.politicalAdvertising] as const] : [],
    ),
  );
  return operations.map((one): ResolvedOperation => {
    const { operation, account } = one;
    if (operation.do !== 'create-ad-group' || !('ref' in operation.campaign)) return one;
    if (operation.politicalAdvertising !== undefined || levelOf(account.platform) !== 'ad-group') return one;
    const politicalAdvertising = declared.get(operation.campaign.ref);
    return politicalAdvertising === undefined ? one : { ...one, operation: { ...operation, politicalAdvertising } };
  });
}
