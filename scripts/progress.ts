import { sentenceOf } from './launch/sentence.mjs';

const parentCheckMs = 500;

/** A line for each thing that is being done. */
export const announce = (doing: string): void => {
  process.stdout.write(`${doing} …\n`);
};

/**
 * Waits for the work of a command; a failure ends the process with its sentence and no stack. So does the end of the process
 * that started this one: nobody waits for the work any more.
 */
export async function orOneSentence<T>(work: Promise<T>): Promise<T> {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) {
      process.exit(1);
    }
  }, parentCheckMs);
  try {
    return await work;
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exit(1);
  } finally {
    clearInterval(watch);
  }
}
