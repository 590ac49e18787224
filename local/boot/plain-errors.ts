/** Errors of the operating system and of parts, as sentences for the person who waits. */
import { StartError } from './start-error.ts';

/** For parts whose errors are written for the person who starts them. */
export function asSentence(error: unknown): never {
  const known = plain(error);
  if (known instanceof StartError || !(error instanceof Error)) throw known;
  throw new StartError(error.message, { cause: error });
}

export function inOneSentence<T>(task: () => T): T {
  try {
    return task();
  } catch (error) {
    return asSentence(error);
  }
}

/** Of a home folder: not allowed, read-only, or a file where a folder should be. */
const UNWRITABLE: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']);

/** What a person can do something about becomes a `StartError`; anything else stays what it is. */
export function plain(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOSPC' || /disk is full/.test(error.message)) {
    return new StartError('The disk is full; free some space and start again.', { cause: error });
  }
  if (error.code === 'EADDRINUSE') {
    return new StartError(
      `${error.message.replace('listen EADDRINUSE: address already in use', 'Port taken:')}; set CONEXT_PORT_BASE.`,
      {
        cause: error,
      },
    );
  }
  if (UNWRITABLE.has(String(error.code))) {
    return new StartError(`The home folder cannot be written (${error.message}); set CONEXT_HOME to one that can.`, {
      cause: error,
    });
  }
  return error;
}
