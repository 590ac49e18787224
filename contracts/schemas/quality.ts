import * as z from 'zod/mini';
import { importId } from './imports.ts';
import {
  accountId,
  currency,
  cursor,
  grain,
  instant,
  isoDate,
  micros,
  nextCursor,
  pageLimit,
  platformId,
  runId,
} from './primitives.ts';

/** Steps of a load that a check looks at. */
export const qualitySteps = ['plan', 'transform', 'load', 'publish'] as const;
/** `ok` passed; `info` could not be judged or is worth knowing; `warning` and `error` failed. */
export const qualitySeverities = ['ok', 'info', 'warning', 'error'] as const;
export type QualitySeverity = (typeof qualitySeverities)[number];
export const qualityUnits = ['rows', 'objects', 'days', 'accounts', 'impressions', 'micros'] as const;

export const qualityResult = z
  .object({
    runId,
    checkedAt: instant,
    importId: z.optional(importId).register(z.globalRegistry, {
      description: 'The imported report that was checked; absent for a load of the API',
    }),
    check: z
      .string()
      .register(z.globalRegistry, { description: 'Id of the check, `spend-of-campaign`; docs/quality.md lists them' }),
    step: z.enum(qualitySteps),
    severity: z.enum(qualitySeverities),
    message: z.string().register(z.globalRegistry, { description: 'What was found, in a sentence' }),
    platform: platformId,
    accountId: z
      .nullable(accountId)
      .register(z.globalRegistry, { description: 'Null for a connection that failed before its accounts were known' }),
    accountName: z.string(),
    grain: z.nullable(grain),
    from: z.nullable(isoDate).register(z.globalRegistry, { description: 'First account-local day that was judged' }),
    to: z.nullable(isoDate),
    unit: z.enum(qualityUnits),
    expected: z.nullable(z.number()),
    found: z.nullable(z.number()),
    currency: z
      .nullable(currency)
      .register(z.globalRegistry, { description: 'Of amounts in micros; null without any' }),
    explained: z
      .array(z.object({ reason: z.string(), micros }))
      .register(z.globalRegistry, { description: 'Spend that the finer report leaves out by its nature, by reason' }),
    unexplainedMicros: z.nullable(micros).register(z.globalRegistry, {
      description: 'Expected minus found minus explained; null where no money is compared',
    }),
    sample: z
      .array(z.record(z.string(), z.unknown()))
      .register(z.globalRegistry, { description: 'The largest of what was found; the lake holds all days' }),
  })
  .register(z.globalRegistry, { id: 'QualityResult', description: 'What one check says of one account' });
export type QualityResult = z.infer<typeof qualityResult>;

export const qualitySummary = z
  .object({
    checkedAt: instant,
    accounts: z.int(),
    ok: z.int(),
    info: z.int(),
    warning: z.int(),
    error: z.int(),
  })
  .register(z.globalRegistry, { id: 'QualitySummary', description: 'Results of the checks after a load, by severity' });
export type QualitySummary = z.infer<typeof qualitySummary>;

export const qualityQuery = z.strictObject({
  runId: z
    .optional(runId)
    .register(z.globalRegistry, { description: 'One load; the latest check of every account by default' }),
  accountId: z.optional(accountId),
  severity: z.optional(z.enum(qualitySeverities)),
  limit: z.optional(pageLimit),
  cursor: z.optional(cursor),
});
export const qualityPage = z
  .object({ items: z.array(qualityResult), nextCursor })
  .register(z.globalRegistry, { id: 'QualityPage' });
