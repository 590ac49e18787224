import * as z from 'zod/mini';
import { changeId, changeProblem, operationId } from './change-requests.ts';
import { cursor, instant, nextCursor, pageLimit } from './primitives.ts';

/** Everything that is written down. An entry is never changed and never taken away. */
export const auditActions = [
  'change.previewed',
  'change.approval-asked',
  'change.confirmed',
  'change.approved',
  'change.discarded',
  'change.expired',
  'change.resumed',
  'change.finished',
  'operation.applied',
  'operation.failed',
  'operation.conflict',
  'operation.unknown',
  'operation.blocked',
  'guardrails.changed',
  'brief.created',
  'brief.changed',
  'brand-kit.created',
  'brand-kit.changed',
  'pixel.created',
  'pixel.changed',
  'generation.approved',
  'generation.sent-back',
  'generation.rejected',
  'creative.edited',
  'asset.uploaded',
  'asset.deleted',
  'review.approved',
  'review.rejected',
  'review.escalated',
] as const;
export type AuditAction = (typeof auditActions)[number];

const sequence = z.int().check(z.minimum(1));
/** SHA-256, hexadecimal. */
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));

export const auditEntry = z
  .object({
    sequence: sequence.register(z.globalRegistry, { description: 'Counts the entries of a workspace from 1' }),
    at: instant,
    action: z.enum(auditActions),
    actor: z.string().register(z.globalRegistry, {
      description: 'Who asked for it: the user or client whose request this follows from',
    }),
    requestId: z.nullable(z.string()).register(z.globalRegistry, {
      description: 'Of the request that it follows from; the same on every entry that one request leads to',
    }),
    reason: z.nullable(z.string()),
    changeId: z.nullable(changeId),
    operationId: z.nullable(operationId),
    object: z.nullable(
      z.object({ kind: z.string(), id: z.nullable(z.string()), platformId: z.nullable(z.string()), name: z.string() }),
    ),
    before: z.unknown(),
    after: z.unknown(),
    platformRequestId: z
      .nullable(z.string())
      .register(z.globalRegistry, { description: 'The platform’s own name of the call that did it' }),
    problem: z.nullable(changeProblem),
    previousHash: hash.register(z.globalRegistry, { description: 'Of the entry before; zeros before the first' }),
    hash: hash.register(z.globalRegistry, {
      description: 'SHA-256 over the canonical JSON (RFC 8785) of all other fields and the workspace’s id',
    }),
  })
  .register(z.globalRegistry, { id: 'AuditEntry', description: 'One thing that was done, chained to the one before' });
export type AuditEntry = z.infer<typeof auditEntry>;

export const auditPage = z
  .object({ items: z.array(auditEntry), nextCursor })
  .register(z.globalRegistry, { id: 'AuditPage' });

const filters = {
  changeId: z.optional(changeId),
  action: z.optional(z.enum(auditActions)),
  actor: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  from: z.optional(instant),
  to: z.optional(instant),
};
export const auditQuery = z.strictObject({ ...filters, limit: z.optional(pageLimit), cursor: z.optional(cursor) });
export type AuditFilters = z.infer<z.ZodMiniObject<typeof filters>>;

const auditExportFormats = ['csv', 'jsonl'] as const;
export type AuditExportFormat = (typeof auditExportFormats)[number];
export const auditExportQuery = z.strictObject({ ...filters, format: z.enum(auditExportFormats) });

const auditFaultKinds = ['altered', 'missing', 'reordered', 'head'] as const;
export const auditFault = z
  .object({
    kind: z.enum(auditFaultKinds),
    sequence,
    message: z.string(),
  })
  .register(z.globalRegistry, { id: 'AuditFault', description: 'Where the chain does not hold, and how' });
export type AuditFault = z.infer<typeof auditFault>;

/** A head that was noted earlier: the chain must still lead through it. */
export const auditVerificationQuery = z.strictObject({
  sequence: z.optional(
    z
      .string()
      .check(z.regex(/^[1-9]\d{0,14}$/, 'a whole number from 1'))
      .register(z.globalRegistry, { description: 'Of a head noted earlier; with `hash`' }),
  ),
  hash: z.optional(hash.register(z.globalRegistry, { description: 'That the entry `sequence` had' })),
});

export const auditVerification = z
  .object({
    valid: z.boolean(),
    entries: z.int(),
    /** To be noted elsewhere: with it a later verification shows that nothing before it was rewritten. */
    head: z.nullable(z.object({ sequence, hash })),
    faults: z.array(auditFault).register(z.globalRegistry, { description: 'The first hundred' }),
    faultCount: z.int(),
  })
  .register(z.globalRegistry, { id: 'AuditVerification', description: 'Whether the audit trail is whole' });
export type AuditVerification = z.infer<typeof auditVerification>;
