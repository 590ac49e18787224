/** What a reader of letters found, and what two readings of a picture come to. */
export interface ReadWord {
  readonly text: string;
  /** Percent. */
  readonly confidence: number;
  /** Pixels from the upper left corner. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface ReadLine extends ReadWord {
  readonly words: readonly ReadWord[];
}

/** Percent. Below this a word is rather an edge or a pattern. */
const SURE = 50;

/** Words of the second reading come in where the first has no sure word. */
export function mergeLines(first: readonly ReadLine[], second: readonly ReadLine[]): readonly ReadLine[] {
  const sure = first.flatMap(({ words }) => words).filter(isSure);
  const added = second
    .map((line) => ({
      ...line,
      words: line.words.filter((word) => isSure(word) && !sure.some((one) => meet(one, word))),
    }))
    .filter(({ words }) => words.length > 0);
  const unsure = (word: ReadWord): boolean =>
    !isSure(word) && added.some(({ words }) => words.some((one) => meet(one, word)));
  return [...first.map((line) => ({ ...line, words: line.words.filter((word) => !unsure(word)) })), ...added].sort(
    (one, other) => one.top - other.top,
  );
}

const isSure = ({ text, confidence }: ReadWord): boolean => confidence >= SURE && /[\p{L}\p{N}]/u.test(text);

const meet = (one: ReadWord, other: ReadWord): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
