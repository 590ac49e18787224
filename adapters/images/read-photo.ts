import decodeJpeg, { init as initJpeg } from '@jsquash/jpeg/decode.js';
import decodeWebp, { init as initWebp } from '@jsquash/webp/decode.js';
import type { Placeable } from '../../domain/generation/images/composition.ts';
import { cutOut } from '../../domain/generation/images/cut-out.ts';
import type { Pixels } from '../../domain/generation/images/measure-contrast.ts';
import { shrink } from '../../domain/generation/images/shrink.ts';
import { turn } from '../../domain/generation/images/turn.ts';
import { type ImageHeader, readImageHeader } from './image-header.ts';
import { readPacked } from './packed-files.ts';
import { renderPixels } from './render-svg.ts';

/** A picture from outside, decoded within bounds, upright, and no larger than a layout uses. */
export interface Photo extends Placeable {
  readonly pixels: Pixels;
}
export type PhotoOutcome =
  | { readonly kind: 'read'; readonly photo: Photo; readonly original: ImageHeader }
  | { readonly kind: 'refused'; readonly reason: string };

/** 10 MB and 40 megapixels: what a camera makes. More is a mistake, or is meant to fill the memory. */
export const photoBounds = { bytes: 10 * 1024 * 1024, pixels: 40_000_000, side: 20_000 } as const;
/** Longer sides are shrunk to this: the largest picture shows a product so large. */
const longestSide = 1_600;

/**
 * Reads a product shot or a logo: JPEG, PNG, WebP or GIF (its first picture). `cut` takes away a plain white background where there
 * is one. What is no picture, or one too large, is refused before a pixel of it is decoded.
 */
export async function readPhoto(bytes: Uint8Array, { cut }: { readonly cut: boolean }): Promise<PhotoOutcome> {
  if (bytes.length > photoBounds.bytes)
    return refused(
      `The file has ${megabytes(bytes.length)} MB; ${megabytes(photoBounds.bytes)} MB are allowed. Save it smaller.`,
    );
  const header = readImageHeader(bytes);
  if (header === undefined)
    return refused('The file is no JPEG, PNG, WebP or GIF picture. Save it as one of these and upload it again.');
  const { width, height } = header;
  if (width === 0 || height === 0) return refused('The picture has no pixels.');
  if (width * height > photoBounds.pixels || Math.max(width, height) > photoBounds.side)
    return refused(
      `The picture has ${width} × ${height} pixels; ${photoBounds.pixels / 1e6} megapixels and ${photoBounds.side} a side are allowed. Make it smaller.`,
    );
  const decoded = await decode(bytes, header);
  if (decoded === undefined)
    return refused(`The ${header.type.toUpperCase()} picture is damaged: it cannot be decoded.`);
  const upright = turn(shrink(decoded, longestSide), header.orientation);
  const cutting = cut ? cutOut(upright) : null;
  const pixels = cutting ?? upright;
  return {
    kind: 'read',
    original: header,
    photo: {
      width: pixels.width,
      height: pixels.height,
      cutOut: cutting !== null || isSeenThrough(pixels),
      pixels,
    },
  };
}

const megabytes = (bytes: number): number => Math.ceil((10 * bytes) / 1024 ** 2) / 10;
const refused = (reason: string): PhotoOutcome => ({ kind: 'refused', reason });

/** Corners that are clear: somebody cut it out before. */
function isSeenThrough({ width, height, data }: Pixels): boolean {
  const corners = [0, width - 1, (height - 1) * width, height * width - 1];
  return corners.filter((at) => (data[4 * at + 3] ?? 255) < 16).length >= 3;
}

/** The decoders write to the console of what is wrong with a picture; its declared type lacks the second argument. */
const silent = { print: () => undefined, printErr: () => undefined };
const quietly = (init: unknown) => init as (wasm: WebAssembly.Module, options: typeof silent) => Promise<void>;
const readers = {
  jpeg: once(async () => quietly(initJpeg)(await WebAssembly.compile(await readPacked('jpeg-reader')), silent)),
  webp: once(async () => quietly(initWebp)(await WebAssembly.compile(await readPacked('webp-reader')), silent)),
};
function once(open: () => Promise<void>): () => Promise<void> {
  let opened: Promise<void> | undefined;
  return () => {
    opened ??= open();
    return opened;
  };
}

/** Undefined for what its decoder does not take, or takes for another size than its header says. */
async function decode(bytes: Uint8Array, { type, width, height }: ImageHeader): Promise<Pixels | undefined> {
  try {
    const pixels = await decoders[type](new Uint8Array(bytes), width, height);
    return pixels.width === width && pixels.height === height ? pixels : undefined;
  } catch {
    return undefined;
  }
}

const decoders: Readonly<
  Record<ImageHeader['type'], (bytes: Uint8Array<ArrayBuffer>, width: number, height: number) => Promise<Pixels>>
> = {
  async jpeg(bytes) {
    await readers.jpeg();
    return decodeJpeg(bytes.buffer);
  },
  async webp(bytes) {
    await readers.webp();
    return decodeWebp(bytes.buffer);
  },
  png: (bytes, width, height) => throughRenderer('image/png', bytes, width, height),
  gif: (bytes, width, height) => throughRenderer('image/gif', bytes, width, height),
};

/** The renderer reads these by itself; what it cannot read it leaves clear. */
async function throughRenderer(type: string, bytes: Uint8Array, width: number, height: number): Promise<Pixels> {
  const href = `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
  const drawn = await renderPixels(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="${href}"/></svg>`,
    [],
  );
  if (!drawn.data.some((value) => value !== 0)) throw new Error('Nothing was drawn.');
  return drawn;
}
