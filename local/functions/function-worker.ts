/** One warm execution environment: a thread with its own environment and memory limit that answers one request at a time. */
import { performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import type { InvokeFailure } from '../ports.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { FunctionLog } from './function-log.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './worker-protocol.ts';

/** Lambda allows 10 s for the init phase; a laptop that builds something else beside needs more. */
const INIT_TIMEOUT_MS = 30_000;
/** A thread needs some heap to start at all. */
const MIN_HEAP_MB = 64;
/** Of short-lived objects. Node's own bound is three times that in every thread, and there are dozens of threads. */
const YOUNG_HEAP_MB = 16;

/** A function failed in a way its caller is told. */
export class FunctionFailure extends Error {
  readonly failure: InvokeFailure;

  constructor(failure: InvokeFailure) {
    super(failure.errorMessage);
    this.name = failure.errorType;
    this.failure = failure;
  }
}

interface Running {
  readonly requestId: string;
  readonly onChunk: ((bytes: Uint8Array) => void) | undefined;
  readonly succeed: (result: string | undefined) => void;
  readonly fail: (failure: InvokeFailure) => void;
}

export class FunctionWorker {
  readonly #definition: FunctionDefinition;
  readonly #worker: Worker;
  readonly #ready: Promise<void>;
  readonly #exited: Promise<void>;
  #running: Running | undefined;
  #dead = false;
  /** Milliseconds from birth to the handler being loaded. */
  coldStartMs: number | undefined;

  constructor(definition: FunctionDefinition, environment: Readonly<Record<string, string>>, log: FunctionLog) {
    this.#definition = definition;
    const born = performance.now();
    const workerData: WorkerSettings = {
      functionName: definition.name,
      functionArn: definition.arn,
      handler: definition.handler,
      folder: definition.folder,
      memoryMb: definition.memoryMb,
    };
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      name: definition.name,
      workerData,
      env: { ...environment },
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: {
        maxOldGenerationSizeMb: Math.max(MIN_HEAP_MB, definition.memoryMb),
        maxYoungGenerationSizeMb: YOUNG_HEAP_MB,
      },
    });
    this.#worker.stdout.on('data', (chunk: Buffer) => log.write(chunk));
    this.#worker.stderr.on('data', (chunk: Buffer) => log.write(chunk));
    this.#ready = new Promise((ready, failed) => {
      const slow = setTimeout(() => {
        failed(new FunctionFailure(timedOut('init', INIT_TIMEOUT_MS)));
        void this.stop();
      }, INIT_TIMEOUT_MS);
      const settle = (end: () => void): void => {
        clearTimeout(slow);
        end();
      };
      this.#worker.on('message', (message: FromWorker) => {
        if (message.kind === 'ready') {
          this.coldStartMs = performance.now() - born;
          settle(ready);
        } else if (message.kind === 'init-failed') {
          settle(() => failed(new FunctionFailure(message.error)));
          void this.stop();
        } else {
          this.#take(message);
        }
      });
      this.#worker.on('error', (error) => {
        const failure = exitFailure(this.#running?.requestId, reasonOf(error));
        log.write(`${failure.errorMessage}\n${error instanceof Error ? (error.stack ?? '') : ''}\n`);
        settle(() => failed(new FunctionFailure(failure)));
        this.#end(failure);
      });
      this.#worker.on('exit', (code) => {
        const failure = exitFailure(this.#running?.requestId, `exit status ${code}`);
        settle(() => failed(new FunctionFailure(failure)));
        this.#end(failure);
      });
    });
    this.#ready.catch(() => {});
    this.#exited = new Promise((exited) => this.#worker.once('exit', () => exited()));
  }

  get dead(): boolean {
    return this.#dead;
  }

  get ready(): Promise<void> {
    return this.#ready;
  }

  /** Runs one request; the thread must be ready and free. Rejects with `FunctionFailure`. */
  async run(requestId: string, event: string, onChunk?: (bytes: Uint8Array) => void): Promise<string | undefined> {
    await this.#ready;
    if (this.#dead || this.#running !== undefined) throw new Error(`${this.#definition.name} is not free`);
    const { timeoutMs } = this.#definition;
    return await new Promise((resolve, reject) => {
      const deadline = setTimeout(() => {
        this.#end(timedOut(requestId, timeoutMs));
        void this.stop();
      }, timeoutMs);
      const finish = (end: () => void): void => {
        clearTimeout(deadline);
        this.#running = undefined;
        end();
      };
      this.#running = {
        requestId,
        onChunk,
        succeed: (result) => finish(() => resolve(result)),
        fail: (failure) => finish(() => reject(new FunctionFailure(failure))),
      };
      this.#send({ kind: 'invoke', requestId, event, deadline: Date.now() + timeoutMs });
    });
  }

  taken(requestId: string): void {
    this.#send({ kind: 'taken', requestId });
  }

  abandon(requestId: string): void {
    this.#send({ kind: 'abandoned', requestId });
  }

  async stop(): Promise<void> {
    this.#dead = true;
    void this.#worker.terminate();
    await this.#exited;
  }

  #send(message: ToWorker): void {
    if (!this.#dead) this.#worker.postMessage(message);
  }

  #take(message: Exclude<FromWorker, { kind: 'ready' | 'init-failed' }>): void {
    const running = this.#running;
    // A message of a request that was given up: its thread is on its way out.
    if (running === undefined || running.requestId !== message.requestId) return;
    if (message.kind === 'done') running.succeed(message.result);
    else if (message.kind === 'failed') running.fail(message.error);
    else if (running.onChunk === undefined) this.taken(message.requestId);
    else running.onChunk(message.bytes);
  }

  #end(failure: InvokeFailure): void {
    this.#dead = true;
    this.#running?.fail(failure);
  }
}

function timedOut(requestId: string, timeoutMs: number): InvokeFailure {
  const seconds = (timeoutMs / 1000).toFixed(2);
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`,
  };
}

function exitFailure(requestId: string | undefined, reason: string): InvokeFailure {
  return {
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId ?? 'init'} Error: Runtime exited with error: ${reason}`,
  };
}

function reasonOf(error: unknown): string {
  const outOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return outOfMemory ? 'signal: killed (out of memory)' : String(error);
}
