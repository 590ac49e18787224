import { hashText, mix, uniform } from './random.ts';
import type { Account, AdGroup, Campaign, Platform, Settings } from './world.ts';

/** An account of a given size, for tests that need one. */
export interface SyntheticAccount {
  readonly platform: Platform;
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly market: string | undefined;
  readonly managerId: string | undefined;
  readonly status: Account['status'];
  readonly campaigns: number;
  /** Ads of the whole account, spread over its campaigns. */
  readonly ads: number;
}

const adsPerGroup = 5;

const shapes = {
  'google-ads': { channel: 'search', format: 'responsive-search', budgetOf: 'campaign', clickRate: 0.03 },
  'tiktok-ads': { channel: 'in-feed-video', format: 'video', budgetOf: 'group', clickRate: 0.008 },
  'linkedin-ads': { channel: 'sponsored-content', format: 'image', budgetOf: 'group', clickRate: 0.006 },
} as const;

/** `position` keeps the ids of several such accounts apart. Digits of ids: 10 for campaigns, 13 for groups, 14 for ads. */
export function syntheticAccount(given: SyntheticAccount, position: number, seed: number): Account {
  const { campaigns, ads, ...rest } = given;
  const adsPerCampaign = campaigns === 0 ? 0 : Math.max(1, Math.floor(ads / campaigns));
  return {
    ...rest,
    kind: 'client',
    campaigns: Array.from({ length: campaigns }, (_, index) => campaign(given, position, seed, index, adsPerCampaign)),
  };
}

function campaign(account: SyntheticAccount, position: number, seed: number, index: number, ads: number): Campaign {
  const shape = shapes[account.platform];
  const hash = mix(mix(hashText('large-account'), seed + 7919 * position), index);
  const id = String(8_000_000_000 + 1_000_000 * position + index);
  const groups = Math.ceil(ads / adsPerGroup);
  // A yen is about a hundredth of the others' unit.
  const unit = account.currency === 'JPY' ? 150_000_000 : 1_000_000;
  return {
    id,
    name: `Marketplace ${String(index + 1).padStart(4, '0')}`,
    budgetId: `7${id}`,
    channel: shape.channel,
    bidding: 'manual-cpc',
    weight: 1,
    settings: on({ dailyBudgetMicros: shape.budgetOf === 'campaign' ? 40 * unit : 0, bidMicros: 0.9 * unit }),
    adGroups: Array.from({ length: groups }, (_, group) =>
      adGroup(account, id, group, Math.min(adsPerGroup, ads - group * adsPerGroup), Math.ceil(40 / groups) * unit),
    ),
    assetGroups: [],
    demand: {
      dailyImpressions: 600 + 2400 * uniform(mix(hash, 1)),
      competitionMicros: (0.6 + 0.6 * uniform(mix(hash, 2))) * unit,
      clickRate: shape.clickRate * (1 + 1.3 * uniform(mix(hash, 3))),
      conversionRate: 0.015 + 0.03 * uniform(mix(hash, 4)),
      valueMicros: (60 + 80 * uniform(mix(hash, 5))) * unit,
      drift: 'steady',
    },
  };
}

function adGroup(
  account: SyntheticAccount,
  campaignId: string,
  index: number,
  ads: number,
  budgetMicros: number,
): AdGroup {
  const { channel, format, budgetOf } = shapes[account.platform];
  const id = `${campaignId}${String(index + 1).padStart(3, '0')}`;
  return {
    id,
    name: `Group ${index + 1}`,
    weight: 1 / (index + 1),
    settings: on(budgetOf === 'group' ? { dailyBudgetMicros: budgetMicros } : {}),
    ads: Array.from({ length: ads }, (_, position) => ({
      id: `${id}${position + 1}`,
      name: channel === 'search' ? '' : `Ad ${index + 1}.${position + 1}`,
      format,
      headlines: ['Running Shoes In Stock', 'Ships Today', 'Free Returns'],
      descriptions: ['Every size, every brand, at your door in two days.', 'Thirty days to change your mind.'],
      finalUrl: `https://www.strider.example/marketplace/${campaignId}/${index + 1}`,
      ...(channel === 'search' ? {} : { callToAction: 'shop-now', mediaId: `9${campaignId}${position + 1}` }),
      weight: 1 / (position + 1),
      settings: on({}),
    })),
    keywords:
      channel === 'search'
        ? [{ id: `${id}9`, name: `running shoes ${index + 1}`, matchType: 'phrase', weight: 1, settings: on({}) }]
        : [],
  };
}

function on(settings: Partial<Settings>): Settings {
  return { status: 'enabled', dailyBudgetMicros: 0, bidMicros: 0, quality: 1, ...settings };
}
