/** Lines of JSON into Parquet; a line that does not fit the table is found and set apart, so that it keeps none of the others back. */
import type { GlueTable } from '../athena/glue-table.ts';
import type { ParquetWriter } from './parquet-writer.ts';
import type { Failure, Line } from './transform.ts';

export interface Converted {
  /** Absent when no line fits. */
  readonly parquet: Buffer | undefined;
  readonly failures: readonly Failure[];
}

export async function convertLines(
  writer: ParquetWriter,
  table: GlueTable,
  lines: readonly Line[],
): Promise<Converted> {
  const write = (some: readonly Line[]): Promise<Buffer> =>
    writer.write(table, Buffer.concat(some.map(({ data }) => data)));
  const sorted = await sort(write, lines);
  if (sorted.failures.length === 0) return sorted;
  return { ...sorted, parquet: sorted.good.length === 0 ? undefined : await write(sorted.good) };
}

interface Sorted extends Converted {
  readonly good: readonly Line[];
}

/** By halves: a few bad lines among thousands are found in some dozen steps. */
async function sort(write: (lines: readonly Line[]) => Promise<Buffer>, lines: readonly Line[]): Promise<Sorted> {
  try {
    return { parquet: await write(lines), good: lines, failures: [] };
  } catch (error) {
    const [first, second] = lines;
    if (first === undefined) return { parquet: undefined, good: [], failures: [] };
    if (second === undefined) {
      const message = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
      const failure = { taken: first.taken, code: 'DataFormatConversion.MalformedData', message };
      return { parquet: undefined, good: [], failures: [failure] };
    }
    const half = Math.ceil(lines.length / 2);
    const left = await sort(write, lines.slice(0, half));
    const right = await sort(write, lines.slice(half));
    return {
      parquet: undefined,
      good: [...left.good, ...right.good],
      failures: [...left.failures, ...right.failures],
    };
  }
}
