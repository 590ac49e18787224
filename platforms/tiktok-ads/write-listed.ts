import type { RawRow, StructureKind } from '../../domain/integrations/platform.ts';
import type { TikTokClient } from './client.ts';
import { largestPage, pagesOf } from './pages.ts';
import { refusal } from './write-targeting.ts';

interface Level {
  readonly list: string;
  readonly id: string;
  readonly ids: string;
  readonly name: string;
  readonly fields: readonly string[];
}

const status = ['operation_status', 'secondary_status'];
const budget = ['budget', 'budget_mode'];

/** What a writer reads of each kind of object, and by which names. */
export const levels: Readonly<Record<StructureKind, Level>> = {
  campaign: {
    list: 'campaign/get',
    id: 'campaign_id',
    ids: 'campaign_ids',
    name: 'campaign_name',
    fields: ['campaign_id', 'campaign_name', 'objective_type', 'budget_optimize_on', ...budget, ...status],
  },
  'ad-group': {
    list: 'adgroup/get',
    id: 'adgroup_id',
    ids: 'adgroup_ids',
    name: 'adgroup_name',
    fields: [
      ...['campaign_id', 'adgroup_id', 'adgroup_name', ...budget, ...status],
      ...['optimization_goal', 'billing_event', 'bid_type', 'bid_price', 'conversion_bid_price'],
      ...['location_ids', 'languages', 'age_groups', 'gender', 'interest_category_ids', 'audience_ids'],
    ],
  },
  ad: {
    list: 'ad/get',
    id: 'ad_id',
    ids: 'ad_ids',
    name: 'ad_name',
    fields: [
      ...['campaign_id', 'adgroup_id', 'ad_id', 'ad_name', ...status],
      ...['ad_format', 'ad_text', 'landing_page_url', 'video_id', 'image_ids'],
    ],
  },
};

/** One object as TikTok lists it, deleted ones as well. */
export async function listedById(
  client: TikTokClient,
  advertiserId: string,
  kind: StructureKind,
  platformId: string,
  signal: AbortSignal | undefined,
): Promise<RawRow | undefined> {
  const { list, ids, id, fields } = levels[kind];
  const filtering = { [ids]: [platformId], primary_status: 'STATUS_ALL' };
  const question = {
    operation: list,
    parameters: { advertiser_id: advertiserId, fields, filtering },
    advertiserId,
    signal,
  };
  for await (const { rows } of pagesOf(client, question, largestPage)) {
    const found = rows.find((row) => row[id] === platformId);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Objects of exactly this name that are not deleted. TikTok's own filter finds whatever holds the words. */
export async function listedByName(
  client: TikTokClient,
  advertiserId: string,
  kind: StructureKind,
  name: string,
  beneath: Readonly<Record<string, readonly string[]>>,
  signal: AbortSignal | undefined,
): Promise<readonly RawRow[]> {
  const { list, name: nameField, fields } = levels[kind];
  const filtering = { ...beneath, [nameField]: name, primary_status: 'STATUS_NOT_DELETE' };
  const question = {
    operation: list,
    parameters: { advertiser_id: advertiserId, fields, filtering },
    advertiserId,
    signal,
  };
  const found: RawRow[] = [];
  for await (const { rows } of pagesOf(client, question, largestPage)) {
    found.push(...rows.filter((row) => row[nameField] === name));
  }
  return found;
}

/** The one object of a name; which of two an earlier try has made, nobody can tell. */
export function onlyOne(rows: readonly RawRow[], what: string): RawRow | undefined {
  if (rows.length > 1) {
    throw refusal(
      'AMBIGUOUS_NAME',
      `name: there are ${rows.length} ${what} of this name; rename all but one, or choose another`,
    );
  }
  return rows[0];
}
