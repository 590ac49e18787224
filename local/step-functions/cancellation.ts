/**
 * A tree of stop signals: execution, branch, task attempt. Lighter than AbortController, of which a large Map
 * would make tens of thousands, and it carries the error that the stopped work is to throw.
 */
export class Cancellation {
  #reason: Error | undefined;
  #listeners: Set<(reason: Error) => void> | undefined;

  get reason(): Error | undefined {
    return this.#reason;
  }

  cancel(reason: Error): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    const listeners = this.#listeners;
    this.#listeners = undefined;
    for (const listener of listeners ?? []) listener(reason);
  }

  throwIfCancelled(): void {
    if (this.#reason !== undefined) throw this.#reason;
  }

  /** Called at once when already cancelled. The answer unsubscribes. */
  onCancel(listener: (reason: Error) => void): () => void {
    if (this.#reason !== undefined) {
      listener(this.#reason);
      return () => {};
    }
    this.#listeners ??= new Set();
    this.#listeners.add(listener);
    return () => this.#listeners?.delete(listener);
  }

  /** A signal that is cancelled with this one; `release` when its work is over, or a long Map leaks listeners. */
  child(): { readonly cancellation: Cancellation; readonly release: () => void } {
    const cancellation = new Cancellation();
    const release = this.onCancel((reason) => cancellation.cancel(reason));
    return { cancellation, release };
  }

  /** The promise's outcome, or the reason as soon as it is cancelled. */
  race<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const release = this.onCancel(reject);
      work.then(
        (value) => {
          release();
          resolve(value);
        },
        (error) => {
          release();
          reject(error);
        },
      );
    });
  }
}
