/** 0: nothing in common, 1: the same. An embedding model's cosine may stand in for it. */
export type Similarity = (a: string, b: string) => number;

const trigrams = (text: string): Set<string> => {
  const plain = `  ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
  const grams = new Set<string>();
  for (let at = 0; at + 3 <= plain.length; at += 1) grams.add(plain.slice(at, at + 3));
  return grams;
};

/** Jaccard index of the character trigrams of two texts, letters and digits alone, each text cut up once. */
export function trigramSimilarity(): Similarity {
  const held = new Map<string, Set<string>>();
  const of = (text: string) => {
    const known = held.get(text);
    if (known !== undefined) return known;
    const grams = trigrams(text);
    held.set(text, grams);
    return grams;
  };
  return (a, b) => {
    const [one, other] = [of(a), of(b)];
    let shared = 0;
    for (const gram of one) if (other.has(gram)) shared += 1;
    const all = one.size + other.size - shared;
    return all === 0 ? 1 : shared / all;
  };
}

/** Mean distance of all pairs, 0 to 1; null below two texts. */
export function distinctness(texts: readonly string[], similarity: Similarity = trigramSimilarity()): number | null {
  let sum = 0;
  let pairs = 0;
  for (const [index, a] of texts.entries()) {
    for (const b of texts.slice(index + 1)) {
      sum += 1 - similarity(a, b);
      pairs += 1;
    }
  }
  return pairs === 0 ? null : sum / pairs;
}
