/** JSON lines as Parquet with the columns of a Glue table: names and types of the table, what it lacks is dropped, as Firehose does. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { GlueTable } from '../athena/glue-table.ts';
import { quoteName, quoteText } from '../athena/table-statements.ts';

export interface ParquetWriter {
  write(table: GlueTable, lines: Buffer): Promise<Buffer>;
  close(): Promise<void>;
}

export function createParquetWriter(): ParquetWriter {
  let database: Promise<DuckDBInstance> | undefined;
  return {
    async write(table, lines) {
      database ??= DuckDBInstance.create(':memory:', {
        memory_limit: '256MB',
        threads: '1',
        autoinstall_known_extensions: 'false',
      });
      const folder = await mkdtemp(join(tmpdir(), 'conext-firehose-'));
      const connection = await (await database).connect();
      try {
        const [from, to] = [join(folder, 'lines.json'), join(folder, 'rows.parquet')];
        await writeFile(from, lines);
        const columns = table.columns.map(({ name, type }) => `${quoteName(name)}: ${quoteText(type)}`).join(', ');
        await connection.run(
          `COPY (SELECT * FROM read_json(${quoteText(from)}, format = 'newline_delimited', columns = {${columns}}))
           TO ${quoteText(to)} (FORMAT parquet, COMPRESSION snappy)`,
        );
        return await readFile(to);
      } finally {
        connection.closeSync();
        await rm(folder, { recursive: true, force: true });
      }
    },
    async close() {
      (await database)?.closeSync();
    },
  };
}
