import type { Brief } from '../../../contracts/schemas/briefs.ts';
import { insertionOf } from '../../text/insertions.ts';
import { containsBanned } from '../banned-words.ts';
import type { FactSheet } from '../facts.ts';
import { evidenceOf, untraced } from '../trace/trace.ts';
import type { Candidate } from './fill.ts';
import { type CopyFormat, type CopySlot, fits } from './slots.ts';
import type { CopyRequest } from './write-ads.ts';

/** The brief's search words in one language; none where it has none in it. */
export const searchWords = (
  { keywords, languages, texts }: Pick<Brief, 'keywords' | 'languages' | 'texts'>,
  language: string,
): readonly string[] => (languages[0] === language ? keywords : (texts[language]?.keywords ?? []));

/** One word is written as it stands; only of several does the platform choose the one that was searched for. */
const fewest = 2;

/**
 * A headline in which Google puts the search words: where all of the brief's own fit the slot, and none of them says what no fact
 * says, since any of them may be shown. Longer ones of the ad group give way to the default by Google's own rule.
 */
export function searchedHeadlines(request: CopyRequest, format: CopyFormat, slot: CopySlot): Candidate[] {
  const { brief, sheet, businessName, bannedWords } = request;
  if (!slot.insertion || !format.insertions.includes('keyword')) return [];
  const words = searchWords(brief, sheet.language);
  const [first] = words;
  if (first === undefined || words.length < fewest) return [];
  const evidence = evidenceOf(sheet.facts, businessName === null ? [] : [businessName]);
  const shown = words.every(
    (word) =>
      fits(format, slot, word) &&
      containsBanned(word, bannedWords) === null &&
      untraced('keyword', word, sheet.language, evidence).length === 0,
  );
  if (!shown) return [];
  const text = insertionOf('keyword', titled(first, sheet), sheet.language);
  return [{ text, factIds: [], angle: 'category', template: `${sheet.language}/headline/{keyword}` }];
}

/** As `KeyWord` and `Keyword` write it: each word large in English and German, the first and names in French and Spanish. */
function titled(words: string, { language, facts }: FactSheet): string {
  const every = language === 'en' || language === 'de';
  const names = new Set(facts.flatMap(({ text }) => text.match(/(?<=[\p{L},]\s)\p{Lu}\p{Ll}{2,}/gu) ?? []));
  return words.replace(/(^|[ -])(\p{Ll})(\p{L}*)/gu, (whole, before: string, first: string, rest: string) => {
    const large = first.toUpperCase() + rest;
    return every || before === '' || names.has(large) ? before + large : whole;
  });
}
