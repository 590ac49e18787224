/** Turns the templates of an assembly into resolved resources in the order in which they can be made. */

import { readFileSync } from 'node:fs';
import type { ResolvedResource } from '../ports.ts';
import { isObject, type JsonObject } from '../services/json-protocol.ts';
import { IGNORED_TYPES } from './ignored-types.ts';
import { NO_VALUE, resolveValue } from './intrinsics.ts';
import { type Assembly, inOrder, type Stack } from './load-assembly.ts';
import type { LocalAddresses } from './resource-types.ts';
import { type OpenStack, openStacks } from './stack-scope.ts';

export interface ResolvedAssembly {
  /** A resource stands after those it depends on. */
  readonly resources: readonly ResolvedResource[];
  /** Stack → output → value; outputs that name what is not resolvable here are left out. */
  readonly outputs: Readonly<Record<string, JsonObject>>;
  /** Everything in the templates that cannot run here, in sentences. */
  readonly refusals: readonly string[];
}

/** `handledTypes` are those some provisioner takes; anything else is either ignored for a reason or refused. */
export function resolveAssembly(
  assembly: Assembly,
  addresses: LocalAddresses,
  handledTypes: ReadonlySet<string>,
): ResolvedAssembly {
  const stacks = openStacks(assembly, addresses);
  const resources = new Map<string, ResolvedResource>();
  const dependencies = new Map<string, Set<string>>();
  const refusals: string[] = [];

  for (const open of stacks.values()) {
    for (const [logicalId, resource] of open.stack.template.resources) {
      const where = `${resource.type} ${open.stack.name}/${logicalId}`;
      try {
        if (!open.included(resource)) continue;
        if (!handledTypes.has(resource.type)) {
          if (!Object.hasOwn(IGNORED_TYPES, resource.type))
            refusals.push(`${where}: the type is not supported locally.`);
          continue;
        }
        const { value, asked } = open.watch(() => resolveResource(open, logicalId));
        const key = `${open.stack.name}/${logicalId}`;
        resources.set(key, value);
        const explicit = resource.dependsOn.map((id) => `${open.stack.name}/${id}`);
        dependencies.set(key, new Set([...asked, ...explicit].filter((other) => other !== key)));
      } catch (error) {
        refusals.push(`${where}: ${error instanceof Error ? error.message : String(error)}.`);
      }
    }
  }
  const ordered = inOrder([...resources.keys()], (key) => dependencies.get(key) ?? []);
  return {
    resources: ordered.flatMap((key) => resources.get(key) ?? []),
    outputs: Object.fromEntries([...stacks.values()].map((open) => [open.stack.name, outputsOf(open)])),
    refusals,
  };
}

function resolveResource(open: OpenStack, logicalId: string): ResolvedResource {
  const resource = open.stack.template.resources.get(logicalId);
  if (resource === undefined) throw new Error(`${logicalId} is not in the template`);
  const { physicalId, arn } = open.identity(logicalId);
  const resolved = resolveValue(resource.properties, open.scope);
  const properties = isObject(resolved) ? resolved : {};
  return {
    type: resource.type,
    stack: open.stack.name,
    logicalId,
    physicalId,
    arn,
    properties: withAssets(resource.type, properties, open.stack),
  };
}

/** Puts what lies in the asset bucket on AWS in place of its address: a function's folder, a state machine's text. */
function withAssets(type: string, properties: JsonObject, stack: Stack): JsonObject {
  if (type === 'AWS::Lambda::Function') {
    const code = isObject(properties.Code) ? properties.Code : {};
    return { ...properties, Code: { Folder: assetPath(stack, code.S3Key) } };
  }
  if (type === 'AWS::StepFunctions::StateMachine' && isObject(properties.DefinitionS3Location)) {
    const { DefinitionS3Location: location, ...rest } = properties;
    const path = assetPath(stack, isObject(location) ? location.Key : undefined);
    return { ...rest, DefinitionString: readFileSync(path, 'utf8') };
  }
  return properties;
}

function assetPath(stack: Stack, key: unknown): string {
  const path = stack.assets.get(String(key));
  if (path === undefined) throw new Error(`its code ${String(key)} is not an asset of the assembly`);
  return path;
}

function outputsOf(open: OpenStack): JsonObject {
  const outputs: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(open.stack.template.outputs)) {
    try {
      const resolved = resolveValue(value, open.scope);
      if (resolved !== NO_VALUE) outputs[name] = resolved;
    } catch {
      // Outputs for the operator's eyes may speak of resources that exist on AWS alone.
    }
  }
  return outputs;
}
