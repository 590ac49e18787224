import { createFactFile, type FactFile } from '../../../adapters/fact-file.ts';
import { createImportedFiles } from '../../../adapters/imported-files.ts';
import type { Lake } from '../../../adapters/lake.ts';
import { openReport } from '../../../adapters/report-files/open-report.ts';
import type { AccountRecord } from '../../../adapters/stores/account-store.ts';
import type { ImportRecord } from '../../../adapters/stores/import-store.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { Warehouse } from '../../../adapters/warehouse.ts';
import type { EtlItem, StagedLoad } from '../../../contracts/etl.ts';
import type { ImportWork } from '../../../contracts/schemas/imports.ts';
import { stagingPrefix } from '../../../contracts/warehouse.ts';
import { AppError } from '../../../domain/errors.ts';
import { failureMessage } from '../../../domain/integrations/failure-message.ts';
import type { DownloadedReport } from '../../../domain/integrations/imports/downloaded-report.ts';
import { readReport } from '../../../domain/integrations/imports/read-report.ts';
import { planKey } from '../../../domain/integrations/lake-layout.ts';
import { removalStatement } from '../../../domain/integrations/merge-statement.ts';
import type { Grain, PlatformId } from '../../../domain/integrations/platform.ts';
import { rawWindowsPrefix, readRawWindow } from '../../../domain/integrations/raw-windows.ts';

export interface LoadImportPorts {
  readonly stores: WorkspaceStores<'accounts' | 'imports' | 'runs'>;
  readonly lake: Pick<Lake, 'put' | 'get' | 'list' | 'putJson'>;
  readonly warehouse: Pick<Warehouse, 'execute'>;
  readonly reports: readonly DownloadedReport[];
  readonly grainsOf: (platform: PlatformId) => readonly Grain[];
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What loading and publishing go on with; nothing after the last step. */
export type LoadImportAnswer =
  | { readonly item: EtlItem; readonly loads: readonly StagedLoad[] }
  | Record<string, never>;

/** The steps of state-machines/import.asl.json that are an import's own. Repeating one changes nothing. */
export async function loadImport(ports: LoadImportPorts, work: ImportWork): Promise<LoadImportAnswer> {
  const { stores, now } = ports;
  const record = await stores.imports.get(work.importId);
  if (record === undefined) throw new AppError('not-found', `There is no import ${work.importId}.`);
  const at = new Date(now()).toISOString();
  if (work.step === 'fail') {
    const error = failureMessage(work.error ?? {});
    await stores.imports.change(record.id, ['loading', 'removing'], { state: 'failed', error });
    return {};
  }
  if (work.step === 'finish') {
    await (work.action === 'load'
      ? stores.imports.change(record.id, ['loading'], { state: 'loaded', loadedAt: at })
      : stores.imports.change(record.id, ['removing'], { state: 'removed', removedAt: at }));
    return {};
  }
  return work.action === 'load' ? stageRows(ports, work, record) : removeRows(ports, work, record);
}

async function stageRows(ports: LoadImportPorts, work: ImportWork, record: ImportRecord): Promise<LoadImportAnswer> {
  const { stores, lake } = ports;
  const account = await accountOf(stores, record);
  const files = createImportedFiles(lake, stores.workspaceId);
  const { readRows } = await openReport(await files.read(record.id, record.bytes));
  const delivered = await deliveredDays(ports, account);
  const provenance = {
    workspaceId: stores.workspaceId,
    platform: account.platform,
    accountPlatformId: account.platformId,
    currency: account.currency,
    timeZone: account.timeZone,
    loadedAt: ports.now(),
    runId: work.runId,
    origin: 'import',
  } as const;
  let file: FactFile | undefined;
  let left = 0;
  const report = await readReport(readRows, {
    reports: ports.reports,
    grainsOf: ports.grainsOf,
    choices: { ...record.choices, currency: account.currency },
    onFact: (grain, fact) => {
      file ??= createFactFile(grain, provenance);
      if (delivered(fact.date)) left += 1;
      else file.add(fact);
    },
  });
  const { grain, from, to } = report;
  const [problem] = report.problems.items;
  if (report.problems.errors > 0 || !file || !grain || !from || !to) {
    throw new AppError('invalid-request', problem?.message ?? 'The file has no row that can be loaded.');
  }
  const item = itemOf(work, account, { grain, from, to });
  const leaf = { workspace: item.workspaceId, run: item.runId, item: item.itemId };
  await lake.put(`${stagingPrefix(grain, leaf)}facts.parquet`, file.finish());
  await plan(ports, item, { rowsExtracted: report.rows.data, rowsQuarantined: report.rows.data - report.rows.usable });
  await stores.imports.change(record.id, ['loading'], {
    rowsLoaded: file.rows,
    rowsRefused: report.rows.data - report.rows.usable,
    rowsDelivered: left,
    grain,
    from,
    to,
  });
  return { item, loads: [{ grain, rows: file.rows, removeVanished: false }] };
}

/** Whether the platform's API has delivered a day of the account, days on which nothing was shown too. */
async function deliveredDays(
  { stores: { workspaceId }, lake }: LoadImportPorts,
  account: AccountRecord,
): Promise<(day: string) => boolean> {
  const place = { workspaceId, platform: account.platform, accountPlatformId: account.platformId };
  const spans = new Map<string, string>();
  for await (const { key } of lake.list(rawWindowsPrefix(place))) {
    const window = readRawWindow(key);
    // Many loads have the same last day: the one that reaches back furthest says it all.
    if (window && window.from < (spans.get(window.to) ?? '9999')) spans.set(window.to, window.from);
  }
  const known = new Map<string, boolean>();
  return (day) => {
    const found = known.get(day) ?? [...spans].some(([to, first]) => first <= day && day <= to);
    known.set(day, found);
    return found;
  };
}

async function removeRows(ports: LoadImportPorts, work: ImportWork, record: ImportRecord): Promise<LoadImportAnswer> {
  const { grain, from, to } = record;
  if (grain === null || from === null || to === null) throw new AppError('internal', 'A loaded import has no days.');
  const account = await accountOf(ports.stores, record);
  const item = itemOf(work, account, { grain, from, to });
  for (const runId of record.runIds) {
    await ports.warehouse.execute(removalStatement({ ...item, grain, window: { from, to }, runId }));
  }
  await plan(ports, item, { rowsExtracted: 0, rowsQuarantined: 0 });
  return { item, loads: [] };
}

async function accountOf(
  stores: WorkspaceStores<'accounts' | 'imports' | 'runs'>,
  { accountId }: ImportRecord,
): Promise<AccountRecord> {
  const account = accountId === null ? undefined : await stores.accounts.get(accountId);
  if (account === undefined) throw new AppError('not-found', 'The account of this import is gone.');
  return account;
}

function itemOf(
  { workspaceId, runId }: ImportWork,
  account: AccountRecord,
  { grain, from, to }: { readonly grain: Grain; readonly from: string; readonly to: string },
): EtlItem {
  return {
    workspaceId,
    runId,
    itemId: `${account.id}-${from}`,
    connectionId: account.connectionId,
    platform: account.platform,
    accountId: account.id,
    accountPlatformId: account.platformId,
    accountName: account.name,
    managerPlatformId: null,
    currency: account.currency,
    timeZone: account.timeZone,
    from,
    to,
    grains: [grain],
    withStructure: false,
    origin: 'import',
  };
}

/** What loading and publishing expect of a run: its item in the lake and the item's progress. */
async function plan(
  { stores, lake, now }: LoadImportPorts,
  item: EtlItem,
  counted: { readonly rowsExtracted: number; readonly rowsQuarantined: number },
): Promise<void> {
  await lake.putJson(planKey(item.workspaceId, item.runId), [item]);
  await stores.runs.planItems(item.runId, [
    {
      itemId: item.itemId,
      accountId: item.accountId,
      accountName: item.accountName,
      platform: item.platform,
      stage: 'waiting',
      from: item.from,
      to: item.to,
      rowsLoaded: 0,
      ...counted,
      error: null,
      updatedAt: new Date(now()).toISOString(),
    },
  ]);
}
