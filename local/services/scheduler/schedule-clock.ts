/** Fires what is due. What was missed while the runtime was off, or its clock stood still, is not made up for. */
import type { Clock } from '../../ports.ts';
import { type Repetition, repeat } from '../repeat.ts';

export interface Timed {
  next(after: number): number | undefined;
  /** Given the moment it was due, in epoch milliseconds. */
  fire(due: number): void;
  /** Called after the last time. */
  ended?(): void;
}

const TICK_MS = 1_000;

export class ScheduleClock {
  readonly #clock: Clock;
  readonly #timed = new Map<string, { readonly timed: Timed; due: number | undefined }>();
  readonly #ticking: Repetition;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#ticking = repeat(
      TICK_MS,
      () => this.tick(),
      (error) => process.emitWarning(`Schedules: ${String(error)}`),
    );
  }

  set(id: string, timed: Timed): void {
    this.#timed.set(id, { timed, due: timed.next(this.#clock()) });
  }

  remove(id: string): void {
    this.#timed.delete(id);
  }

  /** Each schedule that is due fires once, however many of its moments have passed. */
  tick(): void {
    const now = this.#clock();
    for (const entry of [...this.#timed.values()]) {
      if (entry.due === undefined || entry.due > now) continue;
      const { due } = entry;
      entry.due = entry.timed.next(now);
      entry.timed.fire(due);
      if (entry.due === undefined) entry.timed.ended?.();
    }
  }

  close(): Promise<void> {
    return this.#ticking.stop();
  }
}
