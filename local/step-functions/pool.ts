/** Runs numbered jobs, some at once, giving up the rest when one throws. */
import type { Cancellation } from './cancellation.ts';
import { SiblingFailed } from './state-failure.ts';

/**
 * `work(index, cancellation)` for 0 ≤ index < count, at most `concurrency` at a time, started in order.
 * The first error cancels the others and is thrown once all have stopped.
 */
export async function runPool(
  count: number,
  concurrency: number,
  around: Cancellation,
  work: (index: number, cancellation: Cancellation) => Promise<void>,
): Promise<void> {
  const { cancellation, release } = around.child();
  let next = 0;
  let first: { readonly error: unknown } | undefined;
  const lane = async (): Promise<void> => {
    while (next < count && first === undefined && cancellation.reason === undefined) {
      const index = next;
      next += 1;
      try {
        await work(index, cancellation);
      } catch (error) {
        first ??= { error };
        cancellation.cancel(new SiblingFailed('A sibling failed.'));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, concurrency) }, lane));
  release();
  around.throwIfCancelled();
  if (first !== undefined) throw first.error;
}
