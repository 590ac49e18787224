import type { DecodedText } from './decode-spelling.ts';
import { type FoldedText, foldText } from './fold-text.ts';
import type { Phrases } from './policy-rule.ts';

/** A place where a phrase stands, in units of the folded text it was found in and in words of it. */
export interface PhraseMatch {
  readonly start: number;
  readonly end: number;
  readonly firstWord: number;
  readonly lastWord: number;
}

export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Letters that were set apart: words may begin anywhere in it. */
  readonly joined: boolean;
}

type WordTest =
  | { readonly kind: 'exact'; readonly word: string }
  | { readonly kind: 'inflected'; readonly stem: string }
  | { readonly kind: 'prefix'; readonly stem: string }
  | { readonly kind: 'gap' };

/** Endings that make no other word of it, in English, German, French and Spanish. */
const endings = [
  '',
  's',
  'es',
  'e',
  'n',
  'en',
  'er',
  'em',
  'ern',
  'd',
  'ed',
  'ing',
  'x',
  'a',
  'o',
  'as',
  'os',
] as const;
const endingSet: ReadonlySet<string> = new Set(endings);

interface IndexedPhrase {
  readonly lexicon: number;
  /** What has to follow the first word. */
  readonly rest: readonly WordTest[];
}

/** What may stand between words of one phrase; a full stop, a comma or a line break ends it. */
const within = /^[ '\-_/·&+]{0,4}$/;
const wordUnits = /[\p{L}\p{N}]{1,200}/gu;
/** A set-apart run longer than this is no word that anybody hides. */
const longestJoined = 60;
const leastHidden = 5;

/**
 * All phrases of all rules in one index: a text is walked once, whatever their number. Lexicons are the lists that were added, by
 * the number `add` gave.
 */
export class PhraseIndex {
  readonly #byWord = new Map<string, IndexedPhrase[]>();
  readonly #byPrefix = new Map<string, IndexedPhrase[]>();
  /** Single words by length and first letter, for words in which a letter is starred out. */
  readonly #bySize = new Map<string, { readonly word: string; readonly lexicon: number }[]>();
  readonly #known = new Map<Phrases, number>();
  #prefixLengths: readonly number[] = [];
  #lexicons = 0;

  /** The number of a list; the same list has one number however often it is added. */
  add(phrases: Phrases): number {
    const before = this.#known.get(phrases);
    if (before !== undefined) return before;
    const lexicon = this.#lexicons;
    this.#lexicons += 1;
    this.#known.set(phrases, lexicon);
    for (const phrase of phrases) this.#addPhrase(phrase, lexicon);
    this.#prefixLengths = [...new Set([...this.#byPrefix.keys()].map((prefix) => prefix.length))].sort((a, b) => a - b);
    return lexicon;
  }

  #addPhrase(phrase: string, lexicon: number): void {
    const [first, ...rest] = phraseWords(phrase);
    if (first === undefined || first.kind === 'gap') throw new Error(`“${phrase}” does not begin with a word`);
    const indexed = { lexicon, rest };
    if (first.kind === 'prefix') push(this.#byPrefix, first.stem, indexed);
    else {
      const forms = first.kind === 'exact' ? [first.word] : endings.map((ending) => first.stem + ending);
      for (const form of forms) push(this.#byWord, form, indexed);
      if (rest.length === 0) {
        for (const word of forms) push(this.#bySize, `${word.length}${word[0]}`, { word, lexicon });
      }
    }
  }

  /** Every match of every lexicon, in the order of the text. */
  find(folded: FoldedText | DecodedText): ReadonlyMap<number, readonly PhraseMatch[]> {
    const words = wordsOf(folded);
    const found = new Map<number, PhraseMatch[]>();
    const add = (lexicon: number, match: PhraseMatch) => push(found, lexicon, match);
    for (const [index, word] of words.entries()) {
      const candidates = this.#byWord.get(word.text);
      if (candidates !== undefined) this.#tryAll(candidates, folded.text, words, index, add);
      for (const length of this.#prefixLengths) {
        if (length > word.text.length) break;
        const some = this.#byPrefix.get(word.text.slice(0, length));
        if (some !== undefined) this.#tryAll(some, folded.text, words, index, add);
      }
      if (word.joined) this.#lookInside(word, index, add);
    }
    this.#lookBehindStars(folded.text, words, add);
    return found;
  }

  #tryAll(
    candidates: readonly IndexedPhrase[],
    text: string,
    words: readonly Word[],
    index: number,
    add: (lexicon: number, match: PhraseMatch) => void,
  ): void {
    const first = words[index];
    if (first === undefined) return;
    for (const { lexicon, rest } of candidates) {
      const last = lastWordOf(rest, 0, text, words, index);
      const end = last === undefined ? undefined : words[last]?.end;
      if (last !== undefined && end !== undefined) {
        add(lexicon, { start: first.start, end, firstWord: index, lastWord: last });
      }
    }
  }

  /** "b e s t c a s i n o" is one run: the words in it are looked for at every place. */
  #lookInside(word: Word, index: number, add: (lexicon: number, match: PhraseMatch) => void): void {
    const run = word.text.slice(0, longestJoined);
    for (let from = 0; from < run.length; from += 1) {
      for (let to = from + leastHidden; to <= run.length; to += 1) {
        if (from === 0 && to === word.text.length) continue;
        for (const { lexicon, rest } of this.#byWord.get(run.slice(from, to)) ?? []) {
          if (rest.length > 0) continue;
          add(lexicon, { start: word.start + from, end: word.start + to, firstWord: index, lastWord: index });
        }
      }
    }
  }

  #lookBehindStars(text: string, words: readonly Word[], add: (lexicon: number, match: PhraseMatch) => void): void {
    if (!/[*#•]/.test(text)) return;
    let at = 0;
    for (const { 0: shown, index: start } of text.matchAll(
      /(?<![a-z0-9])[a-z]{1,12}[*#•]{1,6}[a-z]{0,12}(?![a-z0-9])/g,
    )) {
      while ((words[at]?.start ?? start) < start) at += 1;
      for (const { word, lexicon } of this.#bySize.get(`${shown.length}${shown[0]}`) ?? []) {
        const fits = [...shown].every((unit, place) => unit === word[place] || '*#•'.includes(unit));
        if (fits) add(lexicon, { start, end: start + shown.length, firstWord: at, lastWord: at });
      }
    }
  }
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

export function wordsOf(folded: FoldedText | DecodedText): readonly Word[] {
  const joined = 'joined' in folded ? folded.joined : [];
  let run = 0;
  return [...folded.text.matchAll(wordUnits)].map(({ 0: text, index: start }) => {
    const end = start + text.length;
    while (joined[run] !== undefined && (joined[run]?.end ?? 0) <= start) run += 1;
    const in_ = joined[run];
    return { text, start, end, joined: in_ !== undefined && in_.start >= start && in_.end <= end };
  });
}

function phraseWords(phrase: string): readonly WordTest[] {
  return (foldText(phrase).text.match(/[\p{L}\p{N}]{1,60}[~*]?|_/gu) ?? []).map((part): WordTest => {
    if (part === '_') return { kind: 'gap' };
    if (part.endsWith('~')) return { kind: 'inflected', stem: part.slice(0, -1) };
    if (part.endsWith('*')) return { kind: 'prefix', stem: part.slice(0, -1) };
    return { kind: 'exact', word: part };
  });
}

const follows = (text: string, before: Word, after: Word): boolean => within.test(text.slice(before.end, after.start));

/** The last word of a phrase whose first stands at `at`, or undefined where it does not go on. */
function lastWordOf(
  rest: readonly WordTest[],
  from: number,
  text: string,
  words: readonly Word[],
  at: number,
): number | undefined {
  const test = rest[from];
  if (test === undefined) return at;
  if (test.kind === 'gap') {
    for (let skipped = 0; skipped <= 2; skipped += 1) {
      const before = words[at + skipped];
      const last = before === undefined ? undefined : lastWordOf(rest, from + 1, text, words, at + skipped);
      if (last !== undefined) return last;
      const next = words[at + skipped + 1];
      if (before === undefined || next === undefined || !follows(text, before, next)) return undefined;
    }
    return undefined;
  }
  const before = words[at];
  const next = words[at + 1];
  if (before === undefined || next === undefined || !follows(text, before, next) || !fits(test, next.text))
    return undefined;
  return lastWordOf(rest, from + 1, text, words, at + 1);
}

function fits(test: Exclude<WordTest, { kind: 'gap' }>, word: string): boolean {
  switch (test.kind) {
    case 'exact':
      return word === test.word;
    case 'inflected':
      return word.startsWith(test.stem) && endingSet.has(word.slice(test.stem.length));
    case 'prefix':
      return word.startsWith(test.stem);
  }
}
