/** What a page says of its product to machines (schema.org, as JSON-LD). */
export interface StructuredProduct {
  readonly name: string | null;
  readonly description: string | null;
  readonly price: { readonly amount: string; readonly currency: string; readonly lowest: boolean } | null;
  readonly rating: { readonly value: number; readonly outOf: number; readonly reviews: number | null } | null;
}

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const mostNodes = 500;

/** The first product of the data; everything in it is what somebody wrote, so nothing is taken that is not of its shape. */
export function structuredProduct(data: readonly unknown[]): StructuredProduct | null {
  const product = nodesOf(data).find((node) =>
    typesOf(node).some((type) => /^(Product|ProductGroup|Service|Course|Hotel|SoftwareApplication)$/.test(type)),
  );
  if (product === undefined) return null;
  return {
    name: textOf(product.name),
    description: textOf(product.description),
    price: priceOf(product.offers),
    rating: ratingOf(product.aggregateRating),
  };
}

/** Every object, those in lists and `@graph` too, in order and bounded. */
function nodesOf(data: readonly unknown[]): Node[] {
  const found: Node[] = [];
  const left: unknown[] = [...data];
  while (left.length > 0 && found.length < mostNodes) {
    const next = left.shift();
    if (Array.isArray(next)) left.unshift(...next.slice(0, mostNodes));
    else if (isNode(next)) {
      found.push(next);
      left.push(next['@graph'], next.mainEntity);
    }
  }
  return found;
}

const typesOf = ({ '@type': type }: Node): string[] =>
  (Array.isArray(type) ? type : [type]).flatMap((one) => (typeof one === 'string' ? [one] : []));

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.replace(/\s+/g, ' ').trim().slice(0, 1_000) : null;

const numberOf = (value: unknown): number | null => {
  const number =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && value.trim() !== ''
        ? Number(value.replace(',', '.'))
        : Number.NaN;
  return Number.isFinite(number) && number >= 0 ? number : null;
};

function priceOf(offers: unknown): StructuredProduct['price'] {
  const all = (Array.isArray(offers) ? offers.slice(0, mostNodes) : [offers]).filter(isNode);
  const priced = all.flatMap((offer) => {
    const amount = numberOf(offer.price ?? offer.lowPrice);
    const currency = textOf(offer.priceCurrency);
    return amount === null || amount === 0 || currency === null || !/^[A-Z]{3}$/.test(currency)
      ? []
      : [{ amount, currency, range: offer.price === undefined }];
  });
  const [first] = priced.toSorted((a, b) => a.amount - b.amount);
  if (first === undefined || priced.some(({ currency }) => currency !== first.currency)) return null;
  return {
    amount: first.amount.toFixed(2),
    currency: first.currency,
    lowest: first.range || priced.some(({ amount }) => amount !== first.amount),
  };
}

function ratingOf(given: unknown): StructuredProduct['rating'] {
  if (!isNode(given)) return null;
  const [value, outOf, reviews] = [
    numberOf(given.ratingValue),
    numberOf(given.bestRating) ?? 5,
    numberOf(given.reviewCount ?? given.ratingCount),
  ];
  if (value === null || value === 0 || outOf < 1 || outOf > 100 || value > outOf) return null;
  return { value, outOf, reviews: reviews !== null && Number.isInteger(reviews) && reviews > 0 ? reviews : null };
}
