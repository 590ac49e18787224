import * as z from 'zod/mini';
import { accountId, adGroupId, adId, campaignId, currency, isoDate, micros, prefixedId } from './primitives.ts';

/**
 * What may be written to an ad platform: one model for all of them. What a platform cannot do is refused by its write rules, by name,
 * before anything is called. Values are absolute, never steps: applying one twice changes nothing twice.
 */

export const assetReference = prefixedId('ast', 'Asset id');

/** Names an object that an earlier operation of the same change makes. */
const ref = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9-]{0,39}$/))
  .register(z.globalRegistry, { description: 'A name within this change, for operations that come after' });
const campaignTarget = z.union([z.strictObject({ campaignId }), z.strictObject({ ref })]);
const adGroupTarget = z.union([z.strictObject({ adGroupId }), z.strictObject({ ref })]);
export const objectTarget = z.union([
  z.strictObject({ campaignId }),
  z.strictObject({ adGroupId }),
  z.strictObject({ adId }),
]);

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(255));
export const httpsUrl = z.url({ protocol: /^https$/ }).check(z.maxLength(2048));
export const money = z
  .strictObject({ micros: micros.check(z.minimum(0)), currency })
  .register(z.globalRegistry, { id: 'Money', description: 'An amount in millionths of its currency' });
const text = z.string().check(z.minLength(1), z.maxLength(3000));

export const writableStatuses = ['enabled', 'paused'] as const;

export const biddings = [
  'maximize-conversions',
  'maximize-conversion-value',
  'maximize-clicks',
  'maximize-delivery',
  'manual-cpc',
  'target-cpa',
  'target-roas',
] as const;
/** How a platform is to bid. `amount` is the bid, the target cost or the cap, by strategy; `targetRoas` is revenue per spend. */
const bidding = z
  .strictObject({
    strategy: z.enum(biddings),
    amount: z.optional(money),
    targetRoas: z.optional(z.number().check(z.minimum(0.01), z.maximum(1000))),
  })
  .register(z.globalRegistry, { id: 'Bidding', description: 'How the platform is to bid' });

export const objectives = ['traffic', 'conversions', 'leads', 'awareness', 'video-views'] as const;
export const ageRanges = ['13-17', '18-24', '25-34', '35-44', '45-54', '55-64', '65-up'] as const;
export const genders = ['female', 'male', 'unknown'] as const;
export const keywordMatches = ['exact', 'phrase', 'broad'] as const;

const platformIds = z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(200))).check(z.maxLength(1000)));
/** Whom it reaches. An absent field leaves that side as it is (a creation: to everybody); a list replaces the list there was. */
export const targeting = z
  .strictObject({
    /** ISO 3166-1 alpha-2. */
    countries: z.optional(z.array(z.string().check(z.regex(/^[A-Z]{2}$/))).check(z.minLength(1), z.maxLength(200))),
    /** ISO 639-1. */
    languages: z.optional(z.array(z.string().check(z.regex(/^[a-z]{2}$/))).check(z.maxLength(50))),
    ages: z.optional(z.array(z.enum(ageRanges)).check(z.minLength(1))),
    genders: z.optional(z.array(z.enum(genders)).check(z.minLength(1))),
    /** The platform's own ids of interest categories. */
    interests: platformIds,
    /** The platform's own ids of audiences: customer lists, site visitors, lookalikes. */
    audiences: platformIds,
    /** LinkedIn: URNs of companies, job functions, seniorities, industries. */
    companies: platformIds,
    keywords: z.optional(
      z
        .array(
          z.strictObject({ text: z.string().check(z.minLength(1), z.maxLength(80)), match: z.enum(keywordMatches) }),
        )
        .check(z.maxLength(5000)),
    ),
    negativeKeywords: z.optional(
      z
        .array(
          z.strictObject({ text: z.string().check(z.minLength(1), z.maxLength(80)), match: z.enum(keywordMatches) }),
        )
        .check(z.maxLength(5000)),
    ),
  })
  .register(z.globalRegistry, { id: 'Targeting', description: 'Whom it reaches' });

export const campaignTypes = ['search', 'performance-max', 'in-feed', 'sponsored-content'] as const;
export const politicalAdvertising = ['none', 'eu-political'] as const;

/** Appended to landing pages: `utm_source={platform}&utm_campaign={campaign}`. Placeholders are this system's, not the platform's. */
const utmTemplate = z.optional(z.string().check(z.minLength(1), z.maxLength(1000)));

const campaignDraft = z.strictObject({
  accountId,
  name,
  type: z.enum(campaignTypes),
  objective: z.enum(objectives),
  /** Where the platform keeps budgets: TikTok and LinkedIn may have them at the ad group instead. */
  dailyBudget: z.optional(money),
  bidding: z.optional(bidding),
  startDate: z.optional(isoDate),
  endDate: z.optional(isoDate),
  targeting: z.optional(targeting),
  /** Whoever advertises must say it; it is never guessed. */
  politicalAdvertising: z.enum(politicalAdvertising),
  /** For all its landing pages; on platforms that keep them at ads, the preview moves it to the ads of the same change. */
  utmTemplate,
});

/** What counts as success where it is chosen for each ad group; both in the platform's own words. */
const conversion = z
  .strictObject({
    source: z
      .string()
      .check(z.minLength(1), z.maxLength(200))
      .register(z.globalRegistry, { description: 'What reports it: TikTok: the id of a pixel' }),
    event: z
      .string()
      .check(z.minLength(1), z.maxLength(200))
      .register(z.globalRegistry, { description: 'Which of its events: TikTok: `SHOPPING`, `FORM`' }),
  })
  .register(z.globalRegistry, { id: 'Conversion', description: 'What an ad group is optimised for' });

const adGroupDraft = z.strictObject({
  campaign: campaignTarget,
  name,
  dailyBudget: z.optional(money),
  bidding: z.optional(bidding),
  startDate: z.optional(isoDate),
  endDate: z.optional(isoDate),
  targeting: z.optional(targeting),
  /** What bidding for conversions counts, on platforms that keep it at ad groups. */
  conversion: z.optional(conversion),
  /** For platforms that want it here. That of a campaign made in the same change need not be said again. */
  politicalAdvertising: z.optional(z.enum(politicalAdvertising)),
});

export const callsToAction = [
  'learn-more',
  'shop-now',
  'sign-up',
  'download',
  'contact-us',
  'apply-now',
  'book-now',
  'get-quote',
  'subscribe',
] as const;
const callToAction = z.optional(z.enum(callsToAction));
/** What an ad is made of; each platform has some of them. */
export const creativeFormats = [
  'responsive-search',
  'asset-group',
  'in-feed-image',
  'in-feed-video',
  'single-image',
] as const;
/** An image or video: uploaded by this change, or in the platform's library already. */
const asset = z.union([z.strictObject({ ref }), z.strictObject({ platformId: z.string().check(z.minLength(1)) })]);
export const creative = z
  .discriminatedUnion('format', [
    z.strictObject({
      format: z.literal('responsive-search'),
      headlines: z.array(text).check(z.minLength(3), z.maxLength(15)),
      descriptions: z.array(text).check(z.minLength(2), z.maxLength(4)),
      path: z.optional(z.array(z.string().check(z.maxLength(15))).check(z.maxLength(2))),
      landingPageUrl: httpsUrl,
    }),
    /** Performance Max: one asset group. */
    z.strictObject({
      format: z.literal('asset-group'),
      businessName: text,
      headlines: z.array(text).check(z.minLength(3), z.maxLength(15)),
      longHeadlines: z.array(text).check(z.minLength(1), z.maxLength(5)),
      descriptions: z.array(text).check(z.minLength(2), z.maxLength(5)),
      landscapeImages: z.array(asset).check(z.minLength(1), z.maxLength(20)),
      squareImages: z.array(asset).check(z.minLength(1), z.maxLength(20)),
      logos: z.array(asset).check(z.minLength(1), z.maxLength(5)),
      landingPageUrl: httpsUrl,
    }),
    z.strictObject({
      format: z.enum(['in-feed-video', 'in-feed-image']),
      text,
      media: asset,
      /** TikTok: the image shown before a video plays. */
      cover: z.optional(asset),
      /** TikTok: the id of the identity it is shown under. */
      identity: z.string().check(z.minLength(1)),
      displayName: z.optional(text),
      callToAction,
      landingPageUrl: httpsUrl,
    }),
    z.strictObject({
      format: z.literal('single-image'),
      /** LinkedIn: the URN of the page it is shown under. */
      page: z.string().check(z.minLength(1)),
      introduction: text,
      headline: text,
      image: asset,
      callToAction,
      landingPageUrl: httpsUrl,
    }),
  ])
  .register(z.globalRegistry, { id: 'Creative', description: 'What an ad shows' });

const adDraft = z.strictObject({
  /** A Performance Max asset group stands beneath the campaign itself. */
  parent: z.union([adGroupTarget, z.strictObject({ campaignId })]),
  name,
  creative,
  /** Of this ad alone. */
  utmTemplate,
});

const uploadAsset = z
  .strictObject({
    do: z.literal('upload-asset'),
    ref,
    accountId,
    kind: z.enum(['image', 'video']),
    name,
    /** Fetched once, bounded, never from an address inside a network. */
    url: z.optional(httpsUrl),
    /** An asset of the workspace, in place of an address. */
    assetId: z.optional(assetReference),
  })
  .check(
    z.refine(({ url, assetId }) => (url === undefined) !== (assetId === undefined), {
      message: 'give either url or assetId',
      path: ['url'],
    }),
  );

export const operation = z
  .discriminatedUnion('do', [
    z.strictObject({ do: z.literal('set-status'), target: objectTarget, status: z.enum(writableStatuses) }),
    z.strictObject({ do: z.literal('set-daily-budget'), target: objectTarget, dailyBudget: money }),
    z.strictObject({ do: z.literal('set-bidding'), target: objectTarget, bidding }),
    z.strictObject({ do: z.literal('rename'), target: objectTarget, name }),
    z.strictObject({ do: z.literal('set-targeting'), target: objectTarget, targeting }),
    /** The platform keeps what it has spent and ends it for good. It cannot be undone. */
    z.strictObject({ do: z.literal('remove'), target: objectTarget }),
    uploadAsset,
    z.strictObject({ do: z.literal('create-campaign'), ref, ...campaignDraft.shape }),
    z.strictObject({ do: z.literal('create-ad-group'), ref, ...adGroupDraft.shape }),
    z.strictObject({ do: z.literal('create-ad'), ref, ...adDraft.shape }),
  ])
  .register(z.globalRegistry, {
    id: 'Operation',
    description: 'One thing to change or to make on a platform',
  });
export type Operation = z.infer<typeof operation>;
export type Targeting = z.infer<typeof targeting>;
export type Bidding = z.infer<typeof bidding>;
export type Creative = z.infer<typeof creative>;
export type Money = z.infer<typeof money>;
export type Asset = z.infer<typeof asset>;
