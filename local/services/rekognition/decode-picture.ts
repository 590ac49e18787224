import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import decodeJpeg, { init as initJpeg } from '@jsquash/jpeg/decode.js';
import decodePng, { init as initPng } from '@jsquash/png/decode.js';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** RGBA, a byte each, row by row. */
  readonly data: Uint8ClampedArray;
}

export type Decode = (type: 'jpeg' | 'png', bytes: Uint8Array) => Promise<Pixels | undefined>;

/** The decoder of JPEG writes to the console of what is wrong; its declared type lacks the second argument. */
const openJpeg = initJpeg as (
  wasm: WebAssembly.Module,
  options: { readonly print: () => void; readonly printErr: () => void },
) => Promise<void>;

/** Undefined for a file that is damaged. */
export async function openDecoders(): Promise<Decode> {
  const module = async (path: string): Promise<WebAssembly.Module> =>
    await WebAssembly.compile(await readFile(fileURLToPath(import.meta.resolve(path))));
  await openJpeg(await module('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'), { print: () => {}, printErr: () => {} });
  await initPng(await module('@jsquash/png/codec/pkg/squoosh_png_bg.wasm'));
  return async (type, bytes) => {
    try {
      const own = new Uint8Array(bytes).buffer;
      return type === 'jpeg' ? await decodeJpeg(own) : await decodePng(own);
    } catch {
      return undefined;
    }
  };
}
