import type { Language } from './running-shop-texts.ts';
import type { Account, Campaign, Channel, Platform } from './world.ts';

/** One ad: what is said, and what the button says. */
export interface SocialAd {
  readonly name: string;
  readonly text: Readonly<Record<Language, string>>;
  readonly callToAction: 'shop-now' | 'learn-more' | 'sign-up' | 'download' | 'request-demo';
}

/** How the advertiser runs one campaign, money in whole euros; accounts convert it. */
export interface SocialPlan {
  readonly name: string;
  readonly channel: Channel;
  readonly format: 'video' | 'image';
  readonly bidding: Campaign['bidding'];
  /** Where the budget stands: the campaign divides it, or every ad group has its own. */
  readonly budgetOf: 'campaign' | 'group';
  readonly groups: readonly string[];
  /** A day, of the whole campaign. */
  readonly dailyBudget: number;
  readonly maxBid: number;
  readonly demand: number;
  readonly competition: number;
  readonly clickRate: number;
  readonly conversionRate: number;
  readonly value: number;
  readonly path: string;
  readonly ads: readonly SocialAd[];
  readonly drift?: Campaign['demand']['drift'];
  /** Days after the half year began in which history started, and what happens then. */
  readonly ends?: { readonly after: number; readonly status: 'paused' | 'removed' };
}

/** An account of the shop on a platform without managers. */
export interface SocialMarket extends Pick<Account, 'id' | 'name' | 'currency' | 'timeZone' | 'market' | 'status'> {
  readonly platform: Platform;
  readonly language: Language;
  /** Units of the account's currency a euro buys, rounded as a shop would price. */
  readonly perEuro: number;
  readonly scale: number;
  readonly site: string;
  readonly plans: readonly SocialPlan[];
}

const run: SocialAd = {
  name: 'First Mile',
  text: {
    de: 'Der erste Kilometer ist der schwerste. Danach läuft der Schuh.',
    en: 'The first mile is the hardest. After that, the shoe runs.',
    ja: '最初の1キロがいちばんつらい。あとは靴が走る。',
  },
  callToAction: 'learn-more',
};
const morning: SocialAd = {
  name: 'Five In The Morning',
  text: {
    de: 'Fünf Uhr früh, niemand unterwegs. Nur du und 42 Gramm Schaum.',
    en: 'Five in the morning, nobody out. Just you and 42 grams of foam.',
    ja: '朝5時、誰もいない。あなたと42グラムのフォームだけ。',
  },
  callToAction: 'shop-now',
};
const unboxing: SocialAd = {
  name: 'Unboxing',
  text: {
    de: 'Ausgepackt, angezogen, losgelaufen. 30 Tage Probelauf.',
    en: 'Unboxed, laced, gone. 30 day test run.',
    ja: '開けて、履いて、走る。30日間お試し。',
  },
  callToAction: 'shop-now',
};
const sale: SocialAd = {
  name: 'Sale Tile',
  text: {
    de: 'Bis zu 40 % auf Vorjahresmodelle.',
    en: 'Up to 40% off last season.',
    ja: '昨季モデル最大40%オフ。',
  },
  callToAction: 'shop-now',
};
const saleLast: SocialAd = { ...sale, name: 'Sale Tile | Last Sizes' };

export const tiktokPlans: readonly SocialPlan[] = [
  {
    name: 'TT | Reach | Run Stories',
    channel: 'in-feed-video',
    format: 'video',
    bidding: 'target-cpm',
    budgetOf: 'group',
    groups: ['18-24 Broad', '25-44 Broad'],
    dailyBudget: 160,
    maxBid: 0.5,
    demand: 150_000,
    competition: 0.42,
    clickRate: 0.007,
    conversionRate: 0.004,
    value: 84,
    path: 'stories',
    ads: [run, morning, unboxing],
  },
  {
    name: 'TT | Traffic | New Season',
    channel: 'in-feed-video',
    format: 'video',
    bidding: 'maximize-conversions',
    budgetOf: 'group',
    groups: ['Running Interest', 'Fitness Creators'],
    dailyBudget: 110,
    maxBid: 0.42,
    demand: 80_000,
    competition: 0.36,
    clickRate: 0.011,
    conversionRate: 0.009,
    value: 88,
    path: 'new',
    ads: [morning, unboxing],
  },
  {
    name: 'TT | Sales | Bestsellers',
    channel: 'in-feed-video',
    format: 'video',
    bidding: 'target-cpa',
    budgetOf: 'campaign',
    groups: ['Lookalike Buyers', 'Cart Retargeting'],
    dailyBudget: 180,
    maxBid: 0.75,
    demand: 62_000,
    competition: 0.62,
    clickRate: 0.012,
    conversionRate: 0.021,
    value: 96,
    path: 'bestsellers',
    ads: [unboxing, morning, run],
    drift: 'degrades',
  },
  {
    name: 'TT | Sales | Creators',
    channel: 'in-feed-video',
    format: 'video',
    bidding: 'maximize-conversions',
    budgetOf: 'campaign',
    groups: ['Spark Women', 'Spark Men'],
    dailyBudget: 90,
    maxBid: 0.6,
    demand: 40_000,
    competition: 0.5,
    clickRate: 0.014,
    conversionRate: 0.017,
    value: 91,
    path: 'creators',
    ads: [run, unboxing],
    drift: 'improves',
  },
  {
    name: 'TT | Image | Clearance',
    channel: 'in-feed-image',
    format: 'image',
    bidding: 'maximize-conversions',
    budgetOf: 'group',
    groups: ['Deal Seekers', 'Past Visitors'],
    dailyBudget: 45,
    maxBid: 0.35,
    demand: 36_000,
    competition: 0.3,
    clickRate: 0.008,
    conversionRate: 0.012,
    value: 52,
    path: 'clearance',
    ads: [sale, saleLast],
    ends: { after: 95, status: 'paused' },
  },
  {
    name: 'TT | Test | Trail Hooks',
    channel: 'in-feed-video',
    format: 'video',
    bidding: 'maximize-conversions',
    budgetOf: 'group',
    groups: ['Hook A', 'Hook B'],
    dailyBudget: 40,
    maxBid: 0.4,
    demand: 24_000,
    competition: 0.4,
    clickRate: 0.009,
    conversionRate: 0.008,
    value: 99,
    path: 'trail',
    ads: [run, morning],
    ends: { after: 80, status: 'removed' },
  },
];

const wellness: SocialAd = {
  name: 'Wellness Budget',
  text: {
    de: 'Laufschuhe als Sachbezug: 50 € im Monat, steuerfrei, ohne Papierkram.',
    en: 'Running shoes as a benefit: one invoice, no paperwork.',
    ja: '福利厚生にランニングシューズを。請求は一括、手続き不要。',
  },
  callToAction: 'learn-more',
};
const fitting: SocialAd = {
  name: 'Fitting Day',
  text: {
    de: 'Ein Vermessungstag in Ihrem Büro: 40 Paar Füße, ein Nachmittag.',
    en: 'A fitting day at your office: 40 pairs of feet, one afternoon.',
    ja: 'オフィスでの計測会：40人を半日で。',
  },
  callToAction: 'request-demo',
};

export const linkedinPlans: readonly SocialPlan[] = [
  {
    name: 'Wellness | Awareness',
    channel: 'sponsored-content',
    format: 'video',
    bidding: 'target-cpm',
    budgetOf: 'group',
    groups: ['HR Leaders', 'Office Managers'],
    dailyBudget: 120,
    maxBid: 6.5,
    demand: 14_000,
    competition: 6,
    clickRate: 0.0045,
    conversionRate: 0.012,
    value: 140,
    path: 'corporate',
    ads: [wellness, fitting],
  },
  {
    name: 'Wellness | Lead Gen',
    channel: 'sponsored-content',
    format: 'image',
    bidding: 'manual-cpc',
    budgetOf: 'group',
    groups: ['Companies 200-1000', 'Companies 1000+'],
    dailyBudget: 150,
    maxBid: 9,
    demand: 11_000,
    competition: 8,
    clickRate: 0.0052,
    conversionRate: 0.06,
    value: 210,
    path: 'corporate/lead',
    ads: [fitting, wellness],
  },
  {
    name: 'Races | Sponsors',
    channel: 'sponsored-content',
    format: 'image',
    bidding: 'maximize-conversions',
    budgetOf: 'group',
    groups: ['Event Agencies', 'Sports Marketing'],
    dailyBudget: 60,
    maxBid: 7,
    demand: 6_000,
    competition: 6.5,
    clickRate: 0.0048,
    conversionRate: 0.03,
    value: 320,
    path: 'corporate/races',
    ads: [wellness, fitting],
    drift: 'improves',
  },
  {
    name: 'Retail | Partner Test',
    channel: 'sponsored-content',
    format: 'image',
    bidding: 'manual-cpc',
    budgetOf: 'group',
    groups: ['Independent Stores', 'Chains'],
    dailyBudget: 40,
    maxBid: 6,
    demand: 4_500,
    competition: 6,
    clickRate: 0.004,
    conversionRate: 0.02,
    value: 180,
    path: 'corporate/retail',
    ads: [wellness, fitting],
    ends: { after: 88, status: 'paused' },
  },
];

const europe = { currency: 'EUR', market: 'DE', language: 'de', perEuro: 1, scale: 1 } as const;
const america = { currency: 'USD', market: 'US', language: 'en', perEuro: 1.1, scale: 1.5 } as const;
const japan = { currency: 'JPY', market: 'JP', language: 'ja', perEuro: 160, scale: 0.6 } as const;

const tiktok = { platform: 'tiktok-ads', plans: tiktokPlans, status: 'enabled' } as const;
const linkedin = { platform: 'linkedin-ads', plans: linkedinPlans, status: 'enabled', timeZone: 'UTC' } as const;

export const socialMarkets: readonly SocialMarket[] = [
  {
    ...tiktok,
    ...europe,
    id: '7012345678901230001',
    name: 'Strider Europe',
    timeZone: 'Europe/Berlin',
    site: 'https://www.strider.example/de',
  },
  {
    ...tiktok,
    ...america,
    id: '7012345678901230002',
    name: 'Strider North America',
    timeZone: 'America/Los_Angeles',
    site: 'https://www.strider.example/us',
  },
  {
    ...tiktok,
    ...japan,
    id: '7012345678901230003',
    name: 'Strider Japan',
    timeZone: 'Asia/Tokyo',
    site: 'https://www.strider.example/jp',
  },
  {
    ...tiktok,
    ...europe,
    id: '7012345678901230004',
    name: 'Strider Outlet',
    timeZone: 'Europe/Berlin',
    site: 'https://www.strider.example/outlet',
    status: 'disabled',
    plans: [],
  },
  {
    ...linkedin,
    ...europe,
    id: '507400001',
    name: 'Strider Corporate Wellness',
    site: 'https://www.strider.example/de',
  },
  {
    ...linkedin,
    ...america,
    id: '507400002',
    name: 'Strider US B2B',
    site: 'https://www.strider.example/us',
  },
  {
    ...linkedin,
    ...europe,
    id: '507400003',
    name: 'Strider Benelux (draft)',
    site: 'https://www.strider.example/nl',
    status: 'draft',
    plans: [],
  },
];
