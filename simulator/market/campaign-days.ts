import { brandLift, isUpperFunnel } from './adstock.ts';
import { type DayOutcome, runAuctions } from './auction.ts';
import { type Day, elapsedFraction, startOfDay } from './calendar.ts';
import { conversionsOf } from './conversions.ts';
import type { DayPart, Delivery, DeliveryPlan } from './delivery.ts';
import type { Claim, Whole } from './divide.ts';
import { credited, type Measures, none, sum } from './measures.ts';
import { OrderPool } from './orders.ts';
import { hashText, logNormal, mix } from './random.ts';
import { invalidClickCheckMs, soFar, viewRates } from './reported.ts';
import { type Account, billableMicros, type Campaign, type World } from './world.ts';

/** A stretch of a campaign's day with what the whole day would have come to. */
type Outcome = DayPart & { readonly outcome: DayOutcome };

/** What a stretch of a campaign's day came to. */
export interface PartDay extends Whole {
  readonly delivery: Delivery;
}

export interface CampaignDay extends Measures {
  readonly parts: readonly PartDay[];
}

/** What campaigns come to day by day. It remembers what several of them have in common: brand searches and shared orders. */
export class CampaignDays {
  readonly #world: () => World;
  readonly #plan: DeliveryPlan;
  readonly #pool: OrderPool;
  /** Impressions that make people look for the brand, and what they come to, by country and day. */
  readonly #seen = new Map<string, Map<Day, number>>();
  readonly #lifts = new Map<string, Map<Day, number>>();

  constructor(world: () => World, plan: DeliveryPlan) {
    this.#world = world;
    this.#plan = plan;
    this.#pool = new OrderPool({
      accounts: () => world().accounts,
      maxConversionDelayDays: world().maxConversionDelayDays,
      ownClaims: (account, campaign, day) => this.#ownClaims(account, campaign, day),
      partsOn: (account, campaign, day) =>
        this.outcomesOf(account, campaign, day).map(({ from, outcome }) => ({
          from,
          impressions: outcome.impressions,
        })),
    });
  }

  /** After an edit on an account-local day. Neighbours count their days in other zones, and claim what was seen the day before. */
  forgetFrom(day: Day): void {
    for (const days of [...this.#seen.values(), ...this.#lifts.values()])
      for (const known of days.keys()) if (known >= day - 2) days.delete(known);
    this.#pool.forgetFrom(day - 2);
  }

  /** The parts of a campaign's day, each with what the whole day would have come to as it was then. */
  outcomesOf(account: Account, campaign: Campaign, day: Day): readonly Outcome[] {
    const hash = mix(this.#plan.saltOf(campaign.id), day);
    const cent = billableMicros(account.currency);
    return this.#plan.partsOf(account, campaign, day).map((part) => {
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
    const lifts = daysOf(this.#lifts, market);
    const lift = lifts.get(day) ?? brandLift(day, (seen) => this.#upperFunnelImpressions(market, seen));
    lifts.set(day, lift);
    return { ...demand, dailyImpressions: dailyImpressions * lift };
  }

  #upperFunnelImpressions(market: string, day: Day): number {
    const days = daysOf(this.#seen, market);
    const known = days.get(day);
    if (known !== undefined) return known;
    let seen = 0;
    for (const account of this.#world().accounts) {
      if (account.market !== market) continue;
      for (const campaign of account.campaigns)
        if (isUpperFunnel(campaign.channel)) seen += shownOn(this.outcomesOf(account, campaign, day));
    }
    days.set(day, seen);
    return seen;
  }

  /** What a campaign's own clicks bring. The draw of a day is the same in all of its parts, and each keeps what falls into it. */
  #ownClaims(
    account: Account,
    campaign: Campaign,
    day: Day,
    outcomes = this.outcomesOf(account, campaign, day),
  ): readonly Claim[] {
    const start = startOfDay(day, account.timeZone);
    const length = startOfDay(day + 1, account.timeZone) - start;
    return outcomes.flatMap(({ from, to, outcome }) => {
      const all = conversionsOf(mix(this.#plan.saltOf(campaign.id), day), {
        count: outcome.expectedConversions,
        medianValueMicros: campaign.demand.valueMicros,
        centMicros: billableMicros(account.currency),
        maxDelayDays: this.#world().maxConversionDelayDays,
        whole: account.platform !== 'google-ads',
      });
      return all.flatMap(({ clickAt, delayMs, ...rest }, index) => {
        if (clickAt < from || (clickAt >= to && to < 1)) return [];
        const at = start + clickAt * length;
        return [{ ...rest, orderId: `${campaign.id}-${day}-${index}`, at, reportedAt: at + delayMs }];
      });
    });
  }

  claimsOf(account: Account, campaign: Campaign, day: Day, outcomes?: readonly Outcome[]): readonly Claim[] {
    const own = this.#ownClaims(account, campaign, day, outcomes);
    const shared = this.#pool.sharedClaims(account, day).get(campaign.id);
    return shared === undefined ? own : [...own, ...shared];
  }

  on(account: Account, campaign: Campaign, day: Day, seenMs: number): CampaignDay {
    const outcomes = this.outcomesOf(account, campaign, day);
    if (outcomes.every(({ outcome }) => outcome.impressions === 0)) return { ...none, parts: [] };
    const claims = this.claimsOf(account, campaign, day, outcomes).filter(({ reportedAt }) => reportedAt <= seenMs);
    const start = startOfDay(day, account.timeZone);
    const end = startOfDay(day + 1, account.timeZone);
    const instant = (fraction: number) => start + fraction * (end - start);
    const parts = outcomes.map((part): PartDay => {
      const shown = soFar(part.outcome, {
        from: part.fromShare,
        to: part.toShare,
        elapsed: elapsedFraction(day, account.timeZone, seenMs),
        checked: seenMs >= end + invalidClickCheckMs,
        cent: billableMicros(account.currency),
      });
      const within = (at: number) => at >= instant(part.from) && (part.to === 1 || at < instant(part.to));
      const own = outcomes.length === 1 ? claims : claims.filter(({ at }) => within(at));
      const videoViews = Math.floor(shown.impressions * this.#viewRate(campaign, day, instant(part.from)));
      return { ...shown, videoViews, ...credited(own), delivery: part.delivery, claims: own };
    });
    return { ...sum(parts), parts };
  }

  /** Views per impression of a campaign's films, as many as it had at an instant. */
  #viewRate(campaign: Campaign, day: Day, at: number): number {
    const rate = viewRates[campaign.channel];
    const isVideo = campaign.adGroups.some(({ ads }) =>
      ads.some(({ format, createdAt = 0 }) => format === 'video' && createdAt <= at),
    );
    if (rate === undefined || !isVideo) return 0;
    return Math.min(0.99, rate * logNormal(mix(mix(this.#plan.saltOf(campaign.id), hashText('views')), day), 0.04));
  }
}

function daysOf(known: Map<string, Map<Day, number>>, market: string): Map<Day, number> {
  const days = known.get(market) ?? new Map<Day, number>();
  known.set(market, days);
  return days;
}

/** Impressions of a whole day. */
function shownOn(outcomes: readonly Outcome[]): number {
  return outcomes.reduce(
    (total, { fromShare, toShare, outcome }) => total + Math.round(outcome.impressions * (toShare - fromShare)),
    0,
  );
}
