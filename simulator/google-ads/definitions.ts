import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Google's message definitions, from the JSON that google-ads-node carries, read as data: building all of them into
 * protobuf types takes half a second, and REST needs only names and kinds.
 */

export interface Definition {
  readonly fields?: Readonly<Record<string, FieldDefinition>>;
  /** Constants of an enum. */
  readonly values?: Readonly<Record<string, number>>;
  /** Methods of a service. */
  readonly methods?: Readonly<Record<string, { readonly requestType: string; readonly responseStream?: boolean }>>;
  readonly nested?: Readonly<Record<string, Definition>>;
}

interface FieldDefinition {
  readonly type: string;
  readonly id: number;
  readonly rule?: 'repeated';
}

export const version = 'v25';
export const packageName = `google.ads.googleads.${version}`;

const file = fileURLToPath(import.meta.resolve('google-ads-node/build/protos/protos.json'));
export const definitions = JSON.parse(readFileSync(file, 'utf8')) as Definition;

export interface Named {
  readonly name: string;
  readonly definition: Definition;
}

/** A definition by its full name. */
export function find(name: string): Named | undefined {
  let definition: Definition | undefined = definitions;
  for (const part of name.split('.')) {
    definition =
      definition?.nested !== undefined && Object.hasOwn(definition.nested, part) ? definition.nested[part] : undefined;
  }
  return definition === undefined ? undefined : { name, definition };
}

/** What a type name means inside a message: the innermost scope that has it. `undefined` for scalars. */
export function typeIn(scope: string, type: string): Named | undefined {
  const scopes = scope.split('.');
  for (let depth = scopes.length; depth >= 0; depth -= 1) {
    const found = find([...scopes.slice(0, depth), type].join('.'));
    if (found !== undefined && (found.definition.fields !== undefined || found.definition.values !== undefined))
      return found;
  }
  return undefined;
}

type FieldKind = 'int64' | 'int32' | 'double' | 'string' | 'bool' | 'enum' | 'message';

export interface FieldType {
  readonly kind: FieldKind;
  readonly repeated: boolean;
  /** Constant names of an enum. */
  readonly constants: ReadonlySet<string>;
}

const scalars: Readonly<Record<string, FieldKind>> = {
  int64: 'int64',
  uint64: 'int64',
  int32: 'int32',
  uint32: 'int32',
  double: 'double',
  float: 'double',
  string: 'string',
  bool: 'bool',
};
const noConstants: ReadonlySet<string> = new Set();
const known = new Map<string, FieldType | undefined>();

/** The type of a query field such as `ad_group_ad.ad.id`, read off GoogleAdsRow; `undefined` where Google has no such field. */
export function fieldType(path: string): FieldType | undefined {
  if (!known.has(path)) known.set(path, resolve(path));
  return known.get(path);
}

function resolve(path: string): FieldType | undefined {
  let message = find(`${packageName}.services.GoogleAdsRow`);
  const names = path.split('.');
  for (const [index, name] of names.entries()) {
    const fields = message?.definition.fields ?? {};
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (message === undefined || field === undefined) return undefined;
    const type = typeIn(message.name, field.type);
    const repeated = field.rule === 'repeated';
    if (index === names.length - 1) {
      if (type === undefined) return { kind: scalars[field.type] ?? 'string', repeated, constants: noConstants };
      const { values } = type.definition;
      if (values !== undefined) return { kind: 'enum', repeated, constants: new Set(Object.keys(values)) };
      return { kind: 'message', repeated, constants: noConstants };
    }
    message = type;
  }
  return undefined;
}

export interface UnaryMethod {
  /** `/google.ads…CampaignService/MutateCampaigns`. */
  readonly path: string;
  /** The number of the request's customer_id, where it has one. */
  readonly customerIdField: number | undefined;
}

/** Every unary method of every service. */
export function unaryMethods(): readonly UnaryMethod[] {
  const scope = `${packageName}.services`;
  return Object.entries(find(scope)?.definition.nested ?? {}).flatMap(([service, { methods = {} }]) =>
    Object.entries(methods)
      .filter(([, method]) => method.responseStream !== true)
      .map(([name, method]) => ({
        path: `/${scope}.${service}/${name}`,
        customerIdField: typeIn(scope, method.requestType)?.definition.fields?.['customer_id']?.id,
      })),
  );
}
