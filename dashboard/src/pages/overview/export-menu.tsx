import { useEffect, useRef, useState } from 'react';
import type { ExportMetrics } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { fileSize } from '../../format/numbers.ts';
import { readFile } from '../../format/read-file.ts';
import { saveBlob } from '../../format/save-blob.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Icon } from '../../parts/icon.tsx';

type Question = Omit<ExportMetrics['query'], 'format' | 'bom'>;

const formats = [
  ['csv', 'CSV', 'for spreadsheets'],
  ['jsonl', 'JSON lines', 'for scripts'],
  ['parquet', 'Parquet', 'for data tools'],
] as const;
type Format = (typeof formats)[number][0];

interface ExportMenuProps {
  /** What the page asks, without paging. */
  readonly question: Question;
  /** What the rows are, in a few words. */
  readonly about: string;
}

/** Downloads all rows of a question; says how much has arrived, can be stopped, and leaves a refusal in sight. */
export function ExportMenu({ question, about }: ExportMenuProps) {
  const { client } = useApi();
  const [arrived, setArrived] = useState(0);
  const [format, setFormat] = useState<Format>('csv');
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const download = useAction(async () => {
    const controller = new AbortController();
    stop.current = controller;
    setArrived(0);
    try {
      const query = { ...question, format, ...(format === 'csv' && { bom: 'true' as const }) };
      const response = await client.exportMetrics({ query }, { signal: controller.signal });
      const { name, blob } = await readFile(response, `conext-metrics.${format}`, setArrived);
      saveBlob(name, blob);
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    }
  });
  return (
    <fieldset className="export" aria-label="Export">
      <label>
        <span className="unseen">Format of the export</span>
        <select
          value={format}
          disabled={download.busy}
          onChange={({ target }) => setFormat(formats.find(([id]) => id === target.value)?.[0] ?? 'csv')}
        >
          {formats.map(([id, name, use]) => (
            <option key={id} value={id}>
              {name}, {use}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="button"
        disabled={download.busy}
        title={about}
        onClick={() => void download.run()}
      >
        <Icon name="save" /> {download.busy ? 'Exporting…' : 'Export'}
      </button>
      {download.busy && (
        <button type="button" className="button" onClick={() => stop.current?.abort()}>
          Stop
        </button>
      )}
      <span role="status" className="muted">
        {download.busy && arrived > 0 && `${fileSize(arrived)} so far`}
      </span>
      {download.error !== undefined && (
        <ErrorPanel error={download.error} retry={download.again} what="The export did not arrive whole" />
      )}
    </fieldset>
  );
}
