/** What a platform fills in by itself when it shows an ad: the search, the place of who searches, the time that is left. */
export const insertions = ['keyword', 'city', 'region', 'country', 'countdown'] as const;
export type Insertion = (typeof insertions)[number];

const places = { city: 'City', region: 'State', country: 'Country' } as const;
const largeWords: ReadonlySet<string> = new Set(['en', 'de']);
/** How many days before its end a countdown begins to be shown. */
const countdownDays = 5;

/**
 * An insertion as Google Ads writes it. https://support.google.com/google-ads/answer/2454041 (keywords), /9773001 (places) and
 * /6193743 (countdowns). `value` is the default, or the last day of a countdown, `2026-12-24`.
 */
export function insertionOf(insertion: Insertion, value: string, language: string): string {
  switch (insertion) {
    case 'keyword':
      // `KeyWord` writes every word large, which suits titles in English and nouns in German; `Keyword` the first alone.
      return `{${largeWords.has(language) ? 'KeyWord' : 'Keyword'}:${value}}`;
    case 'countdown':
      return `{COUNTDOWN(${value} 23:59:59,${countdownDays})}`;
    default:
      return `{LOCATION(${places[insertion]}):${value}}`;
  }
}

const withDefault = /\{(?:keyword|LOCATION\((?:City|State|Country)\)):([^{}]*)\}/gi;
const countdown = /\{(?:GLOBAL_)?COUNTDOWN\((\d{4}-\d{2}-\d{2})[^(){}]{0,30}\)\}/g;
/** The longest that a countdown says in the four languages: minutes of two digits. */
const longestCountdown = '59 minutes';

/** A text as it is counted: each insertion by its default, a countdown by its longest. */
export const counted = (text: string): string =>
  text.replace(withDefault, '$1').replace(countdown, () => longestCountdown);

/** A text as a reader checks it: a countdown says the day it ends on. */
export const readOut = (text: string): string => text.replace(withDefault, '$1').replace(countdown, '$1');
