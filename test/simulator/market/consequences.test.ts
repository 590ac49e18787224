import { describe, expect, it } from 'vitest';
import type { Edit } from '../../../simulator/market/edits.ts';
import { sum } from '../../../simulator/market/market.ts';
import { noon } from '../open.ts';
import { dayMs, found, goodTexts, of, searchCampaign, shop } from './edited.ts';

const search = 'Search | Running Shoes';
const tiktok = '7012345678901230001';

/** What a campaign comes to in three weeks after an edit. */
function threeWeeksWith(set: Parameters<ReturnType<typeof shop>['set']>[1], name = search) {
  const edited = shop();
  const { id } = edited.campaign(name);
  edited.set(id, set);
  return edited.totals(id);
}

describe('consequences of a budget', () => {
  it('bound spend: a day costs little more than its budget', () => {
    const edited = shop();
    const { id } = edited.campaign(search);
    edited.set(id, { dailyBudgetMicros: 60_000_000 });
    const days = of(edited.rows('campaign', { from: '2026-11-21', asOf: noon + 15 * dayMs }), 'campaignId', id);
    expect(days.length).toBeGreaterThan(10);
    for (const { costMicros } of days) expect(costMicros).toBeLessThan(60_000_000 * 1.1);
  });

  it('buy more with a raise, each euro less than the one before', () => {
    const steps = [50, 150, 450, 1350].map((euros) => threeWeeksWith({ dailyBudgetMicros: euros * 1_000_000 }));
    const clicks = steps.map((step) => step.clicks);
    expect(clicks).toEqual([...clicks].sort((left, right) => left - right));
    const perEuro = [50, 150, 450, 1350].map((euros, index) => (clicks[index] ?? 0) / euros);
    // As long as nothing but the budget bounds it, every euro buys the same.
    expect(perEuro[1]).toBeLessThan((perEuro[0] ?? 0) * 1.02);
    expect(perEuro[2]).toBeLessThan((perEuro[1] ?? 0) * 0.9);
    expect(perEuro[3]).toBeLessThan((perEuro[2] ?? 0) * 0.5);
  });

  it('lose auctions with a cut', () => {
    expect(threeWeeksWith({ dailyBudgetMicros: 30_000_000 }).impressions).toBeLessThan(
      threeWeeksWith({ dailyBudgetMicros: 270_000_000 }).impressions / 4,
    );
  });

  it('stand at the ad group where the platform has them there', () => {
    const edited = shop();
    const campaign = found(edited.account(tiktok).campaigns.find(({ settings }) => settings.dailyBudgetMicros === 0));
    const before = edited.totals(campaign.id);
    for (const group of campaign.adGroups)
      edited.set(group.id, { dailyBudgetMicros: group.settings.dailyBudgetMicros / 4 });
    expect(edited.totals(campaign.id).costMicros).toBeLessThan(before.costMicros / 2);
  });
});

describe('consequences of a bid', () => {
  const unbounded = { dailyBudgetMicros: 100_000_000_000 };

  it('win a larger share of the auctions at a higher price', () => {
    const [low, high] = [0.6, 2.4].map((euros) => threeWeeksWith({ ...unbounded, bidMicros: euros * 1_000_000 }));
    expect(high?.impressions).toBeGreaterThan((low?.impressions ?? 0) * 1.4);
    const price = (one = low) => (one?.costMicros ?? 0) / (one?.clicks ?? 1);
    expect(price(high)).toBeGreaterThan(price(low) * 1.5);
  });

  it('cost less per conversion with a lower target, and bring fewer', () => {
    const [low, high] = [20, 80].map((euros) =>
      threeWeeksWith({ ...unbounded, bids: { strategy: 'target-cpa', amountMicros: euros * 1_000_000 } }),
    );
    const perConversion = (one = low) => (one?.costMicros ?? 0) / (one?.conversionsMicros ?? 1);
    expect(perConversion(low)).toBeLessThan(perConversion(high));
    expect(low?.conversionsMicros).toBeLessThan(high?.conversionsMicros ?? 0);
  });

  it('spend the budget when the platform bids by itself, at a price that rises with it', () => {
    const strategy = { bids: { strategy: 'maximize-conversions' } } as const;
    const [small, large] = [40, 160].map((euros) =>
      threeWeeksWith({ ...strategy, dailyBudgetMicros: euros * 1_000_000 }),
    );
    expect(small?.costMicros).toBeGreaterThan(21 * 40_000_000 * 0.8);
    expect(small?.costMicros).toBeLessThan(21 * 40_000_000 * 1.1);
    expect((large?.costMicros ?? 0) / (large?.clicks ?? 1)).toBeGreaterThan(
      (small?.costMicros ?? 0) / (small?.clicks ?? 1),
    );
  });
});

describe('consequences of a status', () => {
  it('give a paused ad group’s traffic to the others', () => {
    const edited = shop();
    const { id, adGroups } = edited.campaign(search);
    const paused = found(adGroups[0]).id;
    edited.set(paused, { status: 'paused' });
    const groups = edited.rows('ad-group', { from: '2026-11-21', asOf: noon + 10 * dayMs });
    expect(of(groups, 'groupId', paused)).toEqual([]);
    expect(sum(of(groups, 'campaignId', id)).clicks).toBeGreaterThan(100);
  });

  it('give nothing to a campaign without a running ad', () => {
    const edited = shop();
    const { id, adGroups } = edited.campaign(search);
    for (const ad of adGroups.flatMap(({ ads }) => ads)) edited.set(ad.id, { status: 'removed' });
    expect(edited.totals(id).impressions).toBe(0);
  });

  it('hold a campaign to its first and last day', () => {
    const edited = shop();
    const { id } = edited.campaign(search);
    edited.set(id, { startDate: '2026-11-24', endDate: '2026-11-26' });
    const days = of(edited.rows('campaign', { from: '2026-11-21', asOf: noon + 20 * dayMs }), 'campaignId', id);
    expect(days.map(({ day }) => day - 20_777)).toEqual([4, 5, 6]);
  });
});

describe('consequences of targeting', () => {
  const wide = { dailyBudgetMicros: 100_000_000_000 };

  it.each([
    ['an age', { ages: ['25-34'] }],
    ['a gender', { genders: ['male'] }],
    ['one of the market’s countries', { countries: ['AT'] }],
    ['a language few there speak', { languages: ['fr'] }],
    ['an interest', { interests: ['13'] }],
    ['an audience', { audiences: ['4411'] }],
    ['words that are shut out', { negativeKeywords: [{ text: 'free', match: 'broad' }] }],
  ] as const)('narrow whom %s reaches', (_, targeting) => {
    const [all, some] = [threeWeeksWith(wide), threeWeeksWith({ ...wide, targeting })];
    expect(some.impressions).toBeLessThan(all.impressions * 0.99);
    expect(some.impressions).toBeGreaterThan(0);
  });

  it('reach more people in a larger country', () => {
    expect(threeWeeksWith({ ...wide, targeting: { countries: ['US'] } }).impressions).toBeGreaterThan(
      threeWeeksWith(wide).impressions,
    );
  });

  it('leave only the chosen ages and countries in the breakdowns', () => {
    const edited = shop();
    const { id } = edited.campaign(search);
    edited.set(id, { targeting: { ages: ['25-34', '35-44'], countries: ['DE', 'AT'] } });
    const seen = (grain: 'age' | 'country') => [
      ...new Set(
        of(edited.rows(grain, { from: '2026-11-22', asOf: noon + 9 * dayMs }), 'campaignId', id).map(
          ({ segment }) => segment,
        ),
      ),
    ];
    expect(seen('age').sort()).toEqual(['25-34', '35-44']);
    expect(seen('country').sort()).toEqual(['AT', 'DE']);
  });

  it('find an audience that was chosen clicking more often', () => {
    const rate = ({ clicks, impressions } = threeWeeksWith(wide)) => clicks / impressions;
    expect(rate(threeWeeksWith({ ...wide, targeting: { audiences: ['4411'] } }))).toBeGreaterThan(rate());
  });
});

describe('consequences of what is added', () => {
  it('bring a search campaign within reach of a keyword’s searches', () => {
    const edited = shop();
    const { ids, edits } = searchCampaign(edited, { settings: { dailyBudgetMicros: 100_000_000_000 } });
    edited.market.edit(edits, noon);
    const before = edited.totals(ids.campaign);
    const keyword = {
      id: edited.market.newId('google-ads', 'keyword'),
      name: 'trail shoes',
      matchType: 'broad',
    } as const;
    edited.market.edit(
      [{ do: 'add-keyword', adGroupId: ids.adGroup, keyword: { ...keyword, settings: { status: 'enabled' } } }],
      noon,
    );
    expect(edited.totals(ids.campaign).impressions).toBeGreaterThan(before.impressions * 1.2);
    const asOf = noon + 9 * dayMs;
    expect(edited.rows('keyword', { asOf }).some(({ keywordId }) => keywordId === keyword.id)).toBe(true);
  });

  it.each([
    ['performance-max', 'google-ads', '4210000001'],
    ['in-feed-image', 'tiktok-ads', tiktok],
    ['sponsored-content', 'linkedin-ads', '507400001'],
  ] as const)('deliver a %s campaign on %s', (channel, platform, accountId) => {
    const edited = shop();
    const { market } = edited;
    const on = { status: 'enabled' } as const;
    const [id, group, ad] = [
      market.newId(platform, 'campaign'),
      market.newId(platform, 'ad-group'),
      market.newId(platform, 'ad'),
    ];
    const campaign = { id, name: 'New', channel, bidding: 'maximize-conversions' } as const;
    const content = { ...goodTexts, finalUrl: 'https://www.strider.example/', settings: on };
    const within: Edit[] =
      channel === 'performance-max'
        ? [
            {
              do: 'add-asset-group',
              campaignId: id,
              assetGroup: { ...content, id: group, name: 'All', mediaIds: ['1'] },
            },
          ]
        : [
            { do: 'add-ad-group', campaignId: id, adGroup: { id: group, name: 'All', settings: on } },
            { do: 'add-ad', adGroupId: group, ad: { ...content, id: ad, name: 'One', format: 'image', mediaId: '1' } },
          ];
    const settings = { ...on, dailyBudgetMicros: 80_000_000 };
    market.edit([{ do: 'add-campaign', accountId, campaign: { ...campaign, settings } }, ...within], noon);
    const grain = channel === 'performance-max' ? 'asset-group' : 'ad';
    expect(edited.totals(id).clicks).toBeGreaterThan(50);
    expect(
      edited.rows(grain, { account: accountId, asOf: noon + 9 * dayMs }).some((row) => row.groupId === group),
    ).toBe(true);
  });

  it('are listed at once, and reported when they are first shown', () => {
    const edited = shop();
    const { ids, edits } = searchCampaign(edited);
    edited.market.edit(edits, noon);
    expect(edited.account().campaigns.at(-1)?.adGroups[0]?.ads[0]?.id).toBe(ids.ads[0]);
    expect(of(edited.rows('campaign', { asOf: noon + 30 * 60_000 }), 'campaignId', ids.campaign)).toEqual([]);
    expect(of(edited.rows('campaign', { asOf: noon + dayMs }), 'campaignId', ids.campaign)).not.toEqual([]);
  });
});
