import { wrongType } from './error.ts';
import type { Parameters } from './restli/parameters.ts';

/** One page of a cursor-paged search: `metadata.nextPageToken` while there is more. */
export function cursorPage<T, R>(
  parameters: Parameters,
  all: readonly T[],
  fingerprint: string,
  mostOnPage: number,
  write: (item: T) => R,
): { readonly elements: readonly R[]; readonly metadata: { readonly nextPageToken?: string } } {
  const size = parameters.integer('pageSize', 1, mostOnPage) ?? 100;
  const token = parameters.text('pageToken');
  const offset = token === undefined ? 0 : readToken(token, fingerprint);
  const end = offset + size;
  return {
    elements: all.slice(offset, end).map(write),
    metadata: end < all.length ? { nextPageToken: writeToken(end, fingerprint) } : {},
  };
}

function writeToken(offset: number, fingerprint: string): string {
  return Buffer.from(JSON.stringify([offset, fingerprint])).toString('base64url');
}

function readToken(token: string, fingerprint: string): number {
  try {
    const [offset, mark]: unknown[] = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (mark === fingerprint && Number.isSafeInteger(offset) && Number(offset) > 0) return Number(offset);
  } catch {
    // Not a token of ours; refused below.
  }
  throw wrongType('pageToken', 'the token is invalid, or belongs to another search');
}
