import type { AccountRecord } from '../../../adapters/stores/account-store.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { ConfirmImportBody } from '../../../contracts/schemas/imports.ts';
import { AppError, type FieldError } from '../../../domain/errors.ts';
import { dayInZone } from '../../../domain/integrations/calendar-day.ts';
import { accountIdOf } from '../../../domain/integrations/ids.ts';
import { importedConnection } from '../../../domain/integrations/imports/downloaded-report.ts';
import type { PlatformId } from '../../../domain/integrations/platform.ts';

/** What the file says of its account. */
export interface FoundAccount {
  readonly platform: PlatformId;
  readonly currency: string | null;
  readonly accountPlatformId: string | null;
  readonly timeZone: string | null;
}

/**
 * The account that an import's facts are of: one that is known, or a new one under the id that it has once the platform's API
 * lists it. Throws `invalid-request` with everything in which the choice and the file differ.
 */
export async function chosenAccount(
  own: Pick<WorkspaceStores<'accounts' | 'imports'>, 'workspaceId' | 'accounts'>,
  found: FoundAccount,
  { accountId, account }: ConfirmImportBody,
): Promise<AccountRecord> {
  if ((accountId === undefined) === (account === undefined)) {
    throw refused([{ field: 'accountId', message: 'name either accountId or account' }]);
  }
  const chosen =
    accountId === undefined ? newAccount(own.workspaceId, found, account) : await own.accounts.get(accountId);
  if (chosen === undefined) throw new AppError('not-found', `There is no account ${accountId} in this workspace.`);
  const errors: FieldError[] = [];
  const differs = (field: string, ours: string, files: string | null): void => {
    if (files !== null && files !== ours) errors.push({ field, message: `is ${ours}, the file says ${files}` });
  };
  differs('platform', chosen.platform, found.platform);
  differs('platformId', chosen.platformId, found.accountPlatformId);
  differs('currency', chosen.currency, found.currency);
  differs('timeZone', chosen.timeZone, found.timeZone);
  if (errors.length > 0) throw refused(errors);
  // An account that was named before, by a connection or another import, keeps what it is known by.
  const known = await own.accounts.get(chosen.id);
  if (known && known.currency !== chosen.currency) {
    throw refused([{ field: 'currency', message: `the account is known in ${known.currency}` }]);
  }
  return known ?? chosen;
}

const refused = (fields: readonly FieldError[]): AppError =>
  new AppError('invalid-request', 'The file cannot be loaded into this account; `errors` says why.', { fields });

function newAccount(workspaceId: string, found: FoundAccount, given: ConfirmImportBody['account']): AccountRecord {
  if (given === undefined) throw new TypeError('A new account is made from what was given.');
  const platformId = given.platformId?.replaceAll('-', '') ?? found.accountPlatformId;
  const errors: FieldError[] = [];
  if (platformId === null)
    errors.push({ field: 'account.platformId', message: 'is needed: no column of the file names it' });
  try {
    dayInZone(0, given.timeZone);
  } catch {
    errors.push({ field: 'account.timeZone', message: `is no IANA time zone: ${given.timeZone}` });
  }
  if (platformId === null || errors.length > 0) throw refused(errors);
  return {
    id: accountIdOf(workspaceId, found.platform, platformId),
    platform: found.platform,
    platformId,
    name: given.name,
    currency: given.currency,
    timeZone: given.timeZone,
    status: 'enabled',
    connectionId: importedConnection,
    managerPlatformId: null,
    lookBackDays: null,
    conversionTypes: null,
    lastLoadedAt: null,
    lastError: null,
    throughDate: null,
  };
}
