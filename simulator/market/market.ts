import { brandLift, isUpperFunnel } from './adstock.ts';
import { divideByAsset, type Slots, slotsOf } from './assets.ts';
import { type DayOutcome, runAuctions } from './auction.ts';
import { type Breakdown, mixOf, partsOn } from './breakdowns.ts';
import { type Day, dayOf, elapsedFraction, localDay, startOfDay } from './calendar.ts';
import { conversionsOf } from './conversions.ts';
import { admittedShare, type DayPart, type Delivery, DeliveryPlan, type Part } from './delivery.ts';
import { type Claim, divide, type Share, type Whole } from './divide.ts';
import { type Applied, EditedWorld } from './edited-world.ts';
import type { DatedEdit, Edit, ObjectKind, PresentObject } from './edits.ts';
import type { IdKind } from './ids.ts';
import { credited, isActive, type Measures, measuresOf, none, sum } from './measures.ts';
import { momentOf } from './moment.ts';
import { type Order, OrderPool } from './orders.ts';
import { namesIn, presentOf, servesFrom } from './present.ts';
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
import { type Account, billableMicros, type Campaign, type Platform, type World } from './world.ts';

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

/** A stretch of a campaign's day with what the whole day would have come to. */
type Outcome = DayPart & { readonly outcome: DayOutcome };

/** What a stretch of a campaign's day came to. */
interface PartDay extends Whole {
  readonly delivery: Delivery;
}

interface CampaignDay extends Measures {
  readonly parts: readonly PartDay[];
}

/**
 * The market: a pure function of (world, edits, object, day, instant). Counts of a finer grain are divided from the coarser
 * one, so that grains agree exactly wherever the platform reports them whole. An edit leaves everything before its instant as it was.
 */
export class Market {
  readonly plan: DeliveryPlan;
  readonly #edited: EditedWorld;
  readonly #edits: DatedEdit[] = [];
  readonly #firstDay: Day;
  readonly #pool: OrderPool;
  readonly #seen = new Map<string, number>();
  readonly #lifts = new Map<string, number>();

  constructor(world: World, edits: readonly DatedEdit[] = []) {
    this.#edited = new EditedWorld(world);
    this.plan = new DeliveryPlan(world);
    this.#firstDay = dayOf(world.historyStart);
    this.#pool = new OrderPool({
      accounts: () => this.world.accounts,
      maxConversionDelayDays: world.maxConversionDelayDays,
      ownClaims: (account, campaign, day) => this.#ownClaims(account, campaign, day),
      partsOn: (account, campaign, day) =>
        this.#outcomes(account, campaign, day).map(({ from, outcome }) => ({
          from,
          impressions: outcome.impressions,
        })),
    });
    for (const edit of edits) this.edit([edit.edit], edit.at);
  }

  /** The world with everything that was made, renamed and uploaded up to now; an edit makes another. */
  get world(): World {
    return this.#edited.world;
  }

  /** Every edit so far, in the order they arrived: with the first world, they are all there is to know. */
  get edits(): readonly DatedEdit[] {
    return this.#edits;
  }

  /** An id for what an edit is going to add. */
  newId(platform: Platform, kind: IdKind): string {
    return this.#edited.newId(platform, kind);
  }

  /**
   * Makes edits in force as of an instant. Whoever calls has found them valid; an unknown object or account is an Error, and then none
   * of them is made.
   */
  edit(edits: readonly Edit[], at: number): void {
    const dated = edits.map((edit) => ({ at, edit }));
    const applied = this.#edited.applyAll(dated);
    for (const one of applied) this.#note(one, at);
    this.#edits.push(...dated);
    // Brand searches and shared orders follow from what any campaign of the country shows.
    this.#seen.clear();
    this.#lifts.clear();
    this.#pool.forget();
  }

  /** An object as it is at an instant, whatever its status; `undefined` when there is no such object. */
  presentOf(objectId: string, at: number): PresentObject | undefined {
    return presentOf(this.#edited, this.plan, objectId, at);
  }

  /** Names in use beneath an account, campaign or ad group, with their ids; those of removed objects are free again. */
  namesIn(kind: ObjectKind, parentId: string, at: number): ReadonlyMap<string, string> {
    return namesIn(this.#edited, this.plan, kind, parentId, at);
  }

  #note(applied: Applied, at: number): void {
    if (applied.kind === 'uploaded') return;
    const { place, entity } = applied;
    const account = this.#edited.account(place.accountId);
    if (account === undefined) return;
    const moment = momentOf(at, account.timeZone);
    if (applied.kind === 'changed') this.plan.timeline.change(place.campaignId, entity.id, moment, applied.set);
    else this.plan.timeline.begin(place.campaignId, entity, moment, servesFrom(account, entity, this.plan, at));
    this.plan.forget(place.campaignId);
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
        if (isBreakdown(grain)) {
          const people = partsOn(segments, day);
          yield* merged(whole.parts.map((part) => segmentRows(account, campaign.id, grain, day, part, people)));
        } else
          yield* merged(whole.parts.map((part) => this.#campaignRows(account, campaign, grain, day, part, details)));
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
    whole: PartDay,
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

  /** The parts of a campaign's day, each with what the whole day would have come to as it was then. */
  #outcomes(account: Account, campaign: Campaign, day: Day): readonly Outcome[] {
    const hash = mix(this.plan.saltOf(campaign.id), day);
    const cent = billableMicros(account.currency);
    return this.plan.partsOf(account, campaign, day).map((part) => {
      const { settings, spendsBudget } = part.delivery;
      const demand = this.#demandOn(account, campaign, part.delivery, day);
      return { ...part, outcome: runAuctions(hash, day, demand, settings, cent, spendsBudget) };
    });
  }

  #demandOn(account: Account, campaign: Campaign, delivery: Delivery, day: Day): Campaign['demand'] {
    const { demand } = campaign;
    const { market } = account;
    const { reach, addedImpressions } = delivery;
    const dailyImpressions = demand.dailyImpressions * reach + addedImpressions;
    if (demand.brandSearch !== true || market === undefined) return { ...demand, dailyImpressions };
    const key = `${market}|${day}`;
    let lift = this.#lifts.get(key);
    if (lift === undefined) {
      lift = brandLift(day, (seen) => this.#upperFunnelImpressions(market, seen));
      this.#lifts.set(key, lift);
    }
    return { ...demand, dailyImpressions: dailyImpressions * lift };
  }

  #upperFunnelImpressions(market: string, day: Day): number {
    const key = `${market}|${day}`;
    const known = this.#seen.get(key);
    if (known !== undefined) return known;
    let seen = 0;
    for (const account of this.world.accounts) {
      if (account.market !== market) continue;
      for (const campaign of account.campaigns)
        if (isUpperFunnel(campaign.channel)) seen += shownOn(this.#outcomes(account, campaign, day));
    }
    this.#seen.set(key, seen);
    return seen;
  }

  /** What a campaign's own clicks bring. The draw of a day is the same in all of its parts, and each keeps what falls into it. */
  #ownClaims(
    account: Account,
    campaign: Campaign,
    day: Day,
    outcomes = this.#outcomes(account, campaign, day),
  ): readonly Claim[] {
    const start = startOfDay(day, account.timeZone);
    const length = startOfDay(day + 1, account.timeZone) - start;
    return outcomes.flatMap(({ from, to, outcome }) => {
      const all = conversionsOf(mix(this.plan.saltOf(campaign.id), day), {
        count: outcome.expectedConversions,
        medianValueMicros: campaign.demand.valueMicros,
        centMicros: billableMicros(account.currency),
        maxDelayDays: this.world.maxConversionDelayDays,
        whole: account.platform !== 'google-ads',
      });
      return all.flatMap(({ clickAt, delayMs, ...rest }, index) => {
        if (clickAt < from || (clickAt >= to && to < 1)) return [];
        const at = start + clickAt * length;
        return [{ ...rest, orderId: `${campaign.id}-${day}-${index}`, at, reportedAt: at + delayMs }];
      });
    });
  }

  #claims(account: Account, campaign: Campaign, day: Day, outcomes?: readonly Outcome[]): readonly Claim[] {
    const own = this.#ownClaims(account, campaign, day, outcomes);
    const shared = this.#pool.sharedClaims(account, day).get(campaign.id);
    return shared === undefined ? own : [...own, ...shared];
  }

  #campaignDay(account: Account, campaign: Campaign, day: Day, seenMs: number): CampaignDay {
    const outcomes = this.#outcomes(account, campaign, day);
    if (outcomes.every(({ outcome }) => outcome.impressions === 0)) return { ...none, parts: [] };
    const claims = this.#claims(account, campaign, day, outcomes).filter(({ reportedAt }) => reportedAt <= seenMs);
    const start = startOfDay(day, account.timeZone);
    const end = startOfDay(day + 1, account.timeZone);
    const viewRate = this.#viewRate(campaign, day);
    const parts = outcomes.map((part): PartDay => {
      const shown = soFar(part.outcome, {
        from: part.fromShare,
        to: part.toShare,
        elapsed: elapsedFraction(day, account.timeZone, seenMs),
        checked: seenMs >= end + invalidClickCheckMs,
        cent: billableMicros(account.currency),
      });
      const instant = (fraction: number) => start + fraction * (end - start);
      const within = (at: number) => at >= instant(part.from) && (part.to === 1 || at < instant(part.to));
      const own = outcomes.length === 1 ? claims : claims.filter(({ at }) => within(at));
      const videoViews = Math.floor(shown.impressions * viewRate);
      return { ...shown, videoViews, ...credited(own), delivery: part.delivery, claims: own };
    });
    return { ...sum(parts), parts };
  }

  #viewRate(campaign: Campaign, day: Day): number {
    const rate = viewRates[campaign.channel];
    const isVideo = campaign.adGroups.some(({ ads }) => ads.some(({ format }) => format === 'video'));
    if (rate === undefined || !isVideo) return 0;
    return Math.min(0.99, rate * logNormal(mix(mix(this.plan.saltOf(campaign.id), hashText('views')), day), 0.04));
  }
}

/** Impressions of a whole day. */
function shownOn(outcomes: readonly Outcome[]): number {
  return outcomes.reduce(
    (total, { fromShare, toShare, outcome }) => total + Math.round(outcome.impressions * (toShare - fromShare)),
    0,
  );
}

/** Rows of a day's parts as rows of the day: those of one object are added up, in the order they first appear. */
function* merged(parts: readonly Iterable<MarketRow>[]): Generator<MarketRow> {
  const [only] = parts;
  if (only === undefined) return;
  if (parts.length === 1) return yield* only;
  const rows = new Map<string, MarketRow>();
  for (const row of parts.flatMap((part) => [...part])) {
    const key = [row.groupId, row.adId, row.keywordId, row.segment].join('|');
    const held = rows.get(key);
    rows.set(key, held === undefined ? row : { ...held, ...sum([held, row]) });
  }
  yield* rows.values();
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
  whole: PartDay,
  people: readonly Part[],
): Generator<MarketRow> {
  const parts = people.flatMap((part) => {
    const share = admittedShare(whole.delivery, draw, part.id);
    return share === 0 ? [] : [{ ...part, weight: part.weight * share }];
  });
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
