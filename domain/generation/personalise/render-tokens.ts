import { type Insertion, insertionOf, insertions } from '../../text/insertions.ts';
import { type CopyFormat, type CopySlot, fits } from '../copy/slots.ts';
import { countdownToken, parsePattern, type Token } from './tokens.ts';

/** What tokens are filled with, by their names without `segment.`; a countdown's is the last day, `2026-12-24`. */
export interface TokenValues {
  readonly segment: Readonly<Record<string, readonly string[]>>;
  readonly until: string | null;
  /** ISO 639-1 of the text. */
  readonly language: string;
}

export interface Rendered {
  readonly text: string;
  /** Which value stands where, by token; empty where the platform fills it in or the fallback stands. */
  readonly values: Readonly<Record<string, string>>;
}

export type Rendering =
  | {
      readonly kind: 'rendered';
      /** `inserted`: one text that the platform fills in. `expanded`: one for each value, the one with fallbacks last. */
      readonly way: 'inserted' | 'expanded';
      readonly texts: readonly Rendered[];
      /** Values for which the fallback stands because they are too long. */
      readonly tooLong: readonly string[];
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** Ads that one text is expanded to at most. */
export const mostExpanded = 20;

/**
 * A text with tokens as one platform takes it: never empty and never over the limit. Where the platform fills in by itself, one text
 * whose default and whose longest value both fit; elsewhere a text for each value, and the fallback for a value that does not fit.
 */
export function renderTokens(pattern: string, values: TokenValues, format: CopyFormat, slot: CopySlot): Rendering {
  const parsed = parsePattern(pattern);
  if (parsed.kind === 'malformed') return { kind: 'refused', reason: parsed.reason };
  const { parts, tokens } = parsed;
  const written = (say: (token: Token) => string): string =>
    parts.map((part) => (part.is === 'text' ? part.text : say(part))).join('');
  const stands = (text: string) => fits(format, slot, text);

  const noCountdown = tokens.some(({ name }) => name === countdownToken) ? countdownFails(values, format, slot) : null;
  if (noCountdown !== null) return { kind: 'refused', reason: noCountdown };
  const fallbacks = written(({ name, fallback }) =>
    name === countdownToken ? insertionOf('countdown', values.until ?? '', values.language) : fallback,
  );
  if (!stands(fallbacks)) {
    return { kind: 'refused', reason: `With its fallback it does not fit: ${slot.name} takes ${slot.limit}.` };
  }

  const native = tokens.map(({ name }) => nativeOf(name, format));
  if (slot.insertion && native.every((one) => one !== null)) {
    const longest = written((token) =>
      token.name === countdownToken
        ? insertionOf('countdown', values.until ?? '', values.language)
        : longestOf(token, values, format),
    );
    const inserted = written((token) => {
      const insertion = nativeOf(token.name, format);
      if (insertion === null) return token.fallback;
      return insertionOf(insertion, insertion === 'countdown' ? (values.until ?? '') : token.fallback, values.language);
    });
    if (stands(longest) && stands(inserted)) {
      return { kind: 'rendered', way: 'inserted', texts: [{ text: inserted, values: {} }], tooLong: [] };
    }
  }
  return expanded(tokens, values, { written, stands, fallbacks });
}

function countdownFails({ until }: TokenValues, format: CopyFormat, slot: CopySlot): string | null {
  if (until === null) return 'There is no last day to count down to.';
  return slot.insertion && format.insertions.includes('countdown')
    ? null
    : `${format.platform} counts down to nothing in ${slot.name}; say the day itself.`;
}

const nativeOf = (name: string, { insertions: known }: CopyFormat): Insertion | null => {
  const wanted = name === countdownToken ? 'countdown' : name.replace('segment.', '');
  return insertions.find((one) => one === wanted && known.includes(one)) ?? null;
};

function longestOf({ name, fallback }: Token, { segment }: TokenValues, { measure }: CopyFormat): string {
  const all = [fallback, ...valuesOf(name, segment)];
  return all.reduce((longest, one) => (measure(one) > measure(longest) ? one : longest), fallback);
}

/** What would open a token, a code or a tag of its own. */
const foreign = /[{}|<>\p{Cc}\p{Cf}]/u;

function valuesOf(token: string, segment: TokenValues['segment']): readonly string[] {
  const name = token.replace('segment.', '');
  const values = Object.hasOwn(segment, name) ? (segment[name] ?? []) : [];
  return values.filter((value) => value.trim() !== '' && !foreign.test(value));
}

interface Writing {
  readonly written: (say: (token: Token) => string) => string;
  readonly stands: (text: string) => boolean;
  readonly fallbacks: string;
}

/** One text for each value; with two tokens the second one takes its values in turn, so that there are no more texts than values. */
function expanded(tokens: readonly Token[], { segment }: TokenValues, writing: Writing): Rendering {
  const lists = tokens.map(({ name }) => valuesOf(name, segment));
  const turns = Math.min(mostExpanded, Math.max(0, ...lists.map((list) => list.length)));
  const texts = new Map<string, Rendered>();
  const tooLong: string[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const chosen = new Map(tokens.map(({ name }, place) => [name, inTurn(lists[place] ?? [], turn)]));
    const text = writing.written(({ name, fallback }) => chosen.get(name) ?? fallback);
    const said = [...chosen].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
    if (writing.stands(text)) texts.set(text, { text, values: Object.fromEntries(said) });
    else tooLong.push(said.map(([, value]) => value).join(', '));
  }
  if (texts.size === 0 || tooLong.length > 0) {
    texts.set(writing.fallbacks, { text: writing.fallbacks, values: {} });
  }
  return { kind: 'rendered', way: 'expanded', texts: [...texts.values()], tooLong };
}

const inTurn = (list: readonly string[], turn: number): string | undefined =>
  list.length === 0 ? undefined : list[turn % list.length];
