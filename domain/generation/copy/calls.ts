import type { callsToAction } from '../../../contracts/schemas/changes.ts';
import type { ProductCategory } from '../../../contracts/schemas/product-categories.ts';

/** How one comes to what is sold. */
export const callActions = [
  'buy',
  'try',
  'enrol',
  'join',
  'enquire',
  'appointment',
  'book',
  'reserve',
  'quote',
  'open',
  'tickets',
  'apply',
  'donate',
  'learn',
] as const;
export type CallAction = (typeof callActions)[number];

interface Way {
  readonly action: CallAction;
  /** A place is somewhere that one goes or calls: "your garage". Goods are bought. A matter is neither. */
  readonly kind: 'goods' | 'place' | 'matter';
}

export const waysByCategory: Readonly<Record<ProductCategory, Way>> = {
  footwear: { action: 'buy', kind: 'goods' },
  fashion: { action: 'buy', kind: 'goods' },
  jewellery: { action: 'buy', kind: 'goods' },
  cosmetics: { action: 'buy', kind: 'goods' },
  furniture: { action: 'buy', kind: 'goods' },
  kitchenware: { action: 'buy', kind: 'goods' },
  electronics: { action: 'buy', kind: 'goods' },
  software: { action: 'try', kind: 'matter' },
  'online-courses': { action: 'enrol', kind: 'matter' },
  'language-courses': { action: 'enrol', kind: 'matter' },
  gyms: { action: 'join', kind: 'place' },
  'sports-gear': { action: 'buy', kind: 'goods' },
  bicycles: { action: 'buy', kind: 'goods' },
  cars: { action: 'enquire', kind: 'matter' },
  'car-repair': { action: 'appointment', kind: 'place' },
  hotels: { action: 'book', kind: 'place' },
  travel: { action: 'book', kind: 'matter' },
  restaurants: { action: 'reserve', kind: 'place' },
  groceries: { action: 'buy', kind: 'goods' },
  coffee: { action: 'buy', kind: 'goods' },
  wine: { action: 'buy', kind: 'goods' },
  flowers: { action: 'buy', kind: 'goods' },
  toys: { action: 'buy', kind: 'goods' },
  'pet-supplies': { action: 'buy', kind: 'goods' },
  insurance: { action: 'quote', kind: 'matter' },
  'bank-accounts': { action: 'open', kind: 'matter' },
  'tax-advice': { action: 'appointment', kind: 'place' },
  'legal-advice': { action: 'appointment', kind: 'place' },
  'real-estate': { action: 'enquire', kind: 'place' },
  cleaning: { action: 'quote', kind: 'place' },
  removals: { action: 'quote', kind: 'place' },
  plumbing: { action: 'appointment', kind: 'place' },
  'solar-power': { action: 'quote', kind: 'matter' },
  gardening: { action: 'quote', kind: 'place' },
  events: { action: 'tickets', kind: 'matter' },
  jobs: { action: 'apply', kind: 'matter' },
  charity: { action: 'donate', kind: 'matter' },
  'marketing-services': { action: 'enquire', kind: 'place' },
  'dental-care': { action: 'appointment', kind: 'place' },
  other: { action: 'learn', kind: 'matter' },
};

/** The button that platforms draw beneath an ad. */
export const buttons: Readonly<Record<CallAction, (typeof callsToAction)[number]>> = {
  buy: 'shop-now',
  try: 'sign-up',
  enrol: 'sign-up',
  join: 'sign-up',
  enquire: 'contact-us',
  appointment: 'book-now',
  book: 'book-now',
  reserve: 'book-now',
  quote: 'get-quote',
  open: 'apply-now',
  tickets: 'book-now',
  apply: 'apply-now',
  donate: 'learn-more',
  learn: 'learn-more',
};
