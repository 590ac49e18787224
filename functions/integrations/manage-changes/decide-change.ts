import type { Principal } from '../../../adapters/http/principal.ts';
import type { Change, ChangeOperation, GuardrailVerdict } from '../../../contracts/schemas/change-requests.ts';
import type { GuardrailPolicy } from '../../../contracts/schemas/guardrails.ts';
import { AppError, type FieldError } from '../../../domain/errors.ts';

/** Why a change cannot be confirmed as it was previewed; undefined when it can. */
export function blockedBy(operations: readonly ChangeOperation[]): AppError | undefined {
  const fields = operations.flatMap(({ index, problems }) =>
    problems.map(
      ({ field, reason, platformCode }): FieldError => ({
        field: `operations.${index}.${field}`,
        message: platformCode === null ? reason : `${reason} (${platformCode})`,
      }),
    ),
  );
  if (fields.length === 0) return undefined;
  return new AppError(
    'conflict',
    'Some operations cannot be applied; `errors` lists each. Preview the change without them.',
    {
      fields,
    },
  );
}

/** Each violated guardrail by its name, with limit and value. */
export function violatedBy(verdicts: readonly GuardrailVerdict[]): AppError | undefined {
  const fields = verdicts
    .filter(({ outcome }) => outcome === 'violated')
    .map(
      ({ rule, operation, limit, value, message }): FieldError => ({
        field: operation === null ? 'operations' : `operations.${operation}`,
        message: `${rule}: ${message} (limit ${limit ?? 'none'}, value ${value ?? 'unknown'})`,
      }),
    );
  if (fields.length === 0) return undefined;
  return new AppError(
    'conflict',
    'A guardrail of the workspace is violated; `errors` names each with limit and value.',
    {
      fields,
    },
  );
}

/** Whether somebody may approve a change. Throws `forbidden` with who may. */
export function requireApprover(
  principal: Principal,
  change: Pick<Change, 'createdBy' | 'decidedBy'>,
  approval: GuardrailPolicy['approval'],
): void {
  if (approval === null) return;
  if (!approval.roles.some((role) => role === principal.role)) {
    throw new AppError('forbidden', `The guardrails let only ${approval.roles.join(' or ')} approve a change.`);
  }
  if (approval.byAnother && (principal.subject === change.createdBy || principal.subject === change.decidedBy)) {
    throw new AppError(
      'forbidden',
      'The guardrails ask for somebody else to approve a change than whoever asked for it.',
    );
  }
}

const spoken: Readonly<Record<Change['status'], string>> = {
  previewed: 'was not confirmed yet',
  'awaiting-approval': 'waits for its approval',
  applying: 'is being applied',
  applied: 'was applied',
  partial: 'was applied in part',
  failed: 'failed',
  discarded: 'was discarded',
  expired: 'has expired: values may be others by now. Preview it again',
};

export const notIn = (status: Change['status'], what: string): AppError =>
  new AppError('conflict', `The change ${spoken[status]}; it cannot be ${what}.`);
