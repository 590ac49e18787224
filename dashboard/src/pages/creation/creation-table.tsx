import type { GenerationRun } from '../../../../sdks/javascript/src/generated/api.ts';
import { instant } from '../../format/times.ts';
import { PlatformMark } from '../../parts/platform-mark.tsx';
import { Status } from '../../parts/status.tsx';
import { Table, type TableColumn } from '../../parts/table.tsx';
import { Link } from '../../routing/link.tsx';
import { creationStatus, creativesText, languageName } from './creation-words.ts';

const columns: readonly TableColumn<GenerationRun>[] = [
  {
    label: 'For',
    kind: 'wraps',
    cell: ({ id, briefName, round }) => (
      <>
        <Link href={`/creations/${id}`}>{briefName}</Link>
        {round > 1 && <span className="muted second-line">Round {round}</span>}
      </>
    ),
  },
  {
    label: 'Status',
    cell: ({ status }) => <Status tone={creationStatus[status].tone}>{creationStatus[status].label}</Status>,
  },
  { label: 'Ads', cell: creativesText },
  {
    label: 'Where',
    kind: 'wraps',
    cell: ({ platforms, languages }) => (
      <>
        {platforms.map((platform) => (
          <span key={platform} className="second-line">
            <PlatformMark platform={platform} />
          </span>
        ))}
        <span className="muted second-line">{languages.map(languageName).join(', ')}</span>
      </>
    ),
  },
  { label: 'Begun', cell: ({ startedAt }) => instant(startedAt) },
];

/** Runs from briefs to campaigns, newest first. */
export function CreationTable({ runs }: { readonly runs: readonly GenerationRun[] }) {
  return <Table label="Table of campaigns from briefs" columns={columns} rows={runs} keyOf={({ id }) => id} />;
}
