import * as z from 'zod/mini';

/** Shapes of what is read, no more of them than is used: everything else LinkedIn adds is let through. */

/** An element whose fields are judged one by one when it is mapped, so that a spoilt one costs itself and no other. */
const element = z.record(z.string(), z.unknown());

/** Searches that go on by `pageToken`. */
export const tokenPage = z.object({
  elements: z.array(element),
  metadata: z.optional(z.nullable(z.object({ nextPageToken: z.optional(z.nullable(z.string())) }))),
});

/** Finders that go on by `start` and `count`. */
export const offsetPage = z.object({ elements: z.array(element) });

/** `adAnalytics` is not paged. */
export const analyticsAnswer = z.object({ elements: z.array(element) });

export const batchAnswer = z.object({ results: z.record(z.string(), element) });

const id = z.union([z.string().check(z.regex(/^[1-9]\d{0,18}$/)), z.number().check(z.int(), z.positive())]);

export const accountShape = z.object({
  id,
  name: z.string(),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  /** ACTIVE, CANCELED, DRAFT, PENDING_DELETION, REMOVED. */
  status: z.string(),
});

export const conversionShape = z.object({
  id,
  name: z.string(),
  enabled: z.optional(z.boolean()),
  postClickAttributionWindowSize: z.optional(z.int()),
  viewThroughAttributionWindowSize: z.optional(z.int()),
});

/** What joins a campaign to its group. */
export const campaignShape = z.object({ id, campaignGroup: z.string() });

export const groupShape = z.object({ id });
