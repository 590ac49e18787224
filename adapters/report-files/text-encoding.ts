/** Encodings that the platforms' downloads come in, and spreadsheets save. */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type TextEncoding = (typeof encodings)[number];

const marks: readonly (readonly [TextEncoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
/** Bytes looked at for the zeros that UTF-16 has in Latin text. */
const looked = 4_096;
const pieceBytes = 64 * 1024;

/** The encoding by its mark, by the zeros of UTF-16, or by whether all of it is valid UTF-8. */
export function detectEncoding(bytes: Uint8Array): TextEncoding {
  const marked = marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (marked) return marked[0];
  const start = bytes.subarray(0, looked);
  const zeros = (odd: number) => start.filter((byte, index) => byte === 0 && index % 2 === odd).length;
  if (zeros(1) > start.length / 4) return 'utf-16le';
  if (zeros(0) > start.length / 4) return 'utf-16be';
  try {
    for (const _ of decoded(bytes, 'utf-8', true));
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** The text in pieces, its mark left out. With `fatal`, throws `TypeError` where the bytes are not of the encoding. */
export function* decoded(bytes: Uint8Array, encoding: TextEncoding, fatal = false): Generator<string> {
  const decoder = new TextDecoder(encoding, { fatal });
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    yield decoder.decode(bytes.subarray(start, start + pieceBytes), { stream: true });
  }
  yield decoder.decode();
}
