/** A line for each thing that is being done. */
export const announce = (doing: string): void => {
  process.stdout.write(`${doing} …\n`);
};

const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: free some space, then try again.',
  EACCES: 'A file or folder may not be written: check the permissions of this checkout.',
  EROFS: 'The file system is read-only.',
  EMFILE: 'Too many files are open: raise the limit (ulimit -n 4096), then try again.',
};

/** What a person should read when a step of a command fails. */
export function sentenceOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const remedy = remedies[code];
  const message = error instanceof Error ? error.message : String(error);
  return remedy === undefined ? message : `${remedy} (${message})`;
}

/** Waits for the work; a failure ends the process with its sentence and no stack. */
export async function orOneSentence<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exit(1);
  }
}
