import type { IncomingMessage, ServerResponse } from 'node:http';
import { crc32, deflateSync } from 'node:zlib';

/** Pictures and a clip that somebody may upload without asking the internet: `/samples/1200x628.png`, `/samples/clip.mp4`. */
const picture = /^\/samples\/(\d{1,4})x(\d{1,4})\.png$/;
const mostPixels = 4_000_000;

export function sampleFiles(request: IncomingMessage, response: ServerResponse): boolean {
  const path = request.url ?? '';
  if (!path.startsWith('/samples/')) return false;
  const [, width, height] = picture.exec(path)?.map(Number) ?? [];
  const isPicture = width !== undefined && height !== undefined && width * height > 0 && width * height <= mostPixels;
  if (isPicture) response.writeHead(200, { 'content-type': 'image/png' }).end(png(width, height));
  else if (path === '/samples/clip.mp4') response.writeHead(200, { 'content-type': 'video/mp4' }).end(clip());
  else response.writeHead(404).end();
  return true;
}

const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/** Two colours, one above the other, in eight bits of grey. */
function png(width: number, height: number): Buffer {
  const rows = Buffer.alloc(height * (width + 1));
  for (let row = 0; row < height; row += 1) {
    // The first byte of a row names its filter: none.
    rows.fill(row < height / 2 ? 0x30 : 0xd0, row * (width + 1) + 1, (row + 1) * (width + 1));
  }
  const chunk = (type: string, data: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    return Buffer.concat([word(data.length), named, word(crc32(named))]);
  };
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.concat([word(width), word(height), Buffer.from([8, 0, 0, 0, 0])])),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** An MP4 of its first box and an empty one for media: as much as the simulated platforms look at. Nothing plays it. */
const clip = (): Buffer =>
  Buffer.concat([word(24), Buffer.from('ftypmp42\0\0\0\0mp42isom', 'latin1'), word(8), Buffer.from('mdat', 'latin1')]);
