import { type SubmitEvent, useId, useState } from 'react';
import { money } from '../../format/numbers.ts';
import { type CampaignEdit, isSame, readBudget, writtenBudget } from './campaign-edits.ts';
import type { CampaignRow } from './campaign-rows.ts';

interface DraftProps {
  readonly titleId: string;
  readonly row: CampaignRow;
  /** Whether it is applied without a further word. */
  readonly isAtOnce: (edit: CampaignEdit) => boolean;
  readonly propose: (edit: CampaignEdit) => void;
}

const atOnceWords = 'It only spends less: it is applied at once, and can be undone.';
const previewWords = 'You see what it does first; nothing is written before you confirm.';

/** A daily budget, written as an amount. */
export function BudgetDraft({ titleId, row, isAtOnce, propose }: DraftProps) {
  const [text, setText] = useState(writtenBudget(row.dailyBudgetMicros ?? 0));
  const hintId = useId();
  const read = readBudget(text, row.budgetCurrency);
  const edit: CampaignEdit | undefined = read.kind === 'read' ? { field: 'budget', micros: read.micros } : undefined;
  const same = edit !== undefined && isSame(row, edit);
  const atOnce = edit !== undefined && isAtOnce(edit);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (edit !== undefined && !same) propose(edit);
  };
  return (
    <form onSubmit={submit}>
      <h2 id={titleId}>Daily budget of {row.name}</h2>
      <label className="field">
        <span>
          In {row.budgetCurrency}; now {money(row.dailyBudgetMicros ?? 0, row.budgetCurrency)}
        </span>
        <input
          // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here.
          autoFocus
          type="text"
          inputMode="decimal"
          value={text}
          aria-invalid={read.kind === 'refused'}
          aria-describedby={hintId}
          onFocus={({ target }) => target.select()}
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      <p id={hintId} className={read.kind === 'refused' ? 'fault' : 'muted'} role="status">
        {read.kind === 'refused' ? read.reason : same ? 'It is so already.' : atOnce ? atOnceWords : previewWords}
      </p>
      <DraftActions label={atOnce ? 'Apply at once' : 'Preview'} disabled={edit === undefined || same} />
    </form>
  );
}

/** The other of the two states a campaign may be put into. */
export function StatusDraft({ titleId, row, isAtOnce, propose }: DraftProps) {
  const edit: CampaignEdit = { field: 'status', status: row.status === 'enabled' ? 'paused' : 'enabled' };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    propose(edit);
  };
  const verb = edit.status === 'paused' ? 'Pause' : 'Enable';
  return (
    <form onSubmit={submit}>
      <h2 id={titleId}>
        {verb} {row.name}?
      </h2>
      <p className="muted">{isAtOnce(edit) ? atOnceWords : previewWords}</p>
      <DraftActions label={isAtOnce(edit) ? `${verb} it` : `Preview: ${verb.toLowerCase()} it`} disabled={false} />
    </form>
  );
}

function DraftActions({ label, disabled }: { readonly label: string; readonly disabled: boolean }) {
  return (
    <div className="dialog-actions">
      <button
        type="button"
        className="button"
        onClick={({ currentTarget }) => currentTarget.closest('dialog')?.close()}
      >
        Leave it
      </button>
      <button type="submit" className="button primary" disabled={disabled}>
        {label}
      </button>
    </div>
  );
}
