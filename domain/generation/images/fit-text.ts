import { type Font, widthOf } from './font.ts';

export interface TextRoom {
  readonly width: number;
  readonly height: number;
  readonly maxLines: number;
  /** In parts of the size. */
  readonly lineHeight: number;
  /** Pixels; text is set as large as fits between them. */
  readonly largest: number;
  readonly smallest: number;
}

export interface FittedText {
  readonly size: number;
  readonly lines: readonly string[];
  /** Of the longest line, and from the top of the first to the bottom of the last. */
  readonly width: number;
  readonly height: number;
}

const step = 0.96;

/**
 * Sets a text as large as a room takes it, in lines of like length. Words are never divided and nothing is ever cut: undefined
 * when it does not fit at the smallest size.
 */
export function fitText(text: string, font: Font, room: TextRoom): FittedText | undefined {
  const words = unitsOf(text);
  const widths = words.map((word) => widthOf(word, font));
  const space = widthOf(' ', font) ?? 0.25;
  if (words.length === 0 || widths.some((width) => width === undefined)) return undefined;
  const known = widths as readonly number[];
  for (let size = room.largest; size >= room.smallest * 0.999; size = nextSize(size, room.smallest)) {
    const fewest = lineCount(known, space, room.width / size);
    if (fewest === undefined || fewest > room.maxLines || fewest * room.lineHeight * size > room.height) continue;
    return set(words, known, space, fewest, room, size);
  }
  return undefined;
}

/** The last try is at the smallest size itself. */
const nextSize = (size: number, smallest: number): number =>
  size > smallest && size * step < smallest ? smallest : size * step;

/** Lines break at spaces alone; no-break spaces keep a number with its unit. */
const unitsOf = (text: string): readonly string[] =>
  text
    .normalize('NFC')
    .split(/[ \t\n\r]+/)
    .filter((word) => word !== '');

function lineCount(widths: readonly number[], space: number, room: number): number | undefined {
  let lines = 1;
  let used = 0;
  for (const width of widths) {
    if (width > room) return undefined;
    if (used > 0 && used + space + width > room) {
      lines += 1;
      used = width;
    } else used += (used > 0 ? space : 0) + width;
  }
  return lines;
}

/** The narrowest measure that needs no more lines: it makes them alike. */
function set(
  words: readonly string[],
  widths: readonly number[],
  space: number,
  count: number,
  room: TextRoom,
  size: number,
): FittedText {
  let low = Math.max(...widths);
  let high = room.width / size;
  for (let round = 0; round < 20; round += 1) {
    const middle = (low + high) / 2;
    if (lineCount(widths, space, middle) === count) high = middle;
    else low = middle;
  }
  const lines: string[] = [];
  let longest = 0;
  let line: string[] = [];
  let used = 0;
  words.forEach((word, at) => {
    const width = widths[at] ?? 0;
    if (line.length > 0 && used + space + width > high + 1e-9) {
      lines.push(line.join(' '));
      line = [word];
      used = width;
    } else {
      used += (line.length > 0 ? space : 0) + width;
      line.push(word);
    }
    longest = Math.max(longest, used);
  });
  lines.push(line.join(' '));
  return { size, lines, width: longest * size, height: lines.length * room.lineHeight * size };
}
