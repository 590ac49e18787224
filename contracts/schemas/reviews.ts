import * as z from 'zod/mini';
import { copyLanguage } from './briefs.ts';
import { creativeId } from './generation-runs.ts';
import { policyFinding } from './policies.ts';
import { cursor, instant, nextCursor, pageLimit, platformId, prefixedId, runId } from './primitives.ts';

/** What a person has to look at: an ad that the check could not mend, or a text that somebody asks about. */

export const reviewId = prefixedId('rvw', 'Review id');

/** `closed`: nobody had to decide, because the ad was mended or its run came to an end. */
export const reviewStatuses = ['open', 'approved', 'rejected', 'closed'] as const;
export type ReviewStatus = (typeof reviewStatuses)[number];

/** How long a claim keeps others away. Whoever still works on it claims it again. */
export const claimMinutes = 15;
export const mostReviewTexts = 20;
const mostReasons = 60;
const mostHistory = 100;

const describe = (description: string) => ({ description });

export const reviewReason = z
  .object(policyFinding.shape)
  .register(z.globalRegistry, { id: 'ReviewReason', description: 'A finding that a person has to judge' });

export const reviewText = z.strictObject({
  field: z.string().check(z.minLength(1), z.maxLength(40)),
  text: z.string().check(z.minLength(1), z.maxLength(3000)),
});

export const reviewEvents = [
  'opened',
  'claimed',
  'released',
  'escalated',
  'approved',
  'rejected',
  'closed',
  'reopened',
] as const;
export type ReviewEvent = (typeof reviewEvents)[number];

export const reviewHistoryEntry = z
  .object({
    at: instant,
    by: z.nullable(z.string()).register(z.globalRegistry, describe('Who; null for the system')),
    what: z.enum(reviewEvents),
    reason: z.nullable(z.string()),
  })
  .register(z.globalRegistry, { id: 'ReviewHistoryEntry' });

export const reviewClaim = z
  .object({ by: z.string(), until: instant })
  .register(z.globalRegistry, { id: 'ReviewClaim', description: 'Who works on it, and until when nobody else can' });

/** As it is kept. */
export const heldReview = z.object({
  id: reviewId,
  kind: z.enum(['creative', 'text']),
  creative: z.nullable(
    z.object({ creativeId, runId, platform: platformId, language: copyLanguage, countries: z.array(z.string()) }),
  ),
  texts: z.array(z.object(reviewText.shape)),
  note: z.nullable(z.string()),
  reasons: z.array(reviewReason).check(z.maxLength(mostReasons)),
  status: z.enum(reviewStatuses),
  escalated: z.boolean(),
  claim: z.nullable(reviewClaim),
  history: z.array(reviewHistoryEntry).check(z.maxLength(mostHistory)),
  openedAt: instant,
  decidedAt: z.nullable(instant),
  version: z.int(),
});
export type HeldReview = z.infer<typeof heldReview>;
export const reviewBounds = { reasons: mostReasons, history: mostHistory } as const;

export const reviewRecord = z
  .object({
    ...heldReview.shape,
    creative: heldReview.shape.creative.register(
      z.globalRegistry,
      describe('The ad as `GET /v1/creatives/{creativeId}` shows it; null for a text'),
    ),
    dueAt: instant.register(z.globalRegistry, describe('When it should be decided by: setting `review.hours`')),
    overdue: z.boolean(),
  })
  .register(z.globalRegistry, { id: 'Review', description: 'Something that waits for a person, or what they decided' });
export type ReviewRecord = z.infer<typeof reviewRecord>;

export const reviewPage = z
  .object({ items: z.array(reviewRecord), nextCursor })
  .register(z.globalRegistry, { id: 'ReviewPage' });

export const reviewPath = z.strictObject({ reviewId });
export const listReviewsQuery = z.strictObject({
  status: z.optional(z.enum(reviewStatuses)),
  limit: z.optional(pageLimit),
  cursor: z.optional(cursor),
});

export const askReviewBody = z
  .strictObject({
    texts: z.array(reviewText).check(z.minLength(1), z.maxLength(mostReviewTexts)),
    note: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(1000))),
  })
  .register(z.globalRegistry, { id: 'ReviewRequest', description: 'Texts that a person is to look at, and why' });

export const reviewDecisions = ['approve', 'reject', 'escalate'] as const;
export const decideReviewBody = z
  .strictObject({
    decision: z.enum(reviewDecisions),
    reason: z
      .string()
      .check(z.trim(), z.minLength(10), z.maxLength(1000))
      .register(z.globalRegistry, describe('For whoever asks later: at least ten characters')),
  })
  .register(z.globalRegistry, { id: 'ReviewDecision', description: '`escalate` hands it to an owner' });
export type DecideReviewBody = z.infer<typeof decideReviewBody>;

export const appealPack = z
  .object({
    reviewId,
    madeAt: instant,
    letter: z.string().register(z.globalRegistry, describe('To be sent to the platform’s support as it is')),
    texts: z.array(z.object(reviewText.shape)),
    pictures: z.array(
      z.object({
        assetId: z.string(),
        altText: z.string(),
        url: z.string().register(z.globalRegistry, describe('Signed, for an hour')),
      }),
    ),
    landingPageUrl: z.nullable(z.string()),
    reasons: z.array(reviewReason),
    facts: z.array(
      z.object({
        text: z.string(),
        source: z.string().register(z.globalRegistry, describe('Where the advertiser says it')),
      }),
    ),
    repairs: z.array(z.object({ field: z.string(), before: z.string(), after: z.string(), ruleId: z.string() })),
    history: z.array(reviewHistoryEntry),
  })
  .register(z.globalRegistry, {
    id: 'AppealPack',
    description: 'Everything that speaks for an ad: what it says, what stands behind it, who decided and why',
  });
export type AppealPack = z.infer<typeof appealPack>;
