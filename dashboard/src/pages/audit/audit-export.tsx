import { useApi } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { readFile } from '../../format/read-file.ts';
import { saveBlob } from '../../format/save-blob.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Icon } from '../../parts/icon.tsx';
import type { AuditFilters } from './audit-page.tsx';

const formats = [
  ['csv', 'CSV', 'For spreadsheets'],
  ['jsonl', 'JSON lines', 'Holds all that verifying needs'],
] as const;

/** Downloads the entries that are shown, oldest first. */
export function AuditExport({ filters }: { readonly filters: AuditFilters }) {
  const { client } = useApi();
  const download = useAction(async (format: (typeof formats)[number][0]) => {
    const response = await client.exportAudit({ query: { ...filters, format } });
    const { name, blob } = await readFile(response, `conext-audit.${format}`, () => {});
    saveBlob(name, blob);
  });
  return (
    <fieldset className="export" aria-label="Export">
      {formats.map(([format, label, use]) => (
        <button
          key={format}
          type="button"
          className="button"
          title={use}
          disabled={download.busy}
          onClick={() => void download.run(format)}
        >
          <Icon name="save" /> {label}
        </button>
      ))}
      {download.error !== undefined && (
        <ErrorPanel error={download.error} retry={download.again} what="The export did not arrive whole" />
      )}
    </fieldset>
  );
}
