/** Lists and reports are worked out a minute of the simulated clock at a time: the pages of one fit together. */
const minuteMs = 60_000;
const most = 4;

/** The last few answers that have more than one page, kept while their pages are read. */
export class Recent {
  readonly #held = new Map<string, unknown>();

  /** `make` is given the instant that all pages show. The same fingerprint must always be of the same type. */
  get<T>(fingerprint: string, nowMs: number, make: (asOfMs: number) => T): T {
    const minute = Math.floor(nowMs / minuteMs);
    const key = `${fingerprint}|${minute}`;
    if (this.#held.has(key)) return this.#held.get(key) as T;
    const made = make(minute * minuteMs);
    for (const old of [...this.#held.keys()].slice(0, Math.max(0, this.#held.size - most + 1))) this.#held.delete(old);
    this.#held.set(key, made);
    return made;
  }

  /** After the world changed: nothing is remembered of the old one. */
  clear(): void {
    this.#held.clear();
  }
}
