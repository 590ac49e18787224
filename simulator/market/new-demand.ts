import { hashText, mix, uniform } from './random.ts';
import type { Account, Channel, DemandCurve, Keyword, World } from './world.ts';

/** The market of a channel where the advertiser has no campaign to go by; money in euros, as the shop's plans are. */
const usual: Readonly<Record<Channel, Omit<DemandCurve, 'drift'>>> = {
  search: curve(4000, 0.9, 0.055, 0.03, 95),
  'performance-max': curve(42_000, 0.55, 0.011, 0.024, 95),
  video: curve(90_000, 0.12, 0.006, 0.004, 90),
  'in-feed-video': curve(80_000, 0.38, 0.011, 0.01, 85),
  'in-feed-image': curve(45_000, 0.42, 0.008, 0.011, 85),
  'sponsored-content': curve(9000, 2.6, 0.0062, 0.012, 220),
};

function curve(
  dailyImpressions: number,
  competition: number,
  clickRate: number,
  conversionRate: number,
  value: number,
): Omit<DemandCurve, 'drift'> {
  return {
    dailyImpressions,
    competitionMicros: competition * 1_000_000,
    clickRate,
    conversionRate,
    valueMicros: value * 1_000_000,
  };
}

/** Units of a currency that buy about what a euro does; any other counts as one. */
const perEuro: Readonly<Record<string, number>> = {
  JPY: 160,
  SEK: 11,
  NOK: 11,
  DKK: 7.5,
  PLN: 4.3,
  INR: 95,
  KRW: 1500,
};

/**
 * The hidden market a new campaign meets: that of the account's campaign of the same channel in the middle, or of a usual shop,
 * each number by up to a sixth its own.
 */
export function newDemand(world: World, account: Account, channel: Channel, campaignId: string): DemandCurve {
  const hash = mix(hashText(campaignId), world.seed);
  const vary = (value: number, purpose: number) => value * (0.85 + 0.3 * uniform(mix(hash, purpose)));
  const base = ownCurve(account, channel) ?? inCurrency(usual[channel], account.currency);
  return {
    // A search campaign is found by its keywords; see `keywordImpressions`.
    dailyImpressions: channel === 'search' ? 0 : vary(base.dailyImpressions, 2),
    competitionMicros: vary(base.competitionMicros, 3),
    clickRate: vary(base.clickRate, 4),
    conversionRate: vary(base.conversionRate, 5),
    valueMicros: vary(base.valueMicros, 6),
    drift: 'steady',
  };
}

/** The brand's own market is no measure for others. */
function ownCurve(account: Account, channel: Channel): DemandCurve | undefined {
  const curves = account.campaigns
    .filter((campaign) => campaign.channel === channel && campaign.createdAt === undefined)
    .map(({ demand }) => demand)
    .filter(({ brandSearch, dailyImpressions }) => brandSearch !== true && dailyImpressions > 0)
    .sort((left, right) => left.dailyImpressions - right.dailyImpressions);
  return curves[Math.floor(curves.length / 2)];
}

function inCurrency(base: Omit<DemandCurve, 'drift'>, currency: string): Omit<DemandCurve, 'drift'> {
  const rate = perEuro[currency] ?? 1;
  return { ...base, competitionMicros: base.competitionMicros * rate, valueMicros: base.valueMicros * rate };
}

/** Broader matches are found by more searches. */
const breadth: Readonly<Record<Keyword['matchType'], number>> = { exact: 1, phrase: 2.2, broad: 3.6 };

/** Impressions a day within reach of one keyword; longer searches are rarer. Told from its words, so the same everywhere. */
export function keywordImpressions(text: string, match: Keyword['matchType'], seed: number): number {
  const words = text.trim().split(/\s+/).length;
  const taste = 0.4 + 1.2 * uniform(mix(hashText(`keyword|${text.toLowerCase()}`), seed));
  return (1400 * taste * breadth[match]) / words;
}
