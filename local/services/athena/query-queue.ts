/** Runs queries a few at a time, each within its time limit, and stores their results. */
import { AwsError, type Clock } from '../../ports.ts';
import type { Execution, Executions } from './executions.ts';
import type { Warehouse } from './warehouse.ts';

const CONCURRENT = 4;
const MAX_WAITING = 200;
/** Athena stops a query after 30 minutes; a laptop's data needs far less. */
const TIME_LIMIT_MS = 5 * 60_000;
const INTERRUPT_EVERY_MS = 20;

/** Stores a result object at an `s3://` address. */
type StoreResult = (url: string, data: Buffer) => Promise<void>;

interface Ports {
  readonly warehouse: Warehouse;
  readonly executions: Executions;
  readonly store: StoreResult;
  readonly clock: Clock;
}

export class QueryQueue {
  readonly #ports: Ports;
  readonly #waiting: Execution[] = [];
  readonly #running = new Map<string, { done: Promise<void>; stop: () => void }>();

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  add(execution: Execution): void {
    if (this.#waiting.length >= MAX_WAITING) {
      throw new AwsError(
        'TooManyRequestsException',
        `You have exceeded the limit for the number of queries you can run concurrently (${MAX_WAITING} wait).`,
      );
    }
    this.#waiting.push(execution);
    this.#next();
    // One that begins at once was saved as running.
    if (execution.state === 'QUEUED') this.#ports.executions.save(execution);
  }

  cancel(execution: Execution): void {
    const at = this.#waiting.indexOf(execution);
    if (at >= 0) {
      this.#waiting.splice(at, 1);
      this.#finish(execution, { state: 'CANCELLED', reason: 'Query cancelled by user' });
      return;
    }
    const running = this.#running.get(execution.id);
    if (running === undefined) return;
    execution.state = 'CANCELLED';
    execution.reason = 'Query cancelled by user';
    running.stop();
  }

  async close(): Promise<void> {
    for (const execution of this.#ports.executions.unfinished()) this.cancel(execution);
    await Promise.all([...this.#running.values()].map((query) => query.done));
  }

  #next(): void {
    if (this.#running.size >= CONCURRENT) return;
    const execution = this.#waiting.shift();
    if (execution === undefined) return;
    const entry: { done: Promise<void>; stop: () => void } = { done: Promise.resolve(), stop: () => undefined };
    this.#running.set(execution.id, entry);
    entry.done = this.#run(execution, (stop) => {
      entry.stop = stop;
      if (execution.state === 'CANCELLED') stop();
    }).finally(() => {
      this.#running.delete(execution.id);
      this.#next();
    });
  }

  async #run(execution: Execution, onStart: (stop: () => void) => void): Promise<void> {
    const { warehouse, executions, store, clock } = this.#ports;
    execution.state = 'RUNNING';
    execution.started = clock();
    executions.save(execution);
    let late = false;
    let deadline: NodeJS.Timeout | undefined;
    let stopping: NodeJS.Timeout | undefined;
    try {
      const result = await warehouse.run(execution.sql, execution.database, execution.kind, (interrupt) => {
        // DuckDB forgets an interrupt that comes before the query has begun: repeated until it has ended.
        const stop = (): void => {
          interrupt();
          stopping ??= setInterval(interrupt, INTERRUPT_EVERY_MS);
        };
        deadline = setTimeout(() => {
          late = true;
          stop();
        }, TIME_LIMIT_MS);
        onStart(stop);
      });
      clearTimeout(deadline);
      clearInterval(stopping);
      if (result.csv !== undefined) await store(execution.output, result.csv);
      execution.columns = result.columns;
      execution.resultBytes = result.csv?.length ?? 0;
      if (result.changed !== undefined) execution.changed = result.changed;
      this.#finish(execution, { state: 'SUCCEEDED', ...(result.note === undefined ? {} : { reason: result.note }) });
    } catch (error) {
      const reason = late
        ? `Query exhausted its time limit of ${TIME_LIMIT_MS / 60_000} minutes`
        : error instanceof Error
          ? error.message
          : String(error);
      this.#finish(execution, { state: 'FAILED', reason });
    } finally {
      clearTimeout(deadline);
      clearInterval(stopping);
    }
  }

  #finish(execution: Execution, end: Pick<Execution, 'state' | 'reason'>): void {
    // A query that ended just as it was cancelled keeps what really happened only if it was a success.
    if (execution.state !== 'CANCELLED' || end.state === 'SUCCEEDED') {
      execution.state = end.state;
      if (end.reason !== undefined) execution.reason = end.reason;
      else delete execution.reason;
    }
    execution.completed = this.#ports.clock();
    this.#ports.executions.save(execution);
  }
}
