import { useId, useState } from 'react';
import type { Account, Campaign } from '../../../../sdks/javascript/src/generated/api.ts';
import { allPages } from '../../api/all-pages.ts';
import { useQuery } from '../../api/use-query.ts';
import { shortName } from '../../format/platforms.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Icon } from '../../parts/icon.tsx';

interface ProtectedCampaignsProps {
  readonly ids: readonly string[];
  readonly put: (ids: readonly string[]) => void;
  readonly accounts: readonly Account[];
}

/** Campaigns in which nothing may be changed: taken off one by one, put on by name. */
export function ProtectedCampaigns({ ids, put, accounts }: ProtectedCampaignsProps) {
  const asked = useQuery('all campaigns', async (client, signal) =>
    (await allPages((cursor) => client.listCampaigns({ query: { limit: 1000, ...cursor } }, { signal }))).flatMap(
      ({ items }) => items,
    ),
  );
  const [text, setText] = useState('');
  const listId = useId();
  const campaigns = asked.data ?? [];
  /** Names alone are not told apart; the platform’s own id is. */
  const titleOf = ({ name, platform, platformId, accountId }: Campaign): string =>
    `${name} · ${accounts.find(({ id }) => id === accountId)?.name ?? shortName(platform)} · ${platformId}`;
  const free = campaigns.filter(({ id, status }) => status !== 'removed' && !ids.includes(id));
  const found = free.find((one) => titleOf(one) === text);
  const protect = (): void => {
    if (found === undefined) return;
    put([...ids, found.id]);
    setText('');
  };
  return (
    <div className="protected">
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} retry={asked.reload} what="The campaigns could not be listed" />
      )}
      {ids.length > 0 && (
        <ul className="plain" aria-label="Protected campaigns">
          {ids.map((id) => {
            const campaign = campaigns.find((one) => one.id === id);
            const title = campaign === undefined ? id : titleOf(campaign);
            return (
              <li key={id}>
                {title}
                <button
                  type="button"
                  className="button quiet"
                  aria-label={`Protect no longer: ${title}`}
                  onClick={() => put(ids.filter((one) => one !== id))}
                >
                  <Icon name="close" />
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <div className="form-row">
        <label className="field">
          <span>Name of a campaign, as it is in the list</span>
          <input type="text" list={listId} value={text} onChange={({ target }) => setText(target.value)} />
        </label>
        <datalist id={listId}>
          {free.map((one) => (
            <option key={one.id} value={titleOf(one)} />
          ))}
        </datalist>
        <button type="button" className="button" disabled={found === undefined} onClick={protect}>
          Protect it
        </button>
      </div>
    </div>
  );
}
