import type { AuditDraft } from '../audit/chain.ts';

type Action = 'brief.created' | 'brief.changed' | 'brand-kit.created' | 'brand-kit.changed';

/** What the audit trail says of a brief or a brand kit that somebody wrote. */
export const keptEntry = (
  action: Action,
  { id, name }: { readonly id: string; readonly name: string },
  asked: Pick<AuditDraft, 'at' | 'actor' | 'requestId'>,
  before: unknown,
  after: unknown,
): AuditDraft => ({
  ...asked,
  action,
  reason: null,
  changeId: null,
  operationId: null,
  object: { kind: action.startsWith('brief') ? 'brief' : 'brand-kit', id, platformId: null, name },
  before,
  after,
  platformRequestId: null,
  problem: null,
});
