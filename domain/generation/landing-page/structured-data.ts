/** One value of a page's schema.org data (https://schema.org/Product). */
export interface DataValue {
  readonly property: string;
  readonly text: string;
}

/** Bounds of what somebody else wrote. */
const mostScripts = 20;
const longestScript = 200_000;
const mostNodes = 2_000;
const mostValues = 40;
const longestValue = 300;

/** Names, offers and ratings of products. What is no JSON, or something else, says nothing. */
export function structuredData(scripts: readonly string[]): DataValue[] {
  const values: DataValue[] = [];
  let nodes = 0;
  const say = (property: string, given: unknown): void => {
    const text = plain(given);
    if (text !== null && values.length < mostValues) values.push({ property, text });
  };
  const pending: unknown[] = [];
  for (const script of scripts.slice(0, mostScripts)) {
    if (script.length <= longestScript) pending.push(parsed(script));
  }
  while (pending.length > 0 && nodes < mostNodes) {
    nodes += 1;
    const node = pending.shift();
    if (Array.isArray(node)) pending.push(...node.slice(0, mostNodes));
    if (!isRecord(node)) continue;
    if (isRecord(node['@graph']) || Array.isArray(node['@graph'])) pending.push(node['@graph']);
    if (!isType(node, 'Product')) continue;
    say('product.name', node['name']);
    say('product.description', node['description']);
    for (const offer of many(node['offers']).slice(0, 5)) {
      const lowest = isType(offer, 'AggregateOffer');
      const price = plain(lowest ? offer['lowPrice'] : offer['price']);
      const currency = plain(offer['priceCurrency']);
      if (price !== null && currency !== null && /^\d{1,9}(\.\d{1,4})?$/.test(price) && /^[A-Z]{3}$/.test(currency)) {
        say(lowest ? 'offer.lowPrice' : 'offer.price', `${price} ${currency}`);
      }
    }
    for (const rating of many(node['aggregateRating']).slice(0, 1)) {
      const value = Number(plain(rating['ratingValue']) ?? Number.NaN);
      const outOf = Number(plain(rating['bestRating']) ?? 5);
      const count = Number(plain(rating['reviewCount']) ?? plain(rating['ratingCount']) ?? 0);
      if (value > 0 && value <= outOf && outOf <= 100) {
        say('rating', `${value}/${outOf}${Number.isInteger(count) && count > 0 ? ` (${count})` : ''}`);
      }
    }
  }
  return values;
}

function parsed(script: string): unknown {
  try {
    return JSON.parse(script);
  } catch {
    return null;
  }
}

type Node = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const many = (value: unknown): Node[] => (Array.isArray(value) ? value : [value]).filter(isRecord);
const isType = (node: Node, type: string): boolean => [node['@type']].flat().includes(type);

function plain(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '';
  const line = text.slice(0, 5_000).replace(/\s+/g, ' ').trim();
  return line === '' || line.length > longestValue ? null : line;
}
