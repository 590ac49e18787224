import { readOut } from '../../text/insertions.ts';
import { type Fact, isWritten, type WrittenLanguage, writtenLanguages } from '../fact.ts';
import type { Finding } from '../finding.ts';
import { ruleSources } from '../rule-sources.ts';
import { type Amount, moneyIn, numbersIn, percentagesIn } from './amounts.ts';
import { type ClaimClass, claimClasses } from './claim-words.ts';
import { datesIn, type SaidDate } from './dates.ts';

/**
 * Whether every number, price, percentage, date, superlative and claim word of a text is said by a fact, whoever wrote the text. It
 * knows nothing of templates: it reads the text as a stranger would.
 */

type Limit = 'most' | 'least' | 'more' | null;

/** One thing said that can be true or false. */
interface Said {
  readonly kind: 'price' | 'percentage' | 'number' | 'date' | 'superlative' | 'claim' | 'urgency';
  readonly start: number;
  readonly end: number;
  readonly values: readonly number[];
  /** Price: its currency. Number: what is counted, where the next word is known. */
  readonly unit: string | null;
  /** "up to", "from", "more than": without it more is said than with it, or the other way round. */
  readonly limit: Limit;
  /** Superlative, claim: the class, or the word itself where it is in none. */
  readonly word: string | null;
  /** The beginning of the word that a claim is about: "free returns" is not backed by "free delivery". */
  readonly about: string | null;
  readonly language: string;
}

export interface Evidence {
  readonly said: readonly Said[];
  /** Names and codes: what stands in them is said of nothing. */
  readonly names: readonly string[];
}

/** What the facts say, read once for all texts. */
export function evidenceOf(facts: readonly Fact[], alsoNames: readonly string[] = []): Evidence {
  const said = facts.flatMap((fact) => [...valueSaid(fact), ...(fact.value === null ? textSaid(fact) : [])]);
  const names = facts.flatMap(({ kind, text, value }) =>
    kind === 'product' ? [text] : value?.is === 'code' ? [value.code] : [],
  );
  return { said, names: [...names, ...alsoNames].toSorted((a, b) => b.length - a.length) };
}

const textSaid = ({ text, language }: Fact): Said[] =>
  (language !== null && isWritten(language) ? [language] : writtenLanguages).flatMap((one) => saidIn(text, one));

const plain = { start: 0, end: 0, unit: null, limit: null, word: null, about: null, language: '' } as const;

function valueSaid({ value }: Fact): Said[] {
  switch (value?.is) {
    case 'price':
      return [
        {
          ...plain,
          kind: 'price',
          values: [value.micros / 1_000_000],
          unit: value.currency,
          limit: value.lowest ? 'least' : null,
        },
      ];
    case 'discount':
      return [
        { ...plain, kind: 'percentage', values: [value.percent], limit: value.most ? 'most' : null },
        { ...plain, kind: 'claim', values: [], word: 'cheap' },
      ];
    case 'until': {
      const [year, month, day] = value.date.split('-').map(Number);
      return [{ ...plain, kind: 'date', values: [month ?? 0, day ?? 0, year ?? 0] }];
    }
    case 'rating':
      return [value.value, value.outOf, ...(value.reviews === null ? [] : [value.reviews])].map((one) => ({
        ...plain,
        kind: 'number',
        values: [one],
      }));
    case 'code':
      return [{ ...plain, kind: 'claim', values: [], word: 'cheap' }];
    default:
      return [];
  }
}

/** Everything a text says that no fact does. An empty list lets it leave the generator. */
export function untraced(field: string, text: string, language: string, evidence: Evidence): Finding[] {
  const shown = readOut(text);
  const masked = withoutNames(shown, evidence.names);
  return saidIn(masked, language)
    .filter((one) => !evidence.said.some((backing) => backs(backing, one)))
    .map((one) => ({
      ruleId: `trace/${one.kind}`,
      platform: null,
      country: null,
      field,
      // Dynamic insertion moves what follows it; the whole text is then what is meant.
      span: shown === text ? { start: one.start, end: one.end } : { start: 0, end: text.length },
      severity: 'block',
      message: `No fact of the brief or the landing page says "${shown.slice(one.start, one.end)}". Add the fact with its proof, or take it out.`,
      source: ruleSources[one.kind === 'superlative' || one.kind === 'claim' ? 'substantiation' : 'misleading'],
      fix: null,
    }));
}

/** Names are blanked, length for length: a number in a product's name is no claim, and offsets stay. */
function withoutNames(text: string, names: readonly string[]): string {
  let masked = text;
  for (const name of names) {
    const wanted = name.toLowerCase();
    const lower = masked.toLowerCase();
    if (wanted === '' || lower.length !== masked.length) continue;
    for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + wanted.length)) {
      masked = masked.slice(0, at) + '\u0001'.repeat(wanted.length) + masked.slice(at + wanted.length);
    }
  }
  return masked;
}

function saidIn(text: string, language: string): Said[] {
  // By character, so that a text of numbers alone costs no more than its length.
  const taken = new Uint8Array(text.length);
  const said: Said[] = [];
  const take = (one: Omit<Said, 'language'>) => {
    if (taken.subarray(one.start, one.end).includes(1)) return;
    taken.fill(1, one.start, one.end);
    said.push({ ...one, language });
  };
  const limitAt = (start: number) => limitBefore(text.slice(Math.max(0, start - 24), start), language);
  /** "4.8 from 2,310 reviews" counts them all: only prices start "from". */
  const countLimitAt = (start: number) => {
    const limit = limitAt(start);
    return limit === 'least' ? null : limit;
  };
  for (const date of datesIn(text)) take({ ...plain, ...dateSaid(date) });
  for (const one of moneyIn(text)) {
    take({ ...plain, kind: 'price', ...at(one), unit: one.currency, limit: limitAt(one.start) });
  }
  for (const one of percentagesIn(text, language)) {
    take({ ...plain, kind: 'percentage', ...at(one), limit: limitAt(one.start) });
  }
  // "No. 1" and "24/7" are claims before they are numbers.
  for (const one of claimsIn(text, language)) take(one);
  for (const one of numbersIn(text, language)) {
    take({ ...plain, kind: 'number', ...at(one), unit: unitAfter(text, one.end), limit: countLimitAt(one.start) });
  }
  for (const one of openSuperlatives(text, language)) take(one);
  return said;
}

const at = ({ start, end, values }: Amount) => ({ start, end, values });
const dateSaid = ({ start, end, month, day, year }: SaidDate) =>
  ({ kind: 'date', start, end, values: [month, day, ...(year === null ? [] : [year])] }) as const;

const limitWords: Readonly<Record<WrittenLanguage, Readonly<Record<Exclude<Limit, null>, RegExp>>>> = {
  en: {
    most: /(?:up to|as much as|max\.?|at most)(?: an?)?\s*$/i,
    least: /(?:from|starting at|starts at|as low as|at least|prices from)(?: just| only)?\s*$/i,
    more: /(?:over|more than|above)\s*$/i,
  },
  de: {
    most: /(?:bis zu|maximal|max\.?|höchstens)\s*$/i,
    least: /(?:\bab|schon ab|mindestens)(?: nur)?\s*$/i,
    more: /(?:über|mehr als)\s*$/i,
  },
  fr: {
    most: /(?:jusqu['’]à|maximum)\s*[-–]?\s*$/i,
    least: /(?:à partir de|dès|au moins)\s*$/i,
    more: /(?:plus de|plus d['’])\s*$/i,
  },
  es: {
    most: /(?:hasta)(?: un| el)?\s*$/i,
    least: /(?:desde|a partir de|al menos)(?: solo| sólo)?\s*$/i,
    more: /(?:más de)\s*$/i,
  },
};

function limitBefore(before: string, language: string): Limit {
  if (!isWritten(language)) return null;
  const words = limitWords[language];
  if (words.most.test(before)) return 'most';
  if (words.more.test(before)) return 'more';
  return words.least.test(before) ? 'least' : null;
}

/** What numbers count, as one word for all languages. */
const units: readonly (readonly [string, RegExp])[] = [
  ['day', /^[ \u00a0\u202f-]?(?:days?|tagen?|tage|jours?|días?)(?![\p{L}])/iu],
  ['hour', /^[ \u00a0\u202f-]?(?:hours?|h|hrs?|stunden?|std|heures?|horas?)(?![\p{L}])/iu],
  ['minute', /^[ \u00a0\u202f-]?(?:minutes?|min|minuten?|minutos?)(?![\p{L}])/iu],
  ['week', /^[ \u00a0\u202f-]?(?:weeks?|wochen?|semaines?|semanas?)(?![\p{L}])/iu],
  ['month', /^[ \u00a0\u202f-]?(?:months?|monaten?|monate|mois|meses|mes)(?![\p{L}])/iu],
  ['year', /^[ \u00a0\u202f-]?(?:years?|jahren?|jahre|ans?|années?|años?)(?![\p{L}])/iu],
  [
    'person',
    /^[ \u00a0\u202f-]?(?:customers?|clients?|people|users?|kunden|menschen|nutzer|personnes|utilisateurs|clientes|personas|usuarios|guests|members)(?![\p{L}])/iu,
  ],
  ['review', /^[ \u00a0\u202f-]?(?:reviews?|ratings?|bewertungen|avis|opiniones|reseñas|valoraciones)(?![\p{L}])/iu],
  ['star', /^[ \u00a0\u202f-]?(?:stars?|sternen?|sterne|étoiles?|estrellas?)(?![\p{L}])/iu],
  ['length', /^[ \u00a0\u202f-]?(?:km|m|cm|mm|miles)(?![\p{L}])/iu],
  ['weight', /^[ \u00a0\u202f-]?(?:kg|g|kilos?|grams?)(?![\p{L}])/iu],
];

const unitAfter = (text: string, end: number): string | null => {
  const after = text.slice(end, end + 24);
  return units.find(([, pattern]) => pattern.test(after))?.[0] ?? null;
};

const escaped = (word: string): string => word.replace(/[.*+?^${}()|\\]/g, '\\$&');
/** One pattern a class and language, made once. A word's end is open unless it says `$`. */
const compiled = claimClasses.map(({ name, what, words }) => ({
  name,
  what,
  patterns: Object.fromEntries(
    writtenLanguages.map((language) => [
      language,
      new RegExp(
        `(?<![\\p{L}\\p{N}])(?:${words[language]
          .map((word) =>
            word.endsWith('$') ? `${escaped(word.slice(0, -1))}(?![\\p{L}])` : `${escaped(word)}[\\p{L}-]{0,20}`,
          )
          .join('|')})`,
        'giu',
      ),
    ]),
  ) as Record<WrittenLanguage, RegExp>,
}));

function claimsIn(text: string, language: string): Said[] {
  if (!isWritten(language)) return [];
  return compiled.flatMap(({ name, what, patterns }) =>
    [...text.matchAll(patterns[language])].map((match) => ({
      ...plain,
      kind: what,
      start: match.index,
      end: match.index + match[0].length,
      values: [],
      word: name,
      about: isAbout[name] === true ? aboutOf(text, match.index, match.index + match[0].length, language) : null,
      language,
    })),
  );
}

/** Classes whose truth hangs on what they are said of. */
const isAbout: Partial<Record<ClaimClass['name'], true>> = { free: true };
/** French and Spanish say it after the noun. */
function aboutOf(text: string, start: number, end: number, language: WrittenLanguage): string | null {
  const beside =
    language === 'fr' || language === 'es'
      ? /([\p{L}]{4,})[^\p{L}]*$/u.exec(text.slice(0, start))
      : /^[^\p{L}.,;:!?]*([\p{L}]{4,})/u.exec(text.slice(end));
  return beside?.[1]?.toLowerCase().slice(0, 5) ?? null;
}

const open: Readonly<Record<WrittenLanguage, RegExp>> = {
  en: /(?<![\p{L}])(?:[\p{L}]{3,14}est(?![\p{L}])|most [\p{L}]{4,14})/giu,
  de: /(?<![\p{L}])am [\p{Ll}]{4,16}sten(?![\p{L}])|(?<=(?:[Dd]er|[Dd]ie|[Dd]as|[Dd]en|[Dd]em|[Uu]nser|[Uu]nsere|[Uu]nserer) )[\p{Ll}]{4,16}ste[nrs]?(?![\p{L}])/gu,
  fr: /(?<![\p{L}])(?:le|la|les) plus [\p{L}]{4,16}/giu,
  es: /(?<![\p{L}])(?:el|la|los|las)(?: [\p{L}]{3,16})? más [\p{L}]{4,16}/giu,
};
/** Words that end like superlatives and are none. */
const noSuperlatives =
  /^(?:rest|test|west|east|guest|quest|request|interest|invest|forest|harvest|honest|modest|contest|protest|arrest|digest|suggest|latest|conquest|behest|crest|chest|zest|erste[nrs]?|nächste[nrs]?|letzte[nrs]?|meiste[nrs]?|bewusste[nrs]?)$/i;

function openSuperlatives(text: string, language: string): Said[] {
  if (!isWritten(language)) return [];
  return [...text.matchAll(open[language])]
    .filter((match) => !noSuperlatives.test(match[0]))
    .map((match) => ({
      ...plain,
      kind: 'superlative' as const,
      start: match.index,
      end: match.index + match[0].length,
      values: [],
      word: match[0].toLowerCase(),
      language,
    }));
}

/** Whether what a fact says covers what a text says. */
function backs(fact: Said, said: Said): boolean {
  if (fact.kind !== said.kind) return false;
  switch (said.kind) {
    case 'date':
      return said.values.every(
        (value, index) => fact.values[index] === value || (index === 2 && fact.values[2] === undefined),
      );
    case 'price':
    case 'percentage':
    case 'number':
      return (
        shares(fact.values, said.values) &&
        (said.kind === 'number'
          ? fact.unit === null || said.unit === null || fact.unit === said.unit
          : fact.unit === said.unit) &&
        limitHolds(fact.limit, said.limit)
      );
    case 'superlative':
    case 'claim':
    case 'urgency':
      return (
        fact.word === said.word &&
        (fact.about === null || said.about === null || fact.language !== said.language || fact.about === said.about)
      );
  }
}

const shares = (a: readonly number[], b: readonly number[]): boolean => a.some((value) => b.includes(value));

/** "Up to 50 %" does not back "50 %"; "over 10,000" backs "10,000", and not the other way round. */
const limitHolds = (fact: Limit, said: Limit): boolean => {
  if (fact === said) return true;
  if (fact === 'more') return said === null || said === 'least';
  return fact === null && said === 'most';
};
