import { type Day, dayOf, halfYearStart, isoOf } from './calendar.ts';
import { hashText, mix, uniform } from './random.ts';
import { adTexts, type Language, type ThemeKey, themes, videoTexts } from './running-shop-texts.ts';
import type { Account, AdGroup, AssetGroup, Campaign, Change, Channel, DemandCurve, Settings, World } from './world.ts';

/** How the advertiser runs one campaign, money in whole euros; accounts convert it. */
interface Plan {
  readonly name: string;
  readonly channel: Channel;
  readonly bidding: Campaign['bidding'];
  readonly themes: readonly ThemeKey[];
  readonly dailyBudget: number;
  readonly maxBid: number;
  readonly demand: number;
  readonly competition: number;
  readonly clickRate: number;
  readonly conversionRate: number;
  readonly value: number;
  readonly drift?: DemandCurve['drift'];
  /** Days after the half year began in which history started, and what happens then. */
  readonly ends?: { readonly after: number; readonly status: 'paused' | 'removed' };
}

const plans: readonly Plan[] = [
  {
    name: 'Search | Brand',
    channel: 'search',
    bidding: 'manual-cpc',
    themes: ['brand'],
    dailyBudget: 60,
    maxBid: 0.4,
    demand: 1500,
    competition: 0.15,
    clickRate: 0.17,
    conversionRate: 0.078,
    value: 92,
  },
  {
    name: 'Search | Running Shoes',
    channel: 'search',
    bidding: 'target-cpa',
    themes: ['men', 'women', 'cushioned'],
    dailyBudget: 240,
    maxBid: 1.15,
    demand: 9500,
    competition: 1.0,
    clickRate: 0.058,
    conversionRate: 0.031,
    value: 98,
  },
  {
    name: 'Search | Running Shoes Women',
    channel: 'search',
    bidding: 'maximize-conversions',
    themes: ['women', 'cushioned'],
    dailyBudget: 150,
    maxBid: 1.05,
    demand: 6200,
    competition: 0.95,
    clickRate: 0.061,
    conversionRate: 0.034,
    value: 95,
  },
  {
    name: 'Search | Trail',
    channel: 'search',
    bidding: 'manual-cpc',
    themes: ['trail'],
    dailyBudget: 90,
    maxBid: 0.9,
    demand: 3400,
    competition: 0.7,
    clickRate: 0.064,
    conversionRate: 0.036,
    value: 112,
  },
  {
    name: 'Search | Marathon',
    channel: 'search',
    bidding: 'maximize-conversions',
    themes: ['marathon', 'men'],
    dailyBudget: 110,
    maxBid: 1.25,
    demand: 3800,
    competition: 1.1,
    clickRate: 0.055,
    conversionRate: 0.036,
    value: 148,
    drift: 'improves',
  },
  {
    name: 'Search | Other Brands',
    channel: 'search',
    bidding: 'manual-cpc',
    themes: ['competitors'],
    dailyBudget: 70,
    maxBid: 1.9,
    demand: 4200,
    competition: 2.0,
    clickRate: 0.029,
    conversionRate: 0.014,
    value: 94,
    drift: 'degrades',
  },
  {
    name: 'Search | Apparel',
    channel: 'search',
    bidding: 'target-cpa',
    themes: ['apparel'],
    dailyBudget: 80,
    maxBid: 0.7,
    demand: 5200,
    competition: 0.65,
    clickRate: 0.045,
    conversionRate: 0.026,
    value: 58,
  },
  {
    name: 'Search | Clearance',
    channel: 'search',
    bidding: 'manual-cpc',
    themes: ['clearance'],
    dailyBudget: 50,
    maxBid: 0.55,
    demand: 4500,
    competition: 0.5,
    clickRate: 0.06,
    conversionRate: 0.029,
    value: 54,
    ends: { after: 85, status: 'paused' },
  },
  {
    name: 'Search | Landing Page Test',
    channel: 'search',
    bidding: 'manual-cpc',
    themes: ['cushioned'],
    dailyBudget: 30,
    maxBid: 0.9,
    demand: 1600,
    competition: 0.9,
    clickRate: 0.05,
    conversionRate: 0.022,
    value: 96,
    ends: { after: 75, status: 'removed' },
  },
  {
    name: 'PMax | Bestsellers',
    channel: 'performance-max',
    bidding: 'maximize-conversion-value',
    themes: ['men', 'women', 'trail'],
    dailyBudget: 260,
    maxBid: 0.75,
    demand: 62_000,
    competition: 0.6,
    clickRate: 0.014,
    conversionRate: 0.024,
    value: 101,
  },
  {
    name: 'PMax | New Season',
    channel: 'performance-max',
    bidding: 'maximize-conversion-value',
    themes: ['marathon', 'apparel'],
    dailyBudget: 120,
    maxBid: 0.7,
    demand: 38_000,
    competition: 0.65,
    clickRate: 0.012,
    conversionRate: 0.019,
    value: 118,
  },
  {
    name: 'Video | Brand Film',
    channel: 'video',
    bidding: 'target-cpm',
    themes: ['brand', 'marathon'],
    dailyBudget: 90,
    maxBid: 0.6,
    demand: 52_000,
    competition: 0.5,
    clickRate: 0.006,
    conversionRate: 0.0045,
    value: 90,
  },
  {
    name: 'Video | Trail Stories',
    channel: 'video',
    bidding: 'target-cpm',
    themes: ['trail'],
    dailyBudget: 45,
    maxBid: 0.55,
    demand: 30_000,
    competition: 0.5,
    clickRate: 0.007,
    conversionRate: 0.005,
    value: 104,
  },
];

interface Market {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly managerId: string;
  readonly language: Language;
  /** Units of the account's currency a euro buys, rounded as a shop would price. */
  readonly perEuro: number;
  /** Size beside the European account. */
  readonly scale: number;
  readonly site: string;
}

export const managerId = '9100000001';
export const subManagerId = '9100000002';
export const disabledAccountId = '4210000004';

const markets: readonly Market[] = [
  {
    id: '4210000001',
    name: 'Strider Europe',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    managerId,
    language: 'de',
    perEuro: 1,
    scale: 1,
    site: 'https://www.strider.example/de',
  },
  {
    id: '4210000002',
    name: 'Strider North America',
    currency: 'USD',
    timeZone: 'America/Los_Angeles',
    managerId: subManagerId,
    language: 'en',
    perEuro: 1.1,
    scale: 1.6,
    site: 'https://www.strider.example/us',
  },
  {
    id: '4210000003',
    name: 'Strider Japan',
    currency: 'JPY',
    timeZone: 'Asia/Tokyo',
    managerId: subManagerId,
    language: 'ja',
    perEuro: 160,
    scale: 0.7,
    site: 'https://www.strider.example/jp',
  },
];

export interface WorldOptions {
  readonly seed: number;
  /** ISO date; the newest day of history. */
  readonly today: string;
  /** Days of history before today. */
  readonly days: number;
  readonly maxConversionDelayDays: number;
}

/** A running-shoe shop with a manager account, a manager below it, three running accounts and one that was closed. */
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
    ...accountOf({ id: disabledAccountId, name: 'Strider UK', currency: 'GBP', timeZone: 'Europe/London', managerId }),
    kind: 'client',
    status: 'disabled',
    campaigns: [],
  });
  return {
    seed: options.seed,
    historyStart: isoOf(start),
    maxConversionDelayDays: options.maxConversionDelayDays,
    accounts,
    changes: endings(accounts, halfYearStart(start)),
  };
}

function accountOf(market: Pick<Market, 'id' | 'name' | 'currency' | 'timeZone' | 'managerId'>) {
  const { id, name, currency, timeZone, managerId: parent } = market;
  return { id, name, currency, timeZone, managerId: parent };
}

function manager(id: string, name: string, parent: string | undefined, currency: string, timeZone: string): Account {
  return { id, name, currency, timeZone, managerId: parent, kind: 'manager', status: 'enabled', campaigns: [] };
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

function campaignOf(seed: number, market: Market, plan: Plan, index: number): Campaign {
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
    },
  };
}

/** The step bids are set in: five cents, five yen. */
function step(market: Market): number {
  return market.currency === 'JPY' ? 5 : 0.05;
}

function on(settings: Partial<Settings>): Settings {
  return { status: 'enabled', dailyBudgetMicros: 0, bidMicros: 0, quality: 1, ...settings };
}

function adGroupOf(
  market: Market,
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

function assetGroupOf(market: Market, campaignId: string, theme: ThemeKey, position: number, hash: number): AssetGroup {
  return {
    id: `${campaignId.slice(0, 7)}5${position}00`,
    name: themes[theme][market.language].name,
    finalUrl: `${market.site}/${themes[theme].path}`,
    weight: 0.5 + uniform(mix(hash, 1)),
    settings: on({ quality: 0.75 + 0.5 * uniform(mix(hash, 2)) }),
  };
}
