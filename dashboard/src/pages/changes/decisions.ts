import type {
  Change,
  ChangeDetail,
  ChangeOperation,
  GuardrailPolicy,
} from '../../../../sdks/javascript/src/generated/api.ts';

export type Decision = 'confirm' | 'approve' | 'discard' | 'resume' | 'undo';

/** In each state what can be done with a change, the likeliest first. */
const possible: Readonly<Record<Change['status'], readonly Decision[]>> = {
  previewed: ['confirm', 'discard'],
  'awaiting-approval': ['approve', 'discard'],
  applying: [],
  applied: ['undo'],
  partial: ['resume', 'undo'],
  failed: ['resume', 'undo'],
  discarded: [],
  expired: [],
};

/** What a conflict left is not tried again: somebody has to decide on the values that are there now. */
const resumable: ReadonlySet<ChangeOperation['status']> = new Set(['failed', 'unknown', 'blocked']);

/** Who looks at a change. */
export interface Looker {
  readonly subject: string | undefined;
  readonly role: string;
  readonly mayWrite: boolean;
  readonly mayApprove: boolean;
}

export interface Offer {
  readonly decision: Decision;
  /** Why it may not be taken; undefined when it may. */
  readonly refusal: string | undefined;
}

/** What somebody is offered to do with a change. The API decides for itself; this only spares a refusal and says why. */
export function offersOf(change: ChangeDetail, looker: Looker, approval: GuardrailPolicy['approval'] | undefined) {
  return possible[change.status].flatMap((decision): Offer[] => {
    if (decision === 'resume' && !change.operations.some(({ status }) => resumable.has(status))) return [];
    if (decision === 'undo' && (change.undoneBy !== null || !change.operations.some(({ result }) => result !== null))) {
      return [];
    }
    return [{ decision, refusal: refusalOf(decision, change, looker, approval) }];
  });
}

function refusalOf(
  decision: Decision,
  change: Change,
  looker: Looker,
  approval: GuardrailPolicy['approval'] | undefined,
): string | undefined {
  if (decision === 'approve') return approvalRefusal(change, looker, approval);
  if (!looker.mayWrite) {
    return `Your role (${looker.role}) may see changes but not decide on them. Ask an owner or manager of the workspace.`;
  }
  if (decision !== 'confirm' || change.confirmable) return undefined;
  return change.verdicts.some(({ outcome }) => outcome === 'violated')
    ? 'A guardrail is violated, so it cannot be confirmed. Preview a smaller change, or have the guardrail moved.'
    : 'An operation cannot be applied, so nothing of it is. Preview the change without it.';
}

function approvalRefusal(
  { createdBy, decidedBy }: Change,
  { subject, role, mayApprove }: Looker,
  approval: GuardrailPolicy['approval'] | undefined,
): string | undefined {
  const roles: readonly string[] | undefined = approval?.roles;
  if (!mayApprove || (roles !== undefined && !roles.includes(role))) {
    return `Your role (${role}) may not approve this change. Ask ${roles === undefined ? 'an owner or manager' : `a person with the role ${roles.join(' or ')}`}.`;
  }
  return approval?.byAnother === true && subject !== undefined && (createdBy === subject || decidedBy === subject)
    ? 'You asked for this change, so somebody else has to approve it.'
    : undefined;
}
