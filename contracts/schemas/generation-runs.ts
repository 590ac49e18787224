import * as z from 'zod/mini';
import { brandKit } from './brand-kits.ts';
import { brief, copyLanguage } from './briefs.ts';
import { changeId, changeStatuses } from './change-requests.ts';
import { campaignTypes, creativeFormats, money, objectives, targeting } from './changes.ts';
import {
  accountId,
  count,
  currency,
  cursor,
  instant,
  isoDate,
  micros,
  nextCursor,
  pageLimit,
  platformId,
  prefixedId,
  runId,
} from './primitives.ts';

/** A run of the pipeline `campaign-generation`: from a brief to campaigns that somebody has approved. */

export const briefReference = prefixedId('brf', 'Brief id');
export const brandKitReference = prefixedId('brk', 'Brand kit id');
export const creativeId = prefixedId('crv', 'Creative id');

/** In the order they are taken; `copy` and `images` at the same time. */
export const generationSteps = [
  'facts',
  'research',
  'plan',
  'copy',
  'images',
  'personalise',
  'check',
  'score',
  'approval',
  'launch',
] as const;
export type GenerationStep = (typeof generationSteps)[number];

export const stepStatuses = ['waiting', 'running', 'done', 'failed', 'skipped'] as const;

/** `partial`: of some accounts nothing could be launched. `expired`: nobody decided in time. */
export const generationStatuses = [
  'queued',
  'running',
  'awaiting-approval',
  'launching',
  'succeeded',
  'partial',
  'failed',
  'rejected',
  'expired',
  'cancelled',
] as const;
export type GenerationStatus = (typeof generationStatuses)[number];

export const angle = z
  .enum(['benefit', 'offer', 'problem', 'proof', 'urgency', 'category'])
  .register(z.globalRegistry, { description: 'What an ad leads with' });

export const stepProgress = z
  .object({
    name: z.enum(generationSteps),
    status: z.enum(stepStatuses),
    startedAt: z.nullable(instant),
    endedAt: z.nullable(instant),
    done: count,
    of: count.clone().register(z.globalRegistry, { description: '0 until it is known how much there is to do' }),
    note: z
      .nullable(z.string())
      .register(z.globalRegistry, { description: 'What came of it, or why it failed, in words' }),
  })
  .register(z.globalRegistry, { id: 'GenerationStep', description: 'One step of a run and how far it is' });
export type StepProgress = z.infer<typeof stepProgress>;

/** What the money of past campaigns brought on a platform; null where there is nothing to measure. */
export const platformHistory = z
  .object({
    platform: platformId,
    accountId,
    from: isoDate,
    to: isoDate,
    currency,
    spendMicros: micros,
    conversions: z.number(),
    cpaMicros: z
      .nullable(micros)
      .register(z.globalRegistry, { description: 'Spend by conversion; null below the volume that says anything' }),
  })
  .register(z.globalRegistry, { id: 'PlatformHistory' });
export type PlatformHistory = z.infer<typeof platformHistory>;

export const researchSummary = z
  .object({
    basis: z.enum(['own-metrics']).register(z.globalRegistry, {
      description: '`own-metrics`: the workspace’s own past results and the landing page, and nothing else',
    }),
    history: z.array(platformHistory),
    landingPage: z
      .nullable(z.object({ url: z.string(), readAt: instant, facts: count }))
      .register(z.globalRegistry, { description: 'Null where it was not read' }),
    notes: z.array(z.string()),
  })
  .register(z.globalRegistry, {
    id: 'ResearchSummary',
    description: 'What the plan is made from, besides the brief',
  });

export const planAudience = z
  .object({ name: z.string(), description: z.string(), targeting })
  .register(z.globalRegistry, { id: 'PlanAudience', description: 'To whom it is shown' });

export const planAdGroup = z
  .object({
    key: z.string(),
    name: z.string(),
    angle,
    ads: count,
    keywords: z.array(z.string()),
    reason: z.string(),
  })
  .register(z.globalRegistry, { id: 'PlanAdGroup', description: 'Ads that lead with one angle' });
export type PlanAdGroup = z.infer<typeof planAdGroup>;

export const planCampaign = z
  .object({
    key: z.string().register(z.globalRegistry, { description: 'Within the plan: `google-ads-de`' }),
    platform: platformId,
    accountId,
    accountName: z.string(),
    name: z.string(),
    type: z.enum(campaignTypes),
    objective: z.enum(objectives),
    format: z.enum(creativeFormats),
    language: copyLanguage,
    countries: z.array(z.string()),
    /** In the account’s currency. */
    dailyBudget: money,
    share: z
      .number()
      .check(z.minimum(0), z.maximum(1))
      .register(z.globalRegistry, { description: 'Of the brief’s budget; those of a plan add up to 1' }),
    reason: z.string().register(z.globalRegistry, { description: 'Why it is given so much' }),
    audience: planAudience,
    adGroups: z.array(planAdGroup),
  })
  .register(z.globalRegistry, { id: 'PlanCampaign', description: 'One campaign of a plan, with the reason for it' });
export type PlanCampaign = z.infer<typeof planCampaign>;

export const generationPlan = z
  .object({
    dailyBudget: money,
    split: z
      .enum(['past-cpa', 'even'])
      .register(z.globalRegistry, { description: '`past-cpa`: more to where a conversion cost less' }),
    campaigns: z.array(planCampaign),
    leftOut: z
      .array(z.object({ platform: z.nullable(platformId), accountId: z.nullable(accountId), reason: z.string() }))
      .register(z.globalRegistry, { description: 'What the brief asks for and the plan cannot have, and why' }),
  })
  .register(z.globalRegistry, { id: 'GenerationPlan', description: 'Where the money goes, to whom, saying what' });
export type GenerationPlan = z.infer<typeof generationPlan>;

export const decisions = ['approve', 'send-back', 'reject'] as const;
export const runDecision = z
  .object({
    round: z.int(),
    decision: z.enum(decisions),
    comment: z.nullable(z.string()),
    decidedBy: z.string(),
    decidedAt: instant,
  })
  .register(z.globalRegistry, { id: 'RunDecision', description: 'What somebody decided on a round of creatives' });
export type RunDecision = z.infer<typeof runDecision>;

/** What became of an account's part: one change request each. */
export const launchedChange = z
  .object({
    platform: platformId,
    accountId,
    changeId: z.nullable(changeId),
    status: z.nullable(z.enum(changeStatuses)),
    note: z
      .nullable(z.string())
      .register(z.globalRegistry, { description: 'Why it does not go on by itself; null when it does' }),
  })
  .register(z.globalRegistry, { id: 'LaunchedChange', description: 'The change request of one account' });
export type LaunchedChange = z.infer<typeof launchedChange>;

const launch = z.enum(['paused', 'live']).register(z.globalRegistry, {
  description: 'Whether campaigns begin to spend once the change is applied',
});

const runFields = {
  id: runId,
  pipeline: z.enum(['campaign-generation']),
  status: z.enum(generationStatuses),
  briefId: z
    .nullable(briefReference)
    .register(z.globalRegistry, { description: 'Null of a run whose brief was sent along with its start' }),
  briefName: z.string().register(z.globalRegistry, { description: 'The product, as the brief named it at the start' }),
  brandKitId: z.nullable(brandKitReference),
  variants: z.int(),
  seed: z.int(),
  languages: z.array(copyLanguage),
  platforms: z.array(platformId),
  images: z.boolean(),
  launch,
  attempt: z.int().register(z.globalRegistry, { description: '1, and one more each time the run was resumed' }),
  round: z.int().register(z.globalRegistry, {
    description: '1, and one more each time the creatives were sent back',
  }),
  steps: z.array(stepProgress),
  creatives: z
    .object({ total: count, blocked: count, warned: count })
    .register(z.globalRegistry, { description: 'Of this round, with what the check says of them' }),
  expiresAt: z
    .nullable(instant)
    .register(z.globalRegistry, { description: 'Until when it waits for a decision; null when it does not wait' }),
  error: z.nullable(z.string()),
  startedAt: instant,
  startedBy: z.string(),
  finishedAt: z.nullable(instant),
};

export const generationRun = z
  .object(runFields)
  .register(z.globalRegistry, { id: 'GenerationRun', description: 'A run from a brief to campaigns' });
export type GenerationRun = z.infer<typeof generationRun>;

export const generationRunDetail = z
  .object({
    ...runFields,
    research: z.nullable(researchSummary),
    plan: z.nullable(generationPlan),
    decisions: z.array(runDecision),
    changes: z.array(launchedChange),
  })
  .register(z.globalRegistry, {
    id: 'GenerationRunDetail',
    description: 'A run with its plan, what was decided on it and what was launched',
  });
export type GenerationRunDetail = z.infer<typeof generationRunDetail>;

export const generationRunPage = z
  .object({ items: z.array(generationRun), nextCursor })
  .register(z.globalRegistry, { id: 'GenerationRunPage' });

/** Ads of one campaign: what people can still look through, and one change request holds. */
export const mostVariants = 20;

export const startGenerationBody = z
  .strictObject({
    briefId: z.optional(briefReference),
    brief: z.optional(brief),
    brandKitId: z.optional(brandKitReference).register(z.globalRegistry, {
      description: 'How the ads look and speak; the brief alone by default',
    }),
    brandKit: z.optional(brandKit),
    variants: z
      .optional(z.int().check(z.minimum(1), z.maximum(mostVariants)))
      .register(z.globalRegistry, { description: 'Ads a platform and language; 10 by default' }),
    seed: z
      .optional(z.int().check(z.minimum(0), z.maximum(4_294_967_295)))
      .register(z.globalRegistry, { description: 'The same brief, page and seed give the same ads; 1 by default' }),
    languages: z
      .optional(z.array(copyLanguage).check(z.minLength(1), z.maxLength(10)))
      .register(z.globalRegistry, { description: 'Among those of the brief; all of them by default' }),
    platforms: z
      .optional(z.array(platformId).check(z.minLength(1), z.maxLength(3)))
      .register(z.globalRegistry, { description: 'Among those of the brief; all of them by default' }),
    images: z
      .optional(z.boolean())
      .register(z.globalRegistry, { description: 'False: words alone; formats that need images are left out' }),
    launch: z.optional(launch).register(z.globalRegistry, { description: 'Paused by default' }),
  })
  .check(
    z.refine((body) => (body.briefId === undefined) !== (body.brief === undefined), {
      message: 'give either briefId or brief',
      path: ['briefId'],
    }),
    z.refine((body) => body.brandKitId === undefined || body.brandKit === undefined, {
      message: 'give either brandKitId or brandKit',
      path: ['brandKitId'],
    }),
  )
  .register(z.globalRegistry, { id: 'GenerationStart', description: 'From which brief, and how many ads' });
export type StartGenerationBody = z.infer<typeof startGenerationBody>;

export const decideRunBody = z
  .strictObject({
    decision: z.enum(decisions),
    comment: z
      .optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(1000)))
      .register(z.globalRegistry, { description: 'Why; needed to send back' }),
    creativeIds: z
      .optional(z.array(creativeId).check(z.minLength(1), z.maxLength(500)))
      .register(z.globalRegistry, { description: 'Those to launch; by default all of the round that nothing blocks' }),
  })
  .register(z.globalRegistry, { id: 'GenerationDecision', description: 'A decision on the creatives of a run' });
export type DecideRunBody = z.infer<typeof decideRunBody>;

export const listGenerationRunsQuery = z.strictObject({
  status: z.optional(z.enum(generationStatuses)),
  limit: z.optional(pageLimit),
  cursor: z.optional(cursor),
});
