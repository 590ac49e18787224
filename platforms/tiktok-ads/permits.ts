import { PlatformError, type RateLimit } from '../../domain/integrations/platform.ts';

/**
 * Calls of one app, by the level TikTok has granted it. TikTok sends no headers that tell them; every endpoint counts. Source:
 * "API rate limits" of the Business API.
 */
const appLimits = {
  basic: { perSecond: 10, perMinute: 600 },
  advanced: { perSecond: 20, perMinute: 1_200 },
  premium: { perSecond: 30, perMinute: 1_800 },
} as const;
type RateLevel = keyof typeof appLimits;

/** Asynchronous reports count apart, creating, checking and downloading alike, over the app and at every level. */
const taskLimits: readonly RateLimit[] = [
  { calls: 1, perSeconds: 1 },
  { calls: 60, perSeconds: 60 },
  { calls: 4_500, perSeconds: 86_400 },
];

export interface Bucket {
  readonly name: string;
  readonly limits: readonly RateLimit[];
}

/** The buckets that calls of one app draw on. */
export class Permits {
  readonly app: Bucket;
  readonly tasks: Bucket;

  /** Throws `PlatformError` for a level that TikTok does not have. */
  constructor(appId: string, level: string) {
    if (!Object.hasOwn(appLimits, level)) {
      const known = Object.keys(appLimits).join(', ');
      throw new PlatformError('rejected', `The TikTok Ads rate level must be one of ${known}, not "${level}".`, {
        platform: 'tiktok-ads',
        platformCode: 'BAD_RATE_LEVEL',
      });
    }
    const { perSecond, perMinute } = appLimits[level as RateLevel];
    this.app = {
      name: `tiktok-ads/app/${appId}`,
      limits: [
        { calls: perSecond, perSeconds: 1 },
        { calls: perMinute, perSeconds: 60 },
      ],
    };
    this.tasks = { name: `${this.app.name}/report-tasks`, limits: taskLimits };
  }

  /**
   * TikTok names no limit of an advertiser (40133), and an account is read by one worker at a time: its bucket holds what was refused
   * and nothing else.
   */
  advertiser(advertiserId: string): Bucket {
    return { name: `tiktok-ads/advertiser/${advertiserId}`, limits: [] };
  }
}
