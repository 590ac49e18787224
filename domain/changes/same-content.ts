import { canonicalJson } from '../audit/chain.ts';

/** Equal by content, whatever the order of fields. */
export const sameContent = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);
