import type { Brief } from '../../../contracts/schemas/briefs.ts';
import type { keywordMatches } from '../../../contracts/schemas/changes.ts';
import { isWritten } from '../fact.ts';
import type { FactSheet } from '../facts.ts';
import { waysByCategory } from './calls.ts';
import { languagePacks } from './languages.ts';
import { searchWords } from './searched-words.ts';

export interface Keyword {
  readonly text: string;
  readonly match: (typeof keywordMatches)[number];
}

export interface KeywordSet {
  readonly keywords: readonly Keyword[];
  readonly negatives: readonly Keyword[];
}

/** Google Ads' own bounds: https://support.google.com/google-ads/answer/2453980 */
const longest = 80;
const mostWords = 10;
/** Of one ad group: more of them share too little with its ads. */
const mostKeywords = 60;

/**
 * What people type who look for this: the brief's own words and the category's, by themselves (exact), with what buyers add
 * (phrase) and as a theme (broad). Negatives are words of people who do not buy, without those the facts or keywords speak of.
 */
export function keywordSet(
  brief: Pick<Brief, 'product' | 'keywords' | 'texts' | 'languages'>,
  sheet: FactSheet,
): KeywordSet {
  const { language } = sheet;
  if (!isWritten(language)) return { keywords: [], negatives: [] };
  const pack = languagePacks[language];
  const { category, name } = brief.product;
  const own = searchWords(brief, language);
  const noun = category === 'other' ? [] : [pack.nouns[category].text];
  const seeds = distinct([...own, ...noun].map(plain));
  const modifiers = waysByCategory[category].kind === 'place' ? pack.search.places : pack.search.goods;
  const keywords: Keyword[] = [
    { text: plain(name), match: 'exact' },
    ...seeds.map((text) => ({ text, match: 'exact' as const })),
    ...seeds.flatMap((seed) =>
      distinct(modifiers.map((modifier) => modifier.replace('%', seed)).filter((text) => !repeats(text))).map(
        (text) => ({
          text,
          match: 'phrase' as const,
        }),
      ),
    ),
    ...seeds.map((text) => ({ text, match: 'broad' as const })),
  ];
  const spoken = [...sheet.facts.map(({ text }) => text), ...seeds, name].join(' ').toLowerCase();
  return {
    keywords: keywords.filter(({ text }) => stands(text)).slice(0, mostKeywords),
    negatives: pack.search.negatives
      .filter((word) => !spoken.includes(word.split(' ')[0] ?? word))
      .map((text) => ({ text, match: 'phrase' })),
  };
}

/** As searches are compared: small, without the signs that Google refuses in keywords. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[,!@%^*()={};~`<>?\\|"]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
const distinct = (texts: readonly string[]): string[] => [...new Set(texts)];
const stands = (text: string): boolean =>
  text !== '' && [...text].length <= longest && text.split(' ').length <= mostWords;
/** "boutique boutique", "online courses online": what the keyword says already. */
const repeats = (text: string): boolean => {
  const words = text.split(' ');
  return new Set(words).size < words.length;
};
