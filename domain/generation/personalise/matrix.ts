import { type Angle, angles, type Fact, type FactKind, type FactValue } from '../fact.ts';
import type { FactSheet } from '../facts.ts';
import { moneyIn } from '../trace/amounts.ts';
import { type Segment, statementOf } from './segments.ts';

/** One thing that can be said to a segment. */
export interface Message {
  readonly factId: string;
  readonly text: string;
  readonly angle: Angle;
}

/** What is offered beside it: its facts belong together, a discount and the code it takes. */
export interface Offer {
  readonly id: string;
  readonly factIds: readonly string[];
  readonly text: string;
  readonly price: Extract<FactValue, { is: 'price' }> | null;
}

export type ConflictKind = 'for-others' | 'not-offered' | 'two-prices' | 'not-shown-there';

export interface Cell {
  readonly segmentId: string;
  readonly factId: string;
  /** Null: the message without an offer. */
  readonly offerId: string | null;
  /** Why it is not said; null where it may be. */
  readonly conflict: { readonly kind: ConflictKind; readonly reason: string } | null;
}

export interface Matrix {
  readonly segments: readonly Segment[];
  readonly messages: readonly Message[];
  readonly offers: readonly Offer[];
  readonly cells: readonly Cell[];
  /** Segments that may be the same people and are shown different offers. */
  readonly overlaps: readonly { readonly segmentIds: readonly [string, string]; readonly reason: string }[];
}

const angleOf: Partial<Record<FactKind, Angle>> = {
  benefit: 'benefit',
  feature: 'benefit',
  problem: 'problem',
  proof: 'proof',
  number: 'proof',
  claim: 'proof',
  urgency: 'urgency',
};

export const messagesOf = ({ facts }: FactSheet): Message[] =>
  facts.flatMap(({ id, kind, text, value }) => {
    const angle = angleOf[kind];
    return angle === undefined || value?.is === 'until' ? [] : [{ factId: id, text, angle }];
  });

/** The brief's offer as one, and each offer of the landing page by itself. */
export function offersOf({ facts }: FactSheet): Offer[] {
  const own = facts.filter((fact) => fact.source.from === 'brief' && isOffer(fact));
  const found = facts.filter((fact) => fact.source.from === 'landing-page' && isOffer(fact));
  return [...(own.length === 0 ? [] : [offerOf('brief:offer', own)]), ...found.map((fact) => offerOf(fact.id, [fact]))];
}

const isOffer = ({ kind, value }: Fact): boolean => kind === 'offer' || kind === 'price' || value?.is === 'until';

function offerOf(id: string, facts: readonly Fact[]): Offer {
  const price = facts.flatMap(({ value }) => (value?.is === 'price' ? [value] : []))[0] ?? null;
  const spoken = facts.find(({ value }) => value === null) ?? facts[0];
  return { id, factIds: facts.map((fact) => fact.id), text: spoken?.text ?? '', price };
}

/** Every message with every offer, and without one, for every segment: what may be said, and why the rest may not. */
export function matrixOf(segments: readonly Segment[], sheet: FactSheet, countries: readonly string[]): Matrix {
  const messages = messagesOf(sheet);
  const offers = offersOf(sheet);
  const cells = segments.flatMap((segment) =>
    messages.flatMap((message) =>
      [null, ...offers].map(
        (offer): Cell => ({
          segmentId: segment.id,
          factId: message.factId,
          offerId: offer?.id ?? null,
          conflict: conflictOf(segment, message, offer, countries),
        }),
      ),
    ),
  );
  return { segments, messages, offers, cells, overlaps: overlapsOf(segments, offers) };
}

function conflictOf(
  segment: Segment,
  message: Message,
  offer: Offer | null,
  countries: readonly string[],
): Cell['conflict'] {
  if (!segment.countries.some((country) => countries.includes(country))) {
    return { kind: 'not-shown-there', reason: `The brief is for none of ${segment.countries.join(', ')}.` };
  }
  if (segment.silent.has(statementOf(message.factId))) {
    return { kind: 'for-others', reason: `"${message.text}" is for other segments.` };
  }
  if (offer === null) return null;
  if (!segment.offered) return { kind: 'not-offered', reason: `${segment.name} is not shown the offer.` };
  const { price } = offer;
  const other =
    price === null
      ? undefined
      : moneyIn(message.text).find(({ currency, micros }) => currency !== price.currency || micros !== price.micros);
  return other === undefined
    ? null
    : {
        kind: 'two-prices',
        reason: `"${message.text}" and the offer ${price === null ? '' : `for ${price.micros / 1_000_000} ${price.currency} `}name two prices in one ad.`,
      };
}

/** Nothing tells the people of two segments apart unless both name other places or search words. */
function overlapsOf(segments: readonly Segment[], offers: readonly Offer[]): Matrix['overlaps'] {
  if (offers.length === 0) return [];
  return segments.flatMap((one, index) =>
    segments.slice(index + 1).flatMap((other) =>
      one.offered === other.offered || apart(one, other)
        ? []
        : [
            {
              segmentIds: [one.id, other.id] as const,
              reason: `${one.name} and ${other.name} may be the same people, of whom one ad tells an offer and another does not. Tell them apart by place or offer it to both.`,
            },
          ],
    ),
  );
}

const apart = (one: Segment, other: Segment): boolean =>
  !one.countries.some((country) => other.countries.includes(country)) ||
  (['city', 'region', 'country'] as const).some((name) => {
    const [here, there] = [one.values[name], other.values[name]];
    return here !== undefined && there !== undefined && !here.some((value) => there.includes(value));
  });

/** What ads say of a matrix, cell by cell. */
export interface Coverage {
  /** Cells said, of those that may be. */
  readonly said: number;
  readonly sayable: number;
  readonly segments: readonly {
    readonly segmentId: string;
    readonly ads: number;
    readonly angles: readonly Angle[];
    /** Angles that could be said to it and are not. */
    readonly missing: readonly Angle[];
  }[];
  /** Statements that no ad says to anybody. */
  readonly unsaid: readonly string[];
}

export function coverageOf(
  matrix: Matrix,
  ads: readonly { readonly segmentId: string; readonly factIds: ReadonlySet<string> }[],
): Coverage {
  const said = matrix.cells.filter(({ segmentId, factId, offerId, conflict }) => {
    if (conflict !== null) return false;
    const offer = matrix.offers.find(({ id }) => id === offerId);
    return ads.some(
      (ad) =>
        ad.segmentId === segmentId &&
        ad.factIds.has(factId) &&
        (offer === undefined || offer.factIds.some((id) => ad.factIds.has(id))),
    );
  });
  const angleOfFact = new Map(matrix.messages.map(({ factId, angle }) => [factId, angle]));
  const anglesIn = (cells: readonly Cell[], segmentId: string): Angle[] => {
    const some = new Set(
      cells.flatMap((cell) => (cell.segmentId === segmentId ? (angleOfFact.get(cell.factId) ?? []) : [])),
    );
    return angles.filter((angle) => some.has(angle));
  };
  const sayable = matrix.cells.filter(({ conflict }) => conflict === null);
  return {
    said: said.length,
    sayable: sayable.length,
    segments: matrix.segments.map(({ id }) => {
      const here = anglesIn(said, id);
      return {
        segmentId: id,
        ads: ads.filter(({ segmentId }) => segmentId === id).length,
        angles: here,
        missing: anglesIn(sayable, id).filter((angle) => !here.includes(angle)),
      };
    }),
    unsaid: matrix.messages
      .filter(({ factId }) => !said.some((cell) => cell.factId === factId))
      .map(({ factId }) => factId),
  };
}
