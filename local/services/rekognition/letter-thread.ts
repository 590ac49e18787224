/** Reading of letters, in its thread: Tesseract's English network, from files of its packages. Nothing is fetched or kept. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import openTesseract from 'tesseract.js-core/tesseract-core-relaxedsimd-lstm.js';
import { serveModel } from '../../model-threads/serve-model.ts';
import type { ReadLine } from './text-detections.ts';

const file = async (path: string): Promise<Buffer> => await readFile(fileURLToPath(import.meta.resolve(path)));
/** Text at any place, in no order: what pictures of ads hold. */
const SPARSE = '11';

interface Found {
  readonly text: string;
  readonly confidence: number;
  readonly bbox: { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };
}
interface Page {
  readonly blocks: readonly {
    readonly paragraphs: readonly { readonly lines: readonly (Found & { readonly words: readonly Found[] })[] }[];
  }[];
}

await serveModel(async () => {
  const tesseract = await openTesseract({
    wasmBinary: await file('tesseract.js-core/tesseract-core-relaxedsimd-lstm.wasm'),
    print: () => {},
    printErr: () => {},
  });
  const language = await promisify(gunzip)(await file('@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz'));
  tesseract.FS.writeFile('./eng.traineddata', language);
  const recognizer = new tesseract.TessBaseAPI();
  if (recognizer.Init(null, 'eng', 1, undefined) !== 0) throw new Error('Tesseract did not start');
  recognizer.SetVariable('tessedit_pageseg_mode', SPARSE);
  return (bytes: Uint8Array): readonly ReadLine[] | undefined => {
    tesseract.FS.writeFile('/input', bytes);
    try {
      if (recognizer.SetImageFile(1, 0) === 1) return undefined;
      recognizer.Recognize(null);
      const { blocks } = JSON.parse(recognizer.GetJSONText()) as Page;
      return blocks.flatMap(({ paragraphs }) => paragraphs.flatMap(({ lines }) => lines.map(lineOf)));
    } finally {
      recognizer.Clear();
      tesseract.FS.unlink('/input');
    }
  };
});

function lineOf(line: Found & { readonly words: readonly Found[] }): ReadLine {
  return { ...wordOf(line), words: line.words.map(wordOf) };
}

function wordOf({ text, confidence, bbox }: Found) {
  return { text: text.trim(), confidence, left: bbox.x0, top: bbox.y0, right: bbox.x1, bottom: bbox.y1 };
}
