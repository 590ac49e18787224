import type { Day } from './calendar.ts';
import { logNormal, mix, uniform } from './random.ts';
import { driftFactor, seasonalConversion, seasonalDemand } from './trend.ts';
import type { DemandCurve, Settings } from './world.ts';

/** What a campaign's auctions of one whole day come to. */
export interface DayOutcome {
  readonly impressions: number;
  readonly clicks: number;
  readonly costMicros: number;
  /** Clicks found invalid afterwards and credited back. */
  readonly invalidClicks: number;
  readonly expectedConversions: number;
  /** Share of the possible impressions that was won, a fraction. */
  readonly impressionShare: number;
}

const nothing: DayOutcome = {
  impressions: 0,
  clicks: 0,
  costMicros: 0,
  invalidClicks: 0,
  expectedConversions: 0,
  impressionShare: 0,
};

/**
 * One day of auctions. Winning rises with bid × quality against the competition (a logistic in the logarithm), the price
 * rises with the share won, and the budget cuts off what is left: the response to spend saturates on both sides.
 */
export function runAuctions(
  hash: number,
  day: Day,
  curve: DemandCurve,
  settings: Settings,
  centMicros: number,
  spendsBudget = false,
): DayOutcome {
  if (settings.status !== 'enabled' || settings.dailyBudgetMicros <= 0 || settings.bidMicros <= 0) return nothing;
  if (curve.dailyImpressions <= 0) return nothing;
  const bidMicros = spendsBudget ? spendingBid(hash, day, curve, settings) : settings.bidMicros;
  return auctionsAt(bidMicros, hash, day, curve, settings, centMicros);
}

/** The bid at which a platform that bids by itself spends the budget, and no more than the settings' own. */
function spendingBid(hash: number, day: Day, curve: DemandCurve, settings: Settings): number {
  // Whole days without a budget show what a bid would cost.
  const cost = (bidMicros: number) =>
    auctionsAt(bidMicros, hash, day, curve, { ...settings, dailyBudgetMicros: Number.MAX_SAFE_INTEGER }, 1).costMicros;
  let [low, high] = [0, settings.bidMicros];
  if (cost(high) <= settings.dailyBudgetMicros) return high;
  // 24 halvings: to within a ten-millionth of the highest bid.
  for (let round = 0; round < 24; round += 1) {
    const middle = (low + high) / 2;
    if (cost(middle) > settings.dailyBudgetMicros) high = middle;
    else low = middle;
  }
  return Math.max(1, high);
}

function auctionsAt(
  bidMicros: number,
  hash: number,
  day: Day,
  curve: DemandCurve,
  settings: Settings,
  centMicros: number,
): DayOutcome {
  const drift = driftFactor(curve.drift, day);
  const quality = settings.quality * drift;
  const demand = curve.dailyImpressions * seasonalDemand(day) * logNormal(mix(hash, 1), 0.09);
  const strength = (bidMicros * quality) / (curve.competitionMicros * logNormal(mix(hash, 2), 0.05));
  const share = 1 / (1 + strength ** -1.6);
  const clickRate = Math.min(
    0.6,
    curve.clickRate * Math.sqrt(quality) * (0.8 + 0.4 * share) * logNormal(mix(hash, 3), 0.06),
  );
  const priceMicros = Math.min(bidMicros, bidMicros * (0.5 + 0.4 * share) * logNormal(mix(hash, 4), 0.05));
  const wanted = demand * share * clickRate * priceMicros;
  // A day may run over its budget a little, as platforms allow.
  const affordable = settings.dailyBudgetMicros * (0.93 + 0.14 * uniform(mix(hash, 5)));
  const served = Math.min(1, affordable / wanted);
  const impressions = Math.round(demand * share * served);
  const clicks = Math.min(impressions, Math.round(impressions * clickRate));
  const costMicros = Math.round((clicks * priceMicros) / centMicros) * centMicros;
  const conversionRate =
    curve.conversionRate * quality * seasonalConversion(day) * (1 - 0.2 * share) * logNormal(mix(hash, 6), 0.08);
  return {
    impressions,
    clicks,
    costMicros,
    invalidClicks: Math.floor(clicks * 0.02 * uniform(mix(hash, 7)) ** 2 + uniform(mix(hash, 8)) * 0.6),
    expectedConversions: clicks * Math.min(0.5, conversionRate),
    impressionShare: share * served,
  };
}
