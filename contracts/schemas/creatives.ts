import * as z from 'zod/mini';
import { copyLanguage } from './briefs.ts';
import { changeId } from './change-requests.ts';
import { assetReference, callsToAction, creativeFormats, httpsUrl } from './changes.ts';
import { angle, creativeId } from './generation-runs.ts';
import { policyFactKinds, policyFinding } from './policies.ts';
import { accountId, cursor, instant, nextCursor, pageLimit, platformId, prefixedId, runId } from './primitives.ts';

/** An ad that a run of the pipeline made: what it says and shows, what stands behind it, and what speaks against it. */

export const findingId = prefixedId('fnd', 'Id of a finding, the same as long as the text is');

/** `needs-review`: the check objects to it and could not mend it; a person has to. */
export const creativeStatuses = ['draft', 'needs-review', 'approved', 'sent-back', 'rejected', 'launched'] as const;
export type CreativeStatus = (typeof creativeStatuses)[number];

export const creativeText = z
  .object({
    field: z.string().register(z.globalRegistry, { description: 'Where it stands: `headlines.0`, `introduction`' }),
    text: z.string(),
    limit: z.int().register(z.globalRegistry, { description: 'In the platform’s own units' }),
    length: z.int().register(z.globalRegistry, { description: 'As the platform counts it' }),
    factIds: z.array(z.string()),
    angle,
  })
  .register(z.globalRegistry, { id: 'CreativeText', description: 'One text of an ad with the facts it says' });
export type CreativeText = z.infer<typeof creativeText>;

export const creativeImage = z
  .object({
    assetId: assetReference,
    size: z.object({ width: z.int(), height: z.int() }),
    altText: z.string(),
    texts: z
      ._default(z.array(z.object({ part: z.string(), text: z.string() })), [])
      .register(z.globalRegistry, { description: 'What is to be read in it: `headline`, `offer`, `legal`' }),
    url: z.string().register(z.globalRegistry, { description: 'Signed, for a few minutes' }),
  })
  .register(z.globalRegistry, { id: 'CreativeImage' });

/** A fact as its source says it, for whoever wonders why an ad may say so. */
export const creativeFact = z
  .object({
    id: z.string(),
    kind: z.enum(policyFactKinds),
    text: z.string(),
    source: z.union([
      z.object({ from: z.literal('brief'), field: z.string() }),
      z.object({ from: z.literal('landing-page'), start: z.int(), end: z.int() }),
    ]),
  })
  .register(z.globalRegistry, { id: 'CreativeFact', description: 'What a text says, and where it was read' });
export type CreativeFact = z.infer<typeof creativeFact>;

export const creativeFinding = z
  .object({ id: findingId, ...policyFinding.shape, fixable: z.boolean() })
  .register(z.globalRegistry, {
    id: 'CreativeFinding',
    description: 'What speaks against a text, and whether one click mends it',
  });
export type CreativeFinding = z.infer<typeof creativeFinding>;

export const creativeRepair = z
  .object({ field: z.string(), before: z.string(), after: z.string(), ruleId: z.string() })
  .register(z.globalRegistry, { id: 'CreativeRepair', description: 'What the check has written anew' });

export type CreativeRepair = z.infer<typeof creativeRepair>;

export const creativeStrength = z
  .object({
    score: z.number().register(z.globalRegistry, { description: '0 to 1; compares ads of one format and no others' }),
    low: z.number(),
    high: z.number(),
    reasons: z.array(z.string()),
  })
  .register(z.globalRegistry, {
    id: 'CreativeStrength',
    description: 'How well it may do, by judgement and not by measurement',
  });

/** A person who may has let the ad pass although a rule objects. */
export const creativeReview = z.object({ by: z.string(), at: instant, reason: z.string() }).register(z.globalRegistry, {
  id: 'CreativeReview',
  description: 'Who has let the ad pass although a rule objects, and why',
});
export type CreativeReview = z.infer<typeof creativeReview>;

export const creativeRecord = z
  .object({
    id: creativeId,
    runId,
    round: z.int(),
    campaignKey: z.string().register(z.globalRegistry, { description: 'Of the plan' }),
    adGroupKey: z.string(),
    platform: platformId,
    accountId,
    format: z.enum(creativeFormats),
    language: copyLanguage,
    countries: z.array(z.string()),
    angle,
    segment: z
      .nullable(z.string())
      .register(z.globalRegistry, { description: 'For whom it was written; null: for all' }),
    texts: z.array(creativeText),
    images: z.array(creativeImage),
    callToAction: z.enum(callsToAction),
    hashtags: z.array(z.string()),
    landingPageUrl: httpsUrl,
    facts: z.array(creativeFact),
    findings: z.array(creativeFinding),
    verdict: z.enum(['pass', 'warn', 'block']),
    repairs: z.array(creativeRepair),
    strength: creativeStrength,
    status: z.enum(creativeStatuses),
    review: z._default(z.nullable(creativeReview), null),
    changeId: z.nullable(changeId),
    writtenBy: z.object({
      model: z.string(),
      promptVersion: z.string(),
      fallback: z
        .nullable(z.string())
        .register(z.globalRegistry, { description: 'Why the built-in writer stood in; null where it did not' }),
    }),
    edited: z.boolean().register(z.globalRegistry, { description: 'Whether a person has changed its words' }),
    version: z.int().register(z.globalRegistry, { description: 'One more with each change; `If-Match` takes it' }),
    createdAt: instant,
    updatedAt: instant,
  })
  .register(z.globalRegistry, {
    id: 'GeneratedCreative',
    description: 'An ad of a run, with all that stands behind it',
  });
export type CreativeRecord = z.infer<typeof creativeRecord>;

export const creativePage = z
  .object({ items: z.array(creativeRecord), nextCursor })
  .register(z.globalRegistry, { id: 'CreativePage' });

export const creativePath = z.strictObject({ creativeId });
export const listCreativesQuery = z.strictObject({
  runId,
  platform: z.optional(platformId),
  status: z.optional(z.enum(creativeStatuses)),
  limit: z.optional(pageLimit),
  cursor: z.optional(cursor),
});

export const editCreativeBody = z
  .strictObject({
    texts: z
      .array(
        z.strictObject({
          field: z.string().check(z.minLength(1), z.maxLength(40)),
          text: z.string().check(z.trim(), z.minLength(1), z.maxLength(3000)),
        }),
      )
      .check(z.minLength(1), z.maxLength(60)),
  })
  .register(z.globalRegistry, { id: 'CreativeEdit', description: 'Texts by their field; the others stay' });

export const fixCreativeBody = z
  .strictObject({ findingId })
  .register(z.globalRegistry, { id: 'CreativeFix', description: 'The finding whose suggestion is to be taken' });
