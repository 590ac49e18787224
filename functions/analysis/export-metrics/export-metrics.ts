import type { FileCase } from '../../../adapters/http/file-handler.ts';
import {
  chosenAccounts,
  loadRollups,
  type MetricsPorts,
  metricsRefusals,
  ratesFor,
} from '../../../adapters/metrics/read-metrics.ts';
import { withNames } from '../../../adapters/metrics/row-names.ts';
import type { MetricRow } from '../../../contracts/schemas/metrics.ts';
import type { ExportFormat } from '../../../contracts/schemas/metrics-export.ts';
import { csvHeader, csvRow } from '../../../domain/analysis/csv-table.ts';
import { type ExportColumn, exportColumns } from '../../../domain/analysis/export-columns.ts';
import { type MetricsPlan, planMetrics } from '../../../domain/analysis/metrics-plan.ts';
import { pageOfRows, sortsByName } from '../../../domain/analysis/sort-rows.ts';
import { AppError } from '../../../domain/errors.ts';
import { type SliceRefusal, sliceRows, slicesOf } from './row-slices.ts';
import { parquetFile } from './write-parquet.ts';

/** Rows written at once: 64 kB or so of text. */
const rowsPerChunk = 500;

const contentTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/x-ndjson; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};

/** All rows of a metrics question as a file, a few days at a time where their order allows it. */
export const exportMetrics =
  ({ stores, rollups, names }: MetricsPorts): FileCase<'exportMetrics'> =>
  async ({ principal, query }) => {
    const plan = planMetrics(query);
    if (query.bom === 'true' && query.format !== 'csv')
      throw new AppError('invalid-request', 'Only CSV can begin with a byte order mark.', {
        fields: [{ field: 'bom', message: 'is for csv only' }],
      });
    const own = stores.forWorkspace(principal.workspaceId);
    const [workspace, accounts] = await Promise.all([own.workspace.get(), chosenAccounts(own, query)]);
    if (workspace === undefined) throw new AppError('not-found', 'This workspace no longer exists.');
    const currency = query.currency ?? workspace.currency;
    const facts = await loadRollups(own, rollups, plan, accounts);
    const rates = await ratesFor(stores, plan, facts, currency);

    async function* chunks(): AsyncGenerator<readonly MetricRow[]> {
      const request = {
        period: plan.period,
        ...(plan.previous && { previous: plan.previous }),
        groupBy: plan.groupBy,
        ...(query.campaignId !== undefined && { campaignId: query.campaignId }),
        currency,
        rates,
      };
      for (const slice of slicesOf(plan)) {
        for (const rows of sliceRows(facts, request, slice, plan)) {
          if (typeof rows === 'string') throw refusal(rows);
          const nameFirst = sortsByName(plan.order);
          const sorted = inOrder(nameFirst ? await withNames(rows, own, accounts, names) : rows, plan);
          for (let at = 0; at < sorted.length; at += rowsPerChunk) {
            const part = sorted.slice(at, at + rowsPerChunk);
            yield nameFirst ? part : await withNames(part, own, accounts, names);
          }
        }
      }
    }
    // What is refused must be refused now, while there still is a status to say it with.
    const begun = await startedOf(chunks());
    const columns = exportColumns(plan.groupBy, currency, plan.previous !== undefined);
    return {
      name: fileName(plan, query.format),
      contentType: contentTypes[query.format],
      body: bodies[query.format](begun, { columns, currency, bom: query.bom === 'true' }),
    };
  };

const inOrder = (rows: readonly MetricRow[], { order, groupBy }: MetricsPlan): readonly MetricRow[] =>
  pageOfRows(rows, { order, groupBy, after: undefined, limit: rows.length }).rows;

const refusal = (kind: SliceRefusal): AppError =>
  new AppError(
    'invalid-request',
    kind === 'too-many-groups'
      ? `${metricsRefusals[kind]} Rows grouped and sorted by date, without comparison, have no such bound.`
      : metricsRefusals[kind],
  );

interface Shape {
  readonly columns: readonly ExportColumn[];
  readonly currency: string;
  readonly bom: boolean;
}
type Body = (chunks: AsyncIterable<readonly MetricRow[]>, shape: Shape) => AsyncIterable<string | Uint8Array>;

const bodies: Readonly<Record<ExportFormat, Body>> = {
  async *csv(chunks, { columns, bom }) {
    yield `${bom ? '\ufeff' : ''}${csvHeader(columns)}`;
    for await (const rows of chunks) yield rows.map((row) => csvRow(columns, row)).join('');
  },
  async *jsonl(chunks, { currency }) {
    for await (const rows of chunks) yield rows.map((row) => `${JSON.stringify({ ...row, currency })}\n`).join('');
  },
  parquet: (chunks, { columns }) => parquetFile(columns, rowGroups(chunks)),
};

/** Larger than what is written at once: each group costs its pages' headers. */
const rowsPerGroup = 20_000;
async function* rowGroups(chunks: AsyncIterable<readonly MetricRow[]>): AsyncGenerator<readonly MetricRow[]> {
  let group: MetricRow[] = [];
  for await (const rows of chunks) {
    group.push(...rows);
    if (group.length < rowsPerGroup) continue;
    yield group;
    group = [];
  }
  yield group;
}

/** The same values, of which the first is already there. */
async function startedOf<T>(values: AsyncGenerator<T>): Promise<AsyncGenerator<T>> {
  const first = await values.next();
  return (async function* () {
    try {
      if (!first.done) yield first.value;
      yield* values;
    } finally {
      await values.return(undefined);
    }
  })();
}

/** `conext-metrics_campaign-date_2026-01-01_2026-03-31.csv` */
const fileName = ({ groupBy, period }: MetricsPlan, format: ExportFormat): string =>
  `${['conext-metrics', groupBy.join('-') || 'total', period.from, period.to].join('_')}.${format}`;
