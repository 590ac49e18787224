/** What names mean inside one stack: pseudo parameters, parameters, resources, conditions and other stacks' outputs. */
import { isObject, objectOf } from '../services/json-protocol.ts';
import { generatedName } from './generated-name.ts';
import { evaluateCondition, IntrinsicError, NO_VALUE, resolveValue, type Scope } from './intrinsics.ts';
import type { Assembly, Stack, TemplateResource } from './load-assembly.ts';
import { genericArn, type LocalAddresses, type Subject, TYPE_SHAPES, type TypeShape } from './resource-types.ts';

/** Finite, so that a name that depends on itself gives a message instead of a stack overflow. */
const MAX_DEPTH = 60;

export interface Identity {
  readonly physicalId: string;
  readonly arn: string;
  readonly attributes: Readonly<Record<string, () => string>>;
}

export interface OpenStack {
  readonly stack: Stack;
  readonly scope: Scope;
  identity(logicalId: string): Identity;
  included(resource: TemplateResource): boolean;
  /** Runs `task` and tells which resources (`<stack>/<logicalId>`) it asked for. */
  watch<T>(task: () => T): { readonly value: T; readonly asked: ReadonlySet<string> };
}

/** Opens every stack; names resolve lazily, across stacks. */
export function openStacks(assembly: Assembly, addresses: LocalAddresses): ReadonlyMap<string, OpenStack> {
  const stacks = new Map<string, OpenStack>();
  let asked = new Set<string>();
  let depth = 0;

  const deeper = <T>(what: string, task: () => T): T => {
    if (depth >= MAX_DEPTH) throw new IntrinsicError(`${what} depends on itself`);
    depth += 1;
    try {
      return task();
    } finally {
      depth -= 1;
    }
  };
  const output = (stackName: string, name: string): unknown => {
    const other = stacks.get(stackName);
    if (other === undefined || !Object.hasOwn(other.stack.template.outputs, name)) {
      throw new IntrinsicError(`there is no output ${name} of stack ${stackName}`);
    }
    return deeper(`output ${stackName}/${name}`, () => resolveValue(other.stack.template.outputs[name], other.scope));
  };
  const exported = (wanted: string): unknown => {
    for (const { stack, scope } of stacks.values()) {
      for (const [name, exportName] of Object.entries(stack.template.exports)) {
        if (resolveValue(exportName, scope) === wanted) return output(stack.name, name);
      }
    }
    throw new IntrinsicError(`no stack exports ${wanted}`);
  };

  for (const stack of assembly.stacks) {
    const { template } = stack;
    const pseudo: Readonly<Record<string, unknown>> = {
      'AWS::AccountId': stack.accountId,
      'AWS::Region': stack.region,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stack.name,
      'AWS::StackId': `arn:aws:cloudformation:${stack.region}:${stack.accountId}:stack/${stack.name}/local`,
      'AWS::NoValue': NO_VALUE,
      'AWS::NotificationARNs': [],
    };
    const identities = new Map<string, Identity>();
    const conditions = new Map<string, boolean>();

    const identity = (logicalId: string): Identity => {
      asked.add(`${stack.name}/${logicalId}`);
      const known = identities.get(logicalId);
      if (known !== undefined) return known;
      const resource = template.resources.get(logicalId);
      if (resource === undefined) throw new IntrinsicError(`${stack.name} has no resource or parameter ${logicalId}`);
      const made = deeper(`the name of ${stack.name}/${logicalId}`, () =>
        identify(stack, logicalId, resource, scope, addresses),
      );
      identities.set(logicalId, made);
      return made;
    };

    const scope: Scope = {
      stack: stack.name,
      ref: (name) => {
        if (Object.hasOwn(pseudo, name)) return pseudo[name];
        if (!Object.hasOwn(template.parameters, name)) return identity(name).physicalId;
        const parameter = objectOf(template.parameters, name);
        if (parameter.Default === undefined || String(parameter.Type).startsWith('AWS::SSM::')) {
          throw new IntrinsicError(`parameter ${name} has no value locally`);
        }
        return String(parameter.Type).includes('List') ? String(parameter.Default).split(',') : parameter.Default;
      },
      attribute: (logicalId, attribute) => {
        const found = identity(logicalId);
        const read = Object.hasOwn(found.attributes, attribute) ? found.attributes[attribute] : undefined;
        if (read !== undefined) return read();
        const type = template.resources.get(logicalId)?.type;
        throw new IntrinsicError(`Fn::GetAtt ${attribute} of ${type} ${logicalId} is not known locally`);
      },
      mapping: (map, first, second) => {
        const found = objectOf(objectOf(template.mappings, map), first)[second];
        if (found === undefined) throw new IntrinsicError(`mapping ${map} has no ${first}.${second}`);
        return found;
      },
      condition: (name) => {
        const known = conditions.get(name);
        if (known !== undefined) return known;
        if (!Object.hasOwn(template.conditions, name)) throw new IntrinsicError(`there is no condition ${name}`);
        const value = deeper(`condition ${name}`, () => evaluateCondition(template.conditions[name], scope));
        conditions.set(name, value);
        return value;
      },
      importValue: exported,
      stackOutput: output,
    };

    stacks.set(stack.name, {
      stack,
      scope,
      identity,
      included: (resource) => resource.condition === undefined || scope.condition(resource.condition),
      watch: (task) => {
        const outer = asked;
        asked = new Set();
        try {
          return { value: task(), asked };
        } finally {
          asked = outer;
        }
      },
    });
  }
  return stacks;
}

const DEFAULT_FORM = { max: 128 };

function identify(
  stack: Stack,
  logicalId: string,
  resource: TemplateResource,
  scope: Scope,
  addresses: LocalAddresses,
): Identity {
  const shape: TypeShape = TYPE_SHAPES[resource.type] ?? {};
  const text = (property: string): string | undefined => {
    const raw = property
      .split('.')
      .reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), resource.properties);
    if (raw === undefined) return undefined;
    const value = resolveValue(raw, scope);
    return value === NO_VALUE ? undefined : String(value);
  };
  const base = {
    stack: stack.name,
    logicalId,
    region: stack.region,
    accountId: stack.accountId,
    addresses,
    text: (property: string) => (shape.reads?.includes(property) === true ? text(property) : undefined),
  };
  const given = [shape.nameProperty ?? []]
    .flat()
    .map(text)
    .find((found) => found !== undefined);
  const name =
    given ?? shape.id?.({ ...base, name: '' }) ?? generatedName(stack.name, logicalId, shape.form ?? DEFAULT_FORM);
  const subject: Subject = { ...base, name };
  const arn = (shape.arn ?? genericArn(resource.type))(subject);
  const attributes = Object.entries(shape.attributes ?? {}).map(([key, read]) => [key, () => read(subject)] as const);
  return {
    physicalId: shape.ref === 'arn' ? arn : typeof shape.ref === 'function' ? shape.ref(subject) : name,
    arn,
    attributes: { Arn: () => arn, ...Object.fromEntries(attributes) },
  };
}
