import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { Pixels } from '../../domain/generation/images/measure-contrast.ts';
import { readPacked } from './packed-files.ts';

let ready: Promise<void> | undefined;
/** Once a process: 60 ms. */
const renderer = (): Promise<void> => {
  ready ??= readPacked('renderer').then((wasm) => initWasm(wasm));
  return ready;
};

export interface Rendered extends Pixels {
  readonly png: Uint8Array;
}

/** Draws with the fonts given and no others. The same text gives the same bytes, on every machine. */
export async function renderSvg(svg: string, fonts: readonly Uint8Array[]): Promise<Rendered> {
  return draw(svg, fonts, (image) => ({ png: image.asPng() }));
}

/** The pixels alone; packing them takes most of a picture’s time. */
export const renderPixels = (svg: string, fonts: readonly Uint8Array[]): Promise<Pixels> =>
  draw(svg, fonts, () => ({}));

type Image = ReturnType<InstanceType<typeof Resvg>['render']>;

async function draw<T extends object>(
  svg: string,
  fonts: readonly Uint8Array[],
  more: (image: Image) => T,
): Promise<Pixels & T> {
  await renderer();
  const tree = new Resvg(svg, { font: { fontBuffers: [...fonts] } });
  try {
    const image = tree.render();
    try {
      return { width: image.width, height: image.height, data: image.pixels, ...more(image) };
    } finally {
      image.free();
    }
  } finally {
    tree.free();
  }
}
