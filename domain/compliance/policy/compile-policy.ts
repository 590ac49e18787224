import { destinationMatcher } from './matchers/destination.ts';
import {
  capitalsMatcher,
  exclamationsMatcher,
  lengthMatcher,
  repeatedTextsMatcher,
  repeatedWordsMatcher,
  spelledOutMatcher,
} from './matchers/editorial.ts';
import { figuresMatcher, superlativeMatcher } from './matchers/facts.ts';
import { patternMatcher } from './matchers/pattern.ts';
import {
  bannedWordsMatcher,
  categoryMatcher,
  disclosureMatcher,
  generatedMediaMatcher,
  personalAttributeMatcher,
  phrasesMatcher,
  trademarkMatcher,
} from './matchers/words.ts';
import type { CompileContext, Find } from './objection.ts';
import { PhraseIndex } from './phrase-index.ts';
import type { Matcher, PolicyRule } from './policy-rule.ts';
import type { AllTextLimits } from './text-kinds.ts';

export interface CompiledRule {
  readonly rule: PolicyRule;
  readonly find: Find;
}

export interface CompiledPolicy {
  readonly rules: readonly CompiledRule[];
  readonly index: PhraseIndex;
  readonly version: string;
}

function finder(matcher: Matcher, context: CompileContext): Find {
  switch (matcher.kind) {
    case 'phrases':
      return phrasesMatcher(matcher, context);
    case 'pattern':
      return patternMatcher(matcher, context);
    case 'category':
      return categoryMatcher(matcher, context);
    case 'disclosure':
      return disclosureMatcher(matcher, context);
    case 'length':
      return lengthMatcher(context);
    case 'capitals':
      return capitalsMatcher;
    case 'spelled-out':
      return spelledOutMatcher;
    case 'repeated-words':
      return repeatedWordsMatcher;
    case 'repeated-texts':
      return repeatedTextsMatcher;
    case 'exclamations':
      return exclamationsMatcher(matcher);
    case 'figures':
      return figuresMatcher(matcher);
    case 'superlative':
      return superlativeMatcher(matcher, context);
    case 'personal-attribute':
      return personalAttributeMatcher(matcher, context);
    case 'trademark':
      return trademarkMatcher(matcher, context);
    case 'banned-words':
      return bannedWordsMatcher;
    case 'destination':
      return destinationMatcher(matcher);
    case 'generated-media':
      return generatedMediaMatcher;
  }
}

/** Done once a process: phrases are indexed and patterns compiled for all checks to come. */
export function compilePolicy(rules: readonly PolicyRule[], limits: AllTextLimits): CompiledPolicy {
  const context = { index: new PhraseIndex(), limits };
  return {
    rules: rules.map((rule) => ({ rule, find: finder(rule.matcher, context) })),
    index: context.index,
    version: versionOf(rules),
  };
}

/** The newest day on which a rule began to hold, and a fingerprint of all of them (FNV-1a, 32 bits). */
function versionOf(rules: readonly PolicyRule[]): string {
  const newest = rules.reduce((day, { validFrom }) => (validFrom > day ? validFrom : day), '');
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify(rules)) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return `${newest}-${hash.toString(16).padStart(8, '0')}`;
}
