import type { CampaignShape } from '../../domain/generation/pipeline/campaign-shape.ts';
import { callsToAction } from './write-vocabulary.ts';

/** Sponsored content with one image. */
export const linkedInAdsCampaignShape: CampaignShape = {
  type: 'sponsored-content',
  format: 'single-image',
  ways: {
    traffic: { objective: 'traffic', bidding: 'maximize-clicks' },
    conversions: { objective: 'conversions', bidding: 'maximize-conversions' },
    leads: {
      objective: 'traffic',
      bidding: 'maximize-clicks',
      because: 'LinkedIn collects leads by forms of its own, which a brief does not name; it is bought for clicks',
    },
    awareness: { objective: 'awareness', bidding: 'maximize-delivery' },
  },
  biddingAt: 'ad-group',
  targetingAt: 'ad-group',
  keywordsAt: null,
  shownUnder: 'page',
  imageSize: '1200x628',
  mostAdsInGroup: 15,
  callsToAction: Object.keys(callsToAction) as CampaignShape['callsToAction'][number][],
};
