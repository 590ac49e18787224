import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type PackedName, packedFiles } from './packed-names.ts';

const { resolve } = createRequire(import.meta.url);

/** Reads from node_modules; a bundle has another version of this file, which reads what is packed beside it: `bundle.ts`. */
export const readPacked = async (name: PackedName): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await readFile(resolve(packedFiles.get(name) ?? name)));
