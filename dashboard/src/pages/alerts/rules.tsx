import { useState } from 'react';
import type { AlertRule, AlertRuleChange, NewAlertRule } from '../../../../sdks/javascript/src/generated/api.ts';
import { tagOf } from '../../../../sdks/javascript/src/tags.ts';
import { useApi, useMay } from '../../api/api-context.tsx';
import { useAccounts } from '../../api/use-accounts.ts';
import { useAction } from '../../api/use-action.ts';
import { useQuery } from '../../api/use-query.ts';
import { instant } from '../../format/times.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Status } from '../../parts/status.tsx';
import { useNow } from '../../parts/use-now.ts';
import { conditionText, eachWords, isMuted, severities } from './alert-words.ts';
import { draftOf, emptyDraft, type RuleDraft } from './rule-draft.ts';
import { RuleForm } from './rule-form.tsx';
import { RuleWebhooks } from './rule-webhooks.tsx';

/** What the form is open for: a rule that is changed, or one that is made from a draft. */
type Editing = { readonly rule?: AlertRule; readonly start: RuleDraft };

/** The rules, and the form that makes and changes them. */
export function Rules() {
  const { client } = useApi();
  const may = useMay('alerts.write');
  const accounts = useAccounts();
  const asked = useQuery('alert rules', (answering, signal) => answering.listAlertRules({}, { signal }));
  const [editing, setEditing] = useState<Editing>();
  const change = useAction(async (rule: AlertRule, body: AlertRuleChange) => {
    const path = { ruleId: rule.id };
    const present = await client.getAlertRule({ path });
    await client.changeAlertRule({ path, body }, { ifMatch: tagOf(present) ?? '*' });
    setEditing(undefined);
    asked.reload();
  });
  const make = useAction(async (body: NewAlertRule) => {
    await client.createAlertRule({ body });
    setEditing(undefined);
    asked.reload();
  });
  const remove = useAction(async (ruleId: string) => {
    await client.removeAlertRule({ path: { ruleId } });
    asked.reload();
  });
  const busy = change.busy || make.busy || remove.busy;
  const failed = [change, make, remove].find(({ error }) => error !== undefined);
  const { rule: edited } = editing ?? {};
  return (
    <section className="panel" aria-labelledby="rules" aria-busy={asked.loading}>
      <div className="panel-head">
        <h2 id="rules">Rules</h2>
        {may && editing === undefined && (
          <button
            type="button"
            className="button"
            disabled={accounts.data === undefined}
            onClick={() => setEditing({ start: emptyDraft })}
          >
            Make a rule
          </button>
        )}
      </div>
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} retry={asked.reload} what="The rules could not be listed" />
      )}
      {asked.data === undefined ? (
        asked.error === undefined && <Skeleton lines={4} what="the rules" />
      ) : asked.data.items.length === 0 && editing === undefined ? (
        <Empty title="No rule yet">
          <p>Without rules nothing is watched. The suggestions below are a start.</p>
        </Empty>
      ) : (
        <ul className="plain rule-list">
          {asked.data.items.map((rule) => (
            <RuleLine
              key={rule.id}
              rule={rule}
              busy={busy}
              edit={() => setEditing({ rule, start: draftOf(rule) })}
              change={(body) => void change.run(rule, body)}
              remove={() => void remove.run(rule.id)}
              reload={asked.reload}
            />
          ))}
        </ul>
      )}
      {editing !== undefined && (
        <RuleForm
          key={edited?.id ?? editing.start.name}
          title={edited === undefined ? 'Make a rule' : `Change the rule ${edited.name}`}
          start={editing.start}
          accounts={accounts.data ?? []}
          busy={busy}
          save={(rule) => void (edited === undefined ? make.run(rule) : change.run(edited, rule))}
          leave={() => setEditing(undefined)}
        />
      )}
      {failed !== undefined && <ErrorPanel error={failed.error} retry={failed.again} what="The rule was not saved" />}
      {may && editing === undefined && <Suggestions use={(rule) => setEditing({ start: draftOf(rule) })} />}
    </section>
  );
}

interface RuleLineProps {
  readonly rule: AlertRule;
  readonly busy: boolean;
  readonly edit: () => void;
  readonly change: (body: AlertRuleChange) => void;
  readonly remove: () => void;
  readonly reload: () => void;
}

const weekMs = 7 * 86_400_000;

function RuleLine({ rule, busy, edit, change, remove, reload }: RuleLineProps) {
  const may = useMay('alerts.write');
  const now = useNow();
  const muted = isMuted(rule, now);
  const severity = severities[rule.severity];
  return (
    <li data-rule={rule.id}>
      <div className="panel-head">
        <div>
          <strong>{rule.name}</strong>
          <span className="second-line muted">
            {eachWords[rule.scope.each]}: {conditionText(rule.condition, rule.scope.currency ?? null)}
          </span>
          {rule.emails.length > 0 && <span className="second-line muted">E-mail to {rule.emails.join(', ')}</span>}
          {muted && <span className="second-line muted">Sent nowhere until {instant(rule.mutedUntil ?? '')}</span>}
        </div>
        <Status tone={rule.enabled ? severity.tone : 'quiet'}>{rule.enabled ? severity.label : 'Disabled'}</Status>
      </div>
      {may && (
        <div className="actions">
          <button
            type="button"
            className="button"
            disabled={busy}
            aria-label={`Change the rule ${rule.name}`}
            onClick={edit}
          >
            Change
          </button>
          <button
            type="button"
            className="button"
            disabled={busy}
            aria-label={`${rule.enabled ? 'Disable' : 'Enable'} the rule ${rule.name}`}
            onClick={() => change({ enabled: !rule.enabled })}
          >
            {rule.enabled ? 'Disable' : 'Enable'}
          </button>
          <button
            type="button"
            className="button"
            disabled={busy}
            aria-label={`${muted ? 'Send alerts again' : 'Mute for a week'}: ${rule.name}`}
            onClick={() => change({ mutedUntil: muted ? null : new Date(Date.now() + weekMs).toISOString() })}
          >
            {muted ? 'Send alerts again' : 'Mute for a week'}
          </button>
          <ConfirmButton
            label="Remove"
            title={`Remove ${rule.name}?`}
            confirm="Remove the rule"
            disabled={busy}
            accessibleLabel={`Remove the rule ${rule.name}`}
            act={remove}
          >
            <p>Its open alerts are resolved, its webhooks and their secrets deleted. What it told stays to be read.</p>
          </ConfirmButton>
        </div>
      )}
      {may && <RuleWebhooks rule={rule} changed={reload} />}
    </li>
  );
}

/** Rules that a workspace may want; each opens the form, and nothing is made by itself. */
function Suggestions({ use }: { readonly use: (rule: NewAlertRule) => void }) {
  const [open, setOpen] = useState(false);
  const asked = useQuery(open ? 'alert rule suggestions' : undefined, (client, signal) =>
    client.suggestAlertRules({}, { signal }),
  );
  return (
    <details className="disclosure" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Suggested rules</summary>
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} retry={asked.reload} what="The suggestions could not be listed" />
      )}
      <ul className="plain alert-lines">
        {asked.data?.items.map(({ why, rule }) => (
          <li key={rule.name}>
            <span>
              <strong>{rule.name}</strong>
              <span className="second-line muted">{why}</span>
            </span>
            <button type="button" className="button" aria-label={`Begin with: ${rule.name}`} onClick={() => use(rule)}>
              Begin with it
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
