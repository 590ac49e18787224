import type { Bidding, Money } from '../../../../sdks/javascript/src/generated/api.ts';
import { isDay } from '../../format/calendar.ts';
import { money, times } from '../../format/numbers.ts';
import { campaignTypeName } from '../../format/platforms.ts';
import { longDay } from '../../format/times.ts';

type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isMoney = (value: unknown): value is Money =>
  isFields(value) && typeof value.micros === 'number' && typeof value.currency === 'string';

const isBidding = (value: unknown): value is Bidding => isFields(value) && typeof value.strategy === 'string';

/** `maximize-clicks` → `Maximize clicks`; abbreviations of the trade stay capitals. */
export const wordsOf = (id: string): string =>
  id
    .replaceAll('-', ' ')
    .replace(/^./, (letter) => letter.toUpperCase())
    .replace(/\b(cpc|cpa|roas|eu)\b/gi, (one) => one.toUpperCase());

/** `landingPageUrl` → `Landing page URL` */
export const labelOf = (field: string): string =>
  wordsOf(field.replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before}-${after.toLowerCase()}`))
    .replace(/\burl\b/i, 'URL')
    .replace(/\butm\b/i, 'UTM');

function biddingText({ strategy, amount, targetRoas }: Bidding, locale?: string): string {
  return [
    wordsOf(strategy),
    ...(amount === undefined ? [] : [money(amount.micros, amount.currency, locale)]),
    ...(targetRoas === undefined ? [] : [times(targetRoas, locale)]),
  ].join(', ');
}

const displayNames = (type: 'region' | 'language') => {
  const known = new Map<string, Intl.DisplayNames>();
  return (code: string, locale?: string): string => {
    const key = locale ?? '';
    const names = known.get(key) ?? new Intl.DisplayNames(locale, { type, fallback: 'code' });
    known.set(key, names);
    try {
      return names.of(code) ?? code;
    } catch {
      // A platform may know codes that are none of the standard's.
      return code;
    }
  };
};
const [country, language] = [displayNames('region'), displayNames('language')];

/** As people who run search campaigns write them: [exact], "phrase", broad. */
const keyword = (value: unknown): string => {
  const { text, match } = (isFields(value) ? value : {}) as { text?: unknown; match?: unknown };
  const written = String(text ?? '');
  return match === 'exact' ? `[${written}]` : match === 'phrase' ? `“${written}”` : written;
};

const itemTexts: Readonly<Record<string, (value: unknown, locale?: string) => string>> = {
  countries: (value, locale) => country(String(value), locale),
  languages: (value, locale) => language(String(value), locale),
  ages: (value) => String(value).replace('-up', ' and over').replace('-', '–'),
  genders: (value) => wordsOf(String(value)),
  keywords: keyword,
  negativeKeywords: keyword,
};

/** One item of the list in a field, `DE` of `countries`. */
export const itemText = (side: string, value: unknown, locale?: string): string =>
  itemTexts[side]?.(value, locale) ?? valueText(side, value, locale);

/** Fields whose value is one of the words of the contract. */
const words: ReadonlySet<string> = new Set([
  'status',
  'objective',
  'politicalAdvertising',
  'format',
  'callToAction',
  'kind',
]);

/** A value of a field as a person reads it; money in its own currency. */
export function valueText(field: string, value: unknown, locale?: string): string {
  if (value === null || value === undefined) return '–';
  if (isMoney(value)) return money(value.micros, value.currency, locale);
  if (isBidding(value)) return biddingText(value, locale);
  if (Array.isArray(value)) return value.map((one) => itemText(field, one, locale)).join(', ') || 'None';
  if (typeof value === 'string') {
    if (field === 'type') return campaignTypeName(value);
    if (words.has(field)) return wordsOf(value);
    return isDay(value) ? longDay(value, locale) : value;
  }
  if (isFields(value)) {
    if (typeof value.platformId === 'string') return value.platformId;
    // A name within the change: what an earlier operation makes.
    if (typeof value.ref === 'string') return `“${value.ref}” of this change`;
    return JSON.stringify(value);
  }
  return String(value);
}
