/** The simulated clock: wall time times a speed, from a settable start. It never goes backwards by itself. */
export class DrivenClock {
  readonly #wall: () => number;
  #base: number;
  #wallBase: number;
  #speed: number;

  /** `speed` 1 is real time, 0 stands still, 1440 passes a day in a minute. */
  constructor(startMs: number, speed: number, wall: () => number = Date.now) {
    this.#wall = wall;
    this.#base = startMs;
    this.#wallBase = wall();
    this.#speed = speed;
  }

  /** Epoch milliseconds in the simulated world. */
  now(): number {
    return Math.round(this.#base + (this.#wall() - this.#wallBase) * this.#speed);
  }

  get speed(): number {
    return this.#speed;
  }

  setTo(instantMs: number): void {
    this.#base = instantMs;
    this.#wallBase = this.#wall();
  }

  advance(ms: number): void {
    this.setTo(this.now() + ms);
  }

  setSpeed(speed: number): void {
    this.setTo(this.now());
    this.#speed = speed;
  }
}
