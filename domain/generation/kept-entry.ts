import type { AuditDraft } from '../audit/chain.ts';

type Action = `${'brief' | 'brand-kit'}.${'created' | 'changed'}` | `asset.${'uploaded' | 'deleted'}`;

/** What the audit trail says of a brief or a brand kit that somebody wrote, or a picture that somebody uploaded. */
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
  object: { kind: action.slice(0, action.indexOf('.')), id, platformId: null, name },
  before,
  after,
  platformRequestId: null,
  problem: null,
});
