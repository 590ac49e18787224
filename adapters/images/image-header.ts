/** What a picture’s file says of itself, read without decoding it. */
export interface ImageHeader {
  readonly type: 'jpeg' | 'png' | 'webp' | 'gif';
  /** As stored; before it is turned. Pixels. */
  readonly width: number;
  readonly height: number;
  /** EXIF 2.32, tag 0x0112: 1–8, 1 upright. */
  readonly orientation: number;
}

/** Undefined for a file that is none of these, or that ends before it says how large it is. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a)
      return { type: 'png', width: view.getUint32(16), height: view.getUint32(20), orientation: 1 };
    if (ascii(bytes, 0, 4) === 'GIF8')
      return { type: 'gif', width: view.getUint16(6, true), height: view.getUint16(8, true), orientation: 1 };
    if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return webp(bytes, view);
    if (view.getUint16(0) === 0xffd8) return jpeg(bytes, view);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

function webp(bytes: Uint8Array, view: DataView): ImageHeader | undefined {
  const sized = (width: number, height: number): ImageHeader => ({ type: 'webp', width, height, orientation: 1 });
  switch (ascii(bytes, 12, 16)) {
    case 'VP8X':
      return sized(1 + (view.getUint32(24, true) & 0xffffff), 1 + (view.getUint32(26, true) >>> 8));
    case 'VP8 ':
      return sized(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
    case 'VP8L': {
      const packed = view.getUint32(21, true);
      return sized(1 + (packed & 0x3fff), 1 + ((packed >>> 14) & 0x3fff));
    }
  }
  return undefined;
}

function jpeg(bytes: Uint8Array, view: DataView): ImageHeader | undefined {
  let orientation = 1;
  // A picture has a few dozen segments before its size.
  for (let at = 2, segment = 0; segment < 500; segment += 1) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (marker === 0xe1 && ascii(bytes, at + 4, at + 8) === 'Exif')
      orientation = exifOrientation(view, at + 10, at + 2 + length);
    // Start of frame, whatever the coding; C4, C8 and CC are something else.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return { type: 'jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7), orientation };
    if (marker === 0xda || marker === 0xd9) return undefined;
    at += 2 + length;
  }
  return undefined;
}

function exifOrientation(view: DataView, start: number, end: number): number {
  const little = view.getUint16(start) === 0x4949;
  const directory = start + view.getUint32(start + 4, little);
  if (directory + 2 > end) return 1;
  const entries = view.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry += 1) {
    const at = directory + 2 + 12 * entry;
    if (at + 12 > end) return 1;
    if (view.getUint16(at, little) !== 0x0112) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
