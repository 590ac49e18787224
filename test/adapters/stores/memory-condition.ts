import type { Item } from '../../../adapters/stores/table.ts';

/** DynamoDB's condition expressions as far as the stores use them; anything else is refused by name. */
export type Condition = (item: Item | undefined) => boolean;
type Operand = (item: Item | undefined) => unknown;

const tokens =
  /\s*(attribute_not_exists|attribute_exists|AND|OR|NOT|IN|<=|>=|<>|=|<|>|\(|\)|,|[#:]?[A-Za-z_][A-Za-z0-9_]*)/y;

function tokenized(expression: string): string[] {
  const found: string[] = [];
  tokens.lastIndex = 0;
  while (tokens.lastIndex < expression.trimEnd().length) {
    const at = tokens.lastIndex;
    const token = tokens.exec(expression)?.[1];
    if (token === undefined) throw new Error(`"${expression.slice(at)}" of "${expression}" is not understood.`);
    found.push(token);
  }
  return found;
}

const comparisons: Readonly<Record<string, (a: unknown, b: unknown) => boolean>> = {
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '<': (a, b) => ordered(a, b) && (a as string) < (b as string),
  '<=': (a, b) => ordered(a, b) && (a as string) <= (b as string),
  '>': (a, b) => ordered(a, b) && (a as string) > (b as string),
  '>=': (a, b) => ordered(a, b) && (a as string) >= (b as string),
};
/** Values of two types, and absent ones, are in no order. */
const ordered = (a: unknown, b: unknown): boolean => a !== undefined && typeof a === typeof b;

export function conditionOf(
  expression: string,
  values: Item = {},
  names: Readonly<Record<string, string>> = {},
): Condition {
  const left = tokenized(expression);
  const expect = (token: string): void => {
    const found = left.shift();
    if (found !== token) throw new Error(`"${expression}": ${token} expected, ${found ?? 'the end'} found.`);
  };
  const nameOf = (token: string): string => {
    const name = token.startsWith('#') ? names[token] : token;
    if (name === undefined || token.startsWith(':')) throw new Error(`"${expression}": ${token} is no name.`);
    return name;
  };
  const operand = (): Operand => {
    const token = left.shift() ?? '';
    if (!token.startsWith(':')) {
      const name = nameOf(token);
      return (item) => item?.[name];
    }
    if (!(token in values)) throw new Error(`"${expression}": ${token} has no value.`);
    return () => values[token];
  };
  const primary = (): Condition => {
    const [token] = left;
    if (token === '(') {
      left.shift();
      const inner = either();
      expect(')');
      return inner;
    }
    if (token === 'NOT') {
      left.shift();
      const inner = primary();
      return (item) => !inner(item);
    }
    if (token === 'attribute_exists' || token === 'attribute_not_exists') {
      left.shift();
      expect('(');
      const name = nameOf(left.shift() ?? '');
      expect(')');
      return (item) => (item?.[name] !== undefined) === (token === 'attribute_exists');
    }
    const a = operand();
    const operator = left.shift() ?? '';
    if (operator === 'IN') {
      expect('(');
      const among = [operand()];
      while (left[0] === ',') {
        left.shift();
        among.push(operand());
      }
      expect(')');
      return (item) => among.some((one) => one(item) === a(item));
    }
    const compare = comparisons[operator];
    if (compare === undefined) throw new Error(`"${expression}": ${operator} is not understood.`);
    const b = operand();
    return (item) => compare(a(item), b(item));
  };
  const both = (): Condition => {
    let all = primary();
    while (left[0] === 'AND') {
      left.shift();
      const [first, second] = [all, primary()];
      all = (item) => first(item) && second(item);
    }
    return all;
  };
  const either = (): Condition => {
    let any = both();
    while (left[0] === 'OR') {
      left.shift();
      const [first, second] = [any, both()];
      any = (item) => first(item) || second(item);
    }
    return any;
  };
  const condition = either();
  if (left.length > 0) throw new Error(`"${expression}": ${left.join(' ')} is left over.`);
  return condition;
}
