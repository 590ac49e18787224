/** Reading of letters, in its thread: Tesseract's networks, from files of its packages. Nothing is fetched or kept. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import openTesseract from 'tesseract.js-core/tesseract-core-relaxedsimd-lstm.js';
import { serveModel } from '../../model-threads/serve-model.ts';
import { mergeLines, type ReadLine } from './read-lines.ts';

const file = async (path: string): Promise<Buffer> => await readFile(fileURLToPath(import.meta.resolve(path)));
/** Those that ads are written in; English last, else letters lose their accents. */
const LANGUAGES = ['deu', 'fra', 'spa', 'eng'] as const;
/** Blocks of text, found by themselves. */
const AUTOMATIC = '3';
/**
 * Two ways to tell letters from their ground: Otsu's for the whole picture, and Sauvola's by neighbourhood, which sees the button
 * that differs from the rest of an ad. What the first has read the second adds to.
 */
const THRESHOLDS = ['0', '2'] as const;

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
  for (const language of LANGUAGES) {
    const packed = await file(`@tesseract.js-data/${language}/4.0.0_best_int/${language}.traineddata.gz`);
    tesseract.FS.writeFile(`./${language}.traineddata`, await promisify(gunzip)(packed));
  }
  const recognizer = new tesseract.TessBaseAPI();
  if (recognizer.Init(null, LANGUAGES.join('+'), 1, undefined) !== 0) throw new Error('Tesseract did not start');
  recognizer.SetVariable('tessedit_pageseg_mode', AUTOMATIC);
  const pass = (threshold: string): readonly ReadLine[] | undefined => {
    recognizer.SetVariable('thresholding_method', threshold);
    try {
      if (recognizer.SetImageFile(1, 0) === 1) return undefined;
      recognizer.Recognize(null);
      const { blocks } = JSON.parse(recognizer.GetJSONText()) as Page;
      return blocks.flatMap(({ paragraphs }) => paragraphs.flatMap(({ lines }) => lines.map(lineOf)));
    } finally {
      recognizer.Clear();
    }
  };
  return (bytes: Uint8Array): readonly ReadLine[] | undefined => {
    tesseract.FS.writeFile('/input', bytes);
    try {
      return THRESHOLDS.map(pass).reduce((read, more) => read && more && mergeLines(read, more));
    } finally {
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
