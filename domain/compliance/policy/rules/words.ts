import type { Phrases } from '../policy-rule.ts';

/** A list of phrases as one writes them, with commas between. */
export const words = (list: string): Phrases => list.split(',').map((phrase) => phrase.trim());
