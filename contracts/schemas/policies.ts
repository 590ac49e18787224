import * as z from 'zod/mini';
import { creative } from './changes.ts';
import { isoDate, nextCursor, platformId } from './primitives.ts';

/** What an ad may be about where platforms or countries have rules of their own. */
export const adCategories = [
  'alcohol',
  'gambling',
  'prescription-drugs',
  'medicines',
  'weight-loss',
  'credit',
  'investments',
  'crypto',
  'housing',
  'employment',
  'political',
  'weapons',
  'tobacco',
  'drugs',
  'adult',
  'dating',
  'food',
  'cars',
] as const;
export type AdCategory = (typeof adCategories)[number];

export const findingSeverities = ['block', 'warn', 'info'] as const;
export type FindingSeverity = (typeof findingSeverities)[number];

export const policyFactKinds = [
  'product',
  'benefit',
  'feature',
  'offer',
  'price',
  'proof',
  'number',
  'problem',
  'urgency',
  'claim',
] as const;

const country = z
  .string()
  .check(z.regex(/^[A-Z]{2}$/))
  .register(z.globalRegistry, { description: 'ISO 3166-1 alpha-2: `DE`, `GB`' });
const language = z
  .string()
  .check(z.regex(/^[a-z]{2}$/))
  .register(z.globalRegistry, { description: 'ISO 639-1: `de`' });
const fieldName = z.string().check(z.minLength(1), z.maxLength(100)).register(z.globalRegistry, {
  description:
    'Where the text stands: `headlines.0`, `descriptions.1`, `longHeadlines.0`, `businessName`, `path.0`, `text`, `displayName`, `introduction`, `headline`; other names are checked without a length',
});
const adTexts = z
  .array(z.strictObject({ field: fieldName, text: z.string().check(z.maxLength(5_000)) }))
  .check(z.maxLength(60));
const words = z.array(z.string().check(z.minLength(1), z.maxLength(100))).check(z.maxLength(500));

export const checkPolicyBody = z.strictObject({
  platform: platformId,
  /** Where the ad is to be shown. */
  countries: z.array(country).check(z.minLength(1), z.maxLength(60)),
  language: z.optional(language),
  /** What is advertised, when the texts do not say it by themselves. */
  category: z.optional(z.enum(adCategories)),
  texts: z._default(adTexts, []),
  /** The ad as it would be written to the platform; its texts are checked as `creative.headlines.0`, its address as destination. */
  creative: z.optional(creative),
  /** The page behind the ad, as somebody read it. Nothing is fetched. */
  destination: z.optional(
    z.strictObject({
      url: z.string().check(z.minLength(1), z.maxLength(2_048)),
      text: z.optional(z.string().check(z.maxLength(100_000))),
      status: z.optional(z.int().check(z.minimum(100), z.maximum(599))),
    }),
  ),
  /** What can be read in the images. */
  imageTexts: z._default(adTexts, []),
  brand: z.optional(
    z.strictObject({
      bannedWords: z._default(words, []),
      /** Marks that are one's own, or whose owner has agreed. */
      trademarksAllowed: z._default(words, []),
    }),
  ),
  /** What may be said. Figures and superlatives that no fact backs are findings; without facts they are not compared. */
  facts: z.optional(
    z
      .array(
        z.strictObject({
          id: z.string().check(z.minLength(1), z.maxLength(100)),
          kind: z.enum(policyFactKinds),
          text: z.string().check(z.minLength(1), z.maxLength(2_000)),
        }),
      )
      .check(z.maxLength(500)),
  ),
  /** The day whose rules count; today when absent. */
  at: z.optional(isoDate),
});
export type CheckPolicyBody = z.infer<typeof checkPolicyBody>;

/** A public page, or a page of these docs. */
const source = z.strictObject({ title: z.string(), url: z.string() });

export const policyFinding = z
  .strictObject({
    ruleId: z.string(),
    platform: platformId,
    /** The first country of the ad that the rule is about; null when it holds everywhere. */
    country: z.nullable(country),
    /** All countries of the ad that the rule is about; none when it holds everywhere. */
    countries: z.array(country),
    field: z.string(),
    /** UTF-16 offsets into the text of the field, as it was sent. */
    span: z.strictObject({ start: z.int(), end: z.int() }),
    severity: z.enum(findingSeverities),
    /** What is wrong, why, and what to write instead. */
    message: z.string(),
    source,
    /** The whole field written anew, so that nothing in it that wording can clear is left; null when a person has to write it. */
    fix: z.nullable(z.strictObject({ text: z.string() })),
  })
  .register(z.globalRegistry, { id: 'PolicyFinding', description: 'A place in an ad that a rule objects to' });
export type PolicyFinding = z.infer<typeof policyFinding>;

export const policyAnswer = z.strictObject({
  /** The gravest severity among the findings; `info` alone passes. */
  verdict: z.enum(['pass', 'warn', 'block']),
  findings: z.array(policyFinding),
  rules: z.strictObject({
    /** Changes whenever a rule does. */
    version: z.string(),
    /** How many rules were about this ad's platform, countries and day. */
    checked: z.int(),
  }),
});
export type PolicyAnswer = z.infer<typeof policyAnswer>;

const policyRule = z
  .strictObject({
    id: z.string(),
    platforms: z.union([z.literal('all'), z.array(platformId)]),
    countries: z.union([z.literal('all'), z.array(country)]),
    /** How it looks for what it objects to. */
    matcher: z.string(),
    severity: z.enum(findingSeverities),
    message: z.string(),
    /** Whether a new wording can be suggested. */
    rewrites: z.boolean(),
    sources: z.array(source),
    validFrom: isoDate,
    validTo: z.nullable(isoDate),
    passes: z.array(z.string()),
    fails: z.array(z.strictObject({ text: z.string(), at: z.string() })),
  })
  .register(z.globalRegistry, {
    id: 'PolicyRule',
    description: 'A rule with texts that keep it and texts that break it',
  });

export const policyRulesQuery = z.strictObject({
  platform: z.optional(platformId),
  country: z.optional(country),
});
export const policyRulesPage = z.strictObject({ items: z.array(policyRule), nextCursor });
