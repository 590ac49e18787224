const minute = 60_000;

/** Waits after each failed attempt, milliseconds: eight attempts within about an hour. */
const waits: readonly number[] = [0.5, 1, 2, 5, 10, 20, 25].map((minutes) => minutes * minute);

/** When to try again after so many attempts, epoch milliseconds; undefined: no more. */
export const retryAt = (attempts: number, now: number): number | undefined => {
  const wait = waits[attempts - 1];
  return wait === undefined ? undefined : now + wait;
};
