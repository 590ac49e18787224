import type { QuotedFact } from '../../../contracts/schemas/kept-briefs.ts';
import type { PageBlock, PageDocument } from './page-document.ts';
import { type StructuredProduct, structuredProduct } from './structured-product.ts';
import { isSuspicious } from './suspicious.ts';

/** What a page says of its product, each fact a quotation of `text`. */
export interface PageFacts {
  /** The visible text, and below it what the page says to machines, a line each. */
  readonly text: string;
  readonly language: string | null;
  readonly facts: readonly QuotedFact[];
  readonly product: StructuredProduct | null;
}

/** Facts that are kept: more than a brief has room for, fewer than anybody reads in vain. */
const most = 40;
const mostItems = 14;
/** A statement that can stand in an ad; shorter ones are labels, longer ones paragraphs. */
const [shortest, longest] = [8, 160];

const discount =
  /(?:up to |bis zu |jusqu['’]à |hasta (?:un )?)?(?:-\s?)?\b\d{1,2}\s?%(?:\s?(?:off|discount|rabatt|reduziert|de réduction|de remise|de descuento|dto))?/i;
const offerWords =
  /\b(off|sale|discount|rabatt|reduziert|gratis|kostenlos|free|gratuit|offert|réduction|remise|promo|descuento|oferta|gratis)\b/i;
const deadline =
  /\b(until|till|ends|only today|bis(?: zum)?|nur heute|jusqu['’]au|jusqu['’]à|se termine|hasta el|termina)\b.{0,30}\d/i;
const priceText = /(?:[€$£]\s?\d[\d.,\u00a0 ]*\d|\d[\d.,\u00a0 ]*\d?\s?(?:€|EUR|USD|GBP|CHF|\$|£))/;
const praise =
  /(\b\d(?:[.,]\d)?\s?(?:\/|out of|von|sur|de)\s?(?:5|10)\b|★|\b\d[\d.,]*\+?\s?(?:reviews|ratings|customers|Bewertungen|Kunden|avis|clients|opiniones|reseñas|clientes)\b|\b(?:award|winner|certified|testsieger|ausgezeichnet|zertifiziert|prix|certifié|premio|certificado)\b)/i;

/**
 * Facts of a page by what pages have in common: headings, lists, prices, discounts, ratings, and what they tell machines. A guess
 * at what may be said, for a person to confirm; text of the page is quoted and never followed.
 */
export function factsOfPage(page: PageDocument): PageFacts {
  const product = structuredProduct(page.data);
  const told = toldLines(product);
  const text = page.text + told.map(({ line }) => `${line}\n`).join('');
  const facts: Omit<QuotedFact, 'id'>[] = [];
  const seen = new Set<string>();
  const add = (kind: QuotedFact['kind'], start: number, end: number): void => {
    const said = text.slice(start, end);
    const key = `${kind} ${said.toLowerCase()}`;
    if (said.trim() === '' || seen.has(key) || facts.length >= most) return;
    seen.add(key);
    facts.push({ kind, text: said, language: page.language, start, end, suspicious: isSuspicious(said) });
  };
  let at = page.text.length;
  for (const { line, kind } of told) {
    add(kind, at, at + line.length);
    at += line.length + 1;
  }
  const own = page.blocks.filter((block) => !block.aside);
  const lengthOf = ({ start, end }: PageBlock): number => end - start;
  const title = own.find(({ kind }) => kind === 'title');
  if (title !== undefined && lengthOf(title) <= longest) add('product', title.start, title.end);
  for (const block of own) {
    const said = text.slice(block.start, block.end);
    if (lengthOf(block) > 400) continue;
    const reduced = discount.exec(said);
    if (reduced !== null && offerWords.test(said) && lengthOf(block) <= longest) add('offer', block.start, block.end);
    const price = priceText.exec(said);
    if (price !== null) add('price', block.start + price.index, block.start + price.index + price[0].length);
    if (deadline.test(said) && lengthOf(block) <= longest) add('urgency', block.start, block.end);
    if (praise.test(said) && lengthOf(block) <= longest) add('proof', block.start, block.end);
  }
  const statements = own.filter(
    (block) =>
      (block.kind === 'item' || block.kind === 'heading') &&
      lengthOf(block) >= shortest &&
      lengthOf(block) <= longest &&
      isStatement(text.slice(block.start, block.end)),
  );
  for (const { kind, start, end } of statements.slice(0, mostItems))
    add(kind === 'item' ? 'feature' : 'benefit', start, end);
  return {
    text,
    language: page.language,
    product,
    facts: facts.map((fact, index) => ({ id: `page:${index}`, ...fact })),
  };
}

/** Says something of its own: no menu entry, no price, no question. */
const isStatement = (said: string): boolean =>
  said.split(' ').length >= 2 &&
  !said.endsWith('?') &&
  !priceText.test(said) &&
  !discount.test(said) &&
  !/https?:|@|©|cookie/i.test(said);

interface ToldLine {
  readonly kind: QuotedFact['kind'];
  readonly line: string;
}

/** What is said to machines, as lines that can be quoted. */
function toldLines(product: StructuredProduct | null): ToldLine[] {
  if (product === null) return [];
  const { name, price, rating } = product;
  return [
    ...(name === null ? [] : [{ kind: 'product' as const, line: name.slice(0, longest) }]),
    ...(price === null
      ? []
      : [{ kind: 'price' as const, line: `${price.lowest ? 'from ' : ''}${price.amount} ${price.currency}` }]),
    ...(rating === null
      ? []
      : [
          {
            kind: 'proof' as const,
            line: `${rating.value}/${rating.outOf}${rating.reviews === null ? '' : ` (${rating.reviews})`}`,
          },
        ]),
  ];
}
