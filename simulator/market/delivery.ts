import { type Day, dayOf } from './calendar.ts';
import { hashText, mix } from './random.ts';
import type { Campaign, Change, Settings, World } from './world.ts';

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
}

/** What a campaign delivers with on a day: settings with its creatives' quality in them, and the parts that are on. */
export interface Delivery {
  readonly settings: Settings;
  readonly groups: readonly GroupPart[];
}

/** Video inventory is partly reported without the ad that was shown. */
const videoWithoutAd = 0.18;

/** Folds the world's dated changes into settings and deliveries. */
export class DeliveryPlan {
  readonly #seed: number;
  readonly #changes = new Map<string, { day: Day; set: Partial<Settings> }[]>();
  readonly #deliveries = new Map<string, Delivery>();
  /** Days on which anything in a campaign changes. */
  readonly #changeDays = new Map<string, readonly Day[]>();

  constructor(world: World) {
    this.#seed = mix(hashText('conext-market'), world.seed);
    for (const change of world.changes) this.#add(change);
  }

  /** Settings in force on a day. */
  settingsOn(entity: { readonly id: string; readonly settings: Settings }, day: Day): Settings {
    const changes = this.#changes.get(entity.id);
    if (changes === undefined) return entity.settings;
    let settings = entity.settings;
    for (const change of changes) if (change.day <= day) settings = { ...settings, ...change.set };
    return settings;
  }

  saltOf(id: string): number {
    return mix(this.#seed, hashText(id));
  }

  deliveryOn(campaign: Campaign, day: Day): Delivery {
    const key = `${campaign.id}|${this.#phase(campaign, day)}`;
    const known = this.#deliveries.get(key);
    if (known !== undefined) return known;
    const delivery = this.#build(campaign, day);
    this.#deliveries.set(key, delivery);
    return delivery;
  }

  #add(change: Change): void {
    const list = this.#changes.get(change.objectId) ?? [];
    list.push({ day: dayOf(change.from), set: change.set });
    list.sort((left, right) => left.day - right.day);
    this.#changes.set(change.objectId, list);
  }

  /** How many changes are in force: deliveries are the same between two changes. */
  #phase(campaign: Campaign, day: Day): number {
    let days = this.#changeDays.get(campaign.id);
    if (days === undefined) {
      days = objectsOf(campaign).flatMap(({ id }) => this.#changes.get(id)?.map((change) => change.day) ?? []);
      this.#changeDays.set(campaign.id, days);
    }
    return days.length === 0 ? 0 : days.filter((from) => from <= day).length;
  }

  #build(campaign: Campaign, day: Day): Delivery {
    const own = this.settingsOn(campaign, day);
    const groups: (GroupPart & { quality: number; bid: number; budget: number })[] = [];
    for (const group of [...campaign.adGroups, ...campaign.assetGroups]) {
      const settings = this.settingsOn(group, day);
      if (settings.status !== 'enabled') continue;
      const ads = 'ads' in group ? this.#active(group.ads, day) : [];
      if ('ads' in group && ads.length === 0) continue;
      const keywords = 'keywords' in group ? this.#active(group.keywords, day) : [];
      if (campaign.channel === 'search' && keywords.length === 0) continue;
      const bid = settings.bidMicros > 0 ? settings.bidMicros : own.bidMicros;
      const quality = settings.quality * meanQuality(ads);
      const budget = settings.dailyBudgetMicros;
      // Groups with budgets of their own spend by them; the others compete for the campaign's.
      const weight =
        own.dailyBudgetMicros === 0 && budget > 0
          ? budget / 1_000_000
          : group.weight * quality * (bid / Math.max(1, own.bidMicros)) ** 0.8;
      const adWeight = ads.reduce((sum, ad) => sum + ad.weight, 0);
      const withoutAdWeight = campaign.channel === 'video' ? adWeight * (videoWithoutAd / (1 - videoWithoutAd)) : 0;
      const salt = this.saltOf(group.id);
      groups.push({ id: group.id, salt, weight, ads, keywords, withoutAdWeight, quality, bid, budget });
    }
    const total = groups.reduce((sum, group) => sum + group.weight, 0);
    const mean = (pick: (group: (typeof groups)[number]) => number) =>
      groups.reduce((sum, group) => sum + pick(group) * group.weight, 0) / total;
    if (total === 0) return { settings: { ...own, status: 'paused' }, groups: [] };
    const dailyBudgetMicros =
      own.dailyBudgetMicros > 0 ? own.dailyBudgetMicros : groups.reduce((sum, group) => sum + group.budget, 0);
    const quality = own.quality * mean((g) => g.quality);
    return { settings: { ...own, dailyBudgetMicros, quality, bidMicros: mean((g) => g.bid) }, groups };
  }

  #active(
    entities: readonly { readonly id: string; readonly weight: number; readonly settings: Settings }[],
    day: Day,
  ): (Part & { readonly quality: number; readonly share: number })[] {
    return entities.flatMap((entity) => {
      const settings = this.settingsOn(entity, day);
      if (settings.status !== 'enabled') return [];
      const { quality } = settings;
      return [
        { id: entity.id, salt: this.saltOf(entity.id), weight: entity.weight * quality, quality, share: entity.weight },
      ];
    });
  }
}

function objectsOf(campaign: Campaign): readonly { readonly id: string }[] {
  const { adGroups, assetGroups } = campaign;
  return [campaign, ...assetGroups, ...adGroups.flatMap((group) => [group, ...group.ads, ...group.keywords])];
}

function meanQuality(ads: readonly { readonly quality: number; readonly share: number }[]): number {
  const total = ads.reduce((sum, ad) => sum + ad.share, 0);
  return total === 0 ? 1 : ads.reduce((sum, ad) => sum + ad.share * ad.quality, 0) / total;
}
