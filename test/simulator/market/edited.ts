import { dayOf } from '../../../simulator/market/calendar.ts';
import type { Edit, NewAd } from '../../../simulator/market/edits.ts';
import { Market, type MarketGrain, type MarketRow, type Measures, sum } from '../../../simulator/market/market.ts';
import { runningShop } from '../../../simulator/market/running-shop.ts';
import type { Account, Campaign, Settings } from '../../../simulator/market/world.ts';
import { berlin, noon } from '../open.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
/** The account's today when the edits are made. */
export const today = '2026-11-20';

/** A month of the shop, and what tests do with it. */
export function shop(seed = 1) {
  const world = runningShop({ seed, today, days: 20, maxConversionDelayDays: 21 });
  const market = new Market(world);
  const account = (id = berlin): Account => found(market.world.accounts.find((one) => one.id === id));
  return {
    world,
    market,
    account,
    campaign: (name: string, id = berlin): Campaign =>
      found(account(id).campaigns.find((campaign) => campaign.name === name)),
    rows: (grain: MarketGrain, given: { account?: string; from?: string; to?: string; asOf?: number } = {}) => {
      const { from = '2026-11-01', to = '2026-12-31', asOf = noon } = given;
      return [...market.rows(account(given.account), grain, dayOf(from), dayOf(to), asOf)];
    },
    set: (objectId: string, set: Partial<Settings>, at = noon) => market.edit([{ do: 'set', objectId, set }], at),
    /** What one campaign comes to on whole days after the edits, seen when all its conversions are in. */
    totals: (campaignId: string, from = '2026-11-21', to = '2026-12-11'): Measures => {
      const owner = found(market.world.accounts.find(({ campaigns }) => campaigns.some(({ id }) => id === campaignId)));
      const alone = { ...owner, campaigns: owner.campaigns.filter(({ id }) => id === campaignId) };
      return sum([...market.rows(alone, 'campaign', dayOf(from), dayOf(to), noon + 60 * dayMs)]);
    },
  };
}

export type Shop = ReturnType<typeof shop>;

export function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Not in the world.');
  return value;
}

export const of = (rows: readonly MarketRow[], key: 'campaignId' | 'groupId' | 'adId', id: string) =>
  rows.filter((row) => row[key] === id);

export const goodTexts = {
  headlines: ['Running Shoes From 49 Euros', 'Free Delivery And Returns', 'Try Them For 30 Days'],
  descriptions: ['Shop 400 models in every size and width.', 'Ordered by noon, at your door tomorrow.'],
};

/** A running search campaign with one ad group, one keyword and one ad for each set of texts; everything enabled. */
export function searchCampaign(
  { market }: Shop,
  given: {
    texts?: readonly Pick<NewAd, 'headlines' | 'descriptions'>[];
    settings?: Partial<Settings>;
    bidding?: Campaign['bidding'];
    keyword?: string;
  } = {},
) {
  const { texts = [goodTexts], settings = {}, bidding = 'manual-cpc', keyword = 'running shoes' } = given;
  const ids = {
    campaign: market.newId('google-ads', 'campaign'),
    adGroup: market.newId('google-ads', 'ad-group'),
    keyword: market.newId('google-ads', 'keyword'),
    ads: texts.map(() => market.newId('google-ads', 'ad')),
  };
  const on = { status: 'enabled' } as const;
  const bid = bidding === 'manual-cpc' ? { bidMicros: 900_000 } : {};
  const edits: Edit[] = [
    {
      do: 'add-campaign',
      accountId: berlin,
      campaign: {
        ...{ id: ids.campaign, name: 'New | Search', channel: 'search', bidding },
        settings: { ...on, dailyBudgetMicros: 400_000_000, ...bid, ...settings },
      },
    },
    { do: 'add-ad-group', campaignId: ids.campaign, adGroup: { id: ids.adGroup, name: 'Shoes', settings: on } },
    {
      do: 'add-keyword',
      adGroupId: ids.adGroup,
      keyword: { id: ids.keyword, name: keyword, matchType: 'broad', settings: on },
    },
    ...texts.map(
      (one, index): Edit => ({
        do: 'add-ad',
        adGroupId: ids.adGroup,
        ad: {
          ...{ id: found(ids.ads[index]), name: '', format: 'responsive-search', ...one },
          ...{ finalUrl: 'https://www.strider.example/shoes', settings: on },
        },
      }),
    ),
  ];
  return { ids, edits };
}
