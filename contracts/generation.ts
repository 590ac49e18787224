/** What travels between the states of state-machines/campaign-generation.asl.json: ids alone, what is made lies in the lake. */
import * as z from 'zod/mini';
import { runId, workspaceId } from './schemas/primitives.ts';

/** The execution's input. Whoever starts one has written the run record first. */
export const generationInput = z.object({
  workspaceId,
  runId,
  /** How often the run has been started, itself included. */
  attempt: z.int(),
});
export type GenerationInput = z.infer<typeof generationInput>;

/** A step of one round of creatives: 1, and one more each time they were sent back. */
export const roundInput = z.extend(generationInput, { round: z.int() });
export type RoundInput = z.infer<typeof roundInput>;

/** What is made for one campaign of the plan. */
export const campaignInput = z.extend(roundInput, { campaignKey: z.string() });
export type CampaignInput = z.infer<typeof campaignInput>;

/** Some of a campaign's pictures, counted from 0. */
export const imagesInput = z.extend(campaignInput, { first: z.int(), count: z.int() });
export type ImagesInput = z.infer<typeof imagesInput>;

/** What is made of all of a round's ads, one after another. */
export const finishInput = z.extend(roundInput, { step: z.enum(['personalise', 'check', 'score']) });
export type FinishInput = z.infer<typeof finishInput>;

export const approvalInput = z.extend(roundInput, { taskToken: z.string() });
export type ApprovalInput = z.infer<typeof approvalInput>;

/** What the execution goes on with once somebody has decided. */
export const approvalAnswer = z.object({
  decision: z.enum(['approve', 'send-back', 'reject']),
  round: z.int(),
});
export type ApprovalAnswer = z.infer<typeof approvalAnswer>;

/** A change to be asked for in the name of whoever approved: its operations lie in the lake. */
export const launchRequest = z.object({
  workspaceId,
  runId,
  accountId: z.string(),
  campaignKey: z.string(),
  operationsKey: z.string(),
  reason: z.string(),
  /** The same each time: a repeated request finds the change that the first one made. */
  idempotencyKey: z.string(),
  approvedBy: z.string(),
});
export type LaunchRequest = z.infer<typeof launchRequest>;

/** What became of it. */
export const launchAnswer = z.object({
  campaignKey: z.string(),
  changeId: z.nullable(z.string()),
  status: z.nullable(z.string()),
  note: z.nullable(z.string()),
});
export type LaunchAnswer = z.infer<typeof launchAnswer>;

export const launchInput = z.union([
  z.extend(roundInput, { action: z.literal('prepare') }),
  z.extend(roundInput, { action: z.literal('record'), answers: z.array(launchAnswer) }),
  /** `last`: what is not there by now is not waited for. */
  z.extend(roundInput, { action: z.literal('enable'), last: z.boolean() }),
  z.extend(roundInput, { action: z.literal('record-live'), answers: z.array(launchAnswer) }),
]);
export type LaunchInput = z.infer<typeof launchInput>;

/** How an execution came to an end that is not its success. */
export const endInput = z.extend(generationInput, {
  end: z.enum(['failed', 'rejected', 'expired']),
  error: z.optional(z.object({ Error: z.optional(z.string()), Cause: z.optional(z.string()) })),
});
export type EndInput = z.infer<typeof endInput>;
