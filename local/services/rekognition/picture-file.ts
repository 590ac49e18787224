/** What Rekognition takes for a picture: a JPEG or PNG file within its limits, judged before a pixel of it is decoded. */
import { AwsError } from '../../ports.ts';

export interface PictureSize {
  readonly type: 'jpeg' | 'png';
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

export const MOST_BYTES_IN_REQUEST = 5 * 1024 * 1024;
export const MOST_BYTES_IN_S3 = 15 * 1024 * 1024;
/** A side of Rekognition's largest picture. */
const MOST_SIDE = 10_000;
/** Four bytes each while it is decoded. */
const MOST_PIXELS = 50_000_000;

export const invalidFormat = (): AwsError =>
  new AwsError('InvalidImageFormatException', 'Request has invalid image format');

export function checkPicture(bytes: Uint8Array, mostBytes: number): PictureSize {
  if (bytes.length > mostBytes) {
    throw new AwsError('ImageTooLargeException', `The image has ${bytes.length} bytes; ${mostBytes} are allowed.`);
  }
  const size = readSize(bytes);
  if (size === undefined || size.width === 0 || size.height === 0) throw invalidFormat();
  if (Math.max(size.width, size.height) > MOST_SIDE || size.width * size.height > MOST_PIXELS) {
    throw new AwsError(
      'ImageTooLargeException',
      `The image has ${size.width} × ${size.height} pixels; ${MOST_SIDE} a side and ${MOST_PIXELS} in all are allowed.`,
    );
  }
  return size;
}

function readSize(bytes: Uint8Array): PictureSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a) {
      return { type: 'png', width: view.getUint32(16), height: view.getUint32(20) };
    }
    return view.getUint16(0) === 0xffd8 ? readJpegSize(view) : undefined;
  } catch (error) {
    // The file ends before it says how large it is.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A few dozen segments stand before the size. */
const MOST_SEGMENTS = 500;
/** Start of frame, whatever the coding (ISO/IEC 10918-1, table B.1). */
const FRAMES = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);

function readJpegSize(view: DataView): PictureSize | undefined {
  for (let at = 2, segment = 0; segment < MOST_SEGMENTS; segment++) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (FRAMES.has(marker)) return { type: 'jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    // Fill bytes have no length.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}
