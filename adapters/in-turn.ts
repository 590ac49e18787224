/**
 * Lets tasks run one after another, in the order they came. For what would otherwise get into its own way: writers of one process that
 * each start from what the last one has written.
 */
export function oneAfterAnother(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task);
    // One that fails is its own caller's matter.
    last = result.catch(() => undefined);
    return result;
  };
}
