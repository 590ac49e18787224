import { type Day, isoOf } from './calendar.ts';
import { hashText, mix, uniform } from './random.ts';
import { type SocialMarket, type SocialPlan, socialMarkets } from './social-plans.ts';
import type { Account, AdGroup, Campaign, Change, Platform, Settings } from './world.ts';

/** The shop's accounts on TikTok and LinkedIn. */
export function socialShop(seed: number): readonly Account[] {
  return socialMarkets.map((market, position) => {
    const { platform, id, name, currency, timeZone, market: country, status } = market;
    return {
      ...{ platform, id, name, currency, timeZone, status },
      market: country,
      managerId: undefined,
      kind: 'client',
      campaigns: market.plans.map((plan, index) => campaignOf(seed, market, position + 1, plan, index + 1)),
    };
  });
}

/** Campaigns that were paused or removed, as dated changes. */
export function socialEndings(accounts: readonly Account[], anchor: Day): readonly Change[] {
  return accounts.flatMap((account) =>
    account.campaigns.flatMap(({ id, name }) => {
      const market = socialMarkets.find((one) => one.id === account.id);
      const ends = market?.plans.find((plan) => plan.name === name)?.ends;
      return ends === undefined
        ? []
        : [{ from: isoOf(anchor + ends.after), objectId: id, set: { status: ends.status } }];
    }),
  );
}

/** Ids as long as the platform's own: `account` and the positions make them unique. */
const ids: Readonly<
  Record<
    Exclude<Platform, 'google-ads'>,
    {
      campaign(account: number, plan: number): string;
      group(account: number, plan: number, group: number): string;
      ad(account: number, plan: number, group: number, ad: number): string;
    }
  >
> = {
  'tiktok-ads': {
    campaign: (account, plan) => `1790${account}${two(plan)}000000000`,
    group: (account, plan, group) => `1791${account}${two(plan)}${two(group)}0000000`,
    ad: (account, plan, group, ad) => `1792${account}${two(plan)}${two(group)}${two(ad)}00000`,
  },
  'linkedin-ads': {
    campaign: (account, plan) => `6${account}${two(plan)}00000`,
    group: (account, plan, group) => `3${account}${two(plan)}${group}0000`,
    ad: (account, plan, group, ad) => `2${account}${two(plan)}${group}${ad}000`,
  },
};

const two = (number: number) => String(number).padStart(2, '0');

function campaignOf(seed: number, market: SocialMarket, account: number, plan: SocialPlan, position: number): Campaign {
  if (market.platform === 'google-ads') throw new Error('Google Ads has accounts of its own; see running-shop.ts.');
  const own = ids[market.platform];
  const id = own.campaign(account, position);
  const hash = mix(hashText(id), seed);
  // Two seeds are two worlds: every market parameter is its own by up to a tenth.
  const vary = (value: number, purpose: number) => value * (0.9 + 0.2 * uniform(mix(hash, purpose)));
  const cents = market.currency === 'JPY' ? 1 : 100;
  const money = (euros: number) => Math.max(1, Math.round(euros * market.perEuro * cents)) * (1_000_000 / cents);
  const wholeUnits = (euros: number) => Math.round(euros * market.perEuro) * 1_000_000;
  const budget = wholeUnits(plan.dailyBudget * market.scale);
  return {
    id,
    name: plan.name,
    budgetId: `7${id}`,
    channel: plan.channel,
    bidding: plan.bidding,
    weight: 1,
    settings: on({
      dailyBudgetMicros: plan.budgetOf === 'campaign' ? budget : 0,
      bidMicros: money(plan.maxBid),
      quality: vary(1, 1),
    }),
    adGroups: plan.groups.map((name, index): AdGroup => {
      const group = mix(hash, 100 + index);
      const share = wholeUnits((plan.dailyBudget * market.scale * (index === 0 ? 3 : 2)) / 5);
      const groupId = own.group(account, position, index + 1);
      return {
        id: groupId,
        name,
        weight: 0.5 + uniform(mix(group, 1)),
        settings: on({
          dailyBudgetMicros: plan.budgetOf === 'group' ? share : 0,
          quality: 0.75 + 0.5 * uniform(mix(group, 2)),
        }),
        ads: plan.ads.map((ad, place) => ({
          id: own.ad(account, position, index + 1, place + 1),
          name: ad.name,
          format: plan.format,
          headlines: [ad.name],
          descriptions: [ad.text[market.language]],
          finalUrl: `${market.site}/${plan.path}`,
          callToAction: ad.callToAction,
          // The same film or picture wherever the account uses it.
          mediaId: String(7_400_000_000_000 + (hashText(`${market.id}|${plan.format}|${ad.name}`) % 1_000_000_000)),
          weight: 0.5 + uniform(mix(group, 20 + place)),
          settings: on({
            quality: 0.75 + 0.5 * uniform(mix(group, 30 + place)),
            // The last of three lost its test.
            status: place === 2 && group % 2 === 0 ? 'paused' : 'enabled',
          }),
        })),
        keywords: [],
      };
    }),
    assetGroups: [],
    demand: {
      dailyImpressions: vary(plan.demand * market.scale, 2),
      competitionMicros: vary(money(plan.competition), 3),
      clickRate: vary(plan.clickRate, 4),
      conversionRate: vary(plan.conversionRate, 5),
      valueMicros: vary(money(plan.value), 6),
      drift: plan.drift ?? 'steady',
    },
  };
}

function on(settings: Partial<Settings>): Settings {
  return { status: 'enabled', dailyBudgetMicros: 0, bidMicros: 0, quality: 1, ...settings };
}
