import type { CampaignShape } from '../../domain/generation/pipeline/campaign-shape.ts';
import { callsToAction } from './write-vocabulary.ts';

const clicks =
  'TikTok bids for conversions by an event of a pixel, which a brief does not name; it is bought for clicks';

/** In-feed ads with one upright image. */
export const tiktokAdsCampaignShape: CampaignShape = {
  type: 'in-feed',
  format: 'in-feed-image',
  ways: {
    traffic: { objective: 'traffic', bidding: 'maximize-clicks' },
    conversions: { objective: 'traffic', bidding: 'maximize-clicks', because: clicks },
    leads: { objective: 'traffic', bidding: 'maximize-clicks', because: clicks },
    awareness: { objective: 'awareness', bidding: 'maximize-delivery' },
  },
  biddingAt: 'ad-group',
  targetingAt: 'ad-group',
  keywordsAt: null,
  shownUnder: 'identity',
  imageSize: '1080x1920',
  mostAdsInGroup: 20,
  callsToAction: Object.keys(callsToAction) as CampaignShape['callsToAction'][number][],
};
