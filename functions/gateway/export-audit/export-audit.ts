import type { FileCase } from '../../../adapters/http/file-handler.ts';
import type { Stores } from '../../../adapters/stores/stores.ts';
import type { AuditEntry, AuditExportFormat } from '../../../contracts/schemas/audit.ts';
import { csvText } from '../../../domain/analysis/csv-table.ts';
import { canonicalJson } from '../../../domain/audit/chain.ts';

/** Entries written at once. */
const entriesPerChunk = 200;

const contentTypes: Readonly<Record<AuditExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/x-ndjson; charset=utf-8',
};

/** The columns of a table; what is not text is canonical JSON. */
const columns: readonly (readonly [name: string, of: (entry: AuditEntry) => unknown])[] = [
  ['sequence', (entry) => entry.sequence],
  ['at', (entry) => entry.at],
  ['action', (entry) => entry.action],
  ['actor', (entry) => entry.actor],
  ['reason', (entry) => entry.reason],
  ['change_id', (entry) => entry.changeId],
  ['operation_id', (entry) => entry.operationId],
  ['object_kind', (entry) => entry.object?.kind],
  ['object_id', (entry) => entry.object?.id],
  ['object_platform_id', (entry) => entry.object?.platformId],
  ['object_name', (entry) => entry.object?.name],
  ['before', (entry) => entry.before],
  ['after', (entry) => entry.after],
  ['problem', (entry) => entry.problem?.reason],
  ['platform_code', (entry) => entry.problem?.platformCode],
  ['request_id', (entry) => entry.requestId],
  ['platform_request_id', (entry) => entry.platformRequestId],
  ['previous_hash', (entry) => entry.previousHash],
  ['hash', (entry) => entry.hash],
];

const cell = (value: unknown): string =>
  value === null || value === undefined ? '' : csvText(typeof value === 'string' ? value : canonicalJson(value));

const lineOf: Readonly<Record<AuditExportFormat, (entry: AuditEntry) => string>> = {
  csv: (entry) => `${columns.map(([, of]) => cell(of(entry))).join(',')}\r\n`,
  jsonl: (entry) => `${canonicalJson(entry)}\n`,
};
const headOf: Readonly<Record<AuditExportFormat, string>> = {
  csv: `${columns.map(([name]) => name).join(',')}\r\n`,
  jsonl: '',
};

/** The audit trail as a file, read page by page as it is written. */
export const exportAudit =
  ({ stores }: { readonly stores: Stores<'audit'> }): FileCase<'exportAudit'> =>
  async ({ principal, query: { format, ...filters } }) => {
    const { audit } = stores.forWorkspace(principal.workspaceId);
    const entries = audit.each(filters);
    // What cannot be read must be refused while there still is a status to say it with.
    const first = await entries.next();
    async function* body(): AsyncGenerator<string> {
      if (headOf[format] !== '') yield headOf[format];
      if (first.done) return;
      let lines = [lineOf[format](first.value)];
      for await (const entry of entries) {
        lines.push(lineOf[format](entry));
        if (lines.length < entriesPerChunk) continue;
        yield lines.join('');
        lines = [];
      }
      yield lines.join('');
    }
    return { name: `conext-audit.${format}`, contentType: contentTypes[format], body: body() };
  };
