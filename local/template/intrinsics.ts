/** CloudFormation's intrinsic functions, evaluated against a scope that knows the stack. */
import { isObject } from '../services/json-protocol.ts';

export interface Scope {
  /** For messages. */
  readonly stack: string;
  /** A parameter, pseudo parameter or resource. Throws when there is none. */
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): string;
  mapping(map: string, first: string, second: string): unknown;
  condition(name: string): boolean;
  importValue(exportName: string): unknown;
  stackOutput(stack: string, output: string): unknown;
}

/** Stands for `AWS::NoValue`: what holds it disappears. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** A function that this runtime does not evaluate, or arguments it does not understand. The message names both. */
export class IntrinsicError extends Error {}

type Evaluate = (argument: unknown, scope: Scope) => unknown;

export function resolveValue(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') return plainText(value);
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, scope)).filter((item) => item !== NO_VALUE);
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  const [only = ''] = keys;
  if (keys.length === 1 && (only === 'Ref' || only === 'Condition' || only.startsWith('Fn::'))) {
    const evaluate = Object.hasOwn(FUNCTIONS, only) ? FUNCTIONS[only] : undefined;
    if (evaluate !== undefined) return evaluate(value[only], scope);
    if (only !== 'Condition') throw new IntrinsicError(`${only} is not supported locally`);
  }
  const resolved: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const one = resolveValue(item, scope);
    if (one !== NO_VALUE) resolved[key] = one;
  }
  return resolved;
}

/** Dynamic references would put a secret or a parameter of another time into a template's value. */
function plainText(text: string): string {
  const found = /\{\{resolve:[^}]*\}\}/.exec(text);
  if (found !== null) throw new IntrinsicError(`the dynamic reference ${found[0]} is not supported locally`);
  return text;
}

const FUNCTIONS: Readonly<Record<string, Evaluate>> = {
  Ref: (argument, scope) => scope.ref(String(argument)),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId = '', ...attribute] = Array.isArray(argument) ? argument : String(argument).split('.');
    return scope.attribute(String(logicalId), attribute.join('.'));
  },
  'Fn::Sub': substitute,
  'Fn::Join': (argument, scope) => {
    const [delimiter, parts] = argumentsOf('Fn::Join', argument, 2);
    return listOf('Fn::Join', resolveValue(parts, scope))
      .map((part) => text('Fn::Join', part))
      .join(String(delimiter));
  },
  'Fn::Select': (argument, scope) => {
    const [index, list] = argumentsOf('Fn::Select', argument, 2).map((item) => resolveValue(item, scope));
    const found = listOf('Fn::Select', list)[Number(index)];
    if (found === undefined) throw new IntrinsicError(`Fn::Select finds no item ${String(index)}`);
    return found;
  },
  'Fn::Split': (argument, scope) => {
    const [delimiter, source] = argumentsOf('Fn::Split', argument, 2);
    return text('Fn::Split', resolveValue(source, scope)).split(String(delimiter));
  },
  'Fn::Base64': (argument, scope) => Buffer.from(text('Fn::Base64', resolveValue(argument, scope))).toString('base64'),
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second] = argumentsOf('Fn::FindInMap', argument, 3).map((item) => resolveValue(item, scope));
    return scope.mapping(String(map), String(first), String(second));
  },
  'Fn::ImportValue': (argument, scope) => scope.importValue(text('Fn::ImportValue', resolveValue(argument, scope))),
  'Fn::GetStackOutput': (argument, scope) => {
    const given = isObject(argument) ? argument : {};
    if (given.RoleArn !== undefined)
      throw new IntrinsicError('Fn::GetStackOutput of another account is not supported locally');
    return scope.stackOutput(String(resolveValue(given.StackName, scope)), String(given.OutputName));
  },
  'Fn::If': (argument, scope) => {
    const [condition, yes, no] = argumentsOf('Fn::If', argument, 3);
    return resolveValue(scope.condition(String(condition)) ? yes : no, scope);
  },
};

function substitute(argument: unknown, scope: Scope): string {
  const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const given = isObject(variables) ? variables : {};
  return plainText(String(template)).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    const key = name.trim();
    if (Object.hasOwn(given, key)) return text('Fn::Sub', resolveValue(given[key], scope));
    const [logicalId = '', ...attribute] = key.split('.');
    return text('Fn::Sub', attribute.length === 0 ? scope.ref(key) : scope.attribute(logicalId, attribute.join('.')));
  });
}

type Test = (argument: unknown, scope: Scope) => boolean;

const TESTS: Readonly<Record<string, Test>> = {
  Condition: (argument, scope) => scope.condition(String(argument)),
  'Fn::Equals': (argument, scope) => {
    const [left, right] = argumentsOf('Fn::Equals', argument, 2).map((item) => resolveValue(item, scope));
    return String(left) === String(right);
  },
  'Fn::Not': (argument, scope) => !evaluateCondition(argumentsOf('Fn::Not', argument, 1)[0], scope),
  'Fn::And': (argument, scope) => listOf('Fn::And', argument).every((item) => evaluateCondition(item, scope)),
  'Fn::Or': (argument, scope) => listOf('Fn::Or', argument).some((item) => evaluateCondition(item, scope)),
};

export function evaluateCondition(expression: unknown, scope: Scope): boolean {
  const [entry, ...others] = isObject(expression) ? Object.entries(expression) : [];
  const test = entry !== undefined && Object.hasOwn(TESTS, entry[0]) ? TESTS[entry[0]] : undefined;
  if (entry === undefined || others.length > 0 || test === undefined) {
    throw new IntrinsicError(`the condition ${JSON.stringify(expression)} is not supported locally`);
  }
  return test(entry[1], scope);
}

function argumentsOf(name: string, argument: unknown, count: number): readonly unknown[] {
  const list = listOf(name, argument);
  if (list.length !== count) throw new IntrinsicError(`${name} takes ${count} arguments, not ${list.length}`);
  return list;
}

function listOf(name: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new IntrinsicError(`${name} takes a list`);
  return value;
}

function text(name: string, value: unknown): string {
  if (typeof value === 'object' || value === undefined || typeof value === 'symbol') {
    throw new IntrinsicError(`${name} takes text, not ${JSON.stringify(value) ?? String(value)}`);
  }
  return String(value);
}
