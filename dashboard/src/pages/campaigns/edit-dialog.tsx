import { useEffect, useId, useRef, useState } from 'react';
import type { Account } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi, useMay } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { useQuery } from '../../api/use-query.ts';
import { platformName } from '../../format/platforms.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { usePhone } from '../../parts/use-media.ts';
import { type CampaignEdit, editRefusal, operationOf, reasonOf, spendsLess } from './campaign-edits.ts';
import type { CampaignRow } from './campaign-rows.ts';
import { BudgetDraft, StatusDraft } from './cell-drafts.tsx';
import { EditPreview } from './edit-preview.tsx';
import type { OpenEdit } from './use-campaign-edits.ts';

interface EditDialogProps extends OpenEdit {
  readonly accounts: readonly Account[];
  /** The change was decided on and is on its way. */
  readonly sent: (changeId: string, row: CampaignRow, edit: CampaignEdit) => void;
  readonly close: () => void;
}

/** Pixels, as in the style sheet. */
const draft = { width: 330, height: 220, margin: 8 };

/** Over its cell and within the window. */
function placeOf(cell: DOMRect): { left: number; top: number } {
  const within = (wanted: number, size: number, room: number): number =>
    Math.max(draft.margin, Math.min(wanted, room - size - draft.margin));
  return {
    left: within(cell.right - draft.width, draft.width, innerWidth),
    top: within(cell.top - 4, draft.height, innerHeight),
  };
}

/**
 * Edits one cell: a value is written over it, then the same dialog shows what it would do, and what becomes of it. The browser’s own
 * dialog holds the focus and gives it back to the table.
 */
export function EditDialog({ row, field, cell, accounts, sent, close }: EditDialogProps) {
  const { client, answers } = useApi();
  const maySeePolicy = useMay('guardrails.read');
  const phone = usePhone();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const guardrails = useQuery(maySeePolicy ? 'guardrails' : undefined, (asking, signal) =>
    asking.getGuardrails({}, { signal }),
  );
  const [edit, setEdit] = useState<CampaignEdit>();
  const [changeId, setChangeId] = useState<string>();
  const isAtOnce = (wanted: CampaignEdit): boolean =>
    guardrails.data?.policy.decreasesAtOnce === true && spendsLess(row, wanted);

  /** The key is given once for what was written: sending it again previews nothing twice. */
  const preview = useAction(async (wanted: CampaignEdit, idempotencyKey: string) => {
    const change = await client.previewChange(
      {
        body: {
          reason: reasonOf(row, wanted).slice(0, 1000),
          operations: [operationOf(row, wanted)],
          ...(isAtOnce(wanted) && { confirmDecreases: true }),
        },
      },
      { idempotencyKey },
    );
    if (change.id === null) throw new Error('The preview was not kept.');
    answers.set(`change ${change.id}`, change);
    setChangeId(change.id);
    if (change.status !== 'previewed') sent(change.id, row, wanted);
  });
  const propose = (wanted: CampaignEdit): void => {
    setEdit(wanted);
    void preview.run(wanted, crypto.randomUUID());
  };

  const refusal = editRefusal(row, field);
  const writing = edit === undefined;
  return (
    <dialog
      ref={dialog}
      className={writing ? 'cell-editor' : 'change-panel'}
      style={writing && !phone ? placeOf(cell) : undefined}
      aria-labelledby={titleId}
      onClose={close}
    >
      {refusal !== undefined ? (
        <form method="dialog">
          <h2 id={titleId}>It cannot be changed here</h2>
          <p>{refusal}</p>
          <div className="dialog-actions">
            <button type="submit" className="button">
              Close
            </button>
          </div>
        </form>
      ) : edit === undefined ? (
        field === 'budget' ? (
          <BudgetDraft titleId={titleId} row={row} isAtOnce={isAtOnce} propose={propose} />
        ) : (
          <StatusDraft titleId={titleId} row={row} isAtOnce={isAtOnce} propose={propose} />
        )
      ) : (
        <>
          <h2 id={titleId}>{reasonOf(row, edit)}</h2>
          {preview.error !== undefined && (
            <ErrorPanel error={preview.error} retry={preview.again} what="The change could not be previewed" />
          )}
          {preview.busy && (
            <>
              <p className="muted">Asking {platformName(row.platform)} what it has now…</p>
              <Skeleton lines={8} what="the preview" />
            </>
          )}
          {changeId !== undefined && (
            <EditPreview
              changeId={changeId}
              accounts={accounts}
              confirmed={() => sent(changeId, row, edit)}
              close={() => dialog.current?.close()}
            />
          )}
          {changeId === undefined && (
            <form method="dialog" className="dialog-actions">
              {!preview.busy && (
                <button type="button" className="button" onClick={() => setEdit(undefined)}>
                  Write another value
                </button>
              )}
              <button type="submit" className="button">
                Close
              </button>
            </form>
          )}
        </>
      )}
    </dialog>
  );
}
