import { useState } from 'react';
import type { ImportPreview, ImportPreviewOrder } from '../../../../sdks/javascript/src/generated/api.ts';
import { useQuery } from '../../api/use-query.ts';
import { platformIds, platformName } from '../../format/platforms.ts';
import { counted } from '../../format/plural.ts';
import { Choice } from '../../parts/choice.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Table } from '../../parts/table.tsx';
import { AccountForm } from './account-form.tsx';
import { dateFormats, decimalSigns, formatWords, labelOf } from './import-words.ts';

/** What a file is taken for, its first rows, all that is wrong with it, and where its facts are to go. */
export function PreviewPanel({ importId, done }: { readonly importId: string; readonly done: () => void }) {
  const [order, setOrder] = useState<ImportPreviewOrder>({});
  const asked = useQuery(`preview ${importId} ${JSON.stringify(order)}`, (client, signal) =>
    client.previewImport({ path: { importId }, body: order }, { signal }),
  );
  const { data: preview } = asked;
  const choose = (field: keyof ImportPreviewOrder) => (value: string) => {
    const { [field]: _, ...rest } = order;
    setOrder(value === '' ? rest : { ...rest, [field]: value });
  };
  return (
    <div aria-busy={asked.loading}>
      <fieldset className="form-row">
        <legend>Read it as</legend>
        <Choice
          label="Platform"
          all="Platform: as recognised"
          value={order.platform ?? ''}
          options={platformIds.map((id) => [id, platformName(id)] as const)}
          choose={choose('platform')}
        />
        <Choice
          label="Dates"
          all="Dates: as recognised"
          value={order.dateFormat ?? ''}
          options={dateFormats}
          choose={choose('dateFormat')}
        />
        <Choice
          label="Decimal sign"
          all="Decimal sign: as recognised"
          value={order.decimalSign ?? ''}
          options={decimalSigns}
          choose={choose('decimalSign')}
        />
      </fieldset>
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} retry={asked.reload} what="The file could not be read" />
      )}
      {preview === undefined
        ? asked.error === undefined && <Skeleton lines={8} what="the file" />
        : !asked.stale && <Preview preview={preview} importId={importId} done={done} />}
    </div>
  );
}

/** Problems that a choice on this page settles. */
const settled: ReadonlySet<string> = new Set([
  'platform-ambiguous',
  'date-format-ambiguous',
  'number-format-ambiguous',
]);

interface PreviewProps {
  readonly preview: ImportPreview;
  readonly importId: string;
  readonly done: () => void;
}

function Preview({ preview, importId, done }: PreviewProps) {
  const facts: readonly (readonly [string, string])[] = [
    [
      'Report',
      `${preview.platform === null ? 'Not recognised' : platformName(preview.platform)}, ${preview.grain ?? 'level not known'}`,
    ],
    [
      'Account',
      [preview.accountName, preview.accountPlatformId].filter((one) => one !== null).join(', ') || 'Not named',
    ],
    ['Currency', preview.currency ?? 'Not named: the account’s'],
    ['Time zone', preview.timeZone ?? 'The account’s'],
    ['Days', preview.from === null ? 'Not known' : `${preview.from} – ${preview.to ?? preview.from}`],
    ['Dates', labelOf(dateFormats, preview.dateFormat)],
    ['Decimal sign', labelOf(decimalSigns, preview.decimalSign)],
    ['File', formatWords(preview.format)],
    [
      'Rows',
      `${preview.usableRows.toLocaleString()} of ${counted(preview.dataRows, 'row')} can be loaded${preview.complete ? '' : ' (of a larger file the first are looked at)'}; left out: ${counted(preview.titleRows, 'title row')}, ${counted(preview.totalRows, 'totals row')}`,
    ],
    ['Columns used', preview.columns.map(({ title }) => title).join(', ') || 'None'],
    ['Columns not used', preview.unmapped.join(', ') || 'None'],
  ];
  const blocking = preview.problems.find(({ severity }) => severity === 'error');
  return (
    <>
      <Table
        label="What the file is taken for"
        rows={facts}
        keyOf={([name]) => name}
        columns={[
          { label: 'What', cell: ([name]) => name },
          { label: 'Found', kind: 'wraps', cell: ([, value]) => value },
        ]}
      />
      {!preview.importable && (
        <p className="note bad" role="status">
          <Icon name="alert" />
          <span>
            This file cannot be loaded yet. {blocking?.message}
            {blocking !== undefined && !/[.!?]$/.test(blocking.message) && '.'}{' '}
            {blocking !== undefined && settled.has(blocking.code)
              ? 'Choose it above.'
              : 'Choose another file once it is mended.'}
          </span>
        </p>
      )}
      {preview.problems.length > 0 && (
        <>
          <h3>{counted(preview.problemCount, 'problem')}</h3>
          <Table
            label="Problems"
            tall
            rows={preview.problems}
            keyOf={(_, index) => String(index)}
            columns={[
              { label: 'Kind', cell: ({ severity }) => (severity === 'error' ? 'Stands in the way' : 'Left out') },
              { label: 'Line', kind: 'number', cell: ({ line }) => line ?? '–' },
              { label: 'Column', cell: ({ column }) => column ?? '–' },
              { label: 'Problem', kind: 'wraps', cell: ({ message }) => message },
            ]}
          />
        </>
      )}
      {preview.importable && preview.platform !== null && (
        <AccountForm preview={preview} importId={importId} done={done} />
      )}
      <details>
        <summary>First rows, as they stand in the file</summary>
        <Table
          label="First rows"
          tall
          rows={preview.sample}
          keyOf={({ line }) => String(line)}
          columns={[
            { label: 'Line', kind: 'number', cell: ({ line }) => line },
            { label: 'Cells', kind: 'wraps', cell: ({ cells }) => cells.join(' │ ') },
          ]}
        />
      </details>
    </>
  );
}
