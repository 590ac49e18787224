import { createHash } from 'node:crypto';
import { canonicalJson } from '../audit/chain.ts';

/** Equal for equal requests, whatever the order of their fields. */
export const requestHashOf = (body: unknown): string =>
  createHash('sha256').update(canonicalJson(body)).digest('base64url');
