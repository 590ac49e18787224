import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import type { DatedEdit } from './market/edits.ts';

/**
 * What writes have made of the world, kept in a file: a platform forgets nothing when its process is started again. One JSON line for
 * each list of edits that was made together.
 */
export class EditJournal {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** Lists of edits in the order they were made. A last line that was cut off was never answered, and is taken away. */
  read(): readonly (readonly DatedEdit[])[] {
    if (!existsSync(this.#file)) return [];
    const text = readFileSync(this.#file, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) truncateSync(this.#file, Buffer.byteLength(whole));
    return whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line, index) => this.#parse(line, index + 1));
  }

  /** On return the edits are in the file. */
  append(edits: readonly DatedEdit[]): void {
    appendFileSync(this.#file, `${JSON.stringify(edits)}\n`);
  }

  clear(): void {
    if (existsSync(this.#file)) truncateSync(this.#file);
  }

  #parse(line: string, number: number): readonly DatedEdit[] {
    try {
      const edits: unknown = JSON.parse(line);
      if (Array.isArray(edits)) return edits;
    } catch {
      // Refused below.
    }
    throw new Error(
      `Line ${number} of ${this.#file} is not a list of edits. Delete the file to begin without its edits.`,
    );
  }
}
