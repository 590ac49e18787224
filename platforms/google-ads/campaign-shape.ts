import type { CampaignShape } from '../../domain/generation/pipeline/campaign-shape.ts';

/** A search campaign: words alone, found by keywords. */
export const googleAdsCampaignShape: CampaignShape = {
  type: 'search',
  format: 'responsive-search',
  ways: {
    traffic: { objective: 'traffic', bidding: 'maximize-clicks' },
    conversions: { objective: 'conversions', bidding: 'maximize-conversions', withTargetCpa: 'target-cpa' },
    leads: { objective: 'leads', bidding: 'maximize-conversions', withTargetCpa: 'target-cpa' },
  },
  biddingAt: 'campaign',
  targetingAt: 'campaign',
  keywordsAt: 'ad-group',
  shownUnder: null,
  imageSize: null,
  /** Enabled responsive search ads an ad group. https://support.google.com/google-ads/answer/7684791 */
  mostAdsInGroup: 3,
  callsToAction: [],
};
