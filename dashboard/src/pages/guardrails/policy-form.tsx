import { type ReactNode, type SubmitEvent, useId, useState } from 'react';
import type { Account, GuardrailPolicy, Guardrails } from '../../../../sdks/javascript/src/generated/api.ts';
import { PolicyChanges } from './policy-changes.tsx';
import { type CeilingDraft, draftOf, type PolicyDraft, type PolicyFaults, readPolicy } from './policy-draft.ts';
import { ProtectedCampaigns } from './protected-campaigns.tsx';

interface PolicyFormProps {
  readonly guardrails: Guardrails;
  readonly accounts: readonly Account[];
  /** Of the workspace. */
  readonly currency: string;
  readonly busy: boolean;
  readonly save: (policy: Partial<GuardrailPolicy>, reason: string) => void;
  readonly leave: () => void;
}

type Put = (part: Partial<PolicyDraft>) => void;

/** Moves the guardrails: what is written, what of it cannot be, and what would become different, before it is saved. */
export function PolicyForm({ guardrails, accounts, currency, busy, save, leave }: PolicyFormProps) {
  const around = { currency, accounts };
  const before = draftOf(guardrails.policy, accounts);
  const [draft, setDraft] = useState(before);
  const [reason, setReason] = useState('');
  const put: Put = (part) => setDraft((now) => ({ ...now, ...part }));
  const read = readPolicy(draft, before, around);
  const faults: PolicyFaults = read.kind === 'refused' ? read.faults : {};
  const changes = read.kind === 'read' ? read.policy : undefined;
  const ready = changes !== undefined && Object.keys(changes).length > 0;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (ready && reason.trim() !== '') save(changes, reason.trim());
  };
  return (
    <form className="policy-form" onSubmit={submit} aria-label="Change the guardrails">
      <Group title="Steps of a daily budget">
        <Text label="Raise in one change, at most (%)" place="maxRaiseShare" {...{ draft, put, faults }} />
        <Text label="Raises in 24 hours, at most (%)" place="maxRaiseShareIn24Hours" {...{ draft, put, faults }} />
        <Text label="Cut in one change, at most (%)" place="maxCutShare" {...{ draft, put, faults }} />
        <Text label="Minutes between two changes" place="minutesBetweenChanges" {...{ draft, put, faults }} />
      </Group>
      <Group title={`Ceilings of the workspace, in ${currency}; empty for none`}>
        <Ceiling
          place="workspaceCeiling"
          draft={draft.workspaceCeiling}
          put={(workspaceCeiling) => put({ workspaceCeiling })}
          faults={faults}
        />
      </Group>
      <details className="disclosure">
        <summary>Ceilings of accounts, each in its own currency</summary>
        {Object.entries(draft.accountCeilings).map(([id, one]) => {
          const account = accounts.find((known) => known.id === id);
          return (
            <Group key={id} title={account === undefined ? id : `${account.name}, in ${account.currency}`}>
              <Ceiling
                place={`accountCeilings.${id}`}
                draft={one}
                put={(own) => put({ accountCeilings: { ...draft.accountCeilings, [id]: own } })}
                faults={faults}
              />
            </Group>
          );
        })}
      </details>
      <Quiet draft={draft} put={put} faults={faults} />
      <Approval draft={draft} put={put} faults={faults} currency={currency} />
      <Group title="Protected campaigns">
        <ProtectedCampaigns
          ids={draft.protectedCampaigns}
          put={(protectedCampaigns) => put({ protectedCampaigns })}
          accounts={accounts}
        />
      </Group>
      <Check label="What only spends less may be applied at once" checked={draft.decreasesAtOnce}>
        {(decreasesAtOnce) => put({ decreasesAtOnce })}
      </Check>
      <PolicyChanges guardrails={guardrails} changes={changes} around={around} />
      <label className="field">
        <span>Why; it goes into the audit trail</span>
        <input
          type="text"
          required
          maxLength={1000}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      <div className="actions">
        <button type="submit" className="button primary" disabled={busy || !ready}>
          {busy ? 'Saving…' : 'Save the guardrails'}
        </button>
        <button type="button" className="button" onClick={leave}>
          Leave them as they are
        </button>
      </div>
    </form>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset>
      <legend>{title}</legend>
      <div className="form-row">{children}</div>
    </fieldset>
  );
}

interface FieldProps {
  readonly draft: PolicyDraft;
  readonly put: Put;
  readonly faults: PolicyFaults;
}

type TextPlace = 'maxRaiseShare' | 'maxRaiseShareIn24Hours' | 'maxCutShare' | 'minutesBetweenChanges';

function Text({
  label,
  place,
  draft,
  put,
  faults,
}: FieldProps & { readonly label: string; readonly place: TextPlace }) {
  return (
    <Entry label={label} value={draft[place]} fault={faults[place]}>
      {(value) => put({ [place]: value })}
    </Entry>
  );
}

interface EntryProps {
  readonly label: string;
  readonly value: string;
  readonly fault?: string | undefined;
  readonly kind?: 'text' | 'time';
  readonly children: (value: string) => void;
}

/** A field with what is wrong with it beneath. */
function Entry({ label, value, fault, kind = 'text', children: change }: EntryProps) {
  const faultId = useId();
  return (
    <label className="field">
      <span>{label}</span>
      <input
        type={kind}
        value={value}
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : faultId}
        onChange={({ target }) => change(target.value)}
      />
      {fault !== undefined && (
        <span id={faultId} className="fault">
          {fault}
        </span>
      )}
    </label>
  );
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly children: (checked: boolean) => void;
}

function Check({ label, checked, children: change }: CheckProps) {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={({ target }) => change(target.checked)} />
      {label}
    </label>
  );
}

interface CeilingProps {
  readonly place: string;
  readonly draft: CeilingDraft;
  readonly put: (draft: CeilingDraft) => void;
  readonly faults: PolicyFaults;
}

function Ceiling({ place, draft, put, faults }: CeilingProps) {
  return (
    <>
      <Entry label="A day" value={draft.daily} fault={faults[`${place}.daily`]}>
        {(daily) => put({ ...draft, daily })}
      </Entry>
      <Entry label="A calendar month" value={draft.monthly} fault={faults[`${place}.monthly`]}>
        {(monthly) => put({ ...draft, monthly })}
      </Entry>
    </>
  );
}

function Quiet({ draft: { quietHours }, put, faults }: FieldProps) {
  const change = (part: Partial<PolicyDraft['quietHours']>): void => put({ quietHours: { ...quietHours, ...part } });
  return (
    <Group title="Quiet hours: nothing but what spends less">
      <Check label="There are quiet hours" checked={quietHours.on}>
        {(on) => change({ on })}
      </Check>
      {quietHours.on && (
        <>
          <Entry label="From" kind="time" value={quietHours.from} fault={faults.quietHours}>
            {(from) => change({ from })}
          </Entry>
          <Entry label="To" kind="time" value={quietHours.to}>
            {(to) => change({ to })}
          </Entry>
          <Entry label="Time zone; empty: each account’s" value={quietHours.timeZone}>
            {(timeZone) => change({ timeZone })}
          </Entry>
        </>
      )}
    </Group>
  );
}

function Approval({ draft: { approval }, put, faults, currency }: FieldProps & { readonly currency: string }) {
  const change = (part: Partial<PolicyDraft['approval']>): void => put({ approval: { ...approval, ...part } });
  return (
    <Group title="Approval">
      <Check label="Large raises wait for somebody’s approval" checked={approval.on}>
        {(on) => change({ on })}
      </Check>
      {approval.on && (
        <>
          <Entry label={`Raises above, a day in ${currency}`} value={approval.above} fault={faults.approval}>
            {(above) => change({ above })}
          </Entry>
          <Check label="Owners may approve" checked={approval.owner}>
            {(owner) => change({ owner })}
          </Check>
          <Check label="Managers may approve" checked={approval.manager}>
            {(manager) => change({ manager })}
          </Check>
          <Check label="By another than whoever asked" checked={approval.byAnother}>
            {(byAnother) => change({ byAnother })}
          </Check>
        </>
      )}
    </Group>
  );
}
