import type { AdCategory, FindingSeverity } from '../../../contracts/schemas/policies.ts';
import type { ProductCategory } from '../../../contracts/schemas/product-categories.ts';
import { foldText, originalSpan } from '../../compliance/policy/fold-text.ts';
import { PhraseIndex } from '../../compliance/policy/phrase-index.ts';
import type { Phrases } from '../../compliance/policy/policy-rule.ts';
import { sources } from '../../compliance/policy/rules/sources.ts';
import { outside, type Span } from '../../compliance/policy/spans.ts';
import type { Finding } from '../finding.ts';
import { sensitiveKinds, sensitiveWords, unequalWords } from './sensitive-words.ts';

const law = {
  gdpr: {
    title: 'Regulation (EU) 2016/679 (GDPR), Articles 9 and 10',
    url: 'https://eur-lex.europa.eu/eli/reg/2016/679/oj',
  },
  minors: {
    title: 'Regulation (EU) 2022/2065 (Digital Services Act), Article 28',
    url: 'https://eur-lex.europa.eu/eli/reg/2022/2065/oj',
  },
} as const;

interface Refusal {
  readonly ruleId: string;
  readonly any: number;
  readonly except: number;
  readonly severity: FindingSeverity;
  readonly source: Finding['source'];
  readonly says: (match: string) => string;
}

const index = new PhraseIndex();
const lexicons = (any: Phrases, except: Phrases) => ({ any: index.add(any), except: index.add(except) });

const always: readonly Refusal[] = sensitiveKinds.map((kind) => {
  const { any, except, names } = sensitiveWords[kind];
  return {
    ruleId: `segment/${kind}`,
    ...lexicons(any, except),
    severity: 'block',
    source: kind === 'minors' ? law.minors : law.gdpr,
    says: (match) =>
      `“${match}”: no audience is made by ${names}. Describe what these people want to do or buy, or where they read, instead.`,
  };
});

/** Products of which everybody has to see the same offer. */
const equalCategories = ['housing', 'employment', 'credit'] as const;
type EqualCategory = (typeof equalCategories)[number];
const equalByProduct: Partial<Record<ProductCategory, EqualCategory>> = {
  'real-estate': 'housing',
  jobs: 'employment',
  'bank-accounts': 'credit',
};

const forEqual: readonly Refusal[] = Object.entries(unequalWords).map(([kind, { any, except, names }]) => ({
  ruleId: `segment/equal-access-${kind}`,
  ...lexicons(any, except),
  severity: 'block',
  source: sources.googlePersonalized,
  says: (match) =>
    `“${match}”: homes, jobs and credit are shown to nobody by ${names}. Choose the audience by interest and place.`,
}));

/** "13 to 17 years", "8–12 Jahre": an upper age below 18. */
const ages =
  /(?<!\d)(\d{1,2})\s{0,2}(?:-|–|to|bis|à|a)\s{0,2}(\d{1,2})(?:\s|-){0,2}(?:years?|yrs?|year olds?|Jahren?|Jährige[nr]?|ans|años)(?![\p{L}])/giu;
/** Years that something other than a person has: of experience, of a warranty, of a company, a car or a house. */
const notOfPeople =
  /(?<!\p{L})(?:experience|experienced|warrant\w*|guarantee\w*|compan(?:y|ies)|business(?:es)?|firms?|cars?|vehicles?|houses?|homes?|\p{L}*erfahrung|garantie|unternehmen|firmen|betriebe|fahrzeuge?|autos?|häuser|expérience|ancienneté|entreprises?|voitures?|maisons?|experiencia|antigüedad|garantía|empresas?|coches?|casas?|viviendas?)(?!\p{L})/iu;
/** UTF-16 units around an age in which they are looked for. */
const nearby = 30;
const parents =
  /\b(?:parents?|mothers?|fathers?|eltern|mütter|väter|mères?|pères?|padres|madres|familias|famil(?:y|ies|ien|les?))\b/iu;

export interface SegmentTexts {
  readonly field: string;
  readonly text: string;
}

/**
 * What a description of an audience may not be made by, with the reason. Special categories of personal data and minors always; age,
 * gender, family and postcode where homes, jobs or credit are sold. It goes by words: an audience described around them passes.
 */
export function refusalsOf(
  texts: readonly SegmentTexts[],
  product: { readonly category: ProductCategory; readonly declared?: AdCategory },
): Finding[] {
  const equal =
    equalByProduct[product.category] ?? equalCategories.find((category) => category === product.declared) ?? null;
  const rules = equal === null ? always : [...always, ...forEqual];
  return texts.flatMap(({ field, text }) => {
    const folded = foldText(text);
    const matches = index.find(folded);
    const spoken = rules.flatMap((rule) =>
      widest(outside(matches.get(rule.any) ?? [], matches.get(rule.except) ?? [])).map(({ start, end }) =>
        findingOf(rule, field, text, originalSpan(folded, start, end)),
      ),
    );
    return [...spoken, ...agesOf(field, text)];
  });
}

/** The first and longest of places that overlap. */
function widest(spans: readonly Span[]): readonly Span[] {
  const kept: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.start >= (kept.at(-1)?.end ?? 0)) kept.push(span);
  }
  return kept;
}

function agesOf(field: string, text: string): Finding[] {
  const [minors] = always.filter(({ ruleId }) => ruleId === 'segment/minors');
  if (minors === undefined || parents.test(text)) return [];
  return [...text.matchAll(ages)]
    .filter((match) => Number(match[2]) < 18)
    .filter(
      ({ index: at, 0: said }) => !notOfPeople.test(text.slice(Math.max(0, at - nearby), at + said.length + nearby)),
    )
    .map((match) => findingOf(minors, field, text, { start: match.index, end: match.index + match[0].length }));
}

const findingOf = ({ ruleId, severity, source, says }: Refusal, field: string, text: string, span: Span): Finding => ({
  ruleId,
  platform: null,
  country: null,
  field,
  span,
  severity,
  message: says(text.slice(span.start, span.end)),
  source,
  fix: null,
});
