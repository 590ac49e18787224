/** The answer of a function as it comes: metadata first, then chunks, each asked for only when the one before was taken. */
import type { InvokeFailure } from '../ports.ts';
import { FunctionFailure, type StreamSink } from './function-worker.ts';

export interface StreamedAnswer {
  /** Status code, headers and cookies as the function gave them; rejects with `FunctionFailure` when it failed before. */
  readonly metadata: Promise<Readonly<Record<string, unknown>>>;
  /** Throws `FunctionFailure` when the function fails midway. Leaving the loop tells the function that nobody reads on. */
  readonly body: AsyncIterable<Uint8Array>;
}

export class StreamReader implements StreamedAnswer {
  readonly metadata: Promise<Readonly<Record<string, unknown>>>;
  readonly body: AsyncIterable<Uint8Array>;
  readonly #resolve: (metadata: Readonly<Record<string, unknown>>) => void;
  readonly #reject: (error: Error) => void;
  readonly #chunks: Uint8Array[] = [];
  #taken: () => void = () => {};
  #abandon: () => void = () => {};
  #ended = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;
  #left = false;

  constructor() {
    const { promise, resolve, reject } = Promise.withResolvers<Readonly<Record<string, unknown>>>();
    this.metadata = promise;
    promise.catch(() => {});
    this.#resolve = resolve;
    this.#reject = reject;
    this.body = { [Symbol.asyncIterator]: () => this.#read() };
  }

  /** Once a thread has the request: how to ask it for more, and how to tell it to stop. */
  attach(taken: () => void, abandon: () => void): void {
    this.#taken = taken;
    this.#abandon = abandon;
    if (this.#left) abandon();
  }

  readonly sink: StreamSink = {
    metadata: (metadata) => this.#resolve(metadata),
    chunk: (bytes) => {
      if (this.#left) return;
      this.#chunks.push(bytes);
      this.#wake?.();
    },
  };

  end(failure?: InvokeFailure | Error): void {
    this.#ended = true;
    if (failure !== undefined) {
      this.#failure = failure instanceof Error ? failure : new FunctionFailure(failure);
      this.#reject(this.#failure);
    }
    this.#resolve({});
    this.#wake?.();
  }

  async *#read(): AsyncGenerator<Uint8Array, void, void> {
    try {
      for (;;) {
        const chunk = this.#chunks.shift();
        if (chunk !== undefined) {
          yield chunk;
          this.#taken();
        } else if (this.#failure !== undefined) {
          throw this.#failure;
        } else if (this.#ended) {
          return;
        } else {
          await new Promise<void>((wake) => {
            this.#wake = wake;
          });
          this.#wake = undefined;
        }
      }
    } finally {
      this.#left = true;
      if (!this.#ended) this.#abandon();
    }
  }
}
