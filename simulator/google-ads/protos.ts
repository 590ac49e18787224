import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import protobuf from 'protobufjs';

/**
 * Google's message definitions, from the JSON that google-ads-node carries. They give the wire its bytes and the query
 * language its field types; nothing else of the client libraries is used.
 */
const file = fileURLToPath(import.meta.resolve('google-ads-node/build/protos/protos.json'));
const definitions: unknown = JSON.parse(readFileSync(file, 'utf8'));
const root = protobuf.Root.fromJSON(definitions as protobuf.INamespace);

export const version = 'v25';
export const packageName = `google.ads.googleads.${version}`;

/** A message type by its name below the version's package: `services.SearchGoogleAdsRequest`. */
export function messageType(name: string): protobuf.Type {
  return root.lookupType(`${packageName}.${name}`);
}

export function encode(type: protobuf.Type, message: Record<string, unknown>): Buffer {
  return Buffer.from(type.encode(type.fromObject(message)).finish());
}

/** Decoded with strings for enums and int64. */
export function decode(type: protobuf.Type, bytes: Uint8Array): Record<string, unknown> {
  return type.toObject(type.decode(bytes), { longs: String, enums: String, defaults: true });
}

export type FieldKind = 'int64' | 'int32' | 'double' | 'string' | 'bool' | 'enum' | 'message';

export interface FieldType {
  readonly kind: FieldKind;
  readonly repeated: boolean;
  /** Constant names of an enum. */
  readonly constants: ReadonlySet<string>;
}

const kinds: Readonly<Record<string, FieldKind>> = {
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
  let message = messageType('services.GoogleAdsRow');
  const names = path.split('.');
  for (const [index, name] of names.entries()) {
    const field = Object.hasOwn(message.fields, name) ? message.fields[name]?.resolve() : undefined;
    if (field === undefined) return undefined;
    const { resolvedType, repeated } = field;
    if (resolvedType instanceof protobuf.Enum) {
      return index === names.length - 1
        ? { kind: 'enum', repeated, constants: new Set(Object.keys(resolvedType.values)) }
        : undefined;
    }
    if (resolvedType === null) {
      return index === names.length - 1
        ? { kind: kinds[field.type] ?? 'string', repeated, constants: noConstants }
        : undefined;
    }
    if (index === names.length - 1) return { kind: 'message', repeated, constants: noConstants };
    message = resolvedType;
  }
  return undefined;
}

/** Every unary method of every service: `/google.ads…CampaignService/MutateCampaigns`. */
export function unaryMethods(): readonly string[] {
  const services = root.lookup(`${packageName}.services`);
  if (!(services instanceof protobuf.Namespace)) throw new Error(`google-ads-node has no services for ${version}.`);
  return services.nestedArray.flatMap((service) =>
    service instanceof protobuf.Service
      ? service.methodsArray
          .filter((method) => !method.responseStream)
          .map((method) => `/${packageName}.services.${service.name}/${method.name}`)
      : [],
  );
}
