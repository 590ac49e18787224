import { figuresOf, isBacked } from '../figures.ts';
import { foldText } from '../fold-text.ts';
import { type CompileContext, type Find, type Objection, objectionAt } from '../objection.ts';
import type { Matcher } from '../policy-rule.ts';
import type { PolicyAd } from '../read-ad.ts';
import { outside } from '../spans.ts';

type Against = 'facts' | 'page';

/** What the ad's words are compared with; undefined where nobody said it, and then nothing is compared. */
function sayings(ad: PolicyAd, against: Against): readonly string[] | undefined {
  if (against === 'facts') return ad.facts?.map(({ text }) => text);
  return ad.destination?.text === undefined ? undefined : [ad.destination.text];
}

/** Prices, percentages and numbers that are not among the facts, or not on the page. */
export function figuresMatcher({ against, of }: Extract<Matcher, { kind: 'figures' }>): Find {
  return (ad, readings) => {
    const said = sayings(ad, against);
    if (said === undefined) return [];
    const known = said.flatMap(figuresOf);
    return readings.flatMap(({ field, text }) =>
      figuresOf(text)
        .filter((figure) => of.includes(figure.kind) && !isBacked(figure, known))
        .map(({ start, end }): Objection => ({ field, start, end })),
    );
  };
}

/** A superlative behind a form of "to be" is the whole of what is said: it cannot just be left out. */
const predicate =
  /(?:\b(?:is|are|be|was|am|'re|'s|ist|sind|bist|bin|est|sont|sommes|es|son|somos|eres) (?:the |der |die |das |le |la |les |el |los |las )?)$/;

/** Superlatives that no fact says and that are not on the page. */
/** As far back as an article and a form of "to be" reach. */
const nearby = 24;

export function superlativeMatcher(
  { any, except, against }: Extract<Matcher, { kind: 'superlative' }>,
  { index }: CompileContext,
): Find {
  const [lexicon, excused] = [index.add(any), index.add(except)];
  return (ad, readings) => {
    const said = sayings(ad, against)?.map((text) => foldText(text).text);
    if (against === 'page' && said === undefined) return [];
    const proven = new Map<string, boolean>();
    const isProven = (claim: string): boolean => {
      const known = proven.get(claim) ?? (said ?? []).some((one) => one.includes(claim));
      proven.set(claim, known);
      return known;
    };
    return readings.flatMap(({ field, text, versions }) =>
      versions.flatMap(({ folded, matches }) =>
        outside(matches.get(lexicon) ?? [], matches.get(excused) ?? [])
          .filter(({ start, end }) => !isProven(folded.text.slice(start, end)))
          .map(({ start, end }): Objection => {
            const before = folded.text.slice(Math.max(0, start - nearby), start);
            const place = objectionAt(field, folded, start, end);
            const adjective = /^ [\p{L}\p{N}]/u.test(folded.text.slice(end, end + 4)) && !predicate.test(before);
            if (!adjective) return place;
            const after = text.slice(place.end, place.end + nearby).trimStart();
            // French articles lose their vowel before one: left to a person.
            if (/\b(?:le|la) $/.test(before) && /^[aeiouhéèêâîôûàœ]/i.test(after)) return place;
            return { ...place, replacement: '' };
          }),
      ),
    );
  };
}
