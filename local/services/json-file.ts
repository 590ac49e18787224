/** A small state kept in memory and written whole to one JSON file after each change; for states of kilobytes. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export class JsonFile<T> {
  readonly #path: string;
  readonly #mode: number;
  readonly state: T;

  /** `mode` is the file's permission bits: 0o600 for what nobody else may read. */
  constructor(path: string, empty: T, mode = 0o644) {
    this.#path = path;
    this.#mode = mode;
    mkdirSync(dirname(path), { recursive: true });
    this.state = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : empty;
  }

  /** Renaming makes the change whole or absent, whenever the process dies. */
  save(): void {
    const unfinished = `${this.#path}.writing`;
    writeFileSync(unfinished, JSON.stringify(this.state), { mode: this.#mode });
    renameSync(unfinished, this.#path);
  }
}
