/** A day as a text says it; the year where it says one. Offsets are UTF-16. */
export interface SaidDate {
  readonly start: number;
  readonly end: number;
  readonly month: number;
  readonly day: number;
  readonly year: number | null;
}

const months: readonly (readonly string[])[] = [
  ['january', 'jan', 'januar', 'jänner', 'janvier', 'enero'],
  ['february', 'feb', 'februar', 'février', 'febrero'],
  ['march', 'mar', 'märz', 'mars', 'marzo'],
  ['april', 'apr', 'avril', 'abril'],
  ['may', 'mai', 'mayo'],
  ['june', 'jun', 'juni', 'juin', 'junio'],
  ['july', 'jul', 'juli', 'juillet', 'julio'],
  ['august', 'aug', 'août', 'agosto'],
  ['september', 'sept', 'sep', 'septembre', 'septiembre'],
  ['october', 'oct', 'oktober', 'okt', 'octobre', 'octubre'],
  ['november', 'nov', 'novembre', 'noviembre'],
  ['december', 'dec', 'dezember', 'dez', 'décembre', 'diciembre'],
];
const monthOf = new Map(months.flatMap((names, index) => names.map((name) => [name, index + 1] as const)));
const names = [...monthOf.keys()].toSorted((a, b) => b.length - a.length).join('|');

const dayFirst = new RegExp(
  `(?<![\\d.,])(\\d{1,2})(?:er|\\.|st|nd|rd|th)?[ \\u00a0](?:de |of )?(${names})(?![\\p{L}])\\.?(?:,?[ \\u00a0](?:de )?(\\d{4}))?`,
  'giu',
);
const monthFirst = new RegExp(
  `(?<![\\p{L}])(${names})[ \\u00a0](\\d{1,2})(?:st|nd|rd|th)?(?![\\d.,]*\\d|[ \\u00a0]?[%€$£])(?:,?[ \\u00a0](\\d{4}))?`,
  'giu',
);
const iso = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/g;
/** Day before month, as all four languages write it in Europe. */
const numeric = /(?<![\d.,/])(\d{1,2})([./])(\d{1,2})\2(?:(\d{4})|(\d{2}))?(?!\d)/g;

export function datesIn(text: string): SaidDate[] {
  const found: SaidDate[] = [];
  const taken = new Uint8Array(text.length);
  const add = (match: RegExpExecArray, day: number, month: number, year: number | null) => {
    if (day < 1 || day > 31 || month < 1 || month > 12) return;
    const end = match.index + match[0].trimEnd().length;
    if (taken.subarray(match.index, end).includes(1)) return;
    taken.fill(1, match.index, end);
    found.push({ start: match.index, end, day, month, year });
  };
  for (const match of text.matchAll(iso)) add(match, Number(match[3]), Number(match[2]), Number(match[1]));
  for (const match of text.matchAll(dayFirst)) {
    add(match, Number(match[1]), monthOf.get((match[2] ?? '').toLowerCase()) ?? 0, yearOf(match[3]));
  }
  for (const match of text.matchAll(monthFirst)) {
    add(match, Number(match[2]), monthOf.get((match[1] ?? '').toLowerCase()) ?? 0, yearOf(match[3]));
  }
  for (const match of text.matchAll(numeric)) {
    add(match, Number(match[1]), Number(match[3]), match[5] === undefined ? yearOf(match[4]) : 2000 + Number(match[5]));
  }
  return found;
}

const yearOf = (text: string | undefined): number | null => (text === undefined ? null : Number(text));
