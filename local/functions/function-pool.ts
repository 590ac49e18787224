/** The execution environments of one function: started when needed, reused while warm, ended when idle. */
import { AwsError } from '../ports.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { FunctionLog } from './function-log.ts';
import { FunctionWorker } from './function-worker.ts';

/** Without reserved concurrency: more threads than this make a laptop slower, so requests wait for a free one. */
const MAX_SHARED_WORKERS = 16;
/** Requests that may wait; beyond them a caller is throttled as it would be at the account's limit. */
const MAX_WAITING = 1000;

/** Bounds how many threads start at once across all functions: thirty together take longer than one after another. */
export interface StartGate {
  run<T>(task: () => Promise<T>): Promise<T>;
}

export interface PoolSettings {
  readonly environment: Readonly<Record<string, string>>;
  readonly log: FunctionLog;
  readonly idleMs: number;
  readonly gate: StartGate;
}

/** For the bench and the operator. */
export interface FunctionTimings {
  readonly functionName: string;
  readonly invocations: number;
  /** Milliseconds from thread start to loaded handler, one number a cold start, newest last; the last 100. */
  readonly coldStartsMs: readonly number[];
  readonly workers: number;
}

export class FunctionPool {
  readonly definition: FunctionDefinition;
  readonly #settings: PoolSettings;
  readonly #workers = new Set<FunctionWorker>();
  readonly #idle: { readonly worker: FunctionWorker; readonly timer: NodeJS.Timeout }[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #coldStartsMs: number[] = [];
  #inUse = 0;
  #invocations = 0;
  #closed = false;

  constructor(definition: FunctionDefinition, settings: PoolSettings) {
    this.definition = definition;
    this.#settings = settings;
  }

  /** Lends a ready environment to `task`. Throws `TooManyRequestsException` when the reserved concurrency is used up. */
  async lend<T>(task: (worker: FunctionWorker) => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      const worker = await this.#warmOrNew();
      this.#invocations += 1;
      try {
        return await task(worker);
      } finally {
        this.#giveBack(worker);
      }
    } finally {
      this.#inUse -= 1;
      this.#waiting.shift()?.();
    }
  }

  timings(): FunctionTimings {
    return {
      functionName: this.definition.name,
      invocations: this.#invocations,
      coldStartsMs: [...this.#coldStartsMs],
      workers: this.#workers.size,
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { timer } of this.#idle.splice(0)) clearTimeout(timer);
    for (const wake of this.#waiting.splice(0)) wake();
    await Promise.all([...this.#workers].map((worker) => worker.stop()));
    await this.#settings.log.settled();
  }

  async #enter(): Promise<void> {
    const { reservedConcurrency } = this.definition;
    if (this.#inUse >= (reservedConcurrency ?? MAX_SHARED_WORKERS)) {
      if (reservedConcurrency !== undefined || this.#waiting.length >= MAX_WAITING) {
        throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, {
          Reason:
            reservedConcurrency === undefined
              ? 'ConcurrentInvocationLimitExceeded'
              : 'ReservedFunctionConcurrentInvocationLimitExceeded',
        });
      }
      await new Promise<void>((free) => this.#waiting.push(free));
    }
    this.#inUse += 1;
    if (this.#closed) {
      this.#inUse -= 1;
      throw new AwsError('ServiceException', 'The local system is stopping.', 500);
    }
  }

  async #warmOrNew(): Promise<FunctionWorker> {
    for (let warm = this.#idle.pop(); warm !== undefined; warm = this.#idle.pop()) {
      clearTimeout(warm.timer);
      if (!warm.worker.dead) return warm.worker;
      this.#workers.delete(warm.worker);
    }
    return await this.#settings.gate.run(async () => {
      const worker = new FunctionWorker(this.definition, this.#settings.environment, this.#settings.log);
      this.#workers.add(worker);
      try {
        await worker.ready;
      } catch (error) {
        this.#workers.delete(worker);
        throw error;
      }
      this.#coldStartsMs.push(worker.coldStartMs ?? 0);
      if (this.#coldStartsMs.length > 100) this.#coldStartsMs.shift();
      return worker;
    });
  }

  #giveBack(worker: FunctionWorker): void {
    if (worker.dead || this.#closed) {
      this.#workers.delete(worker);
      void worker.stop();
      return;
    }
    const timer = setTimeout(() => {
      const at = this.#idle.findIndex((entry) => entry.worker === worker);
      if (at < 0) return;
      this.#idle.splice(at, 1);
      this.#workers.delete(worker);
      void worker.stop();
    }, this.#settings.idleMs);
    timer.unref();
    this.#idle.push({ worker, timer });
  }
}

export function createStartGate(limit: number): StartGate {
  let running = 0;
  const waiting: (() => void)[] = [];
  return {
    run: async (task) => {
      if (running >= limit) await new Promise<void>((free) => waiting.push(free));
      running += 1;
      try {
        return await task();
      } finally {
        running -= 1;
        waiting.shift()?.();
      }
    },
  };
}
