import { createHash } from 'node:crypto';

/** A positive 63-bit integer in decimal that an operation always has: what a platform tells two tries from two operations by. */
export function writeKeyOf(operationId: string): string {
  const number = createHash('sha256').update(operationId).digest().readBigUInt64BE() >> 1n;
  return String(number === 0n ? 1n : number);
}
