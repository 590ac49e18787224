/**
 * A text as a reader takes it in: small letters, no accents, no hidden characters, look-alike letters as the Latin ones they stand
 * for. Every unit of it knows its place in the original, so that findings point there.
 */
export interface FoldedText {
  readonly text: string;
  /** For each UTF-16 unit of `text`: where its original begins and ends. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Cyrillic and Greek letters that are drawn like Latin ones (Unicode TR39, confusables). */
const lookAlikes: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  с: 'c',
  ԁ: 'd',
  е: 'e',
  ё: 'e',
  ғ: 'f',
  һ: 'h',
  н: 'h',
  і: 'i',
  ї: 'i',
  ј: 'j',
  к: 'k',
  ӏ: 'l',
  м: 'm',
  о: 'o',
  р: 'p',
  ԛ: 'q',
  ѕ: 's',
  т: 't',
  у: 'y',
  ѵ: 'v',
  ԝ: 'w',
  х: 'x',
  г: 'r',
  п: 'n',
  α: 'a',
  β: 'b',
  ε: 'e',
  η: 'n',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  γ: 'y',
  ω: 'w',
  σ: 'o',
  μ: 'u',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  '’': "'",
  '‘': "'",
  ʼ: "'",
  '´': "'",
  '‐': '-',
  '‑': '-',
  '−': '-',
};

/** Written on nobody's screen: joiners, marks of direction, soft hyphens, selectors, tags. */
const hidden = /^(?:\p{Cf}|\p{Variation_Selector}|\u034f)$/u;
const mark = /\p{M}/gu;
const space = /\s/;

/** Letters in circles and squares that have no compatibility form: 🅐, 🅰. */
function enclosedLetter(point: number): string | undefined {
  if (point >= 0x1f150 && point <= 0x1f169) return String.fromCharCode(97 + point - 0x1f150);
  if (point >= 0x1f170 && point <= 0x1f189) return String.fromCharCode(97 + point - 0x1f170);
  return undefined;
}

const known = new Map<string, string>();
/** Bounds the memory of what was looked up; texts in four languages use some hundred characters. */
const mostKnown = 4_096;

function foldCharacter(character: string): string {
  const before = known.get(character);
  if (before !== undefined) return before;
  const plain = character.normalize('NFKD').toLowerCase().replace(mark, '');
  const folded = hidden.test(character)
    ? ''
    : (enclosedLetter(character.codePointAt(0) ?? 0) ??
      [...plain].map((one) => (space.test(one) ? ' ' : (lookAlikes[one] ?? one))).join(''));
  if (known.size < mostKnown) known.set(character, folded);
  return folded;
}

const ascii = Array.from({ length: 0x80 }, (_, code) => (code <= 0x20 ? ' ' : String.fromCharCode(code).toLowerCase()));

export function foldText(original: string): FoldedText {
  const units: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of original) {
    const end = at + character.length;
    const folded = ascii[character.charCodeAt(0)] ?? foldCharacter(character);
    for (let index = 0; index < folded.length; index += 1) {
      const unit = folded.charAt(index);
      // Runs of spaces are one, which ends where the last of them does.
      if (unit === ' ' && units.at(-1) === ' ') {
        ends[ends.length - 1] = end;
        continue;
      }
      units.push(unit);
      starts.push(at);
      ends.push(end);
    }
    at = end;
  }
  return { text: units.join(''), starts, ends };
}

/** A part of the folded text as a span of the original. */
export const originalSpan = (folded: FoldedText, start: number, end: number): { start: number; end: number } => ({
  start: folded.starts[start] ?? 0,
  end: folded.ends[end - 1] ?? 0,
});
