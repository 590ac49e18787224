import { type SubmitEvent, useState } from 'react';
import type { ImportConfirmation, ImportPreview } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi } from '../../api/api-context.tsx';
import { useAccounts } from '../../api/use-accounts.ts';
import { useAction } from '../../api/use-action.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';

interface AccountFormProps {
  readonly preview: ImportPreview;
  readonly importId: string;
  readonly done: () => void;
}

interface Draft {
  /** Of a known account; a new one when empty. */
  readonly accountId: string;
  readonly platformId: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
}

/** Which account the facts are of: one that is known, or a new one. */
export function AccountForm({ preview, importId, done }: AccountFormProps) {
  const { client } = useApi();
  const accounts = useAccounts();
  const known = (accounts.data ?? []).filter(({ platform }) => platform === preview.platform);
  const named = known.find(({ platformId }) => platformId === preview.accountPlatformId);
  const [own, setOwn] = useState<Partial<Draft>>({});
  const draft: Draft = {
    accountId: named?.id ?? '',
    platformId: preview.accountPlatformId ?? '',
    name: preview.accountName ?? '',
    currency: preview.currency ?? '',
    timeZone: preview.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    ...own,
  };
  const confirm = useAction(async () => {
    const { accountId, ...account } = draft;
    const body: ImportConfirmation = accountId === '' ? { account } : { accountId };
    await client.confirmImport({ path: { importId }, body });
    done();
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void confirm.run();
  };
  const text = (field: keyof Draft, label: string, pattern?: string) => (
    <label className="field">
      <span>{label}</span>
      <input
        required
        type="text"
        value={draft[field]}
        pattern={pattern}
        onChange={({ target }) => setOwn({ ...own, [field]: target.value })}
      />
    </label>
  );
  return (
    <form onSubmit={submit} aria-label="Where the facts go">
      <h3>Where the facts go</h3>
      <div className="form-row">
        <label className="field">
          <span>Account</span>
          <select value={draft.accountId} onChange={({ target }) => setOwn({ ...own, accountId: target.value })}>
            <option value="">A new account</option>
            {known.map(({ id, name, platformId }) => (
              <option key={id} value={id}>
                {name} ({platformId})
              </option>
            ))}
          </select>
        </label>
        {draft.accountId === '' && (
          <>
            {text('name', 'Name')}
            {text('platformId', 'Account id at the platform', '[\\d\\-]+')}
            {text('currency', 'Currency (EUR)', '[A-Z]{3}')}
            {text('timeZone', 'Time zone (Europe/Berlin)')}
          </>
        )}
        <button type="submit" className="button primary" disabled={confirm.busy || accounts.data === undefined}>
          {confirm.busy ? 'Starting…' : 'Load these facts'}
        </button>
      </div>
      {confirm.error !== undefined && (
        <ErrorPanel error={confirm.error} retry={() => void confirm.run()} what="The report was not loaded" />
      )}
    </form>
  );
}
