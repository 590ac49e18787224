/** Ends what was started, last first; each part has its time, and one that fails does not keep the others running. */
const PART_DEADLINE_MS = 8_000;

export class Teardown {
  readonly #parts: (() => Promise<unknown> | unknown)[] = [];
  #running: Promise<void> | undefined;

  add(part: () => Promise<unknown> | unknown): void {
    this.#parts.push(part);
  }

  /** Repeated calls wait for the first. */
  run(): Promise<void> {
    this.#running ??= this.#run();
    return this.#running;
  }

  async #run(): Promise<void> {
    for (let part = this.#parts.pop(); part !== undefined; part = this.#parts.pop()) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((over) => {
        timer = setTimeout(over, PART_DEADLINE_MS);
      });
      try {
        await Promise.race([part(), late]);
      } catch (error) {
        process.emitWarning(`While stopping: ${String(error)}`);
      } finally {
        clearTimeout(timer);
      }
    }
  }
}
