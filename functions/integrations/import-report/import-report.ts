import type { RouteCases } from '../../../adapters/http/api-handler.ts';
import type { ImportWorkflow } from '../../../adapters/import-workflow.ts';
import { bytesOfPart, createImportedFiles, type ImportedFiles, partsOf } from '../../../adapters/imported-files.ts';
import type { Lake } from '../../../adapters/lake.ts';
import { openReport } from '../../../adapters/report-files/open-report.ts';
import type { ImportRecord } from '../../../adapters/stores/import-store.ts';
import type { Stores, WorkspaceStores } from '../../../adapters/stores/stores.ts';
import { importLimits, type ReportImport, reportImport } from '../../../contracts/schemas/imports.ts';
import { AppError } from '../../../domain/errors.ts';
import { derivedId, newId } from '../../../domain/integrations/ids.ts';
import type { DownloadedReport } from '../../../domain/integrations/imports/downloaded-report.ts';
import { readReport } from '../../../domain/integrations/imports/read-report.ts';
import type { Grain, PlatformId } from '../../../domain/integrations/platform.ts';
import { chosenAccount } from './chosen-account.ts';
import { presentPreview } from './present-preview.ts';

export interface ImportReportPorts {
  readonly stores: Stores<'accounts' | 'imports'>;
  readonly lake: Pick<Lake, 'put' | 'get' | 'list'>;
  readonly workflow: ImportWorkflow;
  readonly reports: readonly DownloadedReport[];
  readonly grainsOf: (platform: PlatformId) => readonly Grain[];
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const defaultLimit = 50;
/** What can be read twice within the half minute that a call may take, from a workbook too. Loading reads all rows. */
const previewedRows = 200_000;
/** An execution ends after one hour; what is under way for longer was cut off. */
const longestWorkMs = 65 * 60_000;

/** Reports that people download from the platforms' own pages: sent in parts, looked at, loaded, taken away again. */
export function importReport({ stores, lake, workflow, reports, grainsOf, now }: ImportReportPorts) {
  const at = () => new Date(now()).toISOString();
  const ownOf = (workspaceId: string): { own: WorkspaceStores<'accounts' | 'imports'>; files: ImportedFiles } => ({
    own: stores.forWorkspace(workspaceId),
    files: createImportedFiles(lake, workspaceId),
  });
  const shown = (record: ImportRecord): ReportImport => {
    const cut =
      (record.state === 'loading' || record.state === 'removing') &&
      record.begunAt !== null &&
      now() - Date.parse(record.begunAt) > longestWorkMs;
    return reportImport.parse(
      cut ? { ...record, state: 'failed', error: 'It was stopped before it was finished. Confirm it again.' } : record,
    );
  };

  return {
    async startImport({ principal: { workspaceId }, body, idempotencyKey }) {
      const { own } = ownOf(workspaceId);
      const id = idempotencyKey === undefined ? newId('imp', now()) : derivedId('imp', [workspaceId, idempotencyKey]);
      const record: ImportRecord = { ...fresh, ...body, id, parts: partsOf(body.bytes), createdAt: at() };
      if (await own.imports.create(record)) return shown(record);
      const earlier = await known(own, id);
      if (earlier.fileName !== body.fileName || earlier.bytes !== body.bytes) {
        throw new AppError('idempotency-mismatch', 'The Idempotency-Key was used for another file. Use a new key.');
      }
      return shown(earlier);
    },

    async listImports({ principal: { workspaceId }, query: { limit, cursor } }) {
      const page = await ownOf(workspaceId).own.imports.list({
        limit: limit ?? defaultLimit,
        ...(cursor !== undefined && { cursor }),
      });
      return { ...page, items: page.items.map(shown) };
    },

    getImport: async ({ principal: { workspaceId }, path: { importId } }) =>
      shown(await known(ownOf(workspaceId).own, importId)),

    async sendImportPart({ principal: { workspaceId }, path: { importId }, body: { number, content } }) {
      const { own, files } = ownOf(workspaceId);
      const record = await known(own, importId);
      if (record.state !== 'uploading') throw conflict(record, 'its parts are complete');
      const bytes = Buffer.from(content, 'base64');
      const expected = number > record.parts ? 0 : bytesOfPart(record.bytes, number);
      if (bytes.length !== expected) {
        throw new AppError('invalid-request', 'This is no part of the announced file.', {
          fields: [
            {
              field: 'content',
              message: `part ${number} of ${record.parts} has ${expected} bytes, not ${bytes.length}`,
            },
          ],
        });
      }
      await files.putPart(importId, number, bytes);
      if ((await files.parts(importId)).length === record.parts) {
        await own.imports.change(importId, ['uploading'], { state: 'uploaded' });
      }
      return shown(await known(own, importId));
    },

    async previewImport({ principal: { workspaceId }, path: { importId }, body: choices }) {
      const { own, files } = ownOf(workspaceId);
      const record = await known(own, importId);
      if (!previewable.has(record.state))
        throw conflict(record, 'only a file that is sent and not loaded can be previewed');
      const { format, readRows } = await openReport(await files.read(importId, record.bytes));
      const report = await readReport(readRows, { reports, grainsOf, choices, rows: previewedRows });
      const preview = presentPreview(format, report);
      await own.imports.change(importId, ['uploaded', 'failed'], {
        choices,
        platform: preview.platform,
        grain: preview.grain,
        from: preview.from,
        to: preview.to,
        rowsRefused: preview.dataRows - preview.usableRows,
        found: preview.importable
          ? {
              currency: preview.currency,
              accountPlatformId: preview.accountPlatformId,
              timeZone: preview.timeZone,
            }
          : null,
      });
      return preview;
    },

    async confirmImport({ principal: { workspaceId }, path: { importId }, body }) {
      const { own } = ownOf(workspaceId);
      const record = await known(own, importId);
      const { platform, found } = record;
      if (shown(record).state !== 'failed' && record.state !== 'uploaded')
        throw conflict(record, 'it cannot be loaded now');
      if (found === null || platform === null) {
        throw conflict(record, 'look at its preview first; it says what stands in the way');
      }
      const account = await chosenAccount(own, { platform, ...found }, body);
      await own.accounts.upsert(account);
      const runId = newId('run', now());
      const begun = await own.imports.change(importId, [record.state], {
        state: 'loading',
        accountId: account.id,
        runIds: [...record.runIds, runId],
        begunAt: at(),
        error: null,
        removedAt: null,
      });
      if (!begun) throw conflict(record, 'somebody else has just begun to load it');
      await workflow.start({ workspaceId, importId, runId, action: 'load' });
      return shown(await known(own, importId));
    },

    async removeImport({ principal: { workspaceId }, path: { importId } }) {
      const { own } = ownOf(workspaceId);
      const record = await known(own, importId);
      if (record.state === 'removed') return shown(record);
      if (shown(record).state === 'loading') throw conflict(record, 'wait until it is loaded');
      if (record.runIds.length === 0) {
        await own.imports.change(importId, [record.state], { state: 'removed', removedAt: at() });
        return shown(await known(own, importId));
      }
      const runId = newId('run', now());
      if (await own.imports.change(importId, [record.state], { state: 'removing', begunAt: at(), error: null })) {
        await workflow.start({ workspaceId, importId, runId, action: 'remove' });
      }
      return shown(await known(own, importId));
    },
  } satisfies RouteCases;
}

const previewable: ReadonlySet<ImportRecord['state']> = new Set(['uploaded', 'failed']);

const fresh = {
  partBytes: importLimits.partBytes,
  state: 'uploading',
  platform: null,
  grain: null,
  from: null,
  to: null,
  accountId: null,
  rowsLoaded: 0,
  rowsRefused: 0,
  rowsDelivered: 0,
  error: null,
  loadedAt: null,
  removedAt: null,
  choices: {},
  found: null,
  runIds: [] as string[],
  begunAt: null,
} as const;

async function known(own: WorkspaceStores<'accounts' | 'imports'>, importId: string): Promise<ImportRecord> {
  const record = await own.imports.get(importId);
  if (record === undefined) throw new AppError('not-found', `There is no import ${importId} in this workspace.`);
  return record;
}

const conflict = ({ id, state }: ImportRecord, why: string): AppError =>
  new AppError('conflict', `The import ${id} is ${state}: ${why}.`);
