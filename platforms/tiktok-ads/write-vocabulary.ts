/**
 * Our words in TikTok's, for what is written and read back. Source: the enumerations of the Business API v1.3. What has no line here has
 * no equal on TikTok and is refused by name in write-rules.ts.
 */
import type { Bidding, Creative, Operation, Targeting } from '../../contracts/schemas/changes.ts';

type Draft<D extends Operation['do']> = Extract<Operation, { readonly do: D }>;
export type Objective = Draft<'create-campaign'>['objective'];
export type Strategy = Bidding['strategy'];
type CallToAction = NonNullable<
  Extract<Creative, { readonly format: 'in-feed-video' | 'in-feed-image' }>['callToAction']
>;

/** What follows from a campaign's objective for its ad groups, all of which send people to a website. */
export interface Optimization {
  readonly objectiveType: string;
  readonly goal: string;
  readonly billingEvent: string;
  /** The strategy that its ad groups have without a price; with one it may have another name (`strategiesByGoal`). */
  readonly strategy: Strategy;
  /** It is optimised for the event of a pixel. */
  readonly converts?: true;
  readonly extra?: Readonly<Record<string, string>>;
  /** Campaign budgets are an average of the week with these; the others know a plain day's budget. */
  readonly dynamicBudget: boolean;
}

/** Leads are missing: they need a form of TikTok's own, which no field of a change names. */
export const optimizations: Readonly<Partial<Record<Objective, Optimization>>> = {
  traffic: {
    objectiveType: 'TRAFFIC',
    goal: 'CLICK',
    billingEvent: 'CPC',
    strategy: 'maximize-clicks',
    extra: { promotion_type: 'WEBSITE' },
    dynamicBudget: true,
  },
  conversions: {
    objectiveType: 'WEB_CONVERSIONS',
    goal: 'CONVERT',
    billingEvent: 'OCPM',
    strategy: 'maximize-conversions',
    converts: true,
    extra: { promotion_type: 'WEBSITE' },
    dynamicBudget: true,
  },
  awareness: {
    objectiveType: 'REACH',
    goal: 'REACH',
    billingEvent: 'CPM',
    strategy: 'maximize-delivery',
    dynamicBudget: false,
  },
  'video-views': {
    objectiveType: 'VIDEO_VIEWS',
    goal: 'ENGAGED_VIEW',
    billingEvent: 'CPV',
    strategy: 'maximize-delivery',
    extra: { bid_display_mode: 'CPV' },
    dynamicBudget: false,
  },
};

export const optimizationOf = (objectiveType: string): Optimization | undefined =>
  Object.values(optimizations).find((one) => one.objectiveType === objectiveType);

/** Goals of ad groups in the strategy that stands for them, without and with the price that caps it. */
export const strategiesByGoal: Readonly<Record<string, { readonly free: Strategy; readonly capped: Strategy }>> = {
  CLICK: { free: 'maximize-clicks', capped: 'maximize-clicks' },
  TRAFFIC_LANDING_PAGE_VIEW: { free: 'maximize-clicks', capped: 'maximize-clicks' },
  REACH: { free: 'maximize-delivery', capped: 'maximize-delivery' },
  SHOW: { free: 'maximize-delivery', capped: 'maximize-delivery' },
  ENGAGED_VIEW: { free: 'maximize-delivery', capped: 'maximize-delivery' },
  ENGAGED_VIEW_FIFTEEN: { free: 'maximize-delivery', capped: 'maximize-delivery' },
  VIDEO_VIEW: { free: 'maximize-delivery', capped: 'maximize-delivery' },
  CONVERT: { free: 'maximize-conversions', capped: 'target-cpa' },
  LEAD_GENERATION: { free: 'maximize-conversions', capped: 'target-cpa' },
};

type Age = NonNullable<Targeting['ages']>[number];
/** TikTok's last range begins at 55 and does not end. */
export const ageGroups: readonly (readonly [string, readonly Age[]])[] = [
  ['AGE_13_17', ['13-17']],
  ['AGE_18_24', ['18-24']],
  ['AGE_25_34', ['25-34']],
  ['AGE_35_44', ['35-44']],
  ['AGE_45_54', ['45-54']],
  ['AGE_55_100', ['55-64', '65-up']],
];

type Gender = NonNullable<Targeting['genders']>[number];
/** Who did not say is reached with everybody or not at all. */
export const genders: readonly (readonly [string, readonly Gender[]])[] = [
  ['GENDER_FEMALE', ['female']],
  ['GENDER_MALE', ['male']],
  ['GENDER_UNLIMITED', ['female', 'male', 'unknown']],
];

export const callsToAction: Readonly<Record<CallToAction, string>> = {
  'learn-more': 'LEARN_MORE',
  'shop-now': 'SHOP_NOW',
  'sign-up': 'SIGN_UP',
  download: 'DOWNLOAD_NOW',
  'contact-us': 'CONTACT_US',
  'apply-now': 'APPLY_NOW',
  'book-now': 'BOOK_NOW',
  'get-quote': 'GET_QUOTE',
  subscribe: 'SUBSCRIBE',
};

export const statuses = { enabled: 'ENABLE', paused: 'DISABLE' } as const;

/** Modes in which `budget` is money for a day; in all others the same field means something else. */
export const dailyBudgetModes: ReadonlySet<string> = new Set(['BUDGET_MODE_DAY', 'BUDGET_MODE_DYNAMIC_DAILY_BUDGET']);

/** Files as they begin, by what may be uploaded. */
export const uploads = {
  image: { contentTypes: ['image/jpeg', 'image/png'], largestBytes: 50_000_000, formats: 'JPEG or PNG' },
  video: {
    contentTypes: ['video/mp4', 'video/quicktime', 'video/mpeg', 'video/x-msvideo', 'video/avi'],
    largestBytes: 500_000_000,
    formats: 'MP4, MOV, MPEG or AVI',
  },
} as const;
