import type { Import } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { platformName } from '../../format/platforms.ts';
import { instant, shortDay } from '../../format/times.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Status } from '../../parts/status.tsx';
import { Table } from '../../parts/table.tsx';
import { stateWords } from './import-words.ts';

interface ImportTableProps {
  readonly imports: readonly Import[];
  /** Opens the preview of one that is not confirmed; absent for whoever may only look. */
  readonly look: ((importId: string) => void) | undefined;
  readonly accountOf: (one: Import) => string | undefined;
  readonly removed: (importId: string) => void;
}

export function ImportTable({ imports, accountOf, look, removed }: ImportTableProps) {
  return (
    <Table
      label="Table of imports"
      rows={imports.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))}
      keyOf={({ id }) => id}
      columns={[
        {
          label: 'File',
          kind: 'wraps',
          cell: (one) => (
            <>
              {one.fileName}
              <span className="muted second-line wraps">
                {[one.platform === null ? undefined : platformName(one.platform), accountOf(one)]
                  .filter((text) => text !== undefined)
                  .join(' · ')}
              </span>
            </>
          ),
        },
        {
          label: 'Days',
          kind: 'wraps',
          cell: ({ from, to }) => (from === null ? '–' : `${shortDay(from)} – ${shortDay(to ?? from)}`),
        },
        { label: 'Rows', kind: 'number', cell: ({ rowsLoaded }) => rowsLoaded.toLocaleString() },
        {
          label: 'Left out',
          kind: 'number',
          meaning: 'Rows that could not be used, and rows of days that the platform’s API has delivered',
          cell: ({ rowsRefused, rowsDelivered }) => (rowsRefused + rowsDelivered).toLocaleString(),
        },
        {
          label: 'State',
          kind: 'wraps',
          cell: ({ state, error, createdAt }) => (
            <>
              <Status tone={stateWords[state].tone}>{stateWords[state].word}</Status>
              <span className="muted second-line">begun {instant(createdAt)}</span>
              {error !== null && <p className="muted">{error}</p>}
            </>
          ),
        },
        {
          label: 'Actions',
          cell: (one) => look !== undefined && <Actions one={one} look={look} removed={removed} />,
        },
      ]}
    />
  );
}

interface ActionsProps {
  readonly one: Import;
  readonly look: (importId: string) => void;
  readonly removed: (importId: string) => void;
}

function Actions({ one, look, removed }: ActionsProps) {
  const { client } = useApi();
  const remove = useAction(async () => {
    await client.removeImport({ path: { importId: one.id } });
    removed(one.id);
  });
  return (
    <>
      {(one.state === 'uploaded' || one.state === 'failed') && (
        <button type="button" className="button" onClick={() => look(one.id)}>
          Look at it
        </button>
      )}
      {one.state !== 'removed' && one.state !== 'removing' && one.state !== 'loading' && (
        <ConfirmButton
          label="Remove"
          accessibleLabel={`Remove ${one.fileName}`}
          title={`Remove ${one.fileName}?`}
          confirm={one.rowsLoaded === 0 ? 'Remove' : 'Remove its facts'}
          act={() => void remove.run()}
          disabled={remove.busy}
        >
          <p>
            {one.rowsLoaded === 0
              ? 'Nothing of it was loaded.'
              : 'The facts that it loaded are taken away. What the platform’s API has delivered stays.'}
          </p>
        </ConfirmButton>
      )}
      {remove.error !== undefined && (
        <ErrorPanel error={remove.error} retry={() => void remove.run()} what="The import was not removed" />
      )}
    </>
  );
}
