import * as z from 'zod/mini';
import { brandKit } from './brand-kits.ts';
import { briefDraft } from './briefs.ts';
import { httpsUrl } from './changes.ts';
import { brandKitReference, briefReference } from './generation-runs.ts';
import { findingSeverities, policyFactKinds } from './policies.ts';
import { cursor, instant, nextCursor, pageLimit } from './primitives.ts';

/** Briefs and brand kits as the workspace keeps them. */

export const mostBriefs = 500;
export const mostBrandKits = 50;

export const briefPath = z.strictObject({ briefId: briefReference });
export const brandKitPath = z.strictObject({ brandKitId: brandKitReference });

/** What was read on a page, as it stands there. */
export const quotedFact = z
  .object({
    id: z.string(),
    kind: z.enum(policyFactKinds),
    text: z.string(),
    language: z.nullable(z.string()),
    start: z.int().register(z.globalRegistry, { description: 'UTF-16 offset into the text that was read' }),
    end: z.int(),
    suspicious: z.boolean().register(z.globalRegistry, {
      description: 'It reads like an instruction to a machine: shown, and never said in an ad',
    }),
  })
  .register(z.globalRegistry, { id: 'QuotedFact', description: 'What a landing page says, with where it says it' });

export const pageReading = z
  .object({
    url: httpsUrl,
    status: z.enum(['reading', 'ready', 'failed']),
    startedAt: instant,
    endedAt: z.nullable(instant),
    httpStatus: z.nullable(z.int()),
    finalUrl: z.nullable(z.string()).register(z.globalRegistry, { description: 'Where redirects led to' }),
    language: z.nullable(z.string()),
    title: z.nullable(z.string()),
    reason: z.nullable(z.string()).register(z.globalRegistry, { description: 'Why it could not be read, in words' }),
    facts: z.array(quotedFact),
    toConfirm: z.array(z.string()).register(z.globalRegistry, {
      description: 'Fields of the brief that were filled from the page and that nobody has looked at yet',
    }),
  })
  .register(z.globalRegistry, { id: 'PageReading', description: 'How the landing page was read, and what it says' });
export type PageReading = z.infer<typeof pageReading>;

const briefFinding = z
  .object({
    ruleId: z.string(),
    field: z.string(),
    severity: z.enum(findingSeverities),
    message: z.string(),
  })
  .register(z.globalRegistry, { id: 'BriefFinding', description: 'What stands in the way of saying something' });

export const briefRecord = z
  .object({
    id: briefReference,
    brief: briefDraft,
    complete: z.boolean().register(z.globalRegistry, { description: 'Whether campaigns can be made of it' }),
    open: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .register(z.globalRegistry, { description: 'What is missing or does not fit yet' }),
    findings: z
      .array(briefFinding)
      .register(z.globalRegistry, { description: 'What contradicts itself or cannot be said' }),
    reading: z.nullable(pageReading),
    archived: z.boolean(),
    createdAt: instant,
    createdBy: z.string(),
    changedAt: instant,
  })
  .register(z.globalRegistry, { id: 'KeptBrief', description: 'A brief with how far it is' });
export type BriefRecord = z.infer<typeof briefRecord>;

export const briefPage = z
  .object({ items: z.array(briefRecord), nextCursor })
  .register(z.globalRegistry, { id: 'BriefPage', description: 'The newest first; archived ones only when asked for' });

export const listBriefsQuery = z.strictObject({
  archived: z.optional(z.enum(['true', 'false'])),
  limit: z.optional(pageLimit),
  cursor: z.optional(cursor),
});

export const briefFromUrlBody = z
  .strictObject({ url: httpsUrl })
  .register(z.globalRegistry, { id: 'BriefFromUrl', description: 'The landing page to begin from' });

/** What a brief can do without, and so can be taken away again. */
export const removableFields = ['offer', 'problem', 'urgency'] as const;

export const changeBriefBody = z
  .strictObject({
    brief: z.optional(briefDraft),
    without: z
      .optional(z.array(z.enum(removableFields)).check(z.maxLength(removableFields.length)))
      .register(z.globalRegistry, { description: 'Fields to take away' }),
    archived: z.optional(z.boolean()),
    confirmed: z
      .optional(z.array(z.string().check(z.maxLength(40))).check(z.maxLength(40)))
      .register(z.globalRegistry, { description: 'Fields read from the page that somebody has looked at' }),
  })
  .register(z.globalRegistry, { id: 'BriefChange', description: 'Fields that are absent stay as they are' });

export const brandKitRecord = z
  .object({
    id: brandKitReference,
    kit: brandKit,
    archived: z.boolean(),
    createdAt: instant,
    createdBy: z.string(),
    changedAt: instant,
  })
  .register(z.globalRegistry, { id: 'KeptBrandKit' });
export type BrandKitRecord = z.infer<typeof brandKitRecord>;

export const brandKitList = z
  .object({ items: z.array(brandKitRecord) })
  .register(z.globalRegistry, { id: 'BrandKitList', description: `The oldest first; at most ${mostBrandKits}` });

export const changeBrandKitBody = z
  .extend(z.partial(brandKit), {
    archived: z.optional(z.boolean()),
    /** Fields that are to be empty again. */
    without: z.optional(z.array(z.enum(['logoAssetId', 'legalLine'])).check(z.maxLength(2))),
  })
  .register(z.globalRegistry, { id: 'BrandKitChange', description: 'Fields that are absent stay as they are' });
