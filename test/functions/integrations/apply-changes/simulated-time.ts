/** A generator of chance that a seed repeats (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Process {
  readonly name: string;
  killed: boolean;
  /** Standing still until then, epoch milliseconds. */
  stalledUntil: number;
}

/** How often, and where, something goes wrong. */
export interface Odds {
  /** Of a process being killed at a step, and of standing still at it. */
  readonly kill: number;
  readonly stall: number;
  readonly mostKills: number;
  /** One kill at this step of all, counted from 1, and no other. */
  readonly at?: { readonly step: number; readonly arrives: Arrival };
}

/** What becomes of a call whose caller dies at it: it never leaves, takes effect at once, or some time later. */
export type Arrival = 'never' | 'now' | 'later';

interface Step {
  readonly process: Process;
  readonly run: () => void;
}

/** As the engine has it: whoever stands still for longer finds that somebody else took over. */
const leaseMs = 90_000;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Processes that take turns at every await, in an order that the seed decides, on a clock of their own. Whoever is killed at a step
 * never hears of it again, whether or not it has had its effect.
 */
export class SimulatedTime {
  now: number;
  readonly chance: () => number;
  kills = 0;
  /** Awaits that were gone through so far, of all processes. */
  steps = 0;
  /** Processes that stood still for longer than a lease. */
  longStalls = 0;
  readonly #steps: Step[] = [];
  readonly #alarms: { readonly at: number; readonly process: Process | undefined; readonly run: () => void }[] = [];
  readonly #odds: Odds;

  constructor(seed: number, odds: Odds) {
    this.chance = seeded(seed);
    this.now = Date.parse('2026-11-20T08:00:00.000Z');
    this.#odds = odds;
  }

  /** From `low` up to but without `high`, whole. */
  between(low: number, high: number): number {
    return low + Math.floor(this.chance() * (high - low));
  }

  /** One await of a process: the effect happens in its turn, or, where the process is killed, perhaps. */
  step<T>(process: Process, effect: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#steps.push({
        process,
        run: () => {
          if (process.killed) return;
          this.steps += 1;
          const arrives = this.#fate();
          if (arrives === 'survives') {
            effect().then(resolve, reject);
            return;
          }
          process.killed = true;
          this.kills += 1;
          if (arrives === 'never') return;
          const delay = arrives === 'now' ? 0 : this.between(1, 20_000);
          this.later(delay, () => void effect().catch(() => undefined));
        },
      });
    });
  }

  /** Half of what is under way when its process is killed arrives all the same, at once or later. */
  #fate(): Arrival | 'survives' {
    const { at, kill, mostKills } = this.#odds;
    if (at !== undefined) return this.steps === at.step ? at.arrives : 'survives';
    if (this.kills >= mostKills || this.chance() >= kill) return 'survives';
    if (this.chance() < 0.5) return 'never';
    return this.chance() < 0.5 ? 'now' : 'later';
  }

  sleep(process: Process, milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#alarms.push({ at: this.now + milliseconds, process, run: resolve });
    });
  }

  /** Something happens later whoever lives then. */
  later(milliseconds: number, run: () => void): void {
    this.#alarms.push({ at: this.now + milliseconds, process: undefined, run });
  }

  get somethingUnderWay(): boolean {
    return this.#alarms.some(({ process }) => process === undefined);
  }

  /** Whatever is due on the way happens at its own time, the soonest first. */
  advance(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (;;) {
      const at = Math.min(...this.#alarms.map((alarm) => alarm.at));
      if (at > end) break;
      const [alarm] = this.#alarms.splice(
        this.#alarms.findIndex((one) => one.at === at),
        1,
      );
      this.now = Math.max(this.now, at);
      if (alarm?.process?.killed !== true) alarm?.run();
    }
    this.now = end;
  }

  /** Runs until no process has anything left to do. */
  async drain(): Promise<void> {
    for (let steps = 0; steps < 200_000; steps += 1) {
      await turn();
      this.#drop();
      const awake = this.#steps.filter(({ process }) => process.stalledUntil <= this.now);
      const chosen = awake[this.between(0, awake.length)];
      if (chosen === undefined) {
        const waking = [
          ...this.#steps.map(({ process }) => process.stalledUntil),
          ...this.#alarms.filter(({ process }) => process !== undefined).map(({ at }) => at),
        ];
        if (waking.length === 0) return;
        this.advance(Math.max(1, Math.min(...waking) - this.now));
        continue;
      }
      this.#steps.splice(this.#steps.indexOf(chosen), 1);
      this.advance(this.between(1, 40));
      if (this.#odds.stall > 0 && this.chance() < this.#odds.stall) {
        const still = this.between(1_000, 240_000);
        if (still > leaseMs) this.longStalls += 1;
        chosen.process.stalledUntil = this.now + still;
      }
      chosen.run();
    }
    throw new Error('The processes do not come to an end.');
  }

  #drop(): void {
    for (let index = this.#steps.length - 1; index >= 0; index -= 1) {
      if (this.#steps[index]?.process.killed) this.#steps.splice(index, 1);
    }
    for (let index = this.#alarms.length - 1; index >= 0; index -= 1) {
      if (this.#alarms[index]?.process?.killed) this.#alarms.splice(index, 1);
    }
  }
}
