import { factTable, keyColumns, measureColumns, segmentColumns } from '../../../contracts/warehouse.ts';
import type { DateWindow, FactRow, Grain } from '../../../domain/integrations/platform.ts';
import type { RunningPlatform } from '../../platforms/platforms-under-test.ts';
import type { startPipeline } from './pipeline.ts';

type Pipeline = Awaited<ReturnType<typeof startPipeline>>;

/** Keys that only some grains have, in the order of the fact table. */
const objectKeys = {
  campaign_platform_id: 'campaignPlatformId',
  ad_group_platform_id: 'adGroupPlatformId',
  ad_platform_id: 'adPlatformId',
  keyword_platform_id: 'keywordPlatformId',
} as const satisfies Record<string, keyof FactRow>;
const segments: ReadonlySet<string> = new Set(Object.values(segmentColumns).map(({ name }) => name));
const fieldOf = (name: string): keyof FactRow =>
  segments.has(name) ? 'segment' : objectKeys[name as keyof typeof objectKeys];
const keysOf = (grain: Grain): string[] =>
  keyColumns(grain)
    .map(({ name }) => name)
    .filter((name) => name in objectKeys || segments.has(name));

/** What the warehouse holds of an account at each of some grains, a text a row, in one statement. */
export async function heldByGrain(
  { warehouse }: Pick<Pipeline, 'warehouse'>,
  account: string,
  asked: readonly Grain[],
  window?: DateWindow,
): Promise<ReadonlyMap<Grain, readonly string[]>> {
  const objects = [...new Set(asked.flatMap(keysOf))];
  const namesOf = (grain: Grain) => [...keysOf(grain), 'date', ...measureColumns.map(({ name }) => name)];
  const days = window ? ` AND "date" BETWEEN DATE '${window.from}' AND DATE '${window.to}'` : '';
  const selects = asked.map((grain) => {
    const own = keysOf(grain);
    const columns = [
      ...objects.map((name) => (own.includes(name) ? `"${name}"` : `CAST(NULL AS VARCHAR) AS "${name}"`)),
      ...['date', ...measureColumns.map(({ name }) => name)].map((name) => `"${name}"`),
    ];
    return `SELECT '${grain}' AS "grain", ${columns.join(', ')} FROM ${factTable(grain)} WHERE account_platform_id = '${account}'${days}`;
  });
  const held = new Map<Grain, string[]>(asked.map((grain) => [grain, []]));
  for await (const row of warehouse.query(selects.join(' UNION ALL '))) {
    const grain = row['grain'] as Grain;
    held.get(grain)?.push(
      namesOf(grain)
        .map((name) => row[name])
        .join(' '),
    );
  }
  for (const rows of held.values()) rows.sort();
  return held;
}

/** The same of one grain. */
export async function heldFacts(
  pipeline: Pick<Pipeline, 'warehouse'>,
  account: string,
  grain: Grain,
  window?: DateWindow,
): Promise<readonly string[]> {
  return (await heldByGrain(pipeline, account, [grain], window)).get(grain) ?? [];
}

/** What the platform knows now, in the same words. */
export async function knownFacts(
  platform: Pick<RunningPlatform, 'truth'>,
  account: string,
  grain: Grain,
  window: DateWindow,
): Promise<string[]> {
  const fields = keysOf(grain).map(fieldOf);
  return (await platform.truth(account, grain, window))
    .map((row) =>
      [
        ...fields.map((field) => row[field]),
        row.date,
        row.impressions,
        row.clicks,
        row.spendMicros,
        row.conversionsMicros,
        row.conversionValueMicros,
        row.videoViews,
      ].join(' '),
    )
    .sort();
}
