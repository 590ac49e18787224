/** A function's log file, kept small: when it is full it becomes `<name>.log.1` and a new one begins. */
import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const MAX_BYTES = 5 * 1024 * 1024;
/** What may wait for a slow disk. */
const MAX_PENDING_BYTES = 4 * 1024 * 1024;

export class FunctionLog {
  readonly path: string;
  readonly #maxBytes: number;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #dropped = 0;
  #size: number | undefined;
  #writing: Promise<void> | undefined;

  constructor(path: string, maxBytes: number = MAX_BYTES) {
    this.path = path;
    this.#maxBytes = maxBytes;
  }

  write(chunk: Buffer | string): void {
    const bytes = Buffer.from(chunk);
    if (this.#pendingBytes + bytes.length > MAX_PENDING_BYTES) {
      this.#dropped += bytes.length;
      return;
    }
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    this.#writing ??= this.#flush().finally(() => {
      this.#writing = undefined;
    });
  }

  /** Resolves when everything written so far is in the file. */
  async settled(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  async #flush(): Promise<void> {
    try {
      await mkdir(dirname(this.path), { recursive: true });
      this.#size ??= await stat(this.path).then(
        (found) => found.size,
        () => 0,
      );
      while (this.#pending.length > 0) {
        const note = this.#dropped > 0 ? [Buffer.from(`… ${this.#dropped} bytes were not logged\n`)] : [];
        const batch = Buffer.concat([...note, ...this.#pending]);
        this.#pending = [];
        this.#pendingBytes = 0;
        this.#dropped = 0;
        if (this.#size > 0 && this.#size + batch.length > this.#maxBytes) {
          await rename(this.path, `${this.path}.1`);
          this.#size = 0;
        }
        await appendFile(this.path, batch);
        this.#size += batch.length;
      }
    } catch (error) {
      this.#pending = [];
      this.#pendingBytes = 0;
      process.emitWarning(`${this.path} cannot be written: ${String(error)}`);
    }
  }
}
