import type { AlertCondition, AlertScope } from '../../../contracts/schemas/alert-rules.ts';
import { faultsOf } from '../../../domain/analysis/alerts/check-rule.ts';
import { AppError, type FieldError } from '../../../domain/errors.ts';
import type { ManagedStores } from './ports.ts';

/** Refuses what cannot be judged, and what names something that is not in the workspace; all of it at once. */
export async function requireRule(
  own: Pick<ManagedStores, 'accounts' | 'campaigns'>,
  scope: AlertScope,
  condition: AlertCondition,
): Promise<void> {
  const fields: FieldError[] = [...faultsOf(scope, condition)];
  const [account, known] = await Promise.all([
    scope.accountId === undefined ? undefined : own.accounts.get(scope.accountId),
    own.campaigns.getMany(scope.campaignIds ?? []),
  ]);
  if (scope.accountId !== undefined && account === undefined) {
    fields.push({ field: 'scope.accountId', message: 'there is no such account in this workspace' });
  }
  scope.campaignIds?.forEach((id, index) => {
    if (!known.has(id)) {
      fields.push({ field: `scope.campaignIds[${index}]`, message: 'there is no such campaign in this workspace' });
    }
  });
  if (account !== undefined && scope.currency !== undefined && account.currency !== scope.currency) {
    fields.push({ field: 'scope.currency', message: `the account's money is ${account.currency}` });
  }
  if (account !== undefined && scope.platform !== undefined && account.platform !== scope.platform) {
    fields.push({ field: 'scope.platform', message: `the account is one of ${account.platform}` });
  }
  if (fields.length > 0) {
    throw new AppError('invalid-request', 'The rule cannot be so; `errors` lists why.', { fields });
  }
}
