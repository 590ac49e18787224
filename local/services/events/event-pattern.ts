/** EventBridge event patterns, also the filter criteria of event source mappings. */
import { isObject, type JsonObject } from '../json-protocol.ts';

type Test = (value: unknown) => boolean;
/** Reads a condition's argument; gives the test, or why the argument is wrong. */
type Condition = (argument: unknown) => Test | string;

const text =
  (test: (value: string, wanted: string) => boolean): Condition =>
  (argument) => {
    if (isObject(argument) && typeof argument['equals-ignore-case'] === 'string') {
      const wanted = argument['equals-ignore-case'].toLowerCase();
      return (value) => typeof value === 'string' && test(value.toLowerCase(), wanted);
    }
    return typeof argument === 'string'
      ? (value) => typeof value === 'string' && test(value, argument)
      : 'takes a string';
  };

const NUMERIC: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '=': (value, limit) => value === limit,
  '>=': (value, limit) => value >= limit,
  '>': (value, limit) => value > limit,
};

const numeric: Condition = (argument) => {
  if (!Array.isArray(argument) || argument.length === 0 || argument.length % 2 !== 0)
    return 'takes pairs of an operator and a number';
  const tests: ((value: number) => boolean)[] = [];
  for (let at = 0; at < argument.length; at += 2) {
    const compare = NUMERIC[String(argument[at])];
    const limit: unknown = argument[at + 1];
    if (compare === undefined || typeof limit !== 'number')
      return `does not know ${String(argument[at])} ${String(limit)}`;
    tests.push((value) => compare(value, limit));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
};

/** `*` stands for any characters, `\*` and `\\` for themselves. */
const wildcard: Condition = (argument) => {
  if (typeof argument !== 'string') return 'takes a string';
  const source = argument.replace(/\\[*\\]|[*]|[^\\*]+|\\/g, (part) =>
    part === '*' ? '[\\s\\S]*' : literal(part.length === 2 && part.startsWith('\\') ? part.slice(1) : part),
  );
  const pattern = new RegExp(`^${source}$`);
  return (value) => typeof value === 'string' && pattern.test(value);
};

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const CONDITIONS: Readonly<Record<string, Condition>> = {
  prefix: text((value, wanted) => value.startsWith(wanted)),
  suffix: text((value, wanted) => value.endsWith(wanted)),
  'equals-ignore-case': text((value, wanted) => value.toLowerCase() === wanted.toLowerCase()),
  wildcard,
  numeric,
  'anything-but': anythingBut,
};

function anythingBut(argument: unknown): Test | string {
  const parts = Array.isArray(argument) ? argument : [argument];
  const tests: Test[] = [];
  for (const part of parts) {
    if (!isObject(part)) {
      tests.push((value) => value === part);
      continue;
    }
    for (const [name, inner] of Object.entries(part)) {
      const condition = name === 'numeric' || name === 'anything-but' ? undefined : CONDITIONS[name];
      if (condition === undefined) return `does not know ${name}`;
      for (const single of Array.isArray(inner) ? inner : [inner]) {
        const test = condition(single);
        if (typeof test === 'string') return `${name} ${test}`;
        tests.push(test);
      }
    }
  }
  return (value) => !tests.some((test) => test(value));
}

/** Why a pattern is not one, or `undefined`. */
export function patternProblem(pattern: unknown, path = ''): string | undefined {
  if (!isObject(pattern)) return `${path || 'the pattern'} is not an object`;
  for (const [name, wanted] of Object.entries(pattern)) {
    const at = path === '' ? name : `${path}.${name}`;
    if (name === '$or') {
      if (!Array.isArray(wanted) || wanted.length < 2) return `${at} takes at least two patterns`;
      const problem = wanted.map((branch) => patternProblem(branch, path)).find((found) => found !== undefined);
      if (problem !== undefined) return problem;
    } else if (Array.isArray(wanted)) {
      const problem = wanted.map(conditionProblem).find((found) => found !== undefined);
      if (problem !== undefined) return `${at}: ${problem}`;
    } else {
      const problem = patternProblem(wanted, at);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

function conditionProblem(condition: unknown): string | undefined {
  if (!isObject(condition)) return Array.isArray(condition) ? 'a condition cannot be a list' : undefined;
  const [[name, argument] = ['', undefined], ...more] = Object.entries(condition);
  if (more.length > 0) return 'a condition has one operator';
  if (name === 'exists') return typeof argument === 'boolean' ? undefined : 'exists takes true or false';
  const known = Object.hasOwn(CONDITIONS, name) ? CONDITIONS[name] : undefined;
  if (known === undefined) return `the operator ${name} is not supported locally`;
  const test = known(argument);
  return typeof test === 'string' ? `${name} ${test}` : undefined;
}

/** Whether an event fits. The pattern has passed `patternProblem`. */
export function matchesPattern(pattern: JsonObject, event: unknown): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    if (name === '$or')
      return Array.isArray(wanted) && wanted.some((branch) => isObject(branch) && matchesPattern(branch, event));
    const value = isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined;
    if (Array.isArray(wanted)) return wanted.some((condition) => fits(condition, value));
    if (!isObject(wanted)) return false;
    // A list of objects fits when one of them does.
    return Array.isArray(value)
      ? value.some((element) => matchesPattern(wanted, element))
      : matchesPattern(wanted, value);
  });
}

function fits(condition: unknown, value: unknown): boolean {
  if (isObject(condition) && typeof condition.exists === 'boolean') {
    // Only leaves exist: an object is not a value that a pattern can ask for.
    return condition.exists === (value !== undefined && !isObject(value));
  }
  if (value === undefined) return false;
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (!isObject(condition)) return values.some((single) => single === condition);
  const [[name, argument] = ['', undefined]] = Object.entries(condition);
  const test = CONDITIONS[name]?.(argument);
  return typeof test === 'function' && values.some(test);
}
