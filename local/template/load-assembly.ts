/** Reads what `cdk synth` wrote: the stacks of a cloud assembly in deployment order, their templates and their assets. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StartError } from '../boot/start-error.ts';
import { isObject, type JsonObject, objectOf, optionalText, textsOf } from '../services/json-protocol.ts';

export interface TemplateResource {
  readonly type: string;
  readonly properties: JsonObject;
  readonly dependsOn: readonly string[];
  readonly condition: string | undefined;
}

export interface Template {
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly parameters: JsonObject;
  readonly conditions: JsonObject;
  readonly mappings: JsonObject;
  /** Output name → its value, intrinsics unresolved. */
  readonly outputs: JsonObject;
  /** Export name (may hold intrinsics) by output name. */
  readonly exports: JsonObject;
}

export interface Stack {
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  readonly template: Template;
  /** Key in the asset bucket → absolute path of the folder or file. */
  readonly assets: ReadonlyMap<string, string>;
}

export interface Assembly {
  readonly folder: string;
  /** A stack stands after those it depends on. */
  readonly stacks: readonly Stack[];
}

/** The same assembly with other defaults for the parameters of these names, in whichever stacks have them. */
export function withParameters(assembly: Assembly, values: Readonly<Record<string, string>>): Assembly {
  const settle = (parameters: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(parameters).map(([name, parameter]) => [
        name,
        name in values && isObject(parameter) ? { ...parameter, Default: values[name] } : parameter,
      ]),
    );
  return {
    ...assembly,
    stacks: assembly.stacks.map((stack) => ({
      ...stack,
      template: { ...stack.template, parameters: settle(stack.template.parameters) },
    })),
  };
}

export function loadAssembly(folder: string): Assembly {
  const root = resolve(folder);
  const artifacts = objectOf(readObject(join(root, 'manifest.json')), 'artifacts');
  const named = Object.entries(artifacts).filter(
    (entry): entry is [string, JsonObject] => isObject(entry[1]) && entry[1].type === 'aws:cloudformation:stack',
  );
  if (named.length === 0) throw new StartError(`${root} holds no stacks; synthesize the templates again.`);
  const ordered = inOrder(
    named.map(([id]) => id),
    (id) => textsOf(objectOf(artifacts, id), 'dependencies'),
  );
  return { folder: root, stacks: ordered.map((id) => readStack(root, id, objectOf(artifacts, id), artifacts)) };
}

function readStack(root: string, id: string, artifact: JsonObject, artifacts: JsonObject): Stack {
  const properties = objectOf(artifact, 'properties');
  const [, accountId, region] = /^aws:\/\/(\d{12})\/([\w-]+)$/.exec(String(artifact.environment)) ?? [];
  if (accountId === undefined || region === undefined) {
    throw new StartError(`Stack ${id} names no account and region; give its \`env\` where it is created.`);
  }
  const assets = new Map<string, string>();
  for (const dependency of textsOf(artifact, 'dependencies')) {
    const candidate = objectOf(artifacts, dependency);
    if (candidate.type !== 'cdk:asset-manifest') continue;
    const files = objectOf(readObject(join(root, String(objectOf(candidate, 'properties').file))), 'files');
    for (const file of Object.values(files).filter(isObject)) {
      for (const destination of Object.values(objectOf(file, 'destinations')).filter(isObject)) {
        assets.set(String(destination.objectKey), join(root, String(objectOf(file, 'source').path)));
      }
    }
  }
  return {
    name: optionalText(properties, 'stackName') ?? id,
    region,
    accountId,
    template: readTemplate(readObject(join(root, String(properties.templateFile)))),
    assets,
  };
}

export function readTemplate(json: JsonObject): Template {
  const resources = Object.entries(objectOf(json, 'Resources')).map(
    ([logicalId, value]): [string, TemplateResource] => {
      const resource = isObject(value) ? value : {};
      const dependsOn = resource.DependsOn;
      return [
        logicalId,
        {
          type: String(resource.Type),
          properties: objectOf(resource, 'Properties'),
          dependsOn: typeof dependsOn === 'string' ? [dependsOn] : textsOf(resource, 'DependsOn'),
          condition: optionalText(resource, 'Condition'),
        },
      ];
    },
  );
  const outputs = Object.entries(objectOf(json, 'Outputs')).filter((entry): entry is [string, JsonObject] =>
    isObject(entry[1]),
  );
  return {
    resources: new Map(resources),
    parameters: objectOf(json, 'Parameters'),
    conditions: objectOf(json, 'Conditions'),
    mappings: objectOf(json, 'Mappings'),
    outputs: Object.fromEntries(outputs.map(([name, output]) => [name, output.Value])),
    exports: Object.fromEntries(
      outputs.flatMap(([name, output]) => (isObject(output.Export) ? [[name, output.Export.Name]] : [])),
    ),
  };
}

function readObject(path: string): JsonObject {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw new StartError(`${path} ${missing ? 'is missing' : 'cannot be read'}; synthesize the templates again.`, {
      cause,
    });
  }
  if (!isObject(parsed)) throw new StartError(`${path} is not a JSON object; synthesize the templates again.`);
  return parsed;
}

/** Depth first; ids that are not in the list are passed over. Throws for a circle. */
export function inOrder(ids: readonly string[], dependenciesOf: (id: string) => Iterable<string>): string[] {
  const known = new Set(ids);
  const done = new Set<string>();
  const open = new Set<string>();
  const visit = (id: string): void => {
    if (done.has(id) || !known.has(id)) return;
    if (open.has(id)) throw new StartError(`The templates depend on themselves: ${[...open, id].join(' → ')}.`);
    open.add(id);
    for (const dependency of dependenciesOf(id)) visit(dependency);
    open.delete(id);
    done.add(id);
  };
  for (const id of ids) visit(id);
  return [...done];
}
