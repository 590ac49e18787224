import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { writeAnimatedWebp } from '../../../adapters/images/animated-webp.ts';
import { readImageHeader } from '../../../adapters/images/image-header.ts';
import { writeJpegWithin } from '../../../adapters/images/jpeg-file.ts';
import { writePng } from '../../../adapters/images/png-file.ts';
import { type Photo, photoBounds, readPhoto } from '../../../adapters/images/read-photo.ts';
import { turn } from '../../../domain/generation/images/turn.ts';
import { bottle, drawn, scene } from './pictures.ts';

const png = (pixels: Parameters<typeof writePng>[0]) => writePng(pixels, { alpha: false, level: 6 });

function pixelsOf({ pixels: { data }, width }: Photo) {
  return (x: number, y: number) => [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)];
}

async function read(bytes: Uint8Array, cut = true): Promise<Photo> {
  const outcome = await readPhoto(bytes, { cut });
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  return outcome.photo;
}

/** A JPEG with an EXIF segment that says how the camera was held. */
const held = (jpeg: Uint8Array, orientation: number): Uint8Array => {
  const exif = Buffer.from(
    `ffe1001e457869660000${'4d4d002a00000008'}00010112000300000001${orientation.toString(16).padStart(4, '0')}`,
    'hex',
  );
  return Buffer.concat([jpeg.subarray(0, 2), exif, Buffer.alloc(2 + 0x1e - exif.length), jpeg.subarray(2)]);
};

describe('a photo', () => {
  it('is cut out of plain white, and stands as large as the thing is', async () => {
    const photo = await read(await writeJpegWithin(bottle(400), 1_000_000));
    expect(photo.cutOut).toBe(true);
    expect(Math.abs(photo.width - 120)).toBeLessThan(6);
    expect(Math.abs(photo.height - 240)).toBeLessThan(6);
    const at = pixelsOf(photo);
    expect(at(60, 120)[3]).toBe(255);
  });

  it('keeps white that is inside of the thing', async () => {
    const ring = drawn(200, 200, (x, y) => {
      const distance = Math.hypot(x - 100, y - 100);
      return distance < 70 && distance > 30 ? [200, 30, 30] : [255, 255, 255];
    });
    const photo = await read(png(ring));
    const at = pixelsOf(photo);
    expect(at(Math.floor(photo.width / 2), Math.floor(photo.height / 2))).toEqual([255, 255, 255, 255]);
    expect(at(1, 1)[3]).toBe(0);
  });

  it('with a background of its own keeps it', async () => {
    expect(await read(png(scene(300, 200)))).toMatchObject({ width: 300, height: 200, cutOut: false });
  });

  it('is no larger than a layout uses it', async () => {
    expect(await read(await writeJpegWithin(scene(3_200, 1_000), 5_000_000))).toMatchObject({
      width: 1_600,
      height: 500,
    });
  });

  it('is turned upright as its camera says', async () => {
    // Red at the left, blue at the right; held so that the left is up.
    const jpeg = await writeJpegWithin(
      drawn(64, 32, (x) => (x < 32 ? [250, 0, 0] : [0, 0, 250])),
      100_000,
    );
    const photo = await read(held(jpeg, 6));
    expect(photo).toMatchObject({ width: 32, height: 64 });
    const at = pixelsOf(photo);
    expect(at(16, 4)[0]).toBeGreaterThan(200);
    expect(at(16, 60)[2]).toBeGreaterThan(200);
  });

  it('is read from WebP too', async () => {
    const webp = await writeAnimatedWebp([{ pixels: scene(80, 60), milliseconds: 100 }], 80);
    // The one frame of it as a still.
    const frame = Buffer.from(webp).subarray(Buffer.from(webp).indexOf('VP8 '));
    const size = Buffer.alloc(4);
    size.writeUInt32LE(4 + frame.length);
    const still = Buffer.concat([Buffer.from('RIFF'), size, Buffer.from('WEBP'), frame]);
    expect(await read(still)).toMatchObject({ width: 80, height: 60 });
  });

  // EXIF 2.32, orientation: where the first row and the first column of the file are in the picture.
  it.each([
    [1, 'abcdef'],
    [2, 'badcfe'],
    [3, 'fedcba'],
    [4, 'efcdab'],
    [5, 'acebdf'],
    [6, 'ecafdb'],
    [7, 'fdbeca'],
    [8, 'bdface'],
  ])('is read in the order of orientation %i', (orientation, order) => {
    const letters = [...'abcdef'];
    const pixels = drawn(2, 3, (x, y) => [letters[y * 2 + x]?.charCodeAt(0) ?? 0, 0, 0]);
    const turned = turn(pixels, orientation);
    expect(String.fromCharCode(...turned.data.filter((_, at) => at % 4 === 0))).toBe(order);
    expect(turned.width).toBe(orientation >= 5 ? 3 : 2);
  });
});

describe('what is no photo', () => {
  /** Says that it is so large, and holds next to nothing. */
  function bomb(width: number, height: number): Uint8Array {
    const small = png(scene(1, 1));
    const view = new DataView(small.buffer);
    view.setUint32(16, width);
    view.setUint32(20, height);
    return small;
  }

  it.each<[string, () => Uint8Array, RegExp]>([
    ['text', () => Buffer.from('<html>not a picture</html>'), /no JPEG, PNG, WebP or GIF/],
    ['an SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /no JPEG, PNG, WebP or GIF/],
    ['nothing', () => new Uint8Array(), /no JPEG, PNG, WebP or GIF/],
    ['a file that is too long', () => new Uint8Array(photoBounds.bytes + 1), /10.1 MB; 10 MB are allowed/],
    ['a bomb of a billion pixels', () => bomb(40_000, 25_000), /40000 × 25000 pixels; 40 megapixels/],
    ['a line that is too long', () => bomb(30_000, 1), /20000 a side/],
    ['a picture without pixels', () => bomb(0, 10), /no pixels/],
    ['a PNG that is damaged', () => png(scene(60, 40)).subarray(0, 60), /PNG picture is damaged/],
    ['a PNG that says another size', () => bomb(3_000, 3_000), /PNG picture is damaged/],
    [
      'a PNG of rubbish',
      () => Buffer.concat([png(scene(6, 4)).subarray(0, 41), deflateSync('rubbish')]),
      /PNG picture is damaged/,
    ],
  ])('%s is refused with the reason', async (_, bytes, reason) => {
    const outcome = await readPhoto(bytes(), { cut: true });
    expect(outcome.kind === 'refused' && outcome.reason).toMatch(reason);
  });

  it('a JPEG that breaks off is refused, or read as far as it goes, and never throws', async () => {
    const jpeg = await writeJpegWithin(scene(120, 80), 100_000);
    for (let end = 2; end < jpeg.length; end += 97) {
      const outcome = await readPhoto(jpeg.subarray(0, end), { cut: true });
      expect(['read', 'refused']).toContain(outcome.kind);
    }
  });

  it('a header is read of any bytes without an error', () => {
    const starts = [
      'ffd8ffe1',
      '89504e470d0a1a0a',
      '474946383961',
      '52494646000000005745425056503858',
      'ffd8ffe10010457869660000',
    ];
    for (const start of starts)
      for (let length = 0; length < 64; length += 1)
        expect(() =>
          readImageHeader(Buffer.concat([Buffer.from(start, 'hex'), Buffer.alloc(length, 0xff)])),
        ).not.toThrow();
  });
});
