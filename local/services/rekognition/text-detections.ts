/** From lines that were read to Rekognition's detections: first all lines, then all words with the line they belong to. */
import type { PictureSize } from './picture-file.ts';
import type { ReadLine, ReadWord } from './read-lines.ts';

/** Rekognition names no more. */
const MOST_WORDS = 100;

/** `least` in percent, of words; lines have the mean of the words that are left. */
export function textDetections(read: readonly ReadLine[], size: PictureSize, least: number): readonly object[] {
  let room = MOST_WORDS;
  const lines = read.flatMap((line) => {
    // Edges and patterns are read as single signs.
    const words = line.words
      .filter(({ text, confidence }) => confidence >= least && /[\p{L}\p{N}]/u.test(text))
      .slice(0, room);
    room -= words.length;
    return words.length === 0 ? [] : [{ ...around(words), words }];
  });
  const words = lines.flatMap((line, parent) => line.words.map((word) => ({ ...word, parent })));
  return [
    ...lines.map((line, Id) => ({ ...detection(line, size), Type: 'LINE', Id })),
    ...words.map((word, index) => ({
      ...detection(word, size),
      Type: 'WORD',
      Id: lines.length + index,
      ParentId: word.parent,
    })),
  ];
}

function around(words: readonly ReadWord[]): ReadWord {
  return {
    text: words.map(({ text }) => text).join(' '),
    confidence: words.reduce((sum, { confidence }) => sum + confidence, 0) / words.length,
    left: Math.min(...words.map(({ left }) => left)),
    top: Math.min(...words.map(({ top }) => top)),
    right: Math.max(...words.map(({ right }) => right)),
    bottom: Math.max(...words.map(({ bottom }) => bottom)),
  };
}

/** Places are shares of the picture's width and height. */
function detection({ text, confidence, ...box }: ReadWord, { width, height }: PictureSize) {
  const [left, right] = [box.left / width, box.right / width];
  const [top, bottom] = [box.top / height, box.bottom / height];
  return {
    DetectedText: text,
    Confidence: confidence,
    Geometry: {
      BoundingBox: { Left: left, Top: top, Width: right - left, Height: bottom - top },
      Polygon: [
        { X: left, Y: top },
        { X: right, Y: top },
        { X: right, Y: bottom },
        { X: left, Y: bottom },
      ],
    },
  };
}
