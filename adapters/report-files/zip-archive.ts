import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { unreadable } from './unreadable-file.ts';

/** A part of the archive: its packed bytes and how they are packed. */
interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: Uint8Array;
}

const endMark = 0x06054b50;
const centralMark = 0x02014b50;
const localMark = 0x04034b50;
/** The end record and the longest comment after it. */
const longestEnd = 22 + 65_535;
const maximumEntries = 10_000;
/** Unpacked bytes that are given on at once. */
const pieceBytes = 256 * 1024;

/** Parts of a ZIP archive that lies in memory (PKWARE APPNOTE 6.3). Encrypted archives, ZIP64 and several volumes are refused by name. */
export interface ZipArchive {
  has(name: string): boolean;
  /** Unpacked bytes in pieces; more than `maximumBytes` are refused while they unpack, whatever the archive says of their number. */
  read(name: string, maximumBytes: number): AsyncGenerator<Uint8Array>;
}

export function openZip(bytes: Uint8Array): ZipArchive {
  const entries = new Map(listEntries(bytes).map((entry) => [entry.name, entry]));
  return {
    has: (name) => entries.has(name),
    async *read(name, maximumBytes) {
      const entry = entries.get(name);
      if (!entry) throw unreadable(`The workbook has no ${name}: it is damaged.`);
      if (entry.method === 0) {
        if (entry.packed.length > maximumBytes) throw tooLarge(name, maximumBytes);
        yield entry.packed;
        return;
      }
      let total = 0;
      try {
        for await (const piece of Readable.from([entry.packed]).pipe(createInflateRaw({ chunkSize: pieceBytes }))) {
          total += (piece as Uint8Array).length;
          if (total > maximumBytes) throw tooLarge(name, maximumBytes);
          yield piece as Uint8Array;
        }
      } catch (error) {
        if (error instanceof Error && error.name.startsWith('AppError')) throw error;
        throw unreadable(`${name} in the workbook is damaged.`, error);
      }
    },
  };
}

const tooLarge = (name: string, bytes: number) =>
  unreadable(
    `${name} in the workbook unpacks to more than ${Math.round(bytes / 1024 ** 2)} MB. Download shorter periods, or CSV.`,
  );

function listEntries(bytes: Uint8Array): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const damaged = () => unreadable('The workbook is damaged: its list of parts cannot be read.');
  let end = -1;
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - longestEnd); at -= 1) {
    if (view.getUint32(at, true) === endMark) {
      end = at;
      break;
    }
  }
  if (end === -1) throw damaged();
  const count = view.getUint16(end + 10, true);
  if (view.getUint16(end + 4, true) !== 0) throw unreadable('The workbook is one of several volumes.');
  if (count === 0xffff || view.getUint32(end + 16, true) === 0xffffffff)
    throw unreadable('The workbook is a ZIP64 archive, which is not read.');
  if (count > maximumEntries) throw damaged();
  const found: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== centralMark) throw damaged();
    const packedBytes = view.getUint32(at + 20, true);
    const nameBytes = view.getUint16(at + 28, true);
    const local = view.getUint32(at + 42, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameBytes));
    if ((view.getUint16(at + 8, true) & 1) === 1)
      throw unreadable('The workbook is encrypted. Save it without a password.');
    const method = view.getUint16(at + 10, true);
    if (method !== 0 && method !== 8) throw unreadable(`${name} in the workbook is packed in a way that is not read.`);
    if (local + 30 > bytes.length || view.getUint32(local, true) !== localMark) throw damaged();
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (start + packedBytes > bytes.length) throw damaged();
    found.push({ name, method, packed: bytes.subarray(start, start + packedBytes) });
    at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return found;
}
