import { AppError } from '../../domain/errors.ts';

/** The file is none that can be imported. The message is for whoever chose it. */
export const unreadable = (message: string, cause?: unknown): AppError =>
  new AppError('invalid-request', message, cause === undefined ? {} : { cause });
