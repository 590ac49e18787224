/** Condition operators of IAM policies. One that is not in the table is refused when the policy is loaded. */
import { matchesArn, matchesGlob } from './glob.ts';

/** Condition keys of one call, lower-case names. A list is a multivalued key. */
export type ConditionContext = ReadonlyMap<string, string | readonly string[]>;

interface Operator {
  readonly negated?: boolean;
  readonly matches: (wanted: string, actual: string) => boolean;
}

const equals = (wanted: string, actual: string): boolean => wanted === actual;
const equalsIgnoringCase = (wanted: string, actual: string): boolean => wanted.toLowerCase() === actual.toLowerCase();
const like = (wanted: string, actual: string): boolean => matchesGlob(wanted, actual);
const numeric =
  (compare: (actual: number, wanted: number) => boolean) =>
  (wanted: string, actual: string): boolean =>
    compare(Number(actual), Number(wanted));
const dated =
  (compare: (actual: number, wanted: number) => boolean) =>
  (wanted: string, actual: string): boolean =>
    compare(Date.parse(actual), Date.parse(wanted));

const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: { matches: equals },
  StringNotEquals: { matches: equals, negated: true },
  StringEqualsIgnoreCase: { matches: equalsIgnoringCase },
  StringNotEqualsIgnoreCase: { matches: equalsIgnoringCase, negated: true },
  StringLike: { matches: like },
  StringNotLike: { matches: like, negated: true },
  ArnEquals: { matches: matchesArn },
  ArnLike: { matches: matchesArn },
  ArnNotEquals: { matches: matchesArn, negated: true },
  ArnNotLike: { matches: matchesArn, negated: true },
  Bool: { matches: equalsIgnoringCase },
  NumericEquals: { matches: numeric((actual, wanted) => actual === wanted) },
  NumericNotEquals: { matches: numeric((actual, wanted) => actual === wanted), negated: true },
  NumericLessThan: { matches: numeric((actual, wanted) => actual < wanted) },
  NumericLessThanEquals: { matches: numeric((actual, wanted) => actual <= wanted) },
  NumericGreaterThan: { matches: numeric((actual, wanted) => actual > wanted) },
  NumericGreaterThanEquals: { matches: numeric((actual, wanted) => actual >= wanted) },
  DateLessThan: { matches: dated((actual, wanted) => actual < wanted) },
  DateGreaterThan: { matches: dated((actual, wanted) => actual > wanted) },
};

export interface Condition {
  readonly quantifier: 'any' | 'all' | undefined;
  /** `Null` has no entry in the table: it asks whether the key is there. */
  readonly operator: Operator | 'Null';
  readonly ifExists: boolean;
  readonly key: string;
  readonly values: readonly string[];
}

/** Throws an `Error` that names an operator which is not supported. */
export function readConditions(block: Readonly<Record<string, unknown>>): readonly Condition[] {
  return Object.entries(block).flatMap(([written, keys]) => {
    const [, set, name = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(written) ?? [];
    const operator = name === 'Null' ? 'Null' : Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
    if (operator === undefined) throw new Error(`condition operator ${written} is not supported locally`);
    return Object.entries(keys ?? {}).map(
      ([key, values]): Condition => ({
        quantifier: set === 'ForAllValues' ? 'all' : set === 'ForAnyValue' ? 'any' : undefined,
        operator,
        ifExists: ifExists !== undefined,
        key: key.toLowerCase(),
        values: (Array.isArray(values) ? values : [values]).map(String),
      }),
    );
  });
}

export function conditionHolds(condition: Condition, context: ConditionContext): boolean {
  const actual = context.get(condition.key);
  const { operator } = condition;
  if (operator === 'Null') return condition.values.some((value) => (value === 'true') === (actual === undefined));
  const given = actual === undefined ? [] : typeof actual === 'string' ? [actual] : actual;
  if (given.length === 0)
    return (
      condition.ifExists ||
      condition.quantifier === 'all' ||
      (condition.quantifier === undefined && operator.negated === true)
    );
  const matches = (value: string): boolean => {
    const found = condition.values.some((wanted) => operator.matches(wanted, value));
    return operator.negated === true ? !found : found;
  };
  // Without a quantifier a negated operator must hold for every value, a plain one for at least one.
  const every = condition.quantifier === 'all' || (condition.quantifier === undefined && operator.negated === true);
  return every ? given.every(matches) : given.some(matches);
}
