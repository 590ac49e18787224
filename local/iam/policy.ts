/** A policy document, read once into a form that is quick to evaluate. */
import { isObject, objectOf } from '../services/json-protocol.ts';
import { type Condition, type ConditionContext, conditionHolds, readConditions } from './conditions.ts';
import { matchesArn, matchesGlob } from './glob.ts';

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Patterns | undefined;
  readonly resources: Patterns | undefined;
  /** Resource policies only: `service:events.amazonaws.com`, `aws:arn:…`, `*`. */
  readonly principals: readonly string[];
  readonly conditions: readonly Condition[];
  /** Where it stands, for messages. */
  readonly source: string;
}

interface Patterns {
  readonly negated: boolean;
  readonly patterns: readonly string[];
}

const KNOWN = new Set(['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Principal', 'Condition']);

/** Throws an `Error` that names what it does not understand: a rule half read would allow too much or too little. */
export function readPolicy(document: unknown, source: string): readonly Statement[] {
  const list = isObject(document) ? document.Statement : undefined;
  const statements = Array.isArray(list) ? list : isObject(list) ? [list] : [];
  return statements.filter(isObject).map((statement) => {
    const strange = Object.keys(statement).find((key) => !KNOWN.has(key));
    if (strange !== undefined) throw new Error(`${source}: ${strange} is not supported locally`);
    if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') {
      throw new Error(`${source}: Effect is neither Allow nor Deny`);
    }
    try {
      return {
        effect: statement.Effect,
        actions: patterns(statement.Action, statement.NotAction),
        resources: patterns(statement.Resource, statement.NotResource),
        principals: principals(statement.Principal),
        conditions: readConditions(objectOf(statement, 'Condition')),
        source: typeof statement.Sid === 'string' ? `${source} (${statement.Sid})` : source,
      };
    } catch (error) {
      throw new Error(`${source}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}

function patterns(positive: unknown, negative: unknown): Patterns | undefined {
  const given = positive ?? negative;
  if (given === undefined) return undefined;
  const list = (Array.isArray(given) ? given : [given]).map(String);
  const variable = list.find((pattern) => pattern.includes('${'));
  if (variable !== undefined) throw new Error(`the policy variable in ${variable} is not supported locally`);
  return { negated: positive === undefined, patterns: list };
}

function principals(given: unknown): readonly string[] {
  if (given === '*') return ['*'];
  if (!isObject(given)) return [];
  return Object.entries(given).flatMap(([kind, values]) =>
    (Array.isArray(values) ? values : [values]).map((value) =>
      value === '*' ? '*' : `${kind.toLowerCase()}:${String(value)}`,
    ),
  );
}

export interface Question {
  readonly action: string;
  readonly resource: string;
  readonly context: ConditionContext;
}

export function statementApplies(statement: Statement, question: Question): boolean {
  return (
    matchesAny(statement.actions, (pattern) => matchesGlob(pattern, question.action, true)) &&
    matchesAny(statement.resources, (pattern) => matchesArn(pattern, question.resource)) &&
    statement.conditions.every((condition) => conditionHolds(condition, question.context))
  );
}

/** A resource policy may leave the resource out: it is the one the policy hangs on. */
function matchesAny(given: Patterns | undefined, matches: (pattern: string) => boolean): boolean {
  if (given === undefined) return true;
  return given.patterns.some(matches) !== given.negated;
}

export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** An explicit Deny wins over every Allow; without an Allow the answer is no. */
export function decide(statements: readonly Statement[], question: Question): Decision {
  let allowed = false;
  for (const statement of statements) {
    if (!statementApplies(statement, question)) continue;
    if (statement.effect === 'Deny') return { allowed: false, reason: `${statement.source} denies it` };
    allowed = true;
  }
  return allowed ? { allowed } : { allowed: false, reason: 'no statement allows it' };
}
