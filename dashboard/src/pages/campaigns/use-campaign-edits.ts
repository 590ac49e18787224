import { useCallback, useState } from 'react';
import { type CampaignEdit, type EditableField, withEdit } from './campaign-edits.ts';
import type { CampaignRow } from './campaign-rows.ts';

export interface OpenEdit {
  readonly row: CampaignRow;
  readonly field: EditableField;
  /** Of the cell, where the editor opens. */
  readonly cell: DOMRect;
}

export interface FollowedEdit {
  readonly changeId: string;
  readonly row: CampaignRow;
  readonly edit: CampaignEdit;
  /** What was known of the campaigns when it was applied: whatever is read later knows better. */
  readonly knownThen: unknown;
  readonly state: 'under-way' | 'applied' | 'other';
}

export interface CampaignEdits {
  readonly open: OpenEdit | undefined;
  readonly begin: (row: CampaignRow, field: EditableField, cell: DOMRect) => void;
  readonly close: () => void;
  readonly followed: readonly FollowedEdit[];
  /** A change was decided on: its row shows what it becomes until that is so, or is not to be. */
  readonly follow: (changeId: string, row: CampaignRow, edit: CampaignEdit) => void;
  readonly ended: (changeId: string, applied: boolean) => void;
  readonly dismiss: (changeId: string) => void;
  /** Rows with what is being applied in them. */
  readonly shown: (rows: CampaignRow[]) => CampaignRow[];
}

/** Edits of the table: the one that is open, and those that are on their way. `known`: the campaigns as they were read last. */
export function useCampaignEdits(known: unknown, reload: () => void): CampaignEdits {
  const [open, setOpen] = useState<OpenEdit>();
  const [followed, setFollowed] = useState<readonly FollowedEdit[]>([]);
  const begin = useCallback(
    (row: CampaignRow, field: EditableField, cell: DOMRect) => setOpen({ row, field, cell }),
    [],
  );
  const shown = useCallback(
    (rows: CampaignRow[]): CampaignRow[] => {
      const live = followed.filter(
        ({ state, knownThen }) => state === 'under-way' || (state === 'applied' && knownThen === known),
      );
      if (live.length === 0) return rows;
      return rows.map((row) =>
        live.filter((one) => one.row.id === row.id).reduce((now, { edit }) => withEdit(now, edit), row),
      );
    },
    [followed, known],
  );
  return {
    open,
    begin,
    close: () => setOpen(undefined),
    followed,
    follow: (changeId, row, edit) =>
      setFollowed((before) => [
        { changeId, row, edit, knownThen: undefined, state: 'under-way' },
        ...before.filter((one) => one.changeId !== changeId),
      ]),
    ended: (changeId, applied) => {
      setFollowed((before) =>
        before.map((one) =>
          one.changeId === changeId ? { ...one, state: applied ? 'applied' : 'other', knownThen: known } : one,
        ),
      );
      if (applied) reload();
    },
    dismiss: (changeId) => setFollowed((before) => before.filter((one) => one.changeId !== changeId)),
    shown,
  };
}
