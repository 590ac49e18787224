/** The functions Step Functions adds to JSONata, and the one it takes away (developer guide, "Transforming data"). */
import { createHash, randomUUID } from 'node:crypto';
import type { Expression } from 'jsonata';

const hashAlgorithms: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** Far above any payload of 256 KiB, low enough to hold in memory. */
const MAX_RANGE = 1_000_000;

function partition(values: readonly unknown[], size: number): unknown[][] {
  if (!Number.isInteger(size) || size < 1) throw new Error('$partition: the chunk size must be a positive integer.');
  const chunks: unknown[][] = [];
  for (let start = 0; start < values.length; start += size) chunks.push(values.slice(start, start + size));
  return chunks;
}

function range(first: number, last: number, step: number): number[] {
  if (step === 0) throw new Error('$range: the step must not be 0.');
  const count = Math.max(0, Math.floor((last - first) / step) + 1);
  if (!(count <= MAX_RANGE)) throw new Error(`$range: ${count} values are more than ${MAX_RANGE}.`);
  return Array.from({ length: count }, (_, index) => first + index * step);
}

function hash(text: string, algorithm = 'SHA-256'): string {
  const name = hashAlgorithms[algorithm];
  if (name === undefined) {
    throw new Error(`$hash: unknown algorithm "${algorithm}"; it takes ${Object.keys(hashAlgorithms).join(', ')}.`);
  }
  return createHash(name).update(text).digest('hex');
}

/** mulberry32 (T. Ettinger, public domain): the same seed gives the same number; which number AWS gives is not documented. */
function random(seed?: number): number {
  if (seed === undefined) return Math.random();
  let state = (Math.trunc(seed) + 0x6d2b79f5) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 4_294_967_296;
}

const added = {
  partition: [partition, '<a-n:a>'],
  range: [range, '<nnn:a>'],
  hash: [hash, '<s-s?:s>'],
  random: [random, '<n?:n>'],
  uuid: [() => randomUUID(), '<:s>'],
  parse: [(text: string): unknown => JSON.parse(text), '<s-:x>'],
} as const;

/** JSONata 2 functions by name, `eval` left out: Step Functions has none. */
const builtIn =
  `sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad match
  contains replace split join formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt power
  boolean not map zip filter single reduce sift keys lookup append exists spread merge reverse each error assert type sort
  shuffle distinct base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl toMillis fromMillis
  clone now millis`.split(/\s+/);

export const knownFunctions: ReadonlySet<string> = new Set([...builtIn, ...Object.keys(added)]);

export function addFunctions(expression: Expression): void {
  for (const [name, [implementation, signature]] of Object.entries(added)) {
    expression.registerFunction(name, implementation, signature);
  }
}
