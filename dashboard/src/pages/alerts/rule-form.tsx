import { type SubmitEvent, useState } from 'react';
import type { Account, NewAlertRule } from '../../../../sdks/javascript/src/generated/api.ts';
import { severities } from './alert-words.ts';
import { ConditionFields } from './condition-fields.tsx';
import { SelectField, TextField } from './fields.tsx';
import { type RuleDraft, readRule } from './rule-draft.ts';
import { RulePreview } from './rule-preview.tsx';
import { ScopeFields } from './scope-fields.tsx';

interface RuleFormProps {
  /** Names the form: `Make a rule`, `Change a rule`. */
  readonly title: string;
  readonly start: RuleDraft;
  readonly accounts: readonly Account[];
  readonly busy: boolean;
  readonly save: (rule: NewAlertRule) => void;
  readonly leave: () => void;
}

/** A rule as it is written, what of it cannot be read, and how often it would have fired. */
export function RuleForm({ title, start, accounts, busy, save, leave }: RuleFormProps) {
  const [draft, setDraft] = useState(start);
  const [tried, setTried] = useState(false);
  const put = (part: Partial<RuleDraft>): void => setDraft((now) => ({ ...now, ...part }));
  const read = readRule(draft, accounts);
  // An empty form is no fault yet.
  const faults = read.kind === 'refused' && tried ? read.faults : {};
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (read.kind === 'read') save(read.rule);
  };
  return (
    <form className="policy-form" onSubmit={submit} aria-label={title} noValidate>
      <div className="form-row">
        <TextField label="Name" value={draft.name} fault={faults.name} put={(name) => put({ name })} />
        <SelectField
          label="Severity"
          value={draft.severity}
          options={(['critical', 'warning', 'info'] as const).map((one) => [one, severities[one].label])}
          put={(severity) => put({ severity })}
        />
      </div>
      <ScopeFields draft={draft} accounts={accounts} put={put} />
      <ConditionFields draft={draft} faults={faults} put={put} />
      <fieldset>
        <legend>How it is told</legend>
        <div className="form-row">
          <TextField
            label="Resolved after minutes without the condition"
            value={draft.recovery}
            fault={faults.recovery}
            put={(recovery) => put({ recovery })}
          />
          <TextField
            label="Then quiet for minutes"
            value={draft.cooldown}
            fault={faults.cooldown}
            put={(cooldown) => put({ cooldown })}
          />
          <TextField
            label="E-mail to, at most ten"
            value={draft.emails}
            fault={faults.emails}
            put={(emails) => put({ emails })}
          />
        </div>
      </fieldset>
      <RulePreview rule={read.kind === 'read' ? read.rule : undefined} />
      <div className="actions">
        <button type="submit" className="button primary" disabled={busy}>
          {busy ? 'Saving…' : 'Save the rule'}
        </button>
        <button type="button" className="button" onClick={leave}>
          Leave it as it is
        </button>
      </div>
    </form>
  );
}
