import type { RollupRow } from '../../../../domain/analysis/rollup.ts';
import { decodeRollup, encodeRollup, type RollupObject } from '../../../../domain/analysis/rollup.ts';
import { monthOf } from '../../../../domain/integrations/calendar-day.ts';
import { derivedId, newId } from '../../../../domain/integrations/ids.ts';
import type { Grain } from '../../../../domain/integrations/platform.ts';
import { digestGrain, type GrainDigest } from '../../../../domain/integrations/quality/digest.ts';
import type { AccountEvidence } from '../../../../domain/integrations/quality/evidence.ts';
import { rowTests } from '../../../../domain/integrations/quality/run-checks.ts';

export const window = { from: '2026-11-01', to: '2026-11-10' };

export const campaignId = (name: string): string => derivedId('cmp', [name]);
export const adGroupId = (name: string): string => derivedId('adg', [name]);

/** A row by its campaign, day and spend; an ad group or segment where the grain has one. */
export interface Row {
  readonly campaign?: string;
  readonly adGroup?: string;
  readonly segment?: string;
  readonly date: string;
  readonly spend?: number;
  readonly impressions?: number;
  readonly clicks?: number;
}

/** The digest of a grain's rows, made from the bytes that the lake holds. */
export function digestOf(grain: Grain, rows: readonly Row[], within = window): GrainDigest {
  const rollups = [...Map.groupBy(rows, ({ date }) => monthOf(date))].map(([month, some]) =>
    decodeRollup(
      encodeRollup(
        {
          grain,
          accountId: newId('acc', 1),
          platform: 'google-ads',
          currency: 'EUR',
          timeZone: 'Europe/Berlin',
          month,
          loadedAt: null,
        },
        some.map(
          (row): RollupRow => ({
            object: objectOf(row),
            date: row.date,
            impressions: row.impressions ?? 100,
            clicks: row.clicks ?? 1,
            spendMicros: row.spend ?? 0,
            conversionsMicros: null,
            conversionValueMicros: null,
            videoViews: null,
          }),
        ),
      ),
    ),
  );
  return digestGrain(grain, rollups, within, rowTests);
}

const objectOf = ({ campaign, adGroup, segment }: Row): RollupObject => ({
  ...(campaign !== undefined && { campaignId: campaignId(campaign) }),
  ...(adGroup !== undefined && { adGroupId: adGroupId(adGroup) }),
  ...(segment !== undefined && { segment }),
  platformId: adGroup ?? campaign ?? 'account',
});

export const evidence = (
  grains: Partial<Record<Grain, readonly Row[]>>,
  given: Partial<AccountEvidence> = {},
): AccountEvidence => ({
  window,
  currency: 'EUR',
  imported: [],
  failure: undefined,
  rowsExtracted: 100,
  refused: [],
  refusedBeyond: 0,
  grains: new Map(Object.entries(grains).map(([grain, rows]) => [grain as Grain, digestOf(grain as Grain, rows)])),
  history: undefined,
  known: {},
  campaignTypes: new Map(),
  gaps: [],
  ...given,
});
