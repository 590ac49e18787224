import type { DayOutcome } from './auction.ts';
import { type Breakdown, breakdowns } from './breakdowns.ts';
import type { Measures } from './measures.ts';
import { trafficByThen } from './trend.ts';
import type { Campaign, Platform } from './world.ts';

export const marketGrains = [
  'account',
  'campaign',
  'ad-group',
  'ad',
  'keyword',
  'asset-group',
  'search-term',
  'asset',
  ...breakdowns,
] as const;
export type MarketGrain = (typeof marketGrains)[number];

/** Clicks of a day are checked for validity until this long after it ended. */
export const invalidClickCheckMs = 36 * 3_600_000;

/** How far a platform's reports are behind what happened; every answer, and the truth tests compare with, is as old as this. */
export const reportingLagMs: Readonly<Record<Platform, number>> = {
  'google-ads': 0,
  'tiktok-ads': 11 * 3_600_000,
  'linkedin-ads': 3 * 3_600_000,
};

/** What the platform has seen at an instant. TikTok and LinkedIn work their reports out a minute at a time. */
export function seenAt(platform: Platform, asOfMs: number): number {
  return platform === 'google-ads' ? asOfMs : Math.floor(asOfMs / 60_000) * 60_000 - reportingLagMs[platform];
}

/** Plays that count as views, of the impressions of a video. */
export const viewRates: Partial<Record<Campaign['channel'], number>> = {
  video: 0.31,
  'in-feed-video': 0.88,
  'sponsored-content': 0.34,
};

export function isBreakdown(grain: MarketGrain): grain is Breakdown {
  return breakdowns.some((known) => known === grain);
}

/**
 * Performance Max reports asset groups and no ad groups, and so neither ages nor genders; only search has keywords, search terms
 * and assets.
 */
export function reports(campaign: Campaign, grain: MarketGrain): boolean {
  if (campaign.channel === 'performance-max' && (grain === 'age' || grain === 'gender')) return false;
  if (grain === 'campaign' || isBreakdown(grain)) return true;
  if (grain === 'asset-group') return campaign.channel === 'performance-max';
  if (grain === 'keyword' || grain === 'search-term' || grain === 'asset') return campaign.channel === 'search';
  return campaign.channel !== 'performance-max';
}

/** Which stretch of a day's traffic is asked about, and how much of it has been seen. */
interface Seen {
  /** Shares of the day's traffic. */
  readonly from: number;
  readonly to: number;
  /** How much of the day has passed. */
  readonly elapsed: number;
  /** The validity check is through. */
  readonly checked: boolean;
  readonly cent: number;
}

/** The counts of a stretch of a day up to now; once `checked`, without the clicks that were credited back. */
export function soFar(
  outcome: DayOutcome,
  { from, to, elapsed, checked, cent }: Seen,
): Pick<Measures, 'impressions' | 'clicks' | 'costMicros'> {
  const share = checked ? to - from : Math.max(0, Math.min(to, trafficByThen(elapsed)) - from);
  const shown = Math.floor(outcome.clicks * share);
  const clicks = checked ? Math.max(0, shown - Math.floor(outcome.invalidClicks * share)) : shown;
  const kept = shown === 0 ? 0 : clicks / shown;
  return {
    impressions: Math.floor(outcome.impressions * share),
    clicks,
    costMicros: clicks === 0 ? 0 : Math.floor((outcome.costMicros / cent) * share * kept) * cent,
  };
}
