import { createHash } from 'node:crypto';
import { AppError } from '../../domain/errors.ts';

/** What a page was asked for: a cursor of one question is refused by every other. */
export type CursorQuestion = readonly (string | number | null | undefined)[];

const fingerprint = (question: CursorQuestion): string =>
  createHash('sha256').update(JSON.stringify(question)).digest('base64url').slice(0, 16);

/**
 * Opaque text for a place in a list. It holds only the sort position, never a partition: whoever forges one still reads
 * nothing but their own workspace.
 */
export function encodeCursor(question: CursorQuestion, position: readonly string[]): string {
  return Buffer.from(JSON.stringify([1, fingerprint(question), ...position])).toString('base64url');
}

/** The position, with exactly `parts` texts. Throws `AppError` `invalid-request` for any cursor not made for this question. */
export function decodeCursor(question: CursorQuestion, cursor: string, parts: number): string[] {
  let held: unknown;
  try {
    held = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw refused();
  }
  if (!Array.isArray(held) || held.length !== parts + 2 || held[0] !== 1 || held[1] !== fingerprint(question)) {
    throw refused();
  }
  const position: unknown[] = held.slice(2);
  if (!position.every((part): part is string => typeof part === 'string' && part.length <= 512)) throw refused();
  return position;
}

const refused = (): AppError =>
  new AppError('invalid-request', 'The cursor does not belong to this list and its filters. Start again without it.', {
    fields: [{ field: 'cursor', message: 'does not belong to this list and its filters' }],
  });
