import { useId, useState } from 'react';
import type { Account } from '../../../../sdks/javascript/src/generated/api.ts';
import { allPages } from '../../api/all-pages.ts';
import { useQuery } from '../../api/use-query.ts';
import { shortName } from '../../format/platforms.ts';
import { Icon } from '../../parts/icon.tsx';
import { eachWords } from './alert-words.ts';
import { SelectField } from './fields.tsx';
import type { RuleDraft } from './rule-draft.ts';

interface ScopeFieldsProps {
  readonly draft: RuleDraft;
  readonly accounts: readonly Account[];
  readonly put: (part: Partial<RuleDraft>) => void;
}

const platforms = ['google-ads', 'tiktok-ads', 'linkedin-ads'] as const;

/** What the rule watches. */
export function ScopeFields({ draft, accounts, put }: ScopeFieldsProps) {
  const enabled = accounts.filter(
    ({ status, platform }) => status === 'enabled' && (draft.platform === '' || platform === draft.platform),
  );
  const currencies = [...new Set(accounts.map(({ currency }) => currency))].sort();
  const account = accounts.find(({ id }) => id === draft.accountId);
  return (
    <fieldset>
      <legend>What is watched</legend>
      <div className="form-row">
        <SelectField
          label="One by one"
          value={draft.each}
          options={(['campaign', 'account', 'workspace'] as const).map((each) => [each, eachWords[each]])}
          put={(each) => put({ each })}
        />
        <SelectField
          label="Platform"
          value={draft.platform}
          options={[['', 'Any platform'], ...platforms.map((id) => [id, shortName(id)] as const)]}
          put={(platform) => put({ platform, accountId: '' })}
        />
        <SelectField
          label="Account"
          value={draft.accountId}
          options={[['', 'Any account'], ...enabled.map(({ id, name }) => [id, name] as const)]}
          put={(accountId) => put({ accountId, campaignIds: [] })}
        />
        {draft.each !== 'workspace' && account === undefined && (
          <SelectField
            label="Currency of amounts"
            value={draft.currency}
            options={[['', 'No amounts'], ...currencies.map((currency) => [currency, currency] as const)]}
            put={(currency) => put({ currency })}
          />
        )}
      </div>
      {draft.each === 'campaign' && <CampaignChoice draft={draft} put={put} />}
    </fieldset>
  );
}

/** Campaigns by name; none chosen is all of them. */
function CampaignChoice({ draft: { campaignIds, accountId }, put }: Omit<ScopeFieldsProps, 'accounts'>) {
  const [text, setText] = useState('');
  const listId = useId();
  const asked = useQuery('all campaigns', async (client, signal) =>
    (await allPages((cursor) => client.listCampaigns({ query: { limit: 1000, ...cursor } }, { signal }))).flatMap(
      ({ items }) => items,
    ),
  );
  const campaigns = asked.data ?? [];
  const titleOf = (id: string): string => {
    const found = campaigns.find((one) => one.id === id);
    return found === undefined ? id : `${found.name} · ${found.platformId}`;
  };
  const free = campaigns.filter(
    (one) =>
      one.status !== 'removed' && !campaignIds.includes(one.id) && (accountId === '' || one.accountId === accountId),
  );
  const found = free.find(({ id }) => titleOf(id) === text);
  return (
    <div className="protected">
      {campaignIds.length === 0 && <p className="muted">All campaigns that run.</p>}
      <ul className="plain">
        {campaignIds.map((id) => (
          <li key={id}>
            {titleOf(id)}
            <button
              type="button"
              className="button quiet"
              aria-label={`Watch no longer: ${titleOf(id)}`}
              onClick={() => put({ campaignIds: campaignIds.filter((one) => one !== id) })}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <div className="form-row">
        <label className="field">
          <span>Only these campaigns, by name</span>
          <input type="text" list={listId} value={text} onChange={({ target }) => setText(target.value)} />
        </label>
        <datalist id={listId}>
          {free.map(({ id }) => (
            <option key={id} value={titleOf(id)} />
          ))}
        </datalist>
        <button
          type="button"
          className="button"
          disabled={found === undefined}
          onClick={() => {
            if (found !== undefined) put({ campaignIds: [...campaignIds, found.id] });
            setText('');
          }}
        >
          Watch it
        </button>
      </div>
    </div>
  );
}
