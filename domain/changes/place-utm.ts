import type { Operation } from '../../contracts/schemas/changes.ts';
import type { PlatformId } from '../integrations/platform.ts';
import type { WriteRules } from '../integrations/platform-writer.ts';
import type { ResolvedOperation } from './resolve-operations.ts';
import { readUtmTemplate } from './utm.ts';

export interface PlacedUtm {
  readonly operations: readonly ResolvedOperation[];
  /** What is to be said of an operation, by its index. */
  readonly warnings: ReadonlyMap<number, readonly string[]>;
}

type Draft<D extends Operation['do']> = Extract<Operation, { readonly do: D }>;

/**
 * Landing page parameters where each platform keeps them: a campaign's template goes to the ads that the same change makes in it, unless
 * an ad has its own. A template that cannot be read stays where it was written, for the preview to say so there.
 */
export function placeUtm(
  operations: readonly ResolvedOperation[],
  levelOf: (platform: PlatformId) => WriteRules['utmLevel'],
): PlacedUtm {
  const moved = operations.flatMap(({ operation, account, index }) =>
    operation.do === 'create-campaign' &&
    operation.utmTemplate !== undefined &&
    levelOf(account.platform) === 'ad' &&
    readUtmTemplate(operation.utmTemplate).kind === 'template'
      ? [{ index, ref: operation.ref, template: operation.utmTemplate, platform: account.platform }]
      : [],
  );
  const templates = new Map(moved.map((one) => [one.ref, one]));
  const campaigns = new Map(
    operations.flatMap(({ operation }) =>
      operation.do === 'create-ad-group' && 'ref' in operation.campaign
        ? [[operation.ref, operation.campaign.ref] as const]
        : [],
    ),
  );
  const templateOf = ({ parent }: Draft<'create-ad'>) =>
    'ref' in parent ? templates.get(campaigns.get(parent.ref) ?? parent.ref) : undefined;

  const carriers = new Map<number, number>();
  const placed = operations.map((one): ResolvedOperation => {
    const { operation } = one;
    if (operation.do === 'create-campaign' && templates.has(operation.ref)) {
      const { utmTemplate: _moved, ...rest } = operation;
      return { ...one, operation: rest };
    }
    if (operation.do !== 'create-ad' || operation.utmTemplate !== undefined) return one;
    const from = templateOf(operation);
    if (from === undefined) return one;
    carriers.set(from.index, (carriers.get(from.index) ?? 0) + 1);
    return { ...one, operation: { ...operation, utmTemplate: from.template } };
  });
  const warnings = moved.map(({ index, platform }) => {
    const count = carriers.get(index) ?? 0;
    const said = count === 0 ? 'no ad of this change takes it' : `ads of this change that take it: ${count}`;
    return [
      index,
      [`${platform} keeps landing page parameters at ads: ${said}. Ads that are made later need utmTemplate again.`],
    ] as const;
  });
  return { operations: placed, warnings: new Map(warnings) };
}
