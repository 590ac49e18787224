/** Query executions as Athena tells of them; one file each, so that a restart forgets none. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsError } from '../../ports.ts';
import type { AthenaColumn } from './column-types.ts';
import type { StatementKind } from './sql-text.ts';

export interface Execution {
  readonly id: string;
  readonly sql: string;
  readonly kind: StatementKind;
  readonly database: string;
  readonly workGroup: string;
  /** `s3://bucket/prefix/<id>.csv` */
  readonly output: string;
  readonly token: string | undefined;
  /** Epoch milliseconds, as are the others. */
  readonly submitted: number;
  state: 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  reason?: string;
  started?: number;
  completed?: number;
  columns?: readonly AthenaColumn[];
  changed?: number;
  resultBytes?: number;
}

/** Athena keeps them for 45 days; here the latest ones. */
const KEPT = 1000;

export class Executions {
  readonly #folder: string;
  readonly #byId = new Map<string, Execution>();

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    const files = readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
      .sort((left, right) => left.at - right.at);
    for (const file of files.slice(0, -KEPT)) rmSync(file.path);
    for (const { path } of files.slice(-KEPT)) {
      const execution = JSON.parse(readFileSync(path, 'utf8')) as Execution;
      this.#byId.set(execution.id, execution);
      if (execution.state !== 'QUEUED' && execution.state !== 'RUNNING') continue;
      execution.state = 'FAILED';
      execution.reason = 'The local runtime stopped while the query ran.';
      this.save(execution);
    }
  }

  get(id: string): Execution {
    const execution = this.#byId.get(id);
    if (execution === undefined) throw new AwsError('InvalidRequestException', `QueryExecution ${id} was not found`);
    return execution;
  }

  /** The execution that an earlier request with the same token started. */
  withToken(token: string | undefined): Execution | undefined {
    if (token === undefined) return undefined;
    return [...this.#byId.values()].find((execution) => execution.token === token);
  }

  unfinished(): readonly Execution[] {
    return [...this.#byId.values()].filter(
      (execution) => execution.state === 'QUEUED' || execution.state === 'RUNNING',
    );
  }

  save(execution: Execution): void {
    this.#byId.set(execution.id, execution);
    const [oldest] = this.#byId.values();
    if (this.#byId.size > KEPT && oldest !== undefined && oldest.completed !== undefined) {
      this.#byId.delete(oldest.id);
      rmSync(this.#path(oldest.id), { force: true });
    }
    const path = this.#path(execution.id);
    writeFileSync(`${path}.writing`, JSON.stringify(execution));
    renameSync(`${path}.writing`, path);
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}
