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

/** `12 / hours` is read twice. */
const isNumber = (word: string): boolean => /^\p{Sc}?[\d.,:]+$/u.test(word);

/** Of all ways to break into so many lines, the one whose lines are most alike: the least sum of squared slack. */
function set(
  words: readonly string[],
  widths: readonly number[],
  space: number,
  count: number,
  room: TextRoom,
  size: number,
): FittedText {
  const measure = room.width / size;
  const sums = [0];
  for (const width of widths) sums.push((sums.at(-1) ?? 0) + width);
  const lineWidth = (from: number, to: number): number => (sums[to] ?? 0) - (sums[from] ?? 0) + space * (to - from - 1);
  const wanted = lineWidth(0, words.length) / count;
  /** By words set so far: the least cost of it in so many lines, and where the last of them begins. */
  let best: readonly (readonly [cost: number, breaks: readonly number[]] | undefined)[] = [[0, []]];
  for (let line = 1; line <= count; line += 1) {
    best = Array.from({ length: words.length + 1 }, (_, to) => {
      let least: readonly [number, readonly number[]] | undefined;
      for (let from = 0; from < to; from += 1) {
        const before = best[from];
        const width = lineWidth(from, to);
        if (before === undefined || width > measure) continue;
        const torn = to < words.length && isNumber(words[to - 1] ?? '') ? (measure / 2) ** 2 : 0;
        const cost = before[0] + (width - wanted) ** 2 + torn;
        if (least === undefined || cost < least[0]) least = [cost, [...before[1], from]];
      }
      return least;
    });
  }
  const breaks = best[words.length]?.[1] ?? [0];
  const ends = [...breaks.slice(1), words.length];
  return {
    size,
    lines: breaks.map((from, line) => words.slice(from, ends[line]).join(' ')),
    width: size * Math.max(...breaks.map((from, line) => lineWidth(from, ends[line] ?? words.length))),
    height: count * room.lineHeight * size,
  };
}
