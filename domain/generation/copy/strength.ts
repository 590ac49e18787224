import type { Tone } from '../../../contracts/schemas/briefs.ts';
import { counted } from '../../text/insertions.ts';
import type { Angle, Fact, FactKind } from '../fact.ts';

/**
 * How well a text may do, from what is known before anybody has seen it. It is a prior and no measurement: the interval says how
 * little it knows, and outcomes replace it.
 */
export interface Strength {
  readonly basis: 'prior';
  /** 0 to 1; of use for comparing texts of one slot only. */
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  /** In words, the strongest first. */
  readonly reasons: readonly string[];
}

/** Half the width of the interval: texts of one brief differ in click rate by a factor of two and more, whatever a rule says. */
const uncertainty = 0.25;

interface Judged {
  readonly text: string;
  readonly factIds: readonly string[];
  readonly angle: Angle;
}

interface Signal {
  readonly weight: number;
  readonly reason: string;
  readonly holds: (judged: Judged, context: Context) => boolean;
}

interface Context {
  readonly kinds: ReadonlySet<FactKind>;
  /** Share of the slot's limit that is used. */
  readonly used: number;
  readonly tone: Tone;
}

/** Weights are the judgement of people who buy ads, to be replaced by what is learned. Positive ones help. */
const signals: readonly Signal[] = [
  {
    weight: 0.16,
    reason: 'says a concrete benefit or feature',
    holds: (_, { kinds }) => kinds.has('benefit') || kinds.has('feature'),
  },
  {
    weight: 0.1,
    reason: 'names a price or an offer',
    holds: (_, { kinds, tone }) => tone !== 'premium' && (kinds.has('price') || kinds.has('offer')),
  },
  {
    weight: 0.1,
    reason: 'gives proof',
    holds: (_, { kinds }) => kinds.has('proof') || kinds.has('number') || kinds.has('claim'),
  },
  {
    weight: 0.06,
    reason: 'gives a reason to act now',
    holds: (_, { kinds, tone }) => tone !== 'premium' && kinds.has('urgency'),
  },
  { weight: 0.06, reason: 'speaks of the buyer’s problem', holds: (_, { kinds }) => kinds.has('problem') },
  { weight: 0.05, reason: 'has a number, which the eye finds', holds: ({ text }) => /\d/.test(text) },
  {
    weight: 0.2,
    reason: 'takes up the words that were searched for',
    holds: ({ text }) => counted(text) !== text,
  },
  { weight: 0.08, reason: 'uses the room there is', holds: (_, { used }) => used >= 0.55 },
  { weight: -0.1, reason: 'leaves most of the room empty', holds: (_, { used }) => used < 0.3 },
  { weight: -0.12, reason: 'says no fact of the product', holds: ({ factIds }) => factIds.length === 0 },
  {
    weight: -0.05,
    reason: 'says the name and nothing else',
    holds: ({ factIds }, { kinds }) => factIds.length === 1 && kinds.has('product'),
  },
  { weight: -0.06, reason: 'strings many facts together', holds: ({ factIds }) => factIds.length > 6 },
];

export function strengthOf(judged: Judged, facts: ReadonlyMap<string, Fact>, used: number, tone: Tone): Strength {
  const kinds = new Set(judged.factIds.flatMap((id) => facts.get(id)?.kind ?? []));
  const context: Context = { kinds, used, tone };
  const held = signals.filter(({ holds }) => holds(judged, context));
  const expected = clamp(held.reduce((sum, { weight }) => sum + weight, 0.45));
  return {
    basis: 'prior',
    expected,
    low: clamp(expected - uncertainty),
    high: clamp(expected + uncertainty),
    reasons: held.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).map(({ reason }) => reason),
  };
}

const clamp = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;
