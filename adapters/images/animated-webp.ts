import encodeWebp, { init } from '@jsquash/webp/encode.js';
import type { Pixels } from '../../domain/generation/images/measure-contrast.ts';
import { readPacked } from './packed-files.ts';

let ready: Promise<unknown> | undefined;
const writer = (): Promise<unknown> => {
  ready ??= readPacked('webp-writer').then(async (wasm) => init(await WebAssembly.compile(wasm)));
  return ready;
};

export interface Frame {
  readonly pixels: Pixels;
  readonly milliseconds: number;
}

/** Opaque frames of one size as an animated WebP that repeats (RFC 9649, 2.7). */
export async function writeAnimatedWebp(frames: readonly Frame[], quality: number): Promise<Uint8Array<ArrayBuffer>> {
  await writer();
  const { width, height } = frames[0]?.pixels ?? { width: 1, height: 1 };
  const canvas = new Uint8Array(10);
  // The flag of an animation; then each side less one, in three bytes.
  canvas[0] = 0x02;
  writeThree(canvas, 4, width - 1);
  writeThree(canvas, 7, height - 1);
  const parts = [chunk('VP8X', canvas), chunk('ANIM', Uint8Array.of(255, 255, 255, 255, 0, 0))];
  for (const { pixels, milliseconds } of frames) {
    const image = { width, height, data: new Uint8ClampedArray(pixels.data), colorSpace: 'srgb' as const };
    const still = new Uint8Array(await encodeWebp(image, { quality, method: 2 }));
    const head = new Uint8Array(16);
    writeThree(head, 6, width - 1);
    writeThree(head, 9, height - 1);
    writeThree(head, 12, milliseconds);
    // Drawn over the one before without looking through.
    head[15] = 0x02;
    parts.push(chunk('ANMF', Buffer.concat([head, bitstream(still)])));
  }
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...parts]);
  return new Uint8Array(chunk('RIFF', body));
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const out = Buffer.alloc(8 + content.length + (content.length % 2));
  out.write(type, 0, 'latin1');
  out.writeUInt32LE(content.length, 4);
  out.set(content, 8);
  return out;
}

const writeThree = (bytes: Uint8Array, at: number, value: number): void => {
  bytes.set([value & 255, (value >> 8) & 255, (value >> 16) & 255], at);
};

/** The picture of a still WebP with its chunk’s head, without what describes the file. */
function bitstream(still: Uint8Array): Uint8Array {
  const view = new DataView(still.buffer, still.byteOffset, still.byteLength);
  for (let at = 12; at + 8 <= still.length; ) {
    const type = String.fromCharCode(...still.subarray(at, at + 4));
    const padded = 8 + view.getUint32(at + 4, true) + (view.getUint32(at + 4, true) % 2);
    if (type === 'VP8 ' || type === 'VP8L') return still.subarray(at, at + padded);
    at += padded;
  }
  throw new Error('The WebP encoder wrote no picture.');
}
