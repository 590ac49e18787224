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

/** What the warehouse holds of an account, a text a row. */
export async function heldFacts(
  { warehouse }: Pick<Pipeline, 'warehouse'>,
  account: string,
  grain: Grain,
  window?: DateWindow,
): Promise<string[]> {
  const names = [...keysOf(grain), 'date', ...measureColumns.map(({ name }) => name)];
  const rows: string[] = [];
  const columns = names.map((name) => `"${name}"`).join(', ');
  const days = window ? ` AND "date" BETWEEN DATE '${window.from}' AND DATE '${window.to}'` : '';
  const sql = `SELECT ${columns} FROM ${factTable(grain)} WHERE account_platform_id = '${account}'${days}`;
  for await (const row of warehouse.query(sql)) rows.push(names.map((name) => row[name]).join(' '));
  return rows.sort();
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
