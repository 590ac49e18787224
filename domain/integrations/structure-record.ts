import type * as z from 'zod/mini';
import { ad, adGroup, campaign } from '../../contracts/schemas/structure.ts';
import { type AccountScope, mirroredId } from './ids.ts';
import type { StructureKind, StructureRow } from './platform.ts';

/** The schema of each mirrored kind: what the API shows is what is kept. */
export const structureSchemas = { campaign, 'ad-group': adGroup, ad } as const satisfies Record<
  StructureKind,
  z.ZodMiniType
>;
export type StructureRecord<K extends StructureKind = StructureKind> = z.infer<(typeof structureSchemas)[K]>;

/** What records of earlier releases lack. */
export const structureDefaults: Readonly<Record<StructureKind, Readonly<Record<string, unknown>>>> = {
  campaign: {},
  'ad-group': { dailyBudgetMicros: null },
  ad: { creative: null },
};

/** The account a row was read from. */
export interface StructureOwner extends AccountScope {
  readonly accountId: string;
  readonly currency: string;
}

/** A platform's row as the object the system keeps, with ids that the same row always gives. */
export function structureRecord(owner: StructureOwner, row: StructureRow, updatedAt: string): Record<string, unknown> {
  const idOf = (kind: StructureKind, platformId: string | null) =>
    mirroredId(kind, owner, { platformId: platformId ?? '', adGroupPlatformId: row.adGroupPlatformId });
  const campaignId = idOf('campaign', row.campaignPlatformId);
  const parents = {
    campaign: { currency: owner.currency, dailyBudgetMicros: row.dailyBudgetMicros },
    'ad-group': { campaignId, dailyBudgetMicros: row.dailyBudgetMicros },
    ad: { campaignId, adGroupId: idOf('ad-group', row.adGroupPlatformId), creative: row.creative },
  }[row.kind];
  return {
    id: idOf(row.kind, row.platformId),
    accountId: owner.accountId,
    platform: owner.platform,
    platformId: row.platformId,
    name: row.name,
    status: row.status,
    type: row.type,
    ...parents,
    updatedAt,
  };
}
