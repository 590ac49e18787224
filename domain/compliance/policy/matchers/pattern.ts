import { type CompileContext, type Find, type Objection, objectionAt } from '../objection.ts';
import type { Matcher } from '../policy-rule.ts';

type PatternMatcher = Extract<Matcher, { kind: 'pattern' }>;

/** Quantifiers without an end, outside character classes: what makes a pattern slow on a hostile text. */
export const unboundedQuantifier = /[*+]|\{\d{1,4},\}/;
const characterClass = /\[(?:\\.|[^\]\\]){1,500}\]/g;
const escaped = /\\./g;

function boundedPattern(source: string): RegExp {
  if (unboundedQuantifier.test(source.replace(escaped, 'x').replace(characterClass, 'x'))) {
    throw new Error(`The pattern /${source}/ repeats without an end; say how often at most, as in {0,20}.`);
  }
  return new RegExp(source, 'gu');
}

/** The first group, where there is one, is what is objected to; else the whole match. */
export function patternMatcher(matcher: PatternMatcher, { index }: CompileContext): Find {
  const pattern = boundedPattern(matcher.source);
  const except = matcher.except === undefined ? undefined : boundedPattern(matcher.except);
  const needs = matcher.needs === undefined ? undefined : index.add(matcher.needs);
  return (_ad, readings, all) => {
    if (needs !== undefined && !all.some(({ versions }) => versions.some(({ matches }) => matches.has(needs))))
      return [];
    return readings.flatMap(({ field, text, versions: [{ folded }] }) => {
      const looked = matcher.on === 'written' ? text : folded.text;
      const excused = except === undefined ? [] : [...looked.matchAll(except)];
      return [...looked.matchAll(pattern)].flatMap((match): Objection[] => {
        const part = match[1] ?? match[0];
        const start = match.index + (match[1] === undefined ? 0 : match[0].indexOf(part));
        const end = start + part.length;
        if (part === '' || excused.some((one) => one.index < end && one.index + one[0].length > start)) return [];
        const place = matcher.on === 'written' ? { field, start, end } : objectionAt(field, folded, start, end);
        const { replacement } = matcher;
        if (replacement === undefined) return [place];
        return [{ ...place, replacement: replacement === 'first-sign' ? [...part].slice(0, 1).join('') : replacement }];
      });
    });
  };
}
