import * as z from 'zod/mini';
import { guardrailRuleNames } from '../guardrails.ts';
import { operation } from './changes.ts';
import {
  accountId,
  campaignId,
  currency,
  cursor,
  instant,
  isoDate,
  micros,
  nextCursor,
  pageLimit,
  platformId,
  prefixedId,
} from './primitives.ts';

/** A change request: operations that are previewed, decided on, applied and undone together. */
export const changeId = prefixedId('chg', 'Change id');
export const operationId = prefixedId('opn', 'Operation id');

export const changeStatuses = [
  'previewed',
  'awaiting-approval',
  'applying',
  'applied',
  'partial',
  'failed',
  'discarded',
  'expired',
] as const;
export type ChangeStatus = (typeof changeStatuses)[number];
/** `unknown`: nobody could find out whether the platform has acted; somebody has to look. */
export const operationStatuses = [
  'planned',
  'blocked',
  'pending',
  'applying',
  'applied',
  'failed',
  'conflict',
  'unknown',
] as const;
export type OperationStatus = (typeof operationStatuses)[number];

/** As many as are read from the platforms within one answer. */
export const maximumOperations = 100;

const status = z.enum(changeStatuses);
const reason = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(1000))
  .register(z.globalRegistry, { description: 'Why; it goes into the audit trail' });

export const objectKinds = ['campaign', 'ad-group', 'ad', 'asset'] as const;

/** What stands against an operation: which field, why, and the platform's own code where the platform said it. */
export const changeProblem = z
  .object({
    field: z.string().register(z.globalRegistry, { description: 'Within the operation, `dailyBudget.micros`' }),
    reason: z.string(),
    platformCode: z.nullable(z.string()),
  })
  .register(z.globalRegistry, { id: 'ChangeProblem' });
export type ChangeProblem = z.infer<typeof changeProblem>;

export const fieldChange = z
  .object({
    field: z.string(),
    before: z.unknown().register(z.globalRegistry, { description: 'As the platform had it at the preview; null: new' }),
    after: z.unknown(),
  })
  .register(z.globalRegistry, { id: 'FieldChange' });
export type FieldChange = z.infer<typeof fieldChange>;

export const spendDirections = ['increase', 'decrease', 'neutral'] as const;

export const changeOperation = z
  .object({
    id: operationId,
    index: z.int(),
    status: z.enum(operationStatuses),
    operation,
    accountId,
    platform: platformId,
    object: z.object({
      kind: z.enum(objectKinds),
      id: z.nullable(z.string()).register(z.globalRegistry, { description: 'Null until it is made' }),
      name: z.string(),
      campaignId: z
        .nullable(campaignId)
        .register(z.globalRegistry, { description: 'The campaign it belongs to; null while there is none' }),
    }),
    /** What becomes different. */
    fields: z.array(fieldChange),
    spend: z.enum(spendDirections),
    problems: z
      .array(changeProblem)
      .register(z.globalRegistry, { description: 'Why it is blocked; empty when it may be applied' }),
    warnings: z.array(z.string()),
    result: z.nullable(
      z.object({
        platformId: z.string(),
        platformRequestId: z.nullable(z.string()),
        appliedAt: instant,
      }),
    ),
    error: z.nullable(changeProblem),
    conflict: z
      .nullable(z.object({ field: z.string(), expected: z.unknown(), found: z.unknown() }))
      .register(z.globalRegistry, { description: 'Somebody changed it on the platform after the preview' }),
    attempts: z.int(),
  })
  .register(z.globalRegistry, {
    id: 'ChangeOperation',
    description: 'One operation of a change and what became of it',
  });
export type ChangeOperation = z.infer<typeof changeOperation>;

const beforeAfter = z.object({ before: micros, after: micros });
/** Enabled budgets, and what they may cost as the platform promises it. */
const spendFields = {
  dailyBudgetMicros: beforeAfter,
  mostOnADayMicros: beforeAfter,
  mostInAMonthMicros: beforeAfter,
};
export const spendEffect = z
  .object({
    accounts: z.array(z.object({ accountId, currency, ...spendFields })),
    workspace: z
      .nullable(z.object({ currency, ratesOf: z.nullable(isoDate), ...spendFields }))
      .register(z.globalRegistry, {
        description:
          'In the currency of the workspace, over all its accounts; null when a rate is missing, which a warning names',
      }),
  })
  .register(z.globalRegistry, {
    id: 'SpendEffect',
    description: 'Daily budgets of what is enabled, before and after, and what they may cost at most',
  });
export type SpendEffect = z.infer<typeof spendEffect>;

export const verdictOutcomes = ['kept', 'warning', 'needs-approval', 'violated'] as const;
export const guardrailVerdict = z
  .object({
    rule: z.enum(guardrailRuleNames),
    outcome: z.enum(verdictOutcomes),
    operation: z.nullable(z.int()).register(z.globalRegistry, { description: 'Index; null: the change as a whole' }),
    unit: z.enum(['share', 'micros', 'minutes', 'time', 'campaign', 'status']),
    currency: z.nullable(currency),
    limit: z.nullable(z.union([z.number(), z.string()])),
    value: z.nullable(z.union([z.number(), z.string()])),
    message: z.string(),
  })
  .register(z.globalRegistry, { id: 'GuardrailVerdict', description: 'What a guardrail says: rule, limit and value' });
export type GuardrailVerdict = z.infer<typeof guardrailVerdict>;

export const change = z
  .object({
    id: z.nullable(changeId).register(z.globalRegistry, { description: 'Null of a dry run, which is not kept' }),
    status,
    reason,
    confirmable: z.boolean().register(z.globalRegistry, {
      description: 'It is previewed, not expired, and neither an operation is blocked nor a guardrail violated',
    }),
    operationCounts: z.record(z.enum(operationStatuses), z.int()),
    effect: spendEffect,
    verdicts: z.array(guardrailVerdict),
    warnings: z.array(z.string()),
    createdAt: instant,
    createdBy: z.string(),
    expiresAt: instant,
    decidedAt: z.nullable(instant),
    decidedBy: z.nullable(z.string()),
    approvedAt: z.nullable(instant),
    approvedBy: z.nullable(z.string()),
    finishedAt: z.nullable(instant),
    undoOf: z.nullable(changeId),
    undoneBy: z.nullable(changeId),
    requestId: z.string().register(z.globalRegistry, { description: 'Of the request that asked for it' }),
  })
  .register(z.globalRegistry, { id: 'Change', description: 'A change request and where it stands' });
export type Change = z.infer<typeof change>;

export const changeDetail = z
  .extend(change, { operations: z.array(changeOperation) })
  .register(z.globalRegistry, { id: 'ChangeDetail', description: 'A change with its operations' });
export type ChangeDetail = z.infer<typeof changeDetail>;

export const changePage = z
  .object({ items: z.array(change), nextCursor })
  .register(z.globalRegistry, { id: 'ChangePage' });

export const previewChangeBody = z
  .strictObject({
    reason,
    operations: z.array(operation).check(z.minLength(1), z.maxLength(maximumOperations)),
    dryRun: z.optional(z.boolean()).register(z.globalRegistry, { description: 'Preview only; nothing is kept' }),
    confirmDecreases: z.optional(z.boolean()).register(z.globalRegistry, {
      description: 'Confirm at once if it only spends less and the guardrails let that through',
    }),
  })
  .register(z.globalRegistry, { id: 'ChangeRequest', description: 'Operations to preview' });

/** A decision may say why. */
export const decisionBody = z
  .strictObject({ comment: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(1000))) })
  .register(z.globalRegistry, { id: 'ChangeDecision' });

export const undoBody = z.strictObject({ reason }).register(z.globalRegistry, { id: 'UndoRequest' });

export const changePath = z.strictObject({ changeId });
export const listChangesQuery = z.strictObject({
  status: z.optional(status),
  limit: z.optional(pageLimit),
  cursor: z.optional(cursor),
});
