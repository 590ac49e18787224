/**
 * Executions, their history and map runs in SQLite. Standard workflows do not resume here: opening the file marks
 * every execution that a former process left RUNNING as FAILED. Closed ones are kept 90 days, as on AWS.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface ExecutionRecord {
  readonly arn: string;
  readonly machineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly stoppedAt: number | undefined;
  /** JSON text. */
  readonly input: string;
  readonly output: string | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** Set for a child of a distributed Map. */
  readonly mapRunArn: string | undefined;
  /** How many items a child of a Map with batches was given. */
  readonly itemCount: number | undefined;
}

export interface StoredEvent {
  readonly executionArn: string;
  readonly id: number;
  readonly json: string;
}

export interface ListFilter {
  readonly machineArn?: string | undefined;
  readonly mapRunArn?: string | undefined;
  readonly status?: string | undefined;
  /** Sequence number of the last execution of the page before. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export const INTERRUPTED =
  'The local runtime stopped while this execution ran. Local executions do not resume: start it again.';

const RETENTION_MS = 90 * 86_400_000;
/** Writes gather this long, so that a large Map is a few transactions and not thousands. */
const GATHER_MS = 50;
const GATHER_WRITES = 2_000;

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = OFF;
  CREATE TABLE IF NOT EXISTS executions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, arn TEXT NOT NULL UNIQUE, machine_arn TEXT NOT NULL, name TEXT NOT NULL,
    status TEXT NOT NULL, started_at INTEGER NOT NULL, stopped_at INTEGER, input TEXT NOT NULL, output TEXT,
    error TEXT, cause TEXT, map_run_arn TEXT, item_count INTEGER) STRICT;
  CREATE INDEX IF NOT EXISTS executions_by_machine ON executions (machine_arn, seq) WHERE map_run_arn IS NULL;
  CREATE INDEX IF NOT EXISTS executions_by_map_run ON executions (map_run_arn, seq) WHERE map_run_arn IS NOT NULL;
  CREATE INDEX IF NOT EXISTS executions_by_status ON executions (status) WHERE status = 'RUNNING';
  CREATE TABLE IF NOT EXISTS events (execution_arn TEXT NOT NULL, id INTEGER NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (execution_arn, id)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS map_runs (seq INTEGER PRIMARY KEY AUTOINCREMENT, arn TEXT NOT NULL UNIQUE,
    execution_arn TEXT NOT NULL, json TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS map_runs_by_execution ON map_runs (execution_arn, seq);
`;

const columns = `seq, arn, machine_arn AS machineArn, name, status, started_at AS startedAt, stopped_at AS stoppedAt, input,
  output, error, cause, map_run_arn AS mapRunArn, item_count AS itemCount`;

export class ExecutionStore {
  readonly #db: DatabaseSync;
  readonly #statements: Readonly<Record<'insert' | 'finish' | 'event' | 'mapRun', StatementSync>>;
  #pending: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** A file path, its folder made when missing, or `:memory:`. */
  constructor(path: string, now: number) {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    this.#db = new DatabaseSync(path);
    this.#db.exec(schema);
    this.#statements = {
      insert: this.#db.prepare(
        `INSERT INTO executions (arn, machine_arn, name, status, started_at, input, map_run_arn, item_count)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      finish: this.#db.prepare(
        'UPDATE executions SET status = ?, stopped_at = ?, output = ?, error = ?, cause = ? WHERE arn = ?',
      ),
      event: this.#db.prepare('INSERT INTO events (execution_arn, id, json) VALUES (?, ?, ?)'),
      mapRun: this.#db.prepare(
        `INSERT INTO map_runs (arn, execution_arn, json) VALUES (?, ?, ?)
         ON CONFLICT (arn) DO UPDATE SET json = excluded.json`,
      ),
    };
    this.#forget(now - RETENTION_MS);
    this.#failInterrupted(now);
  }

  #forget(before: number): void {
    const old = 'SELECT arn FROM executions WHERE stopped_at < ?';
    this.#db.prepare(`DELETE FROM events WHERE execution_arn IN (${old})`).run(before);
    this.#db.prepare(`DELETE FROM map_runs WHERE execution_arn IN (${old})`).run(before);
    this.#db.prepare('DELETE FROM executions WHERE stopped_at < ?').run(before);
  }

  #failInterrupted(now: number): void {
    const running = this.#db.prepare(`SELECT arn FROM executions WHERE status = 'RUNNING'`).all() as { arn: string }[];
    const last = this.#db.prepare('SELECT max(id) AS id FROM events WHERE execution_arn = ?');
    for (const { arn } of running) {
      this.#statements.finish.run('FAILED', now, null, 'States.Runtime', INTERRUPTED, arn);
      const previous = (last.get(arn) as { id: number | null }).id;
      if (previous === null) continue;
      const details = { error: 'States.Runtime', cause: INTERRUPTED };
      const event = { id: previous + 1, previousEventId: previous, timestamp: now / 1000, type: 'ExecutionFailed' };
      this.#statements.event.run(arn, event.id, JSON.stringify({ ...event, executionFailedEventDetails: details }));
    }
    const runs = this.#db.prepare(`SELECT arn, execution_arn, json FROM map_runs WHERE json ->> 'status' = 'RUNNING'`);
    for (const run of runs.all() as { arn: string; execution_arn: string; json: string }[]) {
      const closed = { ...JSON.parse(run.json), status: 'FAILED', stopDate: now / 1000 };
      this.#statements.mapRun.run(run.arn, run.execution_arn, JSON.stringify(closed));
    }
  }

  insert(record: ExecutionRecord): void {
    this.#write(() => {
      const { arn, machineArn, name, status, startedAt, input, mapRunArn, itemCount } = record;
      this.#statements.insert.run(
        arn,
        machineArn,
        name,
        status,
        startedAt,
        input,
        mapRunArn ?? null,
        itemCount ?? null,
      );
    });
    // A crash right after must still show the execution; children are cheap to lose with their parent failed.
    if (record.mapRunArn === undefined) this.flush();
  }

  finish(record: ExecutionRecord): void {
    this.#write(() => {
      const { status, stoppedAt, output, error, cause, arn } = record;
      const values: SQLInputValue[] = [status, stoppedAt ?? null, output ?? null, error ?? null, cause ?? null, arn];
      this.#statements.finish.run(...values);
    });
    if (record.mapRunArn === undefined) this.flush();
  }

  addEvent(event: StoredEvent): void {
    this.#write(() => void this.#statements.event.run(event.executionArn, event.id, event.json));
  }

  saveMapRun(arn: string, executionArn: string, run: object): void {
    const json = JSON.stringify(run);
    this.#write(() => void this.#statements.mapRun.run(arn, executionArn, json));
  }

  get(arn: string): ExecutionRecord | undefined {
    this.flush();
    const row = this.#db.prepare(`SELECT ${columns} FROM executions WHERE arn = ?`).get(arn);
    return row === undefined ? undefined : toRecord(row);
  }

  /** Newest first; `seq` is the page mark. */
  list(filter: ListFilter): readonly { readonly seq: number; readonly record: ExecutionRecord }[] {
    this.flush();
    const conditions: string[] = [];
    const values: SQLInputValue[] = [];
    const where = (condition: string, value: SQLInputValue): void => {
      conditions.push(condition);
      values.push(value);
    };
    if (filter.mapRunArn !== undefined) where('map_run_arn = ?', filter.mapRunArn);
    else conditions.push('map_run_arn IS NULL');
    if (filter.machineArn !== undefined) where('machine_arn = ?', filter.machineArn);
    if (filter.status !== undefined) where('status = ?', filter.status);
    if (filter.before !== undefined) where('seq < ?', filter.before);
    const sql = `SELECT ${columns} FROM executions WHERE ${conditions.join(' AND ')} ORDER BY seq DESC LIMIT ?`;
    return this.#db
      .prepare(sql)
      .all(...values, filter.limit)
      .map((row) => ({ seq: Number(row.seq), record: toRecord(row) }));
  }

  events(executionArn: string, from: number, limit: number, reverse: boolean): readonly { id: number; json: string }[] {
    this.flush();
    const [compare, order] = reverse ? ['<=', 'DESC'] : ['>=', 'ASC'];
    const sql = `SELECT id, json FROM events WHERE execution_arn = ? AND id ${compare} ? ORDER BY id ${order} LIMIT ?`;
    return this.#db.prepare(sql).all(executionArn, from, limit) as { id: number; json: string }[];
  }

  mapRun(arn: string): string | undefined {
    this.flush();
    const row = this.#db.prepare('SELECT json FROM map_runs WHERE arn = ?').get(arn) as { json: string } | undefined;
    return row?.json;
  }

  mapRuns(executionArn: string, after: number, limit: number): readonly { seq: number; json: string }[] {
    this.flush();
    const sql = 'SELECT seq, json FROM map_runs WHERE execution_arn = ? AND seq > ? ORDER BY seq LIMIT ?';
    return this.#db.prepare(sql).all(executionArn, after, limit) as { seq: number; json: string }[];
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#pending.length === 0) return;
    const writes = this.#pending;
    this.#pending = [];
    this.#db.exec('BEGIN');
    try {
      for (const write of writes) write();
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.flush();
    this.#db.close();
  }

  #write(write: () => void): void {
    this.#pending.push(write);
    if (this.#pending.length >= GATHER_WRITES) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }
}

function toRecord(row: Readonly<Record<string, unknown>>): ExecutionRecord {
  const plain = Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value ?? undefined]));
  return plain as unknown as ExecutionRecord;
}
