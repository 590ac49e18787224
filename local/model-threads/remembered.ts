/** Answers to what was asked before, by a digest of it; the one that was used least lately goes first. */
import { createHash } from 'node:crypto';

export class Remembered<Value> {
  readonly #values = new Map<string, Value>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get(content: string | Uint8Array): Value | undefined {
    const key = digest(content);
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  set(content: string | Uint8Array, value: Value): void {
    this.#values.set(digest(content), value);
    const oldest = this.#values.keys().next().value;
    if (this.#values.size > this.#most && oldest !== undefined) this.#values.delete(oldest);
  }
}

const digest = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('base64');
