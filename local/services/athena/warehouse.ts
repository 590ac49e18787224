/** DuckDB behind the Athena API: one database file, one writer at a time, several readers, nothing read outside the buckets. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBResult } from '@duckdb/node-api';
import { type AthenaColumn, athenaColumn } from './column-types.ts';
import type { GlueTable } from './glue-table.ts';
import { injectedFolder } from './injected-folder.ts';
import { readMaintenance } from './maintenance.ts';
import { csvLine, headerOf, showValue } from './result-csv.ts';
import { possibleTables, type StatementKind } from './sql-text.ts';
import { addColumn, createOwnView, createTable, createView, pathOf, quoteName, quoteText } from './table-statements.ts';

/** Athena's own name for its default catalog, so that `awsdatacatalog.db.table` is understood. */
const CATALOG = 'awsdatacatalog';
const MEMORY_LIMIT = '512MB';
const THREADS = '2';
/** A result larger than this fails: it belongs into a table, not into a laptop's memory. */
const MAX_RESULT_BYTES = 64 * 1024 * 1024;

interface QueryResult {
  readonly columns: readonly AthenaColumn[];
  readonly csv: Buffer | undefined;
  /** Rows changed by a write. */
  readonly changed: number | undefined;
  /** What was done where DuckDB has nothing of the kind. */
  readonly note?: string | undefined;
}

interface WarehouseSettings {
  readonly folder: string;
  /** Holds a folder per bucket. */
  readonly bucketsFolder: string;
}

export class Warehouse {
  readonly #settings: WarehouseSettings;
  readonly #database: Promise<DuckDBInstance>;
  readonly #tables = new Map<string, GlueTable>();
  /** Whether the view of an external table was last made over files or over none. */
  readonly #hasFiles = new Map<string, boolean>();
  #writing: Promise<unknown> = Promise.resolve();

  constructor(settings: WarehouseSettings) {
    this.#settings = settings;
    this.#database = open(settings);
    this.#database.catch(() => undefined);
  }

  async createDatabase(name: string): Promise<void> {
    await this.#write(async (connection) => {
      await connection.run(`CREATE SCHEMA IF NOT EXISTS ${quoteName(name.toLowerCase())}`);
    });
  }

  /** A table of the catalogue, as its template has it. */
  tableOf(database: string, name: string): GlueTable | undefined {
    return this.#tables.get(`${database}.${name}`);
  }

  /** Makes the table, or adds the columns that it lacks. Throws when a stored column has another type: data would be lost. */
  async createTable(table: GlueTable): Promise<void> {
    await this.createDatabase(table.database);
    this.#tables.set(`${table.database}.${table.name}`, table);
    if (table.format === 'parquet') {
      this.#hasFiles.delete(`${table.database}.${table.name}`);
      await this.#refreshView(table);
      return;
    }
    await this.#write(async (connection) => {
      await connection.run(createTable(table));
      const described = await connection.runAndReadAll(`DESCRIBE ${pathOf(table)}`);
      const stored = new Map(described.getRowsJson().map((row) => [String(row[0]), String(row[1])]));
      for (const column of table.columns) {
        const type = stored.get(column.name);
        if (type === undefined) await connection.run(addColumn(table, column));
        else if (type.replaceAll(' ', '') !== column.type.replaceAll(' ', '')) {
          throw new Error(
            `Column ${table.database}.${table.name}.${column.name} is stored as ${type} and the template says ${column.type}: delete the .conext folder to start afresh.`,
          );
        }
      }
    });
  }

  /** Tables of the catalog that a statement names. */
  tablesIn(sql: string, database: string): readonly GlueTable[] {
    const found = possibleTables(sql, database).map((name) => this.#tables.get(`${name.database}.${name.table}`));
    return [...new Set(found.filter((table) => table !== undefined))];
  }

  /** `onStart` is given a way to stop the query. */
  async run(
    sql: string,
    database: string,
    kind: StatementKind,
    onStart: (interrupt: () => void) => void,
  ): Promise<QueryResult> {
    const own: string[] = [];
    for (const table of this.tablesIn(sql, database)) {
      if (table.format !== 'parquet') continue;
      const leaf = injectedFolder(table, sql);
      if (leaf === undefined) await this.#refreshView(table);
      else own.push(createOwnView(table, this.#filesIn(table, leaf)));
    }
    const execute = async (connection: DuckDBConnection): Promise<QueryResult> => {
      if (database !== '') await connection.run(`USE ${CATALOG}.${quoteName(database.toLowerCase())}`);
      for (const view of own) await connection.run(view);
      const maintenance = readMaintenance(sql);
      if (maintenance !== undefined) {
        if (this.tablesIn(sql, database)[0]?.format !== 'iceberg')
          throw new Error(`TABLE_NOT_FOUND or not an Iceberg table: ${maintenance.table}`);
        for (const statement of maintenance.statements) await connection.run(statement);
        return { columns: [], csv: undefined, changed: 0, note: maintenance.note };
      }
      const statements = await connection.extractStatements(sql);
      if (statements.count !== 1) throw new Error('Only one sql statement is allowed.');
      onStart(() => connection.interrupt());
      if (kind === 'read') return await readResult(await connection.stream(sql));
      const result = await connection.run(sql);
      return { columns: [], csv: undefined, changed: result.rowsChanged };
    };
    return kind === 'write' ? await this.#write(execute) : await this.#connected(execute);
  }

  async close(): Promise<void> {
    const database = await this.#database.catch(() => undefined);
    await this.#writing.catch(() => undefined);
    database?.closeSync();
  }

  /** New files need nothing: a view lists its folder at each query. Only the first and the last one change the view. */
  async #refreshView(table: GlueTable): Promise<void> {
    const key = `${table.database}.${table.name}`;
    const files = this.#filesIn(table);
    const has = files !== undefined;
    if (this.#hasFiles.get(key) === has) return;
    await this.#write(async (connection) => {
      await connection.run(createView(table, files));
    });
    this.#hasFiles.set(key, has);
  }

  /** A pattern of the table's files, or of those in a folder of it; `undefined` when there are none. */
  #filesIn({ location }: GlueTable, leaf = ''): string | undefined {
    const folder = join(this.#settings.bucketsFolder, location.bucket, location.prefix, leaf);
    return hasParquet(folder) ? join(folder, '**', '*.parquet') : undefined;
  }

  #write<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const mine = this.#writing.catch(() => undefined).then(() => this.#connected(work));
    this.#writing = mine;
    return mine;
  }

  async #connected<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = await (await this.#database).connect();
    try {
      await connection.run(`USE ${CATALOG}`);
      return await work(connection);
    } finally {
      connection.closeSync();
    }
  }
}

async function open({ folder, bucketsFolder }: WarehouseSettings): Promise<DuckDBInstance> {
  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, 'spill');
  rmSync(temporary, { recursive: true, force: true });
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: MEMORY_LIMIT,
    threads: THREADS,
    temp_directory: temporary,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run(`ATTACH ${quoteText(join(folder, 'warehouse.duckdb'))} AS ${CATALOG}`);
  await connection.run(`SET allowed_directories = [${quoteText(`${bucketsFolder}/`)}]`);
  // Athena counts in UTC wherever it runs; DuckDB would take the machine's zone.
  await connection.run("SET GLOBAL TimeZone = 'UTC'");
  await connection.run('SET enable_external_access = false');
  connection.closeSync();
  return instance;
}

async function readResult(result: DuckDBResult): Promise<QueryResult> {
  const types = result.columnTypes().map(String);
  const columns = result.columnNames().map((name, index) => athenaColumn(name, types[index] ?? ''));
  const lines = [csvLine(headerOf(columns))];
  let bytes = 0;
  for await (const rows of result.yieldRowsJson()) {
    for (const row of rows) {
      const line = csvLine(row.map((value, index) => showValue(value, columns[index]?.type ?? 'varchar')));
      bytes += line.length;
      if (bytes > MAX_RESULT_BYTES)
        throw new Error(
          `The result is larger than the ${MAX_RESULT_BYTES / 1024 / 1024} MB that are possible locally.`,
        );
      lines.push(line);
    }
  }
  return { columns, csv: Buffer.from(lines.join('')), changed: undefined };
}

function hasParquet(folder: string): boolean {
  let entries: ReturnType<typeof readEntries>;
  try {
    entries = readEntries(folder);
  } catch {
    return false;
  }
  if (entries.some((entry) => entry.isFile() && entry.name.endsWith('.parquet'))) return true;
  return entries.some((entry) => entry.isDirectory() && hasParquet(join(folder, entry.name)));
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}
