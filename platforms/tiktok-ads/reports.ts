import type { Grain } from '../../domain/integrations/platform.ts';

/** What is asked of `report/integrated/get` and `report/task/create` for one grain, in TikTok's words. */
export interface ReportShape {
  readonly reportType: 'BASIC' | 'AUDIENCE';
  readonly dataLevel: 'AUCTION_ADVERTISER' | 'AUCTION_CAMPAIGN' | 'AUCTION_ADGROUP' | 'AUCTION_AD';
  readonly dimensions: readonly string[];
  /** Ids above the level come as metrics: a report takes one id dimension. */
  readonly parents: readonly string[];
  /** Left unset, TikTok leaves out what was deleted, and with it spend that was real. */
  readonly statusFilter: string | undefined;
  /** Asynchronous reports name countries instead of coding them, a known fault of TikTok's. */
  readonly asTask: boolean;
}

const day = 'stat_time_day';

function ofCampaigns(dimension: string): ReportShape {
  return {
    reportType: 'AUDIENCE',
    dataLevel: 'AUCTION_CAMPAIGN',
    dimensions: ['campaign_id', day, dimension],
    parents: [],
    statusFilter: 'campaign_status',
    asTask: dimension !== 'country_code',
  };
}

const shapes: Readonly<Partial<Record<Grain, ReportShape>>> = {
  account: {
    reportType: 'BASIC',
    dataLevel: 'AUCTION_ADVERTISER',
    dimensions: ['advertiser_id', day],
    parents: [],
    // The advertiser's own total holds everything, deleted or not.
    statusFilter: undefined,
    asTask: true,
  },
  campaign: {
    reportType: 'BASIC',
    dataLevel: 'AUCTION_CAMPAIGN',
    dimensions: ['campaign_id', day],
    parents: [],
    statusFilter: 'campaign_status',
    asTask: true,
  },
  'ad-group': {
    reportType: 'BASIC',
    dataLevel: 'AUCTION_ADGROUP',
    dimensions: ['adgroup_id', day],
    parents: ['campaign_id'],
    statusFilter: 'adgroup_status',
    asTask: true,
  },
  ad: {
    reportType: 'BASIC',
    dataLevel: 'AUCTION_AD',
    dimensions: ['ad_id', day],
    parents: ['campaign_id', 'adgroup_id'],
    statusFilter: 'ad_status',
    asTask: true,
  },
  age: ofCampaigns('age'),
  gender: ofCampaigns('gender'),
  country: ofCampaigns('country_code'),
  placement: ofCampaigns('placement'),
};

/** Throws `RangeError` for a grain that the descriptor does not list. */
export function reportShape(grain: Grain): ReportShape {
  const shape = shapes[grain];
  if (!shape) throw new RangeError(`TikTok Ads has no report of grain ${grain}.`);
  return shape;
}

/** Asked for in every report, and read by the mapping. */
export const measureMetrics = [
  'spend',
  'impressions',
  'clicks',
  'conversion',
  'total_purchase_value',
  'total_sales_lead_value',
  'video_play_actions',
  'currency',
] as const;

export const metricsOf = (shape: ReportShape): readonly string[] => [...measureMetrics, ...shape.parents];
