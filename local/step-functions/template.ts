/** JSON with JSONata in its strings: `"{% … %}"` anywhere inside is evaluated, everything else is itself. */
import jsonata, { type Expression, type ExprNode } from 'jsonata';
import { addFunctions } from './jsonata-functions.ts';
import { StateFailure } from './state-failure.ts';

/** `states` and the workflow variables, by name without `$`. */
export type Bindings = Readonly<Record<string, unknown>>;

export interface Template {
  /** Names read as `$name` and not bound inside the expression itself. */
  readonly reads: ReadonlySet<string>;
  /** Names called as `$name(…)` and not bound inside. */
  readonly calls: ReadonlySet<string>;
  /** The value when no expression stands in it. */
  readonly constant: { readonly value: unknown } | undefined;
  /** Throws `StateFailure` `States.QueryEvaluationError`. */
  evaluate(bindings: Bindings, where: string): Promise<unknown>;
}

/** Bounds of one evaluation: wall time, nesting, and the length of a sequence it builds. */
const limits = { timeout: 2_000, stack: 500, sequence: 1_000_000 };

type Node =
  | { readonly kind: 'constant'; readonly value: unknown }
  | { readonly kind: 'expression'; readonly source: string; readonly expression: Expression }
  | { readonly kind: 'array'; readonly items: readonly Node[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Node])[] };

/** Throws an Error whose message tells what is wrong with an expression. */
export function compileTemplate(json: unknown): Template {
  const reads = new Set<string>();
  const calls = new Set<string>();
  const root = compileNode(json, reads, calls);
  return {
    reads,
    calls,
    constant: root.kind === 'constant' ? { value: root.value } : undefined,
    evaluate: (bindings, where) =>
      root.kind === 'constant' ? Promise.resolve(root.value) : evaluateNode(root, bindings, where),
  };
}

export function isExpression(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('{%') && value.endsWith('%}') && value.length >= 4;
}

function compileNode(json: unknown, reads: Set<string>, calls: Set<string>): Node {
  if (isExpression(json)) {
    const source = json.slice(2, -2).trim();
    const expression = parse(source);
    addFunctions(expression);
    collectNames(expression.ast(), new Set(), reads, calls);
    return { kind: 'expression', source, expression };
  }
  if (Array.isArray(json)) {
    const items = json.map((item) => compileNode(item, reads, calls));
    return items.every(isConstant) ? { kind: 'constant', value: json } : { kind: 'array', items };
  }
  if (typeof json === 'object' && json !== null) {
    const entries = Object.entries(json).map(([key, value]) => [key, compileNode(value, reads, calls)] as const);
    return entries.every(([, node]) => isConstant(node))
      ? { kind: 'constant', value: json }
      : { kind: 'object', entries };
  }
  return { kind: 'constant', value: json };
}

function isConstant(node: Node): boolean {
  return node.kind === 'constant';
}

function parse(source: string): Expression {
  if (source === '') throw new Error('an expression is empty');
  try {
    return jsonata(source, limits);
  } catch (error) {
    throw new Error(`the expression "${source}" does not parse: ${messageOf(error)}`);
  }
}

async function evaluateNode(node: Node, bindings: Bindings, where: string): Promise<unknown> {
  switch (node.kind) {
    case 'constant':
      return node.value;
    case 'array': {
      const values: unknown[] = [];
      for (const item of node.items) values.push(await evaluateNode(item, bindings, where));
      return values;
    }
    case 'object': {
      const values: Record<string, unknown> = {};
      for (const [key, child] of node.entries) values[key] = await evaluateNode(child, bindings, where);
      return values;
    }
    case 'expression': {
      let value: unknown;
      try {
        value = await node.expression.evaluate(undefined, bindings as Record<string, unknown>);
      } catch (error) {
        throw failed(node.source, where, messageOf(error));
      }
      if (value === undefined) throw failed(node.source, where, 'it returned nothing (undefined)');
      return toJson(value, node.source, where);
    }
  }
}

/**
 * A clean copy: JSONata marks the arrays it builds (`sequence`, `push`), and a marked array of one element would
 * be unwrapped when a later expression reads it. AWS passes JSON text between states, where marks do not survive.
 */
function toJson(value: unknown, source: string, where: string): unknown {
  if (Array.isArray(value)) return Array.from(value, (item) => toJson(item ?? null, source, where));
  if (typeof value === 'object' && value !== null) {
    if ('_jsonata_lambda' in value || '_jsonata_function' in value) {
      throw failed(source, where, 'it returned a function, which JSON cannot hold');
    }
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      const member = (value as Record<string, unknown>)[key];
      if (member !== undefined) copy[key] = toJson(member, source, where);
    }
    return copy;
  }
  if (typeof value === 'function') throw failed(source, where, 'it returned a function, which JSON cannot hold');
  return value;
}

function failed(source: string, where: string, why: string): StateFailure {
  return new StateFailure(
    'States.QueryEvaluationError',
    `The JSONata expression '${source}' in ${where} failed: ${why}.`,
  );
}

function messageOf(error: unknown): string {
  const message = (error as { message?: unknown } | null)?.message;
  return typeof message === 'string' ? message : String(error);
}

/** JSONata's tree holds nodes under many member names; walking every member finds them all. */
function collectNames(node: unknown, bound: Set<string>, reads: Set<string>, calls: Set<string>): void {
  if (Array.isArray(node)) {
    for (const item of node) collectNames(item, bound, reads, calls);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const expr = node as ExprNode & Record<string, unknown>;
  let inner = bound;
  const type: string = expr.type;
  if (type === 'lambda') {
    const parameters = (expr.arguments ?? []).map((parameter) => String(parameter.value));
    inner = new Set([...bound, ...parameters]);
    collectNames(expr.body, inner, reads, calls);
    return;
  }
  if (type === 'block') inner = new Set(bound);
  if (type === 'bind') {
    const target = expr.lhs as unknown as ExprNode;
    // Bound before its value is read: a function may call itself.
    inner.add(String(target.value));
    collectNames(expr.rhs, inner, reads, calls);
    return;
  }
  if (type === 'variable') {
    const name = String(expr.value);
    if (name !== '' && name !== '$' && !inner.has(name)) reads.add(name);
  }
  for (const [member, child] of Object.entries(expr)) {
    if (member === 'procedure' && (child as ExprNode | undefined)?.type === 'variable') {
      const name = String((child as ExprNode).value);
      if (!inner.has(name)) calls.add(name);
      continue;
    }
    if ((member === 'focus' || member === 'index') && typeof child === 'string') inner.add(child);
    collectNames(child, inner, reads, calls);
  }
}
