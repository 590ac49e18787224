import * as z from 'zod/mini';
import { uploadId } from './assets.ts';
import { httpsUrl, money, objectives, politicalAdvertising } from './changes.ts';
import { accountId, isoDate } from './primitives.ts';
import { productCategories } from './product-categories.ts';

/** What somebody sells, to whom, and what may be said of it. Nothing else than this and the landing page is ever claimed. */

/** One short statement as it may stand in an ad. */
const statement = (description: string) =>
  z.string().check(z.trim(), z.minLength(2), z.maxLength(300)).register(z.globalRegistry, { description });
const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(80));
export const copyLanguage = z
  .string()
  .check(z.regex(/^[a-z]{2}$/))
  .register(z.globalRegistry, { description: 'ISO 639-1, `de`' });
const country = z
  .string()
  .check(z.regex(/^[A-Z]{2}$/))
  .register(z.globalRegistry, { description: 'ISO 3166-1 alpha-2, `DE`' });
/** A platform looks at no more words than this; it bounds the work of checking a text. */
export const bannedWords = z
  .array(z.string().check(z.trim(), z.minLength(1), z.maxLength(60)))
  .check(z.maxLength(200))
  .register(z.globalRegistry, { description: 'Words and phrases that stand in no ad, whatever their case' });

export const tones = ['plain', 'friendly', 'expert', 'bold', 'premium'] as const;
export const formalities = ['formal', 'informal'] as const;
export const voice = z
  .strictObject({
    tone: z.enum(tones),
    formality: z.enum(formalities).register(z.globalRegistry, {
      description: 'How readers are spoken to where a language has two ways: Sie or du, vous or tu, usted or tú',
    }),
  })
  .register(z.globalRegistry, { id: 'Voice', description: 'How a brand speaks' });

/** A statement that a regulator may ask about, with what proves it. */
export const substantiatedClaim = z
  .strictObject({
    text: statement('The claim as it may be said'),
    substantiation: z
      .string()
      .check(z.trim(), z.minLength(3), z.maxLength(2000))
      .register(z.globalRegistry, { description: 'What proves it: a study, a register entry, an address' }),
  })
  .register(z.globalRegistry, { id: 'SubstantiatedClaim', description: 'A claim and what proves it' });

export const proofKinds = ['rating', 'award', 'number', 'testimonial', 'certificate'] as const;
const proof = z
  .strictObject({
    text: statement('As it may be said: `4.8 out of 5 from 2,310 reviews`'),
    kind: z.enum(proofKinds),
    substantiation: z
      .string()
      .check(z.trim(), z.minLength(3), z.maxLength(2000))
      .register(z.globalRegistry, { description: 'Where it can be seen' }),
    rating: z.optional(
      z
        .strictObject({
          value: z.number().check(z.minimum(0), z.maximum(100)),
          outOf: z.number().check(z.minimum(1), z.maximum(100)),
          reviews: z.optional(z.int().check(z.minimum(1))),
        })
        .register(z.globalRegistry, { description: 'The numbers of a rating, which every language can say' }),
    ),
  })
  .register(z.globalRegistry, { id: 'Proof', description: 'What speaks for the product' });

const offer = z
  .strictObject({
    text: statement('The offer in words'),
    holdsFor: z.optional(
      z.enum(['product', 'part']).register(z.globalRegistry, {
        description:
          '`product`: price and discount hold for what the product’s name names, whoever buys it. `part`: for some of it or for some buyers, so that they are said in the offer’s own words only. Part when absent',
      }),
    ),
    price: z.optional(money),
    priceIs: z.optional(
      z.enum(['exact', 'from']).register(z.globalRegistry, {
        description: '`from`: the lowest of several prices, and said so. Exact when absent',
      }),
    ),
    priceUnit: z.optional(
      z
        .enum(['once', 'day', 'night', 'month', 'year', 'hour', 'person'])
        .register(z.globalRegistry, { description: 'What the price is for. Once when absent' }),
    ),
    discountPercent: z.optional(z.int().check(z.minimum(1), z.maximum(99))),
    discountIs: z.optional(
      z.enum(['exact', 'up-to']).register(z.globalRegistry, {
        description: '`up-to`: not everything is reduced by as much, and said so. Exact when absent',
      }),
    ),
    validUntil: z.optional(
      isoDate.clone().register(z.globalRegistry, { description: 'The last day it holds, `2026-12-24`' }),
    ),
    code: z.optional(z.string().check(z.regex(/^[A-Za-z0-9-]{2,20}$/))),
  })
  .register(z.globalRegistry, { id: 'Offer', description: 'What is offered, and until when' });

/** Part of a sentence: nothing that could open a token, a tag or a line of its own. */
const tokenValue = z.string().check(z.trim(), z.minLength(1), z.maxLength(60), z.regex(/^[^{}|<>\p{Cc}\p{Cf}]+$/u));

const segment = z
  .strictObject({
    name,
    description: z.string().check(z.trim(), z.maxLength(500)),
    values: z.optional(
      z
        .record(
          z.string().check(z.regex(/^[a-z][a-zA-Z]{1,29}$/)),
          z.array(tokenValue).check(z.minLength(1), z.maxLength(50)),
        )
        .register(z.globalRegistry, {
          description:
            'What `{segment.city|your city}` says, by name. `city`: where it is to be had for this segment, which ads then say. `keyword`: what these people search for',
        }),
    ),
    says: z.optional(
      z
        .array(z.string().check(z.minLength(1), z.maxLength(100)))
        .check(z.maxLength(50))
        .register(z.globalRegistry, {
          description:
            'Statements that are for this segment, by their place in the brief: `benefits.0`. What another segment names and this one does not is not said to it; what no segment names is said to all',
        }),
    ),
    offered: z.optional(
      z.boolean().register(z.globalRegistry, { description: 'Whether it is shown the offer. True when absent' }),
    ),
    countries: z.optional(z.array(country).check(z.minLength(1), z.maxLength(50))),
  })
  .register(z.globalRegistry, { id: 'BriefSegment', description: 'A part of the audience' });

const audience = z
  .strictObject({
    description: z.string().check(z.trim(), z.maxLength(1000)),
    segments: z.array(segment).check(z.maxLength(20)),
  })
  .register(z.globalRegistry, { id: 'BriefAudience', description: 'To whom it is sold' });

/** Shown in pictures by turns. */
const photoAssetIds = z
  .array(uploadId)
  .check(z.maxLength(10))
  .register(z.globalRegistry, { description: 'Uploaded photos of it, drawn into pictures by turns' });
const benefits = z.array(statement('What the buyer has of it: `Dry feet in heavy rain`')).check(z.maxLength(12));
const features = z.array(statement('What the product has or does: `Recycled rubber sole`')).check(z.maxLength(20));
const problem = statement('What the buyer is troubled by: `Wet feet after every walk`');
const urgency = statement('Why now: `Only until the season starts`');
const keyword = z.string().check(z.trim(), z.minLength(2), z.maxLength(80));

/** The factual texts in another language than the brief's own. A list may be shorter; what is missing is not said there. */
const translation = z
  .strictObject({
    name: z.optional(name),
    benefits: z._default(benefits, []),
    features: z._default(features, []),
    offer: z.optional(statement('The offer in words')),
    problem: z.optional(problem),
    urgency: z.optional(urgency),
    proof: z._default(
      z.array(z.nullable(statement('The proof of the same place in the brief; null where it is not said'))),
      [],
    ),
    claims: z._default(z.array(z.nullable(statement('The claim of the same place in the brief'))), []),
    keywords: z._default(z.array(keyword).check(z.maxLength(200)), []),
  })
  .register(z.globalRegistry, { id: 'BriefTexts', description: 'A brief’s factual texts in another language' });

/** What a link beneath an ad is about, and so which page it leads to. */
export const sitelinkTopics = ['benefits', 'features', 'offer', 'proof', 'contact'] as const;
export type SitelinkTopic = (typeof sitelinkTopics)[number];

const fields = {
  product: z.strictObject({
    name,
    category: z.enum(productCategories),
    description: z.string().check(z.trim(), z.maxLength(3000)),
    photoAssetIds: z.optional(photoAssetIds),
  }),
  landingPageUrl: httpsUrl,
  pages: z.optional(
    z
      .array(z.strictObject({ about: z.enum(sitelinkTopics), url: httpsUrl }))
      .check(z.maxLength(10))
      .register(z.globalRegistry, { description: 'Other pages of the site, for links beneath ads' }),
  ),
  benefits,
  features,
  offer: z.optional(offer),
  problem: z.optional(problem),
  urgency: z.optional(urgency),
  proof: z.array(proof).check(z.maxLength(20)),
  audience,
  goal: z
    .strictObject({ objective: z.enum(objectives), targetCpa: z.optional(money) })
    .register(z.globalRegistry, { id: 'BriefGoal', description: 'What the campaigns are to reach' }),
  dailyBudget: money,
  countries: z.array(country).check(z.minLength(1), z.maxLength(50)),
  languages: z.array(copyLanguage).check(z.minLength(1), z.maxLength(20)).register(z.globalRegistry, {
    description: 'In which to advertise; the first is the one this brief is written in',
  }),
  voice,
  bannedWords,
  claims: z.array(substantiatedClaim).check(z.maxLength(20)),
  keywords: z.array(keyword).check(z.maxLength(200)),
  platforms: z
    .array(
      z.strictObject({
        accountId,
        /** LinkedIn: the URN of the page it is shown under. */
        page: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
        /** TikTok: the id of the identity it is shown under. */
        identity: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
      }),
    )
    .check(z.maxLength(20))
    .register(z.globalRegistry, { description: 'Where to advertise' }),
  politicalAdvertising: z.enum(politicalAdvertising),
  texts: z
    .record(copyLanguage, translation)
    .register(z.globalRegistry, { description: 'Translations by language, ISO 639-1' }),
} as const;

export const brief = z
  .strictObject(fields)
  .register(z.globalRegistry, { id: 'Brief', description: 'What is sold, to whom, and what may be said of it' });

export type Brief = z.infer<typeof brief>;
export type Voice = z.infer<typeof voice>;
export type Tone = (typeof tones)[number];
export type Formality = (typeof formalities)[number];

/** What people may still leave open: a brief that is being written. Everything that is there holds to its bounds. */
export const briefDraft = z
  .partial(
    z.strictObject({
      ...fields,
      product: z.strictObject({
        name: z.optional(name),
        category: z.optional(z.enum(productCategories)),
        description: z.optional(z.string().check(z.trim(), z.maxLength(3000))),
        photoAssetIds: z.optional(photoAssetIds),
      }),
      languages: z.array(copyLanguage).check(z.maxLength(20)),
      countries: z.array(country).check(z.maxLength(50)),
    }),
  )
  .register(z.globalRegistry, { id: 'BriefDraft', description: 'A brief, whole or with fields that are still open' });
export type BriefDraft = z.infer<typeof briefDraft>;
