import { containsBanned } from '../banned-words.ts';
import type { Fact } from '../fact.ts';
import type { Finding } from '../finding.ts';
import { type Evidence, untraced } from '../trace/trace.ts';
import { type CopyFormat, fits, lengthIn } from './slots.ts';

/** A text that somebody else wrote: a model, a person. */
export interface ProposedText {
  readonly slot: string;
  readonly text: string;
  readonly factIds: readonly string[];
}

export interface Admission {
  readonly admitted: readonly ProposedText[];
  /** What does not leave the generator, with the reason. */
  readonly refused: readonly { readonly proposed: ProposedText; readonly reason: string }[];
}

/** What texts are held against. */
export interface Door {
  readonly format: CopyFormat;
  readonly language: string;
  readonly evidence: Evidence;
  readonly facts: readonly Fact[];
  readonly banned: readonly string[];
}

/** The one door out of the generator: limits, banned words and facts, whoever wrote the text. */
export function admit(proposed: readonly ProposedText[], context: Door): Admission {
  const known = new Set(context.facts.map(({ id }) => id));
  const seen = new Set<string>();
  const admitted: ProposedText[] = [];
  const refused: { proposed: ProposedText; reason: string }[] = [];
  for (const one of proposed) {
    const cited = one.factIds.filter((id) => known.has(id));
    const reason = against({ ...one, factIds: cited }, one.factIds.length > cited.length, seen, context);
    if (reason !== null) {
      refused.push({ proposed: one, reason });
      continue;
    }
    seen.add(`${one.slot}\n${one.text.toLowerCase()}`);
    admitted.push({ ...one, factIds: cited });
  }
  return { admitted, refused };
}

function against(
  { slot: name, text }: ProposedText,
  unknownFacts: boolean,
  seen: ReadonlySet<string>,
  { format, language, evidence, banned }: Door,
): string | null {
  const slot = format.slots.find((one) => one.name === name);
  if (slot === undefined) return `There is no ${name} in ${format.format}.`;
  if (unknownFacts) return 'It cites a fact that is not on the sheet.';
  if (seen.has(`${name}\n${text.toLowerCase()}`)) return 'It stands there twice.';
  if (lengthIn(format, text) > slot.limit) {
    return `It is ${lengthIn(format, text)} long as the platform counts; ${name} takes ${slot.limit}.`;
  }
  if (!fits(format, slot, text)) return 'Its punctuation or signs are not allowed in this place.';
  // What is no text of an ad in any language: addresses, mark-up, control characters.
  if (/https?:|www\.|<[a-z/]|[\p{Cc}\p{Cf}]/iu.test(text))
    return 'It holds an address, mark-up or invisible characters.';
  const word = containsBanned(text, banned);
  if (word !== null) return `"${text.slice(word.start, word.end)}" is among the banned words.`;
  const [first]: readonly Finding[] = untraced(name, text, language, evidence);
  return first?.message ?? null;
}
