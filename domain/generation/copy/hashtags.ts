import type { Brief } from '../../../contracts/schemas/briefs.ts';
import { isWritten } from '../fact.ts';
import type { FactSheet } from '../facts.ts';
import { evidenceOf, untraced } from '../trace/trace.ts';
import { languagePacks } from './languages.ts';
import { searchWords } from './searched-words.ts';

/** `#RunningShoes`: letters and digits alone, so that no platform ends the tag early. Null where nothing is left. */
export function hashtag(text: string): string | null {
  const words = text.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? [];
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  // Platforms take a tag of digits for a number.
  return joined.length < 2 || joined.length > 30 || /^\p{N}+$/u.test(joined) ? null : `#${joined}`;
}

/** Name, category and search words, each once. A search word that claims something is no tag: "gimnasio barato" promises a price. */
export function hashtagsOf(
  brief: Pick<Brief, 'product' | 'keywords' | 'languages' | 'texts'>,
  { language, facts }: FactSheet,
  most: number,
): string[] {
  const { category, name } = brief.product;
  const noun = category === 'other' || !isWritten(language) ? [] : [languagePacks[language].nouns[category].text];
  const evidence = evidenceOf(facts);
  const words = searchWords(brief, language).filter(
    (word) => untraced('hashtag', word, language, evidence).length === 0,
  );
  const tags = [name, ...noun, ...words].flatMap((text) => hashtag(text) ?? []);
  return [...new Map(tags.map((tag) => [tag.toLowerCase(), tag])).values()].slice(0, most);
}
