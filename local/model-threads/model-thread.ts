/**
 * A model in a thread of its own: started by the first question, asked one at a time, ended when nobody asked for a while. So the
 * runtime starts without it, holds none of its memory until it is used, and survives a model that crashes or does not come back.
 */
import { Worker } from 'node:worker_threads';

export interface ModelThreadSettings {
  /** For messages. */
  readonly name: string;
  /** A module that calls `serveModel`. */
  readonly program: URL;
  /** Milliseconds for one answer of a model that stands. */
  readonly answerMs?: number;
  /** Milliseconds without questions until the thread ends. */
  readonly idleMs?: number;
}

/** The question was not answered; the next one may be. */
export class ModelUnavailable extends Error {
  readonly reason: 'busy' | 'failed';

  constructor(reason: 'busy' | 'failed', message: string) {
    super(message);
    this.name = 'ModelUnavailable';
    this.reason = reason;
  }
}

/** What a thread answers. */
export type ModelAnswer<Output> =
  | { readonly kind: 'answer'; readonly output: Output }
  | { readonly kind: 'failure'; readonly message: string };

const ANSWER_MS = 15_000;
const IDLE_MS = 5 * 60_000;
/** Reading weights takes under a second on an idle machine; a laptop that builds something beside needs more. */
const LOAD_MS = 30_000;
/** Questions that wait; each holds its picture or texts. */
const MOST_WAITING = 32;

interface Question<Input, Output> {
  readonly input: Input;
  readonly succeed: (output: Output) => void;
  readonly fail: (error: ModelUnavailable) => void;
}

export class ModelThread<Input, Output> {
  readonly #settings: ModelThreadSettings;
  /** The first one is with the thread. */
  readonly #questions: Question<Input, Output>[] = [];
  #worker: Worker | undefined;
  #stands = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(settings: ModelThreadSettings) {
    this.#settings = settings;
  }

  /** Whether the model is in memory. */
  get loaded(): boolean {
    return this.#worker !== undefined;
  }

  /** Rejects with `ModelUnavailable`. */
  ask(input: Input): Promise<Output> {
    const { name } = this.#settings;
    if (this.#closed) return Promise.reject(new ModelUnavailable('failed', `The ${name} is closed.`));
    if (this.#questions.length > MOST_WAITING) {
      return Promise.reject(new ModelUnavailable('busy', `${MOST_WAITING} questions wait for the ${name} already.`));
    }
    return new Promise((succeed, fail) => {
      this.#questions.push({ input, succeed, fail });
      if (this.#questions.length === 1) this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const failure = new ModelUnavailable('failed', `The ${this.#settings.name} is closed.`);
    for (const question of this.#questions.splice(0)) question.fail(failure);
    await this.#end();
  }

  #next(): void {
    clearTimeout(this.#timer);
    const question = this.#questions[0];
    if (question === undefined) {
      this.#timer = setTimeout(() => void this.#end(), this.#settings.idleMs ?? IDLE_MS);
      this.#timer.unref();
      return;
    }
    const { name, answerMs = ANSWER_MS } = this.#settings;
    const deadline = answerMs + (this.#stands ? 0 : LOAD_MS);
    this.#worker ??= this.#open();
    this.#worker.ref();
    this.#worker.postMessage(question.input);
    this.#timer = setTimeout(() => {
      void this.#end();
      this.#settle((one) => one.fail(new ModelUnavailable('failed', `The ${name} took more than ${deadline} ms.`)));
    }, deadline);
  }

  #open(): Worker {
    const worker = new Worker(this.#settings.program, { name: this.#settings.name, execArgv: [] });
    const lost = (why: string): void => {
      // One that was ended on purpose is no longer ours.
      if (this.#worker !== worker) return;
      void this.#end();
      this.#settle((one) => one.fail(new ModelUnavailable('failed', `The ${this.#settings.name} stopped: ${why}.`)));
    };
    worker.on('message', (answer: ModelAnswer<Output>) => {
      if (this.#worker !== worker) return;
      this.#stands = true;
      this.#settle((one) => {
        if (answer.kind === 'answer') one.succeed(answer.output);
        else one.fail(new ModelUnavailable('failed', `The ${this.#settings.name} failed: ${answer.message}.`));
      });
    });
    worker.on('error', (error) => lost(String(error)));
    worker.on('exit', (code) => lost(`exit status ${code}`));
    return worker;
  }

  #settle(how: (question: Question<Input, Output>) => void): void {
    const question = this.#questions.shift();
    if (question === undefined) return;
    // An idle model keeps no process alive.
    this.#worker?.unref();
    how(question);
    this.#next();
  }

  async #end(): Promise<void> {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = undefined;
    this.#stands = false;
    await worker?.terminate();
  }
}
