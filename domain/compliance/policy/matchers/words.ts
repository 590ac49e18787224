import { foldText } from '../fold-text.ts';
import { type CompileContext, type Find, type Objection, objectionAt } from '../objection.ts';
import type { PhraseMatch } from '../phrase-index.ts';
import type { Matcher } from '../policy-rule.ts';
import type { PolicyAd, Reading, Version } from '../read-ad.ts';
import { categoryLexicons } from '../rules/category-words.ts';
import { outside } from '../spans.ts';

type MatcherOf<Kind extends Matcher['kind']> = Extract<Matcher, { kind: Kind }>;

/** What a list finds in one version of a text, without what stands inside an excused phrase. One pass over both. */
function matchesIn(version: Version, any: number, except?: number): readonly PhraseMatch[] {
  const found = version.matches.get(any) ?? [];
  const excused = except === undefined ? [] : (version.matches.get(except) ?? []);
  return found.length === 0 || excused.length === 0 ? found : outside(found, excused);
}

const standsAnywhere = (readings: readonly Reading[], any: number, except?: number): boolean =>
  readings.some(({ versions }) => versions.some((version) => matchesIn(version, any, except).length > 0));

function objectionsIn(readings: readonly Reading[], any: number, except?: number): readonly Objection[] {
  return readings.flatMap(({ field, versions }) =>
    versions.flatMap((version) =>
      matchesIn(version, any, except).map(({ start, end }) => objectionAt(field, version.folded, start, end)),
    ),
  );
}

export function phrasesMatcher(matcher: MatcherOf<'phrases'>, { index }: CompileContext): Find {
  const any = index.add(matcher.any);
  const except = matcher.except === undefined ? undefined : index.add(matcher.except);
  const needs = matcher.needs === undefined ? undefined : index.add(matcher.needs);
  return (_ad, readings, all) =>
    needs !== undefined && !standsAnywhere(all, needs) ? [] : objectionsIn(readings, any, except);
}

/** What the ad is about: by its words, or because the caller says so. */
export function categoryMatcher({ category }: MatcherOf<'category'>, { index }: CompileContext): Find {
  const { any, except } = lexiconOf(category, index);
  return (ad, readings) => {
    const found = objectionsIn(readings, any, except);
    if (found.length > 0 || ad.category !== category) return found;
    const first = readings.find(({ text }) => text.trim() !== '');
    return first === undefined ? [] : [{ field: first.field, start: 0, end: first.text.length }];
  };
}

function lexiconOf(category: MatcherOf<'category'>['category'], index: CompileContext['index']) {
  const { any, except } = categoryLexicons[category];
  return { any: index.add(any), except: index.add(except) };
}

/** Where a notice would be added: the longest kind of text that the ad has. */
const roomiest = ['body', 'introduction', 'description', 'long-headline', 'other', 'headline', 'name', 'image', 'path'];

export function disclosureMatcher(matcher: MatcherOf<'disclosure'>, { index }: CompileContext): Find {
  const { any, except } = lexiconOf(matcher.category, index);
  const accepts = index.add(matcher.accepts);
  const onlyWith = matcher.onlyWith === undefined ? undefined : index.add(matcher.onlyWith);
  return (ad, _readings, all) => {
    const about =
      ad.category === matcher.category || (matcher.declaredOnly !== true && standsAnywhere(all, any, except));
    if (!about || standsAnywhere(all, accepts)) return [];
    if (onlyWith !== undefined && !standsAnywhere(all, onlyWith)) return [];
    const place = [...all].sort((a, b) => roomiest.indexOf(a.kind) - roomiest.indexOf(b.kind))[0];
    if (place === undefined) return [];
    const { field, text } = place;
    const ended = text.trimEnd();
    const notice = matcher.noticeIn?.[ad.language ?? ''] ?? matcher.notice;
    const whole = `${ended}${/[.!?…:]$/.test(ended) || ended === '' ? '' : '.'} ${notice}`.trim();
    return [{ field, start: 0, end: text.length, whole }];
  };
}

/** How many words may stand between "are you" and what it says of the reader. */
const attributeWithin = 3;

export function personalAttributeMatcher(matcher: MatcherOf<'personal-attribute'>, { index }: CompileContext): Find {
  const pairs = matcher.pairs.map(({ cues, attributes }) => ({
    cues: index.add(cues),
    attributes: index.add(attributes),
  }));
  const except = matcher.except === undefined ? undefined : index.add(matcher.except);
  return (_ad, readings) =>
    readings.flatMap(({ field, versions }) =>
      versions.flatMap((version) => {
        const { folded } = version;
        return pairs.flatMap(({ cues, attributes }) => {
          const said = matchesIn(version, attributes, except);
          return matchesIn(version, cues).flatMap((cue): Objection[] => {
            const attribute = said.find(
              ({ firstWord, start }) =>
                firstWord > cue.lastWord &&
                firstWord <= cue.lastWord + 1 + attributeWithin &&
                !/[.!?;:]/.test(folded.text.slice(cue.end, start)),
            );
            return attribute === undefined ? [] : [objectionAt(field, folded, cue.start, attribute.end)];
          });
        });
      }),
    );
}

export function trademarkMatcher(matcher: MatcherOf<'trademark'>, { index }: CompileContext): Find {
  const marks = index.add(matcher.marks);
  const except = index.add(matcher.except);
  return (ad, readings) => {
    const allowed = new Set(ad.trademarksAllowed.map((mark) => foldText(mark).text.trim()));
    return objectionsIn(readings, marks, except).filter(
      ({ field, start, end }) => !allowed.has(foldText(textOf(readings, field).slice(start, end)).text),
    );
  };
}

const textOf = (readings: readonly Reading[], field: string): string =>
  readings.find((reading) => reading.field === field)?.text ?? '';

/** The brand's own list: whole words, in any spelling that reads the same. */
export const bannedWordsMatcher: Find = (ad: PolicyAd, readings) =>
  ad.bannedWords.flatMap((word) => {
    const banned = foldText(word).text.trim();
    if (banned === '') return [];
    return readings.flatMap(({ field, versions }) =>
      versions.flatMap(({ folded }) =>
        wholeWords(folded.text, banned).map((start) => objectionAt(field, folded, start, start + banned.length)),
      ),
    );
  });

const wordUnit = /[\p{L}\p{N}]/u;
function wholeWords(text: string, word: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    const [before, after] = [text[at - 1] ?? ' ', text[at + word.length] ?? ' '];
    if (!wordUnit.test(before) && !wordUnit.test(after)) found.push(at);
  }
  return found;
}

/** Where an ad has images or a video: their marking is due whatever its texts say. */
export const generatedMediaMatcher: Find = (ad, readings) => {
  const first = readings[0];
  return ad.hasMedia && first !== undefined ? [{ field: first.field, start: 0, end: first.text.length }] : [];
};
