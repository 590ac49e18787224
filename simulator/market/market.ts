import { brandLift, isUpperFunnel } from './adstock.ts';
import { divideByAsset, type Slots, slotsOf } from './assets.ts';
import { type DayOutcome, runAuctions } from './auction.ts';
import { type Breakdown, mixOf, partsOn } from './breakdowns.ts';
import { type Day, dayOf, elapsedFraction, localDay, startOfDay } from './calendar.ts';
import { conversionsOf } from './conversions.ts';
import { type Delivery, DeliveryPlan, type Part } from './delivery.ts';
import { type Claim, divide, type Share, type Whole } from './divide.ts';
import { credited, isActive, type Measures, measuresOf, none, sum } from './measures.ts';
import { type Order, OrderPool } from './orders.ts';
import { hashText, logNormal, mix } from './random.ts';
import {
  invalidClickCheckMs,
  isBreakdown,
  type MarketGrain,
  marketGrains,
  reports,
  seenAt,
  soFar,
  viewRates,
} from './reported.ts';
import { type SearchTerms, searchTermsOf } from './search-terms.ts';
import { type Account, billableMicros, type Campaign, type World } from './world.ts';

export { type MarketGrain, type Measures, marketGrains, sum };

/** One object on one account-local day, as the platform reports it at the instant asked about. */
export interface MarketRow extends Measures {
  readonly day: Day;
  readonly campaignId?: string;
  /** Ad group or asset group. */
  readonly groupId?: string;
  readonly adId?: string;
  readonly keywordId?: string;
  /** What the row is a part by: the words searched for, the asset's id, a value of breakdowns.ts. */
  readonly segment?: string;
}

interface CampaignDay extends Whole {
  readonly delivery: Delivery;
}

/**
 * The market: a pure function of (world, object, day, instant). Counts of a finer grain are divided from the coarser
 * one, so that grains agree exactly wherever the platform reports them whole.
 */
export class Market {
  readonly world: World;
  readonly plan: DeliveryPlan;
  readonly #firstDay: Day;
  readonly #pool: OrderPool;
  readonly #seen = new Map<string, number>();
  readonly #lifts = new Map<string, number>();

  constructor(world: World) {
    this.world = world;
    this.plan = new DeliveryPlan(world);
    this.#firstDay = dayOf(world.historyStart);
    this.#pool = new OrderPool({
      world,
      ownClaims: (account, campaign, day) => this.#ownClaims(account, campaign, day),
      impressionsOn: (account, campaign, day) => this.#outcome(account, campaign, day).impressions,
    });
  }

  /** Days with possible traffic in an account: from the world's first to the account's today. */
  knownDays(account: Account, asOfMs: number): { readonly from: Day; readonly to: Day } {
    return { from: this.#firstDay, to: localDay(asOfMs, account.timeZone) };
  }

  /** Rows with activity, ordered by campaign, then day (the account grain by day alone). `from` and `to` inclusive. */
  *rows(account: Account, grain: MarketGrain, from: Day, to: Day, asOfMs: number): Generator<MarketRow> {
    const known = this.knownDays(account, asOfMs);
    const seenMs = seenAt(account.platform, asOfMs);
    const first = Math.max(from, known.from);
    const last = Math.min(to, known.to);
    if (grain === 'account') {
      for (let day = first; day <= last; day += 1) {
        const total = sum(account.campaigns.map((campaign) => this.#campaignDay(account, campaign, day, seenMs)));
        if (isActive(total)) yield { day, ...total };
      }
      return;
    }
    for (const campaign of account.campaigns) {
      if (!reports(campaign, grain)) continue;
      const segments = isBreakdown(grain) ? mixOf(account, campaign, grain, this.plan.saltOf(campaign.id)) : [];
      const details = this.#detailsOf(account, campaign, grain);
      for (let day = first; day <= last; day += 1) {
        const whole = this.#campaignDay(account, campaign, day, seenMs);
        if (!isActive(whole)) continue;
        if (isBreakdown(grain)) yield* segmentRows(account, campaign.id, grain, day, whole, partsOn(segments, day));
        else yield* this.#campaignRows(account, campaign, grain, day, whole, details);
      }
    }
  }

  /** True orders of a country's shop whose ads were clicked on these days, with everybody who claims them by now. */
  orders(country: string, from: Day, to: Day, asOfMs: number): readonly Order[] {
    const orders = new Map<string, Order>();
    for (const account of this.world.accounts) {
      if (account.market !== country) continue;
      const known = this.knownDays(account, asOfMs);
      const seenMs = seenAt(account.platform, asOfMs);
      for (const campaign of account.campaigns) {
        for (let day = Math.max(from, known.from); day <= Math.min(to, known.to); day += 1) {
          for (const claim of this.#claims(account, campaign, day)) {
            if (claim.reportedAt > seenMs) continue;
            const { creditMicros, valueMicros } = claim;
            const order = orders.get(claim.orderId);
            orders.set(claim.orderId, {
              id: claim.orderId,
              priceMicros: claim.priceMicros,
              currency: account.currency,
              claims: [
                ...(order?.claims ?? []),
                {
                  platform: account.platform,
                  accountId: account.id,
                  campaignId: campaign.id,
                  creditMicros,
                  valueMicros,
                },
              ],
            });
          }
        }
      }
    }
    return [...orders.values()];
  }

  *#campaignRows(
    account: Account,
    campaign: Campaign,
    grain: MarketGrain,
    day: Day,
    whole: CampaignDay,
    details: Details,
  ): Generator<MarketRow> {
    const centMicros = billableMicros(account.currency);
    const at = { day, campaignId: campaign.id };
    if (grain === 'campaign') {
      yield { ...at, ...measuresOf(whole) };
      return;
    }
    const groups = divide(whole, { parts: whole.delivery.groups, draw: 'group', day, centMicros });
    for (const [index, group] of groups.entries()) {
      const plan = whole.delivery.groups[index];
      if (plan === undefined || !isActive(group)) continue;
      const inGroup = { ...at, groupId: plan.id };
      if (grain === 'ad-group' || grain === 'asset-group') yield { ...inGroup, ...measuresOf(group) };
      else if (grain === 'ad' || grain === 'asset') {
        const division = { parts: plan.ads, unnamedWeight: plan.withoutAdWeight, draw: 'ad', day, centMicros } as const;
        for (const ad of named(divide(group, division))) {
          const inAd = { ...inGroup, adId: ad.part.id };
          if (grain === 'ad') yield { ...inAd, ...measuresOf(ad) };
          else yield* assetRows(details.slots.get(ad.part.id) ?? [], ad, inAd, centMicros);
        }
      } else {
        for (const keyword of named(divide(group, { parts: plan.keywords, draw: 'keyword', day, centMicros }))) {
          const ofKeyword = { ...inGroup, keywordId: keyword.part.id };
          if (grain === 'keyword') yield { ...ofKeyword, ...measuresOf(keyword) };
          else yield* termRows(details.terms.get(keyword.part.id), keyword, ofKeyword, centMicros);
        }
      }
    }
  }

  #detailsOf(account: Account, campaign: Campaign, grain: MarketGrain): Details {
    const keywords = grain === 'search-term' ? campaign.adGroups.flatMap((group) => group.keywords) : [];
    const ads = grain === 'asset' ? campaign.adGroups.flatMap((group) => group.ads) : [];
    return {
      terms: new Map(keywords.map((keyword) => [keyword.id, searchTermsOf(keyword, this.plan.saltOf(keyword.id))])),
      slots: new Map(ads.map((ad) => [ad.id, slotsOf(account.id, ad, this.plan.saltOf(ad.id))])),
    };
  }

  #outcome(account: Account, campaign: Campaign, day: Day): DayOutcome {
    const { settings } = this.plan.deliveryOn(campaign, day);
    const hash = mix(this.plan.saltOf(campaign.id), day);
    return runAuctions(hash, day, this.#demandOn(account, campaign, day), settings, billableMicros(account.currency));
  }

  #demandOn(account: Account, campaign: Campaign, day: Day): Campaign['demand'] {
    const { demand } = campaign;
    const { market } = account;
    if (demand.brandSearch !== true || market === undefined) return demand;
    const key = `${market}|${day}`;
    let lift = this.#lifts.get(key);
    if (lift === undefined) {
      lift = brandLift(day, (seen) => this.#upperFunnelImpressions(market, seen));
      this.#lifts.set(key, lift);
    }
    return { ...demand, dailyImpressions: demand.dailyImpressions * lift };
  }

  #upperFunnelImpressions(market: string, day: Day): number {
    const key = `${market}|${day}`;
    const known = this.#seen.get(key);
    if (known !== undefined) return known;
    let seen = 0;
    for (const account of this.world.accounts) {
      if (account.market !== market) continue;
      for (const campaign of account.campaigns)
        if (isUpperFunnel(campaign.channel)) seen += this.#outcome(account, campaign, day).impressions;
    }
    this.#seen.set(key, seen);
    return seen;
  }

  #ownClaims(
    account: Account,
    campaign: Campaign,
    day: Day,
    outcome = this.#outcome(account, campaign, day),
  ): readonly Claim[] {
    const start = startOfDay(day, account.timeZone);
    const length = startOfDay(day + 1, account.timeZone) - start;
    const all = conversionsOf(mix(this.plan.saltOf(campaign.id), day), {
      count: outcome.expectedConversions,
      medianValueMicros: campaign.demand.valueMicros,
      centMicros: billableMicros(account.currency),
      maxDelayDays: this.world.maxConversionDelayDays,
      whole: account.platform !== 'google-ads',
    });
    return all.map(({ clickAt, delayMs, ...rest }, index) => {
      const at = start + clickAt * length;
      return { ...rest, orderId: `${campaign.id}-${day}-${index}`, at, reportedAt: at + delayMs };
    });
  }

  #claims(account: Account, campaign: Campaign, day: Day, outcome?: DayOutcome): readonly Claim[] {
    const own = this.#ownClaims(account, campaign, day, outcome);
    const shared = this.#pool.sharedClaims(account, day).get(campaign.id);
    return shared === undefined ? own : [...own, ...shared];
  }

  #campaignDay(account: Account, campaign: Campaign, day: Day, seenMs: number): CampaignDay {
    const delivery = this.plan.deliveryOn(campaign, day);
    const outcome = this.#outcome(account, campaign, day);
    if (outcome.impressions === 0) return { ...none, delivery, claims: [] };
    const claims = this.#claims(account, campaign, day, outcome).filter(({ reportedAt }) => reportedAt <= seenMs);
    const shown = soFar(
      outcome,
      elapsedFraction(day, account.timeZone, seenMs),
      seenMs >= startOfDay(day + 1, account.timeZone) + invalidClickCheckMs,
      billableMicros(account.currency),
    );
    const videoViews = Math.floor(shown.impressions * this.#viewRate(campaign, day));
    return { ...shown, videoViews, ...credited(claims), delivery, claims };
  }

  #viewRate(campaign: Campaign, day: Day): number {
    const rate = viewRates[campaign.channel];
    const isVideo = campaign.adGroups.some(({ ads }) => ads.some(({ format }) => format === 'video'));
    if (rate === undefined || !isVideo) return 0;
    return Math.min(0.99, rate * logNormal(mix(mix(this.plan.saltOf(campaign.id), hashText('views')), day), 0.04));
  }
}

type Named = Share & { readonly part: NonNullable<Share['part']> };

function named(shares: readonly Share[]): Named[] {
  return shares.filter((share): share is Named => share.part !== undefined && isActive(share));
}

function* segmentRows(
  account: Account,
  campaignId: string,
  draw: Breakdown,
  day: Day,
  whole: CampaignDay,
  parts: readonly Part[],
): Generator<MarketRow> {
  for (const share of named(divide(whole, { parts, draw, day, centMicros: billableMicros(account.currency) })))
    yield { day, campaignId, segment: share.part.id, ...measuresOf(share) };
}

function* assetRows(used: readonly Slots[], share: Named, at: MarketPlace, centMicros: number): Generator<MarketRow> {
  for (const { assetId, ...row } of divideByAsset(share, used, at.day, centMicros))
    if (isActive(row)) yield { ...at, segment: assetId, ...row };
}

function* termRows(terms: SearchTerms | undefined, share: Named, at: MarketPlace, centMicros: number) {
  if (terms === undefined) return;
  for (const term of named(divide(share, { ...terms, draw: 'search-term', day: at.day, centMicros })))
    yield { ...at, segment: term.part.id, ...measuresOf(term) };
}

type MarketPlace = Pick<MarketRow, 'day' | 'campaignId' | 'groupId' | 'adId' | 'keywordId'>;

/** What a campaign's keywords and ads are divided by further, worked out once for a report. */
interface Details {
  readonly terms: ReadonlyMap<string, SearchTerms>;
  readonly slots: ReadonlyMap<string, readonly Slots[]>;
}
