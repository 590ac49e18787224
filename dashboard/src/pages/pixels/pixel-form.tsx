import { type SubmitEvent, useState } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { useAccounts } from '../../api/use-accounts.ts';
import { useAction } from '../../api/use-action.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';

/** Origins as a person writes them: one a line, or with commas between. */
const originsOf = (text: string): string[] =>
  text
    .split(/[\s,]+/)
    .map((origin) => origin.toLowerCase().replace(/\/$/, ''))
    .filter((origin) => origin !== '');

/** Makes a pixel for a site. */
export function PixelForm({ made }: { readonly made: () => void }) {
  const { client } = useApi();
  const accounts = useAccounts();
  const [name, setName] = useState('');
  const [origins, setOrigins] = useState('');
  const [accountId, setAccountId] = useState('');
  const [currency, setCurrency] = useState('');
  const make = useAction(async () => {
    const body = {
      name: name.trim(),
      origins: originsOf(origins),
      accountId: accountId === '' ? null : accountId,
      currency: currency.trim() === '' ? null : currency.trim().toUpperCase(),
    };
    await client.createPixel({ body });
    setName('');
    setOrigins('');
    made();
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void make.run();
  };
  return (
    <form className="back-fill" onSubmit={submit} aria-label="Make a pixel">
      <div className="form-row">
        <label className="field">
          <span>Name</span>
          <input type="text" required maxLength={100} value={name} onChange={({ target }) => setName(target.value)} />
        </label>
        <label className="field">
          <span>Origins that may send</span>
          <input
            type="text"
            required
            placeholder="https://shop.example"
            value={origins}
            onChange={({ target }) => setOrigins(target.value)}
          />
        </label>
        <label className="field">
          <span>Account (optional)</span>
          <select value={accountId} onChange={({ target }) => setAccountId(target.value)}>
            <option value="">Not known</option>
            {(accounts.data ?? []).map((account) => (
              <option key={account.id} value={account.id}>
                {account.name}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>Currency (optional)</span>
          <input
            type="text"
            pattern="[A-Za-z]{3}"
            title="Three letters, such as EUR"
            value={currency}
            onChange={({ target }) => setCurrency(target.value)}
          />
        </label>
        <button type="submit" className="button primary" disabled={make.busy}>
          {make.busy ? 'Making…' : 'Make a pixel'}
        </button>
      </div>
      {make.error !== undefined && <ErrorPanel error={make.error} retry={make.again} what="The pixel was not made" />}
    </form>
  );
}
