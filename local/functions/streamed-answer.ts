/** The answer of a function as it comes, chunk by chunk, each asked for only when the one before was taken. */

export class StreamReader {
  readonly #chunks: Uint8Array[] = [];
  readonly #begun = Promise.withResolvers<void>();
  #taken: () => void = () => {};
  #abandon: () => void = () => {};
  #ended = false;
  #left = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  /** Once a thread has the request: how to ask it for more, and how to tell it to stop. */
  attach(taken: () => void, abandon: () => void): void {
    this.#taken = taken;
    this.#abandon = abandon;
    if (this.#left) abandon();
  }

  chunk(bytes: Uint8Array): void {
    if (this.#left) return;
    this.#chunks.push(bytes);
    this.#begun.resolve();
    this.#wake?.();
  }

  end(failure?: Error): void {
    this.#ended = true;
    this.#failure = failure;
    if (failure === undefined) this.#begun.resolve();
    else this.#begun.reject(failure);
    this.#wake?.();
  }

  /** Nobody reads on. */
  leave(): void {
    if (this.#left) return;
    this.#left = true;
    this.#chunks.length = 0;
    this.#wake?.();
    if (!this.#ended) this.#abandon();
  }

  /** Resolves with the first chunk or the end; rejects when the function failed before. */
  async begun(): Promise<AsyncIterable<Uint8Array>> {
    await this.#begun.promise;
    return { [Symbol.asyncIterator]: () => this.#read() };
  }

  async *#read(): AsyncGenerator<Uint8Array, void, void> {
    try {
      while (!this.#left) {
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
      this.leave();
    }
  }
}
