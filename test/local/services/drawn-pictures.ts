/** Pictures for tests: drawn here, so that none has to be kept. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import encodeJpeg, { init as initJpeg } from '@jsquash/jpeg/encode.js';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

const file = async (path: string): Promise<Buffer<ArrayBuffer>> =>
  await readFile(fileURLToPath(import.meta.resolve(path)));
let opened: Promise<Uint8Array> | undefined;
async function open(): Promise<Uint8Array> {
  await initWasm(await file('@resvg/resvg-wasm/index_bg.wasm'));
  await initJpeg(await WebAssembly.compile(await file('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm')));
  return await file('@expo-google-fonts/open-sans/600SemiBold/OpenSans_600SemiBold.ttf');
}

/** `content` is SVG inside its root; `sans` is the one font. */
export async function drawPng(width: number, height: number, content: string): Promise<Buffer> {
  const { png } = await draw(width, height, content);
  return png;
}

export async function drawJpeg(width: number, height: number, content: string): Promise<Buffer> {
  const { pixels } = await draw(width, height, content);
  const data = new Uint8ClampedArray(pixels);
  return Buffer.from(await encodeJpeg({ width, height, data, colorSpace: 'srgb' }));
}

async function draw(width: number, height: number, content: string) {
  opened ??= open();
  const font = await opened;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="Open Sans" font-weight="600">${content}</svg>`;
  const image = new Resvg(svg, { font: { fontBuffers: [font], defaultFontFamily: 'Open Sans' } }).render();
  return { png: Buffer.from(image.asPng()), pixels: image.pixels };
}
