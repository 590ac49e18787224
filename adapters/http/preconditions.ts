import type * as z from 'zod/mini';
import { AppError } from '../../domain/errors.ts';
import { entityTag } from './answer-headers.ts';

/**
 * Lets a change through only when the caller read what stands there now, by the tag that GET gives the same representation.
 * Strong comparison, as RFC 9110 asks for If-Match. Throws `precondition-required` or `precondition-failed`.
 */
export function requireUnchanged<S extends z.ZodMiniType>(
  ifMatch: string | undefined,
  schema: S,
  present: z.input<S>,
): void {
  if (ifMatch === undefined) {
    throw new AppError('precondition-required', 'Send If-Match with the ETag that GET answered for this.');
  }
  const tag = entityTag(JSON.stringify(schema.parse(present)));
  if (!ifMatch.split(',').some((part) => part.trim() === '*' || part.trim() === tag)) throw changedMeanwhile();
}

export const changedMeanwhile = (): AppError =>
  new AppError('precondition-failed', 'Somebody changed this since you read it. Read it again, then send your change.');
