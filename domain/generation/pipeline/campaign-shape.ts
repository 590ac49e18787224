import type {
  Bidding,
  Creative,
  callsToAction,
  campaignTypes,
  objectives,
} from '../../../contracts/schemas/changes.ts';
import type { ImageSizeId } from '../images/sizes.ts';

type Objective = (typeof objectives)[number];
type CallToAction = (typeof callsToAction)[number];
type Level = 'campaign' | 'ad-group';

/** How a platform is bought for a goal. */
export interface WayToBuy {
  readonly objective: Objective;
  readonly bidding: Bidding['strategy'];
  /** What to use in its place where the brief names what a conversion may cost. */
  readonly withTargetCpa?: Bidding['strategy'];
  /** Where it is not what the brief asks for: why. */
  readonly because?: string;
}

/** What a campaign made from a brief looks like on a platform: data, so that whoever plans and launches knows no platform. */
export interface CampaignShape {
  readonly type: (typeof campaignTypes)[number];
  readonly format: Creative['format'];
  /** Goals that are missing here cannot be bought. */
  readonly ways: Readonly<Partial<Record<Objective, WayToBuy>>>;
  readonly biddingAt: Level;
  readonly targetingAt: Level;
  readonly keywordsAt: Level | null;
  /** Under whose name an ad is shown, where the brief has to say it. */
  readonly shownUnder: 'page' | 'identity' | null;
  /** Of the picture that each ad shows; null where ads are words alone. */
  readonly imageSize: ImageSizeId | null;
  /** Ads that are shown of one ad group; more go into another. */
  readonly mostAdsInGroup: number;
  /** Buttons that the platform has; the first stands in for one that it has not. None where ads have no button. */
  readonly callsToAction: readonly CallToAction[];
}
