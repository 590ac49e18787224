/** Runs a task again and again until stopped; never twice at once, never keeping the process alive. */
export interface Repetition {
  /** Waits for a run under way. */
  stop(): Promise<void>;
}

/** `everyMs` counts from the end of one run to the start of the next. A failing run is reported and the next one still comes. */
export function repeat(
  everyMs: number,
  task: () => Promise<void> | void,
  onError: (error: unknown) => void,
): Repetition {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const run = async (): Promise<void> => {
    try {
      await task();
    } catch (error) {
      onError(error);
    }
    if (!stopped) schedule();
  };
  const schedule = (): void => {
    timer = setTimeout(() => {
      running = run();
    }, everyMs);
    timer.unref();
  };
  schedule();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
