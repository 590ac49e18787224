import type { Candidate, Filling } from './fill.ts';
import { callsOf, fill } from './fill.ts';
import type { SentencePart } from './language-pack.ts';

/** What follows what in a text of several sentences. The first part decides the angle; the others are left out where nothing says them. */
const shortPlans: readonly (readonly SentencePart[])[] = [
  ['benefit', 'call'],
  ['benefit', 'feature'],
  ['benefit', 'feature', 'call'],
  ['benefit', 'offer'],
  ['benefit', 'proof'],
  ['feature', 'call'],
  ['feature', 'feature'],
  ['offer', 'call'],
  ['offer', 'benefit'],
  ['offer', 'feature', 'call'],
  ['offer', 'urgency'],
  ['urgency', 'call'],
  ['urgency', 'offer'],
  ['proof', 'call'],
  ['proof', 'benefit'],
  ['proof', 'offer'],
  ['problem', 'answer'],
  ['problem', 'answer', 'call'],
  ['problem', 'benefit'],
  ['problem', 'feature', 'call'],
  ['category', 'call'],
  ['category', 'benefit'],
  ['category', 'offer'],
];
const longPlans: readonly (readonly SentencePart[])[] = [
  ['benefit', 'feature', 'feature', 'proof', 'call'],
  ['benefit', 'offer', 'proof', 'call'],
  ['offer', 'benefit', 'feature', 'urgency', 'call'],
  ['problem', 'answer', 'benefit', 'feature', 'call'],
  ['problem', 'benefit', 'proof', 'offer', 'call'],
  ['proof', 'benefit', 'feature', 'call'],
  ['urgency', 'offer', 'benefit', 'call'],
  ['category', 'benefit', 'feature', 'offer', 'call'],
];
/** Texts with room for no more than this take the short plans. */
const longFrom = 200;
/** Combinations looked at for one plan; strides walk through them evenly. */
const perPlan = 60;
/** An answer without its problem and a call without a reason say nothing. */
const standAlone = ['benefit', 'feature', 'offer', 'proof', 'urgency', 'category'] as const;
const fewest = 3;
const strides = [1, 7, 11, 13, 17];

type Parts = Readonly<Record<SentencePart, readonly Candidate[]>>;

export function sentencesOf(filling: Filling): Parts {
  const { pack } = filling;
  const part = (name: Exclude<SentencePart, 'call'>) =>
    pack.sentences[name].flatMap((template) => fill(filling, template, name));
  return {
    benefit: part('benefit'),
    feature: part('feature'),
    offer: part('offer'),
    proof: part('proof'),
    problem: part('problem'),
    answer: part('answer'),
    urgency: part('urgency'),
    category: part('category'),
    call: callsOf(filling).map(({ text }) => ({
      text: `${text}.`,
      factIds: [],
      angle: 'category',
      template: `${pack.language}/call/${text}`,
    })),
  };
}

/** Texts of one to five sentences that may stand in the slot. Longer ones are never cut; a combination that does not fit is not taken. */
export function compose(
  filling: Filling,
  parts: Parts,
  limit: number,
  stands: (text: string) => boolean,
): readonly Candidate[] {
  const made = new Map<string, Candidate>();
  const add = (candidate: Candidate) => {
    if (!made.has(candidate.text) && stands(candidate.text)) made.set(candidate.text, candidate);
  };
  for (const name of standAlone) {
    // A question alone is no ad.
    for (const part of parts[name]) if (!part.text.endsWith('?')) add(part);
  }
  const plans = limit >= longFrom ? longPlans : shortPlans;
  for (const plan of plans) {
    const [first, ...others] = plan;
    if (first === undefined || parts[first].length === 0) continue;
    const present = [first, ...others.filter((part) => parts[part].length > 0)];
    if (present.length < 2) continue;
    const combinations = Math.min(
      perPlan,
      present.reduce((product, part) => product * parts[part].length, 1),
    );
    for (let index = 0; index < combinations; index += 1) {
      const chosen = present.flatMap((part, place) => {
        const some = parts[part];
        const at = place === 0 ? index : Math.floor((index * (strides[place] ?? 1)) / parts[first].length) + index;
        return some[at % some.length] ?? [];
      });
      const joined = join(filling, chosen);
      if (joined !== null) add(joined);
    }
  }
  // Where hardly anything is known, a bare call is better than no ad.
  if (made.size < fewest) for (const part of parts.call) add(part);
  return [...made.values()];
}

/** Sentences that go together as one text; null where one says again what another has said. */
function join(filling: Filling, sentences: readonly Candidate[]): Candidate | null {
  const [first] = sentences;
  if (first === undefined) return null;
  const factIds = sentences.flatMap((one) => one.factIds.filter((id) => id !== filling.name.id));
  if (new Set(factIds).size < factIds.length) return null;
  const numbers = sentences.flatMap(({ text }) => [...new Set(text.match(/\d+/g) ?? [])]);
  if (new Set(numbers).size < numbers.length) return null;
  const named = sentences.filter(({ text }) => text.includes(filling.name.text)).length;
  if (named > (sentences.length > 3 ? 2 : 1)) return null;
  return {
    text: sentences.map(({ text }) => text).join(' '),
    factIds: [...new Set(sentences.flatMap((one) => one.factIds))],
    angle: first.angle,
    template: sentences.map(({ template }) => template).join(' + '),
  };
}
