import { type Day, dayOf, halfYearStart, isoOf } from './calendar.ts';
import { hashText, mix, uniform } from './random.ts';
import {
  disabledAccountId,
  managerId,
  markets,
  type Plan,
  plans,
  type ShopMarket,
  subManagerId,
} from './running-shop-plans.ts';
import { adTexts, type ThemeKey, themes, videoTexts } from './running-shop-texts.ts';
import { socialEndings, socialShop } from './social-shop.ts';
import type { Account, AdGroup, AssetGroup, Campaign, Change, Channel, Settings, World } from './world.ts';

interface WorldOptions {
  readonly seed: number;
  /** ISO date; the newest day of history. */
  readonly today: string;
  /** Days of history before today. */
  readonly days: number;
  readonly maxConversionDelayDays: number;
}

/**
 * A running-shoe shop. On Google Ads: a manager account, a manager below it, three running accounts and one that was closed. On
 * TikTok and LinkedIn: the accounts of social-shop.ts.
 */
export function runningShop(options: WorldOptions): World {
  const start = dayOf(options.today) - options.days;
  const accounts: Account[] = [
    manager(managerId, 'Strider Group', undefined, 'EUR', 'Europe/Berlin'),
    manager(subManagerId, 'Strider International', managerId, 'USD', 'America/New_York'),
  ];
  for (const market of markets) {
    const campaigns = plans.map((plan, index) => campaignOf(options.seed, market, plan, index));
    accounts.push({ ...accountOf(market), kind: 'client', status: 'enabled', campaigns });
  }
  accounts.push({
    ...accountOf({
      id: disabledAccountId,
      name: 'Strider UK',
      currency: 'GBP',
      timeZone: 'Europe/London',
      market: 'GB',
      managerId,
    }),
    kind: 'client',
    status: 'disabled',
    campaigns: [],
  });
  const social = socialShop(options.seed);
  const anchor = halfYearStart(start);
  return {
    seed: options.seed,
    historyStart: isoOf(start),
    maxConversionDelayDays: options.maxConversionDelayDays,
    accounts: [...accounts, ...social],
    changes: [...endings(accounts, anchor), ...socialEndings(social, anchor)],
  };
}

function accountOf(shop: Pick<ShopMarket, 'id' | 'name' | 'currency' | 'timeZone' | 'managerId' | 'market'>) {
  const { id, name, currency, timeZone, market, managerId: parent } = shop;
  return { platform: 'google-ads', id, name, currency, timeZone, market, managerId: parent } as const;
}

function manager(id: string, name: string, parent: string | undefined, currency: string, timeZone: string): Account {
  const own = { id, name, currency, timeZone, market: undefined, managerId: parent };
  return { platform: 'google-ads', ...own, kind: 'manager', status: 'enabled', campaigns: [] };
}

/** Campaigns that were paused or removed, as dated changes. */
function endings(accounts: readonly Account[], anchor: Day): Change[] {
  return accounts.flatMap((account) =>
    account.campaigns.flatMap((campaign, index) => {
      const ends = plans[index]?.ends;
      return ends === undefined
        ? []
        : [{ from: isoOf(anchor + ends.after), objectId: campaign.id, set: { status: ends.status } }];
    }),
  );
}

function campaignOf(seed: number, market: ShopMarket, plan: Plan, index: number): Campaign {
  const money = (euros: number) => Math.round(euros * market.perEuro * 100) * 10_000;
  const wholeUnits = (euros: number) => Math.round(euros * market.perEuro) * 1_000_000;
  const id = `2${market.id.slice(-3)}${String(index + 1).padStart(3, '0')}0000`;
  const hash = mix(hashText(id), seed);
  // Two seeds are two worlds: every market parameter is its own by up to a tenth.
  const vary = (value: number, purpose: number) => value * (0.9 + 0.2 * uniform(mix(hash, purpose)));
  const bidMicros = Math.max(1, Math.round(money(plan.maxBid) / 1_000_000 / step(market))) * step(market) * 1_000_000;
  const groups = plan.themes.map((theme, position) => ({ theme, position, hash: mix(hash, 100 + position) }));
  return {
    id,
    name: plan.name,
    budgetId: `7${id.slice(1)}`,
    channel: plan.channel,
    bidding: plan.bidding,
    weight: 1,
    settings: on({ dailyBudgetMicros: wholeUnits(plan.dailyBudget * market.scale), bidMicros, quality: vary(1, 1) }),
    adGroups:
      plan.channel === 'performance-max'
        ? []
        : groups.map((group) => adGroupOf(market, plan.channel, id, group.theme, group.position, group.hash)),
    assetGroups:
      plan.channel === 'performance-max'
        ? groups.map((g) => assetGroupOf(market, id, g.theme, g.position, g.hash))
        : [],
    demand: {
      dailyImpressions: vary(plan.demand * market.scale, 2),
      competitionMicros: vary(money(plan.competition), 3),
      clickRate: vary(plan.clickRate, 4),
      conversionRate: vary(plan.conversionRate, 5),
      valueMicros: vary(money(plan.value), 6),
      drift: plan.drift ?? 'steady',
      ...(plan.brandSearch === true ? { brandSearch: true } : {}),
    },
  };
}

/** The step bids are set in: five cents, five yen. */
function step(market: ShopMarket): number {
  return market.currency === 'JPY' ? 5 : 0.05;
}

function on(settings: Partial<Settings>): Settings {
  return { status: 'enabled', dailyBudgetMicros: 0, bidMicros: 0, quality: 1, ...settings };
}

function adGroupOf(
  market: ShopMarket,
  channel: Channel,
  campaignId: string,
  theme: ThemeKey,
  position: number,
  hash: number,
): AdGroup {
  const texts = themes[theme][market.language];
  const id = `${campaignId.slice(0, 7)}1${position}00`;
  const finalUrl = `${market.site}/${themes[theme].path}`;
  const quality = (purpose: number) => 0.75 + 0.5 * uniform(mix(hash, purpose));
  const variants = channel === 'video' ? videoTexts[market.language] : adTexts[market.language];
  return {
    id,
    name: texts.name,
    weight: 0.5 + uniform(mix(hash, 1)),
    settings: on({ quality: quality(2) }),
    ads: variants.map((variant, index) => ({
      id: `6${id.slice(1, 9)}${index}1`,
      name: typeof variant === 'string' ? variant : '',
      format: typeof variant === 'string' ? 'video' : 'responsive-search',
      headlines: typeof variant === 'string' ? [] : [texts.name.slice(0, 30), ...variant.headlines],
      descriptions: typeof variant === 'string' ? [] : variant.descriptions,
      finalUrl,
      weight: 0.5 + uniform(mix(hash, 20 + index)),
      // The last variant of every third ad group lost its test and was paused.
      settings: on({ quality: quality(30 + index), status: index === 2 && hash % 3 === 0 ? 'paused' : 'enabled' }),
    })),
    keywords:
      channel === 'search'
        ? texts.keywords.map((text, index) => ({
            id: `3${id.slice(1, 9)}${index}`,
            name: text,
            matchType: (['exact', 'phrase', 'broad'] as const)[index % 3] ?? 'broad',
            weight: 1 / (index + 1),
            settings: on({ quality: quality(50 + index) }),
          }))
        : [],
  };
}

function assetGroupOf(
  market: ShopMarket,
  campaignId: string,
  theme: ThemeKey,
  position: number,
  hash: number,
): AssetGroup {
  return {
    id: `${campaignId.slice(0, 7)}5${position}00`,
    name: themes[theme][market.language].name,
    finalUrl: `${market.site}/${themes[theme].path}`,
    weight: 0.5 + uniform(mix(hash, 1)),
    settings: on({ quality: 0.75 + 0.5 * uniform(mix(hash, 2)) }),
  };
}
