import { crc32, deflateSync } from 'node:zlib';
import type { Pixels } from '../../domain/generation/images/measure-contrast.ts';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Pixels as PNG (ISO/IEC 15948), eight bits a channel: with alpha, or without for opaque ones. `level` as of zlib. */
export function writePng(
  { width, height, data }: Pixels,
  { alpha, level }: { readonly alpha: boolean; readonly level: number },
): Uint8Array<ArrayBuffer> {
  const bytes = alpha ? 4 : 3;
  const stride = 1 + width * bytes;
  const raw = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    let to = y * stride;
    // Filter 1: each byte less the one of the pixel before. Slopes become short numbers.
    raw[to] = 1;
    to += 1;
    let from = 4 * y * width;
    for (let x = 0; x < width; x += 1) {
      for (let channel = 0; channel < bytes; channel += 1) {
        const before = x === 0 ? 0 : (data[from + channel - 4] ?? 0);
        raw[to] = (data[from + channel] ?? 0) - before;
        to += 1;
      }
      from += 4;
    }
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, alpha ? 6 : 2, 0, 0, 0], 8);
  const parts = [
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw, { level })),
    chunk('IEND', new Uint8Array()),
  ];
  return new Uint8Array(Buffer.concat(parts));
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + content.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, content.length);
  out.set(Buffer.from(type, 'latin1'), 4);
  out.set(content, 8);
  view.setUint32(8 + content.length, crc32(out.subarray(4, 8 + content.length)));
  return out;
}
