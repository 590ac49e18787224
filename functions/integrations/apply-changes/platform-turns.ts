/** Waits for a turn at a platform and takes it. `who` are the changes that share the turns evenly. */
export type TakeTurn = <T>(platform: string, who: string, task: () => Promise<T>) => Promise<T>;

/** Calls at a platform take half a second and come one after another within an operation: so many fill what a platform permits. */
const sideBySide = 8;

interface Line {
  busy: number;
  /** What waits, by change; whoever had the last turn stands last. */
  readonly waiting: Map<string, (() => void)[]>;
}

/**
 * Operations that one worker applies at the same time: so many of each platform, whichever changes they are of. A platform that permits
 * little holds up no other one, a large change holds up no small one, and no call stands in line for its permit so long that its time
 * is over.
 */
export function createPlatformTurns(most = sideBySide): TakeTurn {
  const lines = new Map<string, Line>();

  function next(line: Line): void {
    for (const [who, tasks] of line.waiting) {
      if (line.busy >= most) return;
      line.waiting.delete(who);
      const task = tasks.shift();
      if (tasks.length > 0) line.waiting.set(who, tasks);
      if (task === undefined) continue;
      line.busy += 1;
      task();
    }
  }

  return (platform, who, task) =>
    new Promise((resolve, reject) => {
      const line = lines.get(platform) ?? { busy: 0, waiting: new Map() };
      lines.set(platform, line);
      const own = line.waiting.get(who) ?? [];
      line.waiting.set(who, own);
      own.push(() => {
        task()
          .then(resolve, reject)
          .finally(() => {
            line.busy -= 1;
            next(line);
          });
      });
      next(line);
    });
}
