import { createParquetFile, type ParquetColumn, type ParquetValue } from '../../../adapters/parquet-file.ts';
import type { MetricRow } from '../../../contracts/schemas/metrics.ts';
import type { ExportColumn, ExportKind } from '../../../domain/analysis/export-columns.ts';
import { dayNumber } from '../../../domain/integrations/calendar-day.ts';

/** Ratios follow from the other columns and are left out: a table is for counting on. */
const formats: Readonly<
  Record<
    Exclude<ExportKind, 'ratio'>,
    Pick<ParquetColumn, 'type'> & { suffix: string; value: (value: string | number) => ParquetValue }
  >
> = {
  text: { type: 'string', suffix: '', value: String },
  day: { type: 'date', suffix: '', value: (value) => dayNumber(String(value)) },
  count: { type: 'bigint', suffix: '', value: BigInt },
  money: { type: 'bigint', suffix: '_micros', value: BigInt },
  parts: { type: 'bigint', suffix: '_micros', value: BigInt },
};

/** One row group a chunk; the packed groups wait in memory for the footer, a hundredth of what the rows took. */
export async function* parquetFile(
  columns: readonly ExportColumn[],
  chunks: AsyncIterable<readonly MetricRow[]>,
): AsyncGenerator<Uint8Array> {
  const written = columns.flatMap((column) =>
    column.kind === 'ratio' ? [] : [{ ...formats[column.kind], of: column.of, name: column.name }],
  );
  const file = createParquetFile(
    written.map(({ name, suffix, type }) => ({ name: `${name}${suffix}`, type, nullable: true })),
  );
  for await (const rows of chunks) {
    if (rows.length === 0) continue;
    file.add(
      written.map(({ of, value }) =>
        rows.map((row) => {
          const given = of(row);
          return given === null ? null : value(given);
        }),
      ),
    );
  }
  const bytes = file.finish();
  const chunkBytes = 64 * 1024;
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}
