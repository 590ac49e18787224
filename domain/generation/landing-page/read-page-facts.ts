import type { Fact, FactKind, FactValue } from '../fact.ts';
import { moneyIn, percentagesIn } from '../trace/amounts.ts';
import { readsLikeInstruction } from './instruction-like.ts';
import type { PageDocument, PageLine } from './page-document.ts';

/** `suspicious`: shown to people with its place, never said and never given to a writer. */
export interface PageFact extends Fact {
  readonly source: { readonly from: 'landing-page'; readonly start: number; readonly end: number };
  readonly suspicious: boolean;
}

const mostFacts = 60;
const mostOfKind = 12;
/** Characters of a statement, as a brief takes it. */
const shortest = 4;
const longest = 300;
/** A line of a list or a heading that is longer is prose. */
const longestPoint = 120;

/** What a page says, each with where it says it: `document.text.slice(start, end)` is the fact's text. */
export function readPageFacts(document: PageDocument): PageFact[] {
  const found = new Map<string, PageFact>();
  const counts = new Map<FactKind, number>();
  const add = (kind: FactKind, start: number, end: number, value: FactValue | null, neutral: boolean): void => {
    const text = document.text.slice(start, end);
    const same = `${kind} ${text.toLowerCase()}`;
    const count = counts.get(kind) ?? 0;
    if (found.has(same) || found.size >= mostFacts || count >= mostOfKind) return;
    counts.set(kind, count + 1);
    found.set(same, {
      id: `page:${start}-${end}`,
      kind,
      text,
      language: neutral ? null : document.language,
      source: { from: 'landing-page', start, end },
      value,
      suspicious: readsLikeInstruction(text),
    });
  };
  // Data first: where a page says the same to machines, it says it without other people's prices around it.
  const { lines } = document;
  for (const line of [...lines.filter(isData), ...lines.filter((one) => !isData(one) && !one.aside)]) {
    readLine(document, line, add);
  }
  return [...found.values()];
}

const isData = ({ element }: PageLine): boolean => element === 'data';

type Add = (kind: FactKind, start: number, end: number, value: FactValue | null, neutral: boolean) => void;

function readLine({ text: all, language }: PageDocument, line: PageLine, add: Add): void {
  const { start, end, element, property } = line;
  const text = all.slice(start, end);
  if (readsLikeInstruction(text)) {
    add('claim', start, Math.min(end, start + longest), null, false);
    return;
  }
  if (property === 'product.name' || element === 'heading')
    add('product', start, Math.min(end, start + 80), null, true);
  if (property === 'product.name' || property === 'product.description') return;
  const rating = ratingIn(text);
  if (rating !== null) add('proof', start + rating.start, start + rating.end, rating.value, true);
  if (property === 'rating') return;
  // Ratings say percents and counts as well; a line says one thing.
  const offered = rating === null && text.length <= longest ? offerIn(text, language ?? 'en') : null;
  if (offered !== null) add('offer', start, end, offered, false);
  for (const amount of moneyIn(text).slice(0, 3)) {
    const before = text.slice(Math.max(0, amount.start - 20), amount.start);
    const lowest = property === 'offer.lowPrice' || lowestBefore.test(before);
    add(
      'price',
      start + amount.start,
      start + amount.end,
      { is: 'price', micros: amount.micros, currency: amount.currency, lowest, unit: 'once', whole: property !== null },
      true,
    );
  }
  if (property !== null || offered !== null || rating !== null || moneyIn(text).length > 0) return;
  if (text.length < shortest || text.length > longestPoint) return;
  if (element === 'list-item') add('benefit', start, end, null, false);
  if (element === 'subheading') add('feature', start, end, null, false);
}

const lowestBefore = /(?:\bfrom|\bab|à partir de|dès|desde|a partir de)\s*$/iu;

/** "4.8 out of 5", "4,8 von 5", "4,8 sur 5", "4,8 de 5", "4.8/5", with a number of reviews behind it. */
const ratingPattern =
  /(?<![\d.,])(\d(?:[.,]\d{1,2})?)\s?(?:\/|out of|von|sur|de)\s?(5|10)(?![\d.,]*\d|\s?%)(?:\s{0,2}[(·|–-]?\s?(?:from|aus|bei|basé sur|de|sur|con)?\s?(\d{1,3}(?:[., \u00a0\u202f]\d{3})+|\d{1,9})(?:\)|\s(?:reviews|ratings|Bewertungen|avis|opiniones|reseñas|valoraciones)))?/iu;

function ratingIn(text: string): { start: number; end: number; value: FactValue } | null {
  const match = ratingPattern.exec(text);
  const value = Number((match?.[1] ?? '').replace(',', '.'));
  const outOf = Number(match?.[2] ?? 0);
  if (match === null || value === 0 || value > outOf) return null;
  const reviews = match[3] === undefined ? null : Number(match[3].replace(/\D/g, ''));
  return {
    start: match.index,
    end: match.index + match[0].length,
    value: { is: 'rating', value, outOf, reviews: reviews === 0 ? null : reviews },
  };
}

const reduced =
  /\b(?:off|discount|save|sale|rabatt|reduziert|sparen|spare|nachlass|günstiger|réduction|remise|promo|soldes|économisez|descuento|rebajas?|ahorra|dto)\b|-\s?\d{1,2}\s?%/iu;
const mostBefore = /(?:up to|bis zu|jusqu['’]à|hasta(?: un)?)\s*-?\s*$/iu;

function offerIn(text: string, language: string): FactValue | null {
  if (!reduced.test(text)) return null;
  const [percentage] = percentagesIn(text, language);
  const [percent = 0] = percentage?.values ?? [];
  if (percentage === undefined || !Number.isInteger(percent) || percent < 1 || percent > 99) return null;
  return { is: 'discount', percent, most: mostBefore.test(text.slice(0, percentage.start)), whole: false };
}
