import { bidOf } from './bidding.ts';
import type { Breakdown } from './breakdowns.ts';
import type { Day } from './calendar.ts';
import { isBy, type Moment } from './moment.ts';
import { hashText, mix } from './random.ts';
import { admits, everybody, type Reach, reachOf } from './reach.ts';
import { Timeline } from './timeline.ts';
import { trafficByThen } from './trend.ts';
import type { Account, AdGroup, AssetGroup, Campaign, Settings, Targeting, World } from './world.ts';

/** An object that takes part on a day, with its share of the parent's traffic. */
export interface Part {
  readonly id: string;
  readonly salt: number;
  readonly weight: number;
}

interface GroupPart extends Part {
  readonly ads: readonly Part[];
  readonly keywords: readonly Part[];
  /** Weight of traffic the platform reports for the group but for none of its ads (video). */
  readonly withoutAdWeight: number;
  readonly targeting: Targeting | undefined;
}

/** What a campaign delivers with for a time: settings with its creatives' quality in them, and the parts that are on. */
export interface Delivery {
  readonly settings: Settings;
  readonly groups: readonly GroupPart[];
  /** Of the campaign itself; groups have their own beside. */
  readonly targeting: Targeting | undefined;
  /** Impressions within reach relative to what the campaign's curve says. */
  readonly reach: number;
  /** Impressions a day that added keywords bring within reach. */
  readonly addedImpressions: number;
  /** The platform bids what spends the budget, up to the settings' bid. */
  readonly spendsBudget: boolean;
}

/** A stretch of a day between two edits, with what the campaign delivered then. */
export interface DayPart {
  /** Fractions of the local day. */
  readonly from: number;
  readonly to: number;
  /** Shares of the day's traffic that have come by then. */
  readonly fromShare: number;
  readonly toShare: number;
  readonly delivery: Delivery;
}

/** Video inventory is partly reported without the ad that was shown. */
const videoWithoutAd = 0.18;

/** Platforms speak of about a week until a new campaign runs as well as it can. */
export const learningDays = 7;
/** How well it runs on its first day, relative to that. */
const whileLearning = 0.65;

/** Folds the world's dated changes and the edits into settings and deliveries. */
export class DeliveryPlan {
  readonly timeline: Timeline;
  readonly #seed: number;
  readonly #deliveries = new Map<string, Delivery>();
  /** Days on which the world's own changes change anything in a campaign. */
  readonly #changeDays = new Map<string, readonly Day[]>();

  constructor(world: World) {
    this.#seed = mix(hashText('conext-market'), world.seed);
    this.timeline = new Timeline(world);
  }

  /** Settings in force on a day, or at a fraction of it; without one, the day's last. */
  settingsOn(entity: { readonly id: string; readonly settings: Settings }, day: Day, fraction = 1): Settings {
    return this.timeline.settingsOn(entity, day, fraction);
  }

  saltOf(id: string): number {
    return mix(this.#seed, hashText(id));
  }

  /** A day in as many parts as edits of the campaign divide it into; one where there was none. */
  partsOf(account: Account, campaign: Campaign, day: Day): readonly DayPart[] {
    const cuts = new Set([0]);
    for (const edit of this.timeline.editsOf(campaign.id)) if (edit.day === day) cuts.add(edit.fraction);
    const starts = [...cuts].sort((left, right) => left - right);
    return starts.map((from, index) => {
      const to = starts[index + 1] ?? 1;
      return {
        from,
        to,
        fromShare: trafficByThen(from),
        toShare: trafficByThen(to),
        delivery: this.#deliveryAt(account, campaign, { day, fraction: from }),
      };
    });
  }

  /** After an edit: what was worked out for its campaign is worked out again. */
  forget(campaignId: string): void {
    for (const key of this.#deliveries.keys()) if (key.startsWith(`${campaignId}|`)) this.#deliveries.delete(key);
    this.#changeDays.delete(campaignId);
  }

  isLearning(entity: { readonly id: string; readonly settings: Settings }, at: Moment): boolean {
    const since = this.timeline.learnsSince(entity, at);
    return since !== undefined && at.day - since.day < learningDays;
  }

  #deliveryAt(account: Account, campaign: Campaign, at: Moment): Delivery {
    const key = `${campaign.id}|${this.#phase(campaign, at)}`;
    const known = this.#deliveries.get(key);
    if (known !== undefined) return known;
    const delivery = this.#build(account, campaign, at);
    this.#deliveries.set(key, delivery);
    return delivery;
  }

  /** Deliveries are the same between two changes, but for campaigns that learn: those are better every day. */
  #phase(campaign: Campaign, at: Moment): string {
    let days = this.#changeDays.get(campaign.id);
    if (days === undefined) {
      days = objectsOf(campaign).flatMap(({ id }) => this.timeline.changeDaysOf(id));
      this.#changeDays.set(campaign.id, days);
    }
    const changes = days.filter((from) => from <= at.day).length;
    const edits = this.timeline.editsOf(campaign.id);
    if (edits.length === 0) return String(changes);
    const learns = [campaign, ...campaign.adGroups].some((entity) => this.isLearning(entity, at));
    return `${changes}|${edits.filter((edit) => isBy(edit, at)).length}|${learns ? at.day : ''}`;
  }

  #build(account: Account, campaign: Campaign, at: Moment): Delivery {
    const own = this.settingsOn(campaign, at.day, at.fraction);
    const ownBid = bidOf(own, campaign.demand);
    const groups: (GroupPart & Group)[] = [];
    for (const group of [...campaign.adGroups, ...campaign.assetGroups]) {
      const settings = this.settingsOn(group, at.day, at.fraction);
      if (!this.timeline.takesPart(group, settings, at)) continue;
      const ads = 'ads' in group ? this.#active(group.ads, at) : [];
      if ('ads' in group && ads.length === 0) continue;
      const keywords = 'keywords' in group ? this.#active(group.keywords, at) : [];
      if (campaign.channel === 'search' && keywords.length === 0) continue;
      const bid = bidOf(settings, campaign.demand) ?? ownBid ?? { micros: 0, spendsBudget: false };
      const reach = reachOf(account, settings.targeting);
      const quality = settings.quality * meanQuality(ads) * this.#practice(group, at) * reach.fit;
      const budget = settings.dailyBudgetMicros;
      // Groups with budgets of their own spend by them; the others compete for the campaign's.
      const weight =
        own.dailyBudgetMicros === 0 && budget > 0
          ? budget / 1_000_000
          : group.weight * quality * (bid.micros / Math.max(1, ownBid?.micros ?? bid.micros)) ** 0.8 * reach.share;
      const adWeight = ads.reduce((sum, ad) => sum + ad.weight, 0);
      const withoutAdWeight = campaign.channel === 'video' ? adWeight * (videoWithoutAd / (1 - videoWithoutAd)) : 0;
      const salt = this.saltOf(group.id);
      const { targeting } = settings;
      groups.push({
        ...{ id: group.id, salt, weight, ads, keywords, withoutAdWeight, targeting },
        ...{ quality, bid: bid.micros, spendsBudget: bid.spendsBudget, budget, reach },
        addedImpressions: addedImpressions(group, keywords) * reach.share,
      });
    }
    const total = groups.reduce((sum, group) => sum + group.weight, 0);
    const mean = (pick: (group: (typeof groups)[number]) => number) =>
      groups.reduce((sum, group) => sum + pick(group) * group.weight, 0) / total;
    const { targeting } = own;
    if (total === 0 || !this.timeline.takesPart(campaign, own, at))
      return { ...nothing, targeting, settings: { ...own, status: own.status === 'removed' ? 'removed' : 'paused' } };
    const dailyBudgetMicros =
      own.dailyBudgetMicros > 0 ? own.dailyBudgetMicros : groups.reduce((sum, group) => sum + group.budget, 0);
    const reach = reachOf(account, targeting);
    const quality = own.quality * mean((g) => g.quality) * this.#practice(campaign, at) * reach.fit;
    return {
      settings: { ...own, dailyBudgetMicros, quality, bidMicros: mean((g) => g.bid) },
      groups,
      targeting,
      reach: reach.share * (groups.every((group) => group.reach === everybody) ? 1 : mean((g) => g.reach.share)),
      addedImpressions: reach.share * groups.reduce((sum, group) => sum + group.addedImpressions, 0),
      spendsBudget: groups.some((group) => group.spendsBudget),
    };
  }

  /** 1 for what has learnt; less in the days before. */
  #practice(entity: { readonly id: string; readonly settings: Settings }, at: Moment): number {
    const since = this.timeline.learnsSince(entity, at);
    if (since === undefined || at.day - since.day >= learningDays) return 1;
    return whileLearning + ((1 - whileLearning) * (at.day - since.day)) / learningDays;
  }

  #active(
    entities: readonly { readonly id: string; readonly weight: number; readonly settings: Settings }[],
    at: Moment,
  ): (Part & { readonly quality: number; readonly share: number })[] {
    return entities.flatMap((entity) => {
      const settings = this.settingsOn(entity, at.day, at.fraction);
      if (!this.timeline.takesPart(entity, settings, at)) return [];
      const { quality } = settings;
      return [
        { id: entity.id, salt: this.saltOf(entity.id), weight: entity.weight * quality, quality, share: entity.weight },
      ];
    });
  }
}

interface Group {
  readonly quality: number;
  readonly bid: number;
  readonly spendsBudget: boolean;
  readonly budget: number;
  readonly reach: Reach;
  readonly addedImpressions: number;
}

const nothing = { groups: [], reach: 1, addedImpressions: 0, spendsBudget: false } as const;

/** How much of a value's people a delivery reaches, in [0, 1]. */
export function admittedShare(delivery: Delivery, breakdown: Breakdown, value: string): number {
  if (!admits(delivery.targeting, breakdown, value)) return 0;
  if (delivery.groups.every(({ targeting }) => targeting === undefined)) return 1;
  const total = delivery.groups.reduce((sum, group) => sum + group.weight, 0);
  const admitted = delivery.groups.filter(({ targeting }) => admits(targeting, breakdown, value));
  return admitted.reduce((sum, group) => sum + group.weight, 0) / total;
}

function objectsOf(campaign: Campaign): readonly { readonly id: string }[] {
  const { adGroups, assetGroups } = campaign;
  return [campaign, ...assetGroups, ...adGroups.flatMap((group) => [group, ...group.ads, ...group.keywords])];
}

function addedImpressions(group: AdGroup | AssetGroup, active: readonly Part[]): number {
  if (!('keywords' in group)) return 0;
  const on = new Set(active.map(({ id }) => id));
  return group.keywords.reduce((sum, { id, dailyImpressions = 0 }) => sum + (on.has(id) ? dailyImpressions : 0), 0);
}

function meanQuality(ads: readonly { readonly quality: number; readonly share: number }[]): number {
  const total = ads.reduce((sum, ad) => sum + ad.share, 0);
  return total === 0 ? 1 : ads.reduce((sum, ad) => sum + ad.share * ad.quality, 0) / total;
}
