import { type SubmitEvent, useState } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { platformIds, platformName } from '../../format/platforms.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import type { PlatformId } from '../../parts/platform-filter.tsx';
import { leaveToAuthorize } from './authorize.ts';

/** Platforms whose accounts are reached through a manager account. */
const withManager: readonly string[] = ['google-ads'];

/** Begins a new connection: the rest happens at the platform. */
export function ConnectForm() {
  const { client } = useApi();
  const [platform, setPlatform] = useState<PlatformId>('google-ads');
  const [name, setName] = useState('');
  const [manager, setManager] = useState('');
  const leave = useAction(() =>
    leaveToAuthorize(client, {
      platform,
      ...(name.trim() !== '' && { name: name.trim() }),
      ...(withManager.includes(platform) && manager.trim() !== '' && { managerPlatformId: manager.trim() }),
    }),
  );
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void leave.run();
  };
  return (
    <form className="back-fill" onSubmit={submit} aria-label="Connect a platform">
      <div className="form-row">
        <label className="field">
          <span>Platform</span>
          <select
            value={platform}
            onChange={({ target }) =>
              setPlatform(platformIds.find((id): id is PlatformId => id === target.value) ?? 'google-ads')
            }
          >
            {platformIds.map((id) => (
              <option key={id} value={id}>
                {platformName(id)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>Name (optional)</span>
          <input type="text" maxLength={100} value={name} onChange={({ target }) => setName(target.value)} />
        </label>
        {withManager.includes(platform) && (
          <label className="field">
            <span>Manager account (optional)</span>
            <input
              type="text"
              inputMode="numeric"
              pattern="[\d\-]{1,20}"
              title="Digits, with or without hyphens: 123-456-7890"
              value={manager}
              onChange={({ target }) => setManager(target.value)}
            />
          </label>
        )}
        <button type="submit" className="button primary" disabled={leave.busy}>
          {leave.busy ? `Going to ${platformName(platform)}…` : `Sign in at ${platformName(platform)}`}
        </button>
      </div>
      {leave.error !== undefined && (
        <ErrorPanel error={leave.error} retry={leave.again} what="The sign-in could not begin" />
      )}
    </form>
  );
}
