import { apportion } from './apportion.ts';
import { type DayOutcome, runAuctions } from './auction.ts';
import { type Day, dayOf, elapsedFraction, localDay, startOfDay } from './calendar.ts';
import { conversionsOf } from './conversions.ts';
import { type Delivery, DeliveryPlan, type Part } from './delivery.ts';
import { logNormal, mix } from './random.ts';
import { trafficByThen } from './trend.ts';
import { type Account, billableMicros, type Campaign, type World } from './world.ts';

/** Whole counts; money in micros of the account's currency; conversions in millionths of one. */
export interface Measures {
  readonly impressions: number;
  readonly clicks: number;
  readonly costMicros: number;
  readonly conversionsMicros: number;
  readonly valueMicros: number;
}

export const marketGrains = ['account', 'campaign', 'ad-group', 'ad', 'keyword', 'asset-group'] as const;
export type MarketGrain = (typeof marketGrains)[number];

/** One object on one account-local day, as known at the instant asked about. */
export interface MarketRow extends Measures {
  readonly day: Day;
  readonly campaignId?: string;
  /** Ad group or asset group. */
  readonly groupId?: string;
  readonly adId?: string;
  readonly keywordId?: string;
}

interface CampaignDay extends Measures {
  readonly delivery: Delivery;
  readonly conversions: readonly {
    groupDraw: number;
    adDraw: number;
    keywordDraw: number;
    creditMicros: number;
    valueMicros: number;
  }[];
}

interface Split extends Measures {
  readonly part: Part | undefined;
  readonly conversions: CampaignDay['conversions'];
}

/** Clicks of a day are checked for validity until this long after it ended. */
const invalidClickCheckMs = 36 * 3_600_000;

/**
 * The market: a pure function of (world, object, day, instant). Counts of a finer grain are divided from the coarser
 * one, so that grains agree exactly wherever the platform reports them whole.
 */
export class Market {
  readonly world: World;
  readonly plan: DeliveryPlan;
  readonly #firstDay: Day;

  constructor(world: World) {
    this.world = world;
    this.plan = new DeliveryPlan(world);
    this.#firstDay = dayOf(world.historyStart);
  }

  /** Days with possible traffic in an account: from the world's first to the account's today. */
  knownDays(account: Account, asOfMs: number): { readonly from: Day; readonly to: Day } {
    return { from: this.#firstDay, to: localDay(asOfMs, account.timeZone) };
  }

  /** Rows with activity, ordered by campaign, then day (the account grain by day alone). `from` and `to` inclusive. */
  *rows(account: Account, grain: MarketGrain, from: Day, to: Day, asOfMs: number): Generator<MarketRow> {
    const known = this.knownDays(account, asOfMs);
    const first = Math.max(from, known.from);
    const last = Math.min(to, known.to);
    if (grain === 'account') {
      for (let day = first; day <= last; day += 1) {
        const total = sum(account.campaigns.map((campaign) => this.#campaignDay(account, campaign, day, asOfMs)));
        if (isActive(total)) yield { day, ...total };
      }
      return;
    }
    for (const campaign of account.campaigns) {
      if (!reports(campaign, grain)) continue;
      for (let day = first; day <= last; day += 1) yield* this.#campaignRows(account, campaign, grain, day, asOfMs);
    }
  }

  *#campaignRows(
    account: Account,
    campaign: Campaign,
    grain: MarketGrain,
    day: Day,
    asOfMs: number,
  ): Generator<MarketRow> {
    const whole = this.#campaignDay(account, campaign, day, asOfMs);
    if (!isActive(whole)) return;
    const at = { day, campaignId: campaign.id };
    if (grain === 'campaign') {
      yield { ...at, ...measuresOf(whole) };
      return;
    }
    const cent = billableMicros(account.currency);
    const groups = split(whole, whole.delivery.groups, 0, (conversion) => conversion.groupDraw, day, cent);
    for (const [index, group] of groups.entries()) {
      const plan = whole.delivery.groups[index];
      if (plan === undefined || !isActive(group)) continue;
      const inGroup = { ...at, groupId: plan.id };
      if (grain === 'ad-group' || grain === 'asset-group') yield { ...inGroup, ...measuresOf(group) };
      else if (grain === 'ad') {
        for (const ad of split(group, plan.ads, plan.withoutAdWeight, (conversion) => conversion.adDraw, day, cent)) {
          if (ad.part !== undefined && isActive(ad)) yield { ...inGroup, adId: ad.part.id, ...measuresOf(ad) };
        }
      } else {
        for (const keyword of split(group, plan.keywords, 0, (conversion) => conversion.keywordDraw, day, cent)) {
          if (keyword.part !== undefined && isActive(keyword)) {
            yield { ...inGroup, keywordId: keyword.part.id, ...measuresOf(keyword) };
          }
        }
      }
    }
  }

  #campaignDay(account: Account, campaign: Campaign, day: Day, asOfMs: number): CampaignDay {
    const delivery = this.plan.deliveryOn(campaign, day);
    const cent = billableMicros(account.currency);
    const hash = mix(this.plan.saltOf(campaign.id), day);
    const outcome = runAuctions(hash, day, campaign.demand, delivery.settings, cent);
    if (outcome.impressions === 0) return { ...none, delivery, conversions: [] };
    const start = startOfDay(day, account.timeZone);
    const length = startOfDay(day + 1, account.timeZone) - start;
    const all = conversionsOf(
      hash,
      outcome.expectedConversions,
      campaign.demand.valueMicros,
      cent,
      this.world.maxConversionDelayDays,
    );
    const conversions = all.filter(({ clickAt, delayMs }) => start + clickAt * length + delayMs <= asOfMs);
    const shown = soFar(
      outcome,
      elapsedFraction(day, account.timeZone, asOfMs),
      asOfMs >= start + length + invalidClickCheckMs,
      cent,
    );
    return { ...shown, ...credited(conversions), delivery, conversions };
  }
}

const none: Measures = { impressions: 0, clicks: 0, costMicros: 0, conversionsMicros: 0, valueMicros: 0 };

/** A day's counts up to now; once the validity check is through, without the clicks that were credited back. */
function soFar(
  outcome: DayOutcome,
  elapsed: number,
  checked: boolean,
  cent: number,
): Omit<Measures, 'conversionsMicros' | 'valueMicros'> {
  if (checked) {
    const clicks = Math.max(0, outcome.clicks - outcome.invalidClicks);
    const kept = outcome.clicks === 0 ? 0 : clicks / outcome.clicks;
    return {
      impressions: outcome.impressions,
      clicks,
      costMicros: Math.floor((outcome.costMicros / cent) * kept) * cent,
    };
  }
  const share = trafficByThen(elapsed);
  const clicks = Math.floor(outcome.clicks * share);
  return {
    impressions: Math.floor(outcome.impressions * share),
    clicks,
    costMicros: clicks === 0 ? 0 : Math.floor((outcome.costMicros / cent) * share) * cent,
  };
}

/** Divides a parent's measures among its parts by weight, quality and the day's chance; the last entry is the part nobody is named for. */
function split(
  whole: Measures & { readonly conversions: CampaignDay['conversions'] },
  parts: readonly Part[],
  unnamedWeight: number,
  draw: (conversion: CampaignDay['conversions'][number]) => number,
  day: Day,
  cent: number,
): readonly Split[] {
  const only = parts[0];
  if (only !== undefined && parts.length === 1 && unnamedWeight === 0) return [{ ...whole, part: only }];
  const weights = parts.map((part) => part.weight * logNormal(mix(part.salt, day), 0.12));
  if (unnamedWeight > 0) weights.push(unnamedWeight);
  const impressions = apportion(whole.impressions, weights);
  const clicks = apportion(
    whole.clicks,
    weights.map((weight, index) => weight * logNormal(mix(parts[index]?.salt ?? 7, day ^ 0x5bd1), 0.1)),
    impressions,
  );
  const units = apportion(
    Math.round(whole.costMicros / cent),
    clicks.map((count, index) => count * logNormal(mix(parts[index]?.salt ?? 9, day ^ 0x3c6e), 0.08)),
  );
  const total = weights.reduce((left, right) => left + right, 0);
  const drawn = weights.map((): CampaignDay['conversions'][number][] => []);
  for (const conversion of whole.conversions) {
    let left = draw(conversion) * total;
    let index = 0;
    while (index < weights.length - 1 && left >= (weights[index] ?? 0)) {
      left -= weights[index] ?? 0;
      index += 1;
    }
    drawn[index]?.push(conversion);
  }
  return weights.map((_, index) => {
    const conversions = drawn[index] ?? [];
    return {
      part: parts[index],
      impressions: impressions[index] ?? 0,
      clicks: clicks[index] ?? 0,
      costMicros: (units[index] ?? 0) * cent,
      ...credited(conversions),
      conversions,
    };
  });
}

function credited(
  conversions: readonly { creditMicros: number; valueMicros: number }[],
): Pick<Measures, 'conversionsMicros' | 'valueMicros'> {
  let conversionsMicros = 0;
  let valueMicros = 0;
  for (const conversion of conversions) {
    conversionsMicros += conversion.creditMicros;
    valueMicros += conversion.valueMicros;
  }
  return { conversionsMicros, valueMicros };
}

/** Performance Max reports asset groups and no ad groups; only search has keywords. */
function reports(campaign: Campaign, grain: MarketGrain): boolean {
  if (grain === 'campaign') return true;
  if (grain === 'asset-group') return campaign.channel === 'performance-max';
  if (grain === 'keyword') return campaign.channel === 'search';
  return campaign.channel !== 'performance-max';
}

function isActive(measures: Measures): boolean {
  return measures.impressions > 0 || measures.conversionsMicros > 0;
}

function measuresOf(row: Measures): Measures {
  const { impressions, clicks, costMicros, conversionsMicros, valueMicros } = row;
  return { impressions, clicks, costMicros, conversionsMicros, valueMicros };
}

export function sum(rows: readonly Measures[]): Measures {
  return rows.reduce<Measures>(
    (total, row) => ({
      impressions: total.impressions + row.impressions,
      clicks: total.clicks + row.clicks,
      costMicros: total.costMicros + row.costMicros,
      conversionsMicros: total.conversionsMicros + row.conversionsMicros,
      valueMicros: total.valueMicros + row.valueMicros,
    }),
    none,
  );
}
