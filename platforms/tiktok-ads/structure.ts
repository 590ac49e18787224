import type { StructureKind } from '../../domain/integrations/platform.ts';
import type { Question } from './client.ts';

interface StructureList {
  readonly operation: string;
  readonly fields: readonly string[];
}

const status = ['operation_status', 'secondary_status'];
const budget = ['budget', 'budget_mode'];

const lists: Readonly<Record<StructureKind, StructureList>> = {
  campaign: {
    operation: 'campaign/get',
    fields: ['campaign_id', 'campaign_name', 'objective_type', ...budget, ...status],
  },
  'ad-group': {
    operation: 'adgroup/get',
    fields: ['campaign_id', 'adgroup_id', 'adgroup_name', 'optimization_goal', ...budget, ...status],
  },
  ad: {
    operation: 'ad/get',
    fields: [
      ...['campaign_id', 'adgroup_id', 'ad_id', 'ad_name', 'ad_format', ...status],
      ...['ad_text', 'ad_texts', 'call_to_action', 'landing_page_url', 'video_id', 'image_ids'],
    ],
  },
};

/** Everything of a kind, deleted things as well: facts speak of them. */
export function structureQuestion(
  kind: StructureKind,
  advertiserId: string,
  signal: AbortSignal | undefined,
): Question {
  const { operation, fields } = lists[kind];
  return {
    operation,
    parameters: { advertiser_id: advertiserId, fields, filtering: { primary_status: 'STATUS_ALL' } },
    advertiserId,
    signal,
  };
}
