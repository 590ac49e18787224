import { type objectColumns, segmentColumns } from '../../contracts/warehouse.ts';
import type { FactRow } from './platform.ts';

type KeyField = 'campaignPlatformId' | 'adGroupPlatformId' | 'adPlatformId' | 'keywordPlatformId' | 'segment';

const fields: Readonly<Record<string, KeyField>> = {
  campaign_platform_id: 'campaignPlatformId',
  ad_group_platform_id: 'adGroupPlatformId',
  ad_platform_id: 'adPlatformId',
  keyword_platform_id: 'keywordPlatformId',
  ...Object.fromEntries(Object.values(segmentColumns).map(({ name }) => [name, 'segment' as const])),
};

/** The field of a fact that fills a key column of the warehouse (`objectColumns`). A column without one is refused. */
export function keyField(column: ReturnType<typeof objectColumns>[number]['name']): KeyField {
  const field = fields[column];
  if (field === undefined) throw new TypeError(`No field of a fact fills the key column ${column}.`);
  return field;
}

/** The measures of a fact by their column in the warehouse. */
export const measureFields = {
  impressions: 'impressions',
  clicks: 'clicks',
  spend_micros: 'spendMicros',
  conversions_micros: 'conversionsMicros',
  conversion_value_micros: 'conversionValueMicros',
  video_views: 'videoViews',
} as const satisfies Record<string, keyof FactRow>;
