import type { Language, ThemeKey } from './running-shop-texts.ts';
import type { Campaign, Channel, DemandCurve } from './world.ts';

/** How the advertiser runs one campaign, money in whole euros; accounts convert it. */
export interface Plan {
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
  readonly brandSearch?: true;
  /** Days after the half year began in which history started, and what happens then. */
  readonly ends?: { readonly after: number; readonly status: 'paused' | 'removed' };
}

export const plans: readonly Plan[] = [
  {
    name: 'Search | Brand',
    channel: 'search',
    bidding: 'manual-cpc',
    themes: ['brand'],
    // More than it can spend: who searches for the shop shall find it.
    dailyBudget: 150,
    maxBid: 0.4,
    demand: 1500,
    brandSearch: true,
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
    dailyBudget: 270,
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
    dailyBudget: 175,
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
    dailyBudget: 300,
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
    dailyBudget: 140,
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

/** One country the shop sells in: an account of its own. */
export interface ShopMarket {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly managerId: string;
  /** ISO 3166-1. */
  readonly market: string;
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

export const markets: readonly ShopMarket[] = [
  {
    id: '4210000001',
    name: 'Strider Europe',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    managerId,
    market: 'DE',
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
    market: 'US',
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
    market: 'JP',
    language: 'ja',
    perEuro: 160,
    scale: 0.7,
    site: 'https://www.strider.example/jp',
  },
];
