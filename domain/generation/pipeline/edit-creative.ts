import type { CreativeRecord } from '../../../contracts/schemas/creatives.ts';
import { containsBanned } from '../banned-words.ts';
import { type CheckContext, withText } from './check-creative.ts';
import { factsSaid } from './creative-of-ad.ts';

/** Words of a fact that is said: all its words stand in the text, in order. Names and numbers are found so, paraphrases are not. */
const says = (text: string, fact: string): boolean => containsBanned(text, [fact]) !== null;

/** A person's words in place of a text: it carries the facts whose words it has, and no others. */
export function withEditedText(
  creative: CreativeRecord,
  field: string,
  text: string,
  context: CheckContext,
): CreativeRecord {
  const changed = withText(creative, field, text, context.format);
  const factIds = context.facts.filter((fact) => says(text, fact.text)).map(({ id }) => id);
  const texts = changed.texts.map((one) => (one.field === field ? { ...one, factIds } : one));
  return { ...changed, texts, facts: factsSaid(texts, context.facts) };
}
