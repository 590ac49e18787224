import type { AuditAction } from '../../../contracts/schemas/audit.ts';
import type { AuditDraft } from '../../../domain/audit/chain.ts';
import type { ChangeRecord } from '../../../domain/changes/change-record.ts';
import type { Asker } from './ports.ts';

/** The audit entry of what somebody decided on a change. */
export const changeEntry = (
  change: Pick<ChangeRecord, 'id' | 'reason' | 'status'>,
  action: AuditAction,
  asker: Asker,
  given: {
    readonly at: string;
    readonly comment?: string | undefined;
    readonly before?: unknown;
    readonly after?: unknown;
  },
): AuditDraft => ({
  at: given.at,
  action,
  actor: asker.subject,
  requestId: asker.requestId,
  reason: given.comment ?? change.reason,
  changeId: change.id,
  operationId: null,
  object: null,
  before: given.before ?? null,
  after: given.after ?? null,
  platformRequestId: null,
  problem: null,
});
