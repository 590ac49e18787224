import type { Part } from './delivery.ts';
import { hashText, mix, uniform } from './random.ts';
import type { Keyword } from './world.ts';

/** What people add to a keyword, told from its script and words. */
const additions = {
  ja: ['おすすめ', '人気', '安い', 'レビュー'],
  de: ['kaufen', 'test', 'günstig', 'sale', 'bewertung'],
  en: ['sale', 'reviews', 'near me', 'cheap', 'free shipping'],
} as const;

/** A phrase or broad keyword is found by many searches, most of them too rare to be shown to the advertiser. */
const breadth = {
  exact: { terms: 1, unnamedWeight: 0.06 },
  phrase: { terms: 3, unnamedWeight: 0.22 },
  broad: { terms: 5, unnamedWeight: 0.38 },
} as const;

export interface SearchTerms {
  readonly parts: readonly Part[];
  /** Of the searches too rare to show. */
  readonly unnamedWeight: number;
}

/** What is searched for when a keyword's ads are shown. */
export function searchTermsOf(keyword: Keyword, salt: number): SearchTerms {
  const { terms, unnamedWeight } = breadth[keyword.matchType];
  const added = [...additions[languageOf(keyword.name)]].sort(
    (left, right) => uniform(mix(salt, hashText(left))) - uniform(mix(salt, hashText(right))),
  );
  const texts = [keyword.name, ...added.slice(0, terms - 1).map((addition) => `${keyword.name} ${addition}`)];
  const weights = texts.map((text, index) => (0.6 + 0.8 * uniform(mix(salt, hashText(text)))) / (index + 1));
  const total = weights.reduce((left, right) => left + right, 0);
  return {
    parts: texts.map((text, index) => ({
      id: text,
      salt: mix(salt, hashText(`term|${text}`)),
      weight: ((weights[index] ?? 0) / total) * (1 - unnamedWeight),
    })),
    unnamedWeight,
  };
}

function languageOf(text: string): keyof typeof additions {
  if (/[\u3040-\u30ff\u4e00-\u9fff]/.test(text)) return 'ja';
  return /schuh|laufen|jacke|hose|ä|ö|ü|herren|damen/.test(text) ? 'de' : 'en';
}
