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

export function foldText(original: string): FoldedText {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of original) {
    const end = at + character.length;
    const code = character.charCodeAt(0);
    const folded = code < 0x80 ? asciiFolded(character, code) : foldCharacter(character);
    for (let index = 0; index < folded.length; index += 1) {
      // Runs of spaces are one, which ends where the last of them does.
      if (folded[index] === ' ' && text.endsWith(' ')) {
        ends[ends.length - 1] = end;
        continue;
      }
      text += folded[index];
      starts.push(at);
      ends.push(end);
    }
    at = end;
  }
  return { text, starts, ends };
}

const asciiFolded = (character: string, code: number): string => {
  if (code >= 0x41 && code <= 0x5a) return String.fromCharCode(code + 32);
  return code <= 0x20 ? ' ' : character;
};

/** A part of the folded text as a span of the original. */
export const originalSpan = (folded: FoldedText, start: number, end: number): { start: number; end: number } => ({
  start: folded.starts[start] ?? 0,
  end: folded.ends[end - 1] ?? 0,
});
