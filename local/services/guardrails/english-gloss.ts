import { GLOSSARY } from './glossary.ts';

/** Below this share of known words, or with fewer words that say something, a gloss tells too little of the sentence. */
const LEAST_SHARE = 0.6;
const LEAST_WORDS = 3;
/** Letters; a shorter stem would take in other words. */
const SHORTEST_STEM = 3;

/** A sentence in another language word by word in English; undefined where too few of its words are known. */
export function englishGloss(sentence: string): string | undefined {
  const words = sentence.toLowerCase().match(/\p{L}+/gu) ?? [];
  let best: readonly (string | undefined)[] = [];
  for (const glossary of Object.values(GLOSSARY)) {
    const gloss = words.map((word) => lookUp(glossary, word));
    if (known(gloss) > known(best)) best = gloss;
  }
  const english = best.filter((word) => word !== undefined && word !== '');
  return english.length < LEAST_WORDS || known(best) < LEAST_SHARE * words.length ? undefined : english.join(' ');
}

const known = (gloss: readonly (string | undefined)[]): number => gloss.filter((word) => word !== undefined).length;

function lookUp(glossary: ReadonlyMap<string, string>, word: string): string | undefined {
  const exact = glossary.get(word);
  if (exact !== undefined) return exact;
  for (let length = word.length; length >= SHORTEST_STEM; length--) {
    const stem = glossary.get(`${word.slice(0, length)}*`);
    if (stem !== undefined) return stem;
  }
  return undefined;
}
