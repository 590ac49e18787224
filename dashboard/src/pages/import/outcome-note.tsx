import type { Account, Import } from '../../../../sdks/javascript/src/generated/api.ts';
import { counted } from '../../format/plural.ts';
import { Icon } from '../../parts/icon.tsx';
import { Link } from '../../routing/link.tsx';
import { isUnderWay } from './import-words.ts';

/** Pages that show a level as it was reported; finer ones are asked for over the API. */
const pageOfGrain: Readonly<Partial<Record<NonNullable<Import['grain']>, string>>> = {
  account: '/',
  campaign: '/campaigns',
};

interface OutcomeNoteProps {
  readonly one: Import;
  readonly account: Account | undefined;
}

/** What has become of the import that was just begun, and what can be done next. */
export function OutcomeNote({ one, account }: OutcomeNoteProps) {
  const { fileName, state, grain, from, to, rowsLoaded, rowsRefused, rowsDelivered, error } = one;
  const page = grain === null ? undefined : pageOfGrain[grain];
  // Before the first load of its API nobody knows the campaigns of an account by name, and their page has no lines for them.
  const named = grain === 'account' || (account !== undefined && account.lookBackDays !== null);
  return (
    <div role="status">
      {isUnderWay(one) && (
        <p className="note good">
          {state === 'loading'
            ? `${fileName} is being loaded. It takes up to some minutes; you may leave this page.`
            : `The facts of ${fileName} are being taken away.`}
        </p>
      )}
      {state === 'loaded' && (
        <p className="note good">
          <span>
            {counted(rowsLoaded, 'row')} of {fileName} {rowsLoaded === 1 ? 'is' : 'are'} loaded
            {account !== undefined && ` into ${account.name}`}.
            {rowsRefused > 0 && ` ${counted(rowsRefused, 'row')} could not be used.`}
            {rowsDelivered > 0 &&
              ` ${counted(rowsDelivered, 'row')} left out: the platform’s API has delivered their days.`}{' '}
            {named && page !== undefined && from !== null && to !== null && (
              <>
                <Link href={`${page}?from=${from}&to=${to}`}>See these days</Link> ·{' '}
              </>
            )}
            {!named &&
              'Answers of the API by campaign hold them; the pages list its campaigns once the platform is connected. '}
            <Link href="/quality">See what the checks say</Link> · “Remove” below takes them away again.
          </span>
        </p>
      )}
      {state === 'removed' && <p className="note good">The facts of {fileName} are taken away.</p>}
      {state === 'failed' && (
        <p className="note bad">
          <Icon name="alert" />
          <span>
            {fileName} was not loaded: {error ?? 'nobody said why'} Nothing of it is in the numbers unless it says so in
            the list below; “Look at it” tries again.
          </span>
        </p>
      )}
    </div>
  );
}
