import { hashText, mix, uniform } from './random.ts';
import { managerId } from './running-shop-plans.ts';
import type { AdGroup, Campaign, Settings, World } from './world.ts';

export const largeAccountId = '4210000009';

/** Adds a US account of synthetic search campaigns under the manager, for tests of size. No campaigns, no account. */
export function withLargeAccount(world: World, campaigns: number, ads: number): World {
  if (campaigns === 0) return world;
  const adsPerCampaign = Math.max(1, Math.floor(ads / campaigns));
  const account = {
    id: largeAccountId,
    name: 'Strider Marketplace',
    currency: 'USD',
    timeZone: 'America/New_York',
    managerId,
    kind: 'client',
    status: 'enabled',
    campaigns: Array.from({ length: campaigns }, (_, index) => campaign(world.seed, index, adsPerCampaign)),
  } as const;
  return { ...world, accounts: [...world.accounts, account] };
}

const adsPerGroup = 5;

function campaign(seed: number, index: number, ads: number): Campaign {
  const hash = mix(mix(hashText('large-account'), seed), index);
  const id = String(8_000_000_000 + index);
  const groups = Math.ceil(ads / adsPerGroup);
  return {
    id,
    name: `Marketplace ${String(index + 1).padStart(4, '0')}`,
    budgetId: `7${id}`,
    channel: 'search',
    bidding: 'manual-cpc',
    weight: 1,
    settings: on({ dailyBudgetMicros: 40_000_000, bidMicros: 900_000 }),
    adGroups: Array.from({ length: groups }, (_, group) =>
      adGroup(id, group, Math.min(adsPerGroup, ads - group * adsPerGroup)),
    ),
    assetGroups: [],
    demand: {
      dailyImpressions: 600 + 2400 * uniform(mix(hash, 1)),
      competitionMicros: 600_000 + 600_000 * uniform(mix(hash, 2)),
      clickRate: 0.03 + 0.04 * uniform(mix(hash, 3)),
      conversionRate: 0.015 + 0.03 * uniform(mix(hash, 4)),
      valueMicros: 60_000_000 + 80_000_000 * uniform(mix(hash, 5)),
      drift: 'steady',
    },
  };
}

function adGroup(campaignId: string, index: number, ads: number): AdGroup {
  const id = `${campaignId}${String(index + 1).padStart(3, '0')}`;
  return {
    id,
    name: `Group ${index + 1}`,
    weight: 1 / (index + 1),
    settings: on({}),
    ads: Array.from({ length: ads }, (_, position) => ({
      id: `${id}${position + 1}`,
      name: '',
      format: 'responsive-search',
      headlines: ['Running Shoes In Stock', 'Ships Today', 'Free Returns'],
      descriptions: ['Every size, every brand, at your door in two days.', 'Thirty days to change your mind.'],
      finalUrl: `https://www.strider.example/marketplace/${campaignId}/${index + 1}`,
      weight: 1 / (position + 1),
      settings: on({}),
    })),
    keywords: [{ id: `${id}9`, name: `running shoes ${index + 1}`, matchType: 'phrase', weight: 1, settings: on({}) }],
  };
}

function on(settings: Partial<Settings>): Settings {
  return { status: 'enabled', dailyBudgetMicros: 0, bidMicros: 0, quality: 1, ...settings };
}
