import encodeJpeg, { init } from '@jsquash/jpeg/encode.js';
import type { Pixels } from '../../domain/generation/images/measure-contrast.ts';
import { readPacked } from './packed-files.ts';

let ready: Promise<void> | undefined;
const writer = (): Promise<void> => {
  ready ??= readPacked('jpeg-writer').then(async (wasm) => {
    await init(await WebAssembly.compile(wasm));
  });
  return ready;
};

/** Letters fray below the last. */
const qualities = [92, 86, 78, 70, 60, 50];

/** Opaque pixels as JPEG (mozjpeg) of at most so many bytes, as good as they allow; the worst one where none does. */
export async function writeJpegWithin(
  { width, height, data }: Pixels,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  await writer();
  let jpeg = new Uint8Array();
  for (const quality of qualities) {
    const image = { width, height, data: new Uint8ClampedArray(data), colorSpace: 'srgb' as const };
    jpeg = new Uint8Array(await encodeJpeg(image, { quality }));
    if (jpeg.length <= maxBytes) return jpeg;
  }
  return jpeg;
}
