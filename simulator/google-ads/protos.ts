import protobuf from 'protobufjs';
import { type Definition, find, packageName, typeIn } from './definitions.ts';
import { attributes } from './gaql/columns.ts';
import { entities } from './mutate/entities.ts';

/** The messages the gRPC wire carries. */
const roots = [
  'services.SearchGoogleAdsRequest',
  'services.SearchGoogleAdsResponse',
  'services.SearchGoogleAdsStreamRequest',
  'services.SearchGoogleAdsStreamResponse',
  'services.MutateGoogleAdsRequest',
  'services.MutateGoogleAdsResponse',
  'services.ListAccessibleCustomersRequest',
  'services.ListAccessibleCustomersResponse',
  'errors.GoogleAdsFailure',
];

let built: protobuf.Root | undefined;

/** A message type by its name below the version's package: `services.SearchGoogleAdsRequest`. */
export function messageType(name: string): protobuf.Type {
  built ??= protobuf.Root.fromJSON(reachable());
  return built.lookupType(`${packageName}.${name}`);
}

export function encode(type: protobuf.Type, message: Record<string, unknown>): Buffer {
  return Buffer.from(type.encode(type.fromObject(message)).finish());
}

/** Decoded with strings for enums and int64. */
export function decode(type: protobuf.Type, bytes: Uint8Array): Record<string, unknown> {
  return type.toObject(type.decode(bytes), { longs: String, enums: String, defaults: true });
}

/** The same with what was not sent left out, as a field mask and a required field need it. */
export function decodeSent(type: protobuf.Type, bytes: Uint8Array): Record<string, unknown> {
  return type.toObject(type.decode(bytes), { longs: String, enums: String });
}

/** One string field of a message whose type is not built. */
export function stringField(bytes: Uint8Array, number: number): string | undefined {
  const reader = protobuf.Reader.create(bytes);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 === number) return reader.string();
    reader.skipType(tag & 7);
  }
  return undefined;
}

/** The definitions those messages reach, in a tree of their own. A row and a mutate keep only what the simulator models. */
function reachable(): Definition {
  const tree: MutableDefinition = { nested: {} };
  const resources = new Set(Object.keys(attributes).map((field) => field.split('.')[0] ?? ''));
  const kept: Readonly<Record<string, ReadonlySet<string>>> = {
    GoogleAdsRow: new Set(['metrics', 'segments', ...resources]),
    MutateOperation: new Set(entities.map((entity) => `${entity}_operation`)),
    MutateOperationResponse: new Set(entities.map((entity) => `${entity}_result`)),
  };
  const waiting = roots.map((name) => `${packageName}.${name}`);
  const seen = new Set<string>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const outer = outermost(name);
    if (seen.has(outer)) continue;
    seen.add(outer);
    const whole = find(outer)?.definition;
    if (whole === undefined) throw new Error(`google-ads-node does not define ${outer}.`);
    const names = kept[outer.slice(`${packageName}.services.`.length)];
    const definition = names === undefined ? whole : { ...whole, fields: only(whole.fields ?? {}, names) };
    place(tree, outer, definition);
    waiting.push(...references(outer, definition));
  }
  return tree as Definition;
}

interface MutableDefinition {
  nested?: Record<string, MutableDefinition>;
}

/** A type nested in a message comes with the message around it. */
function outermost(name: string): string {
  const parts = name.split('.');
  for (let length = 1; length < parts.length; length += 1) {
    const outer = parts.slice(0, length).join('.');
    if (find(outer)?.definition.fields !== undefined) return outer;
  }
  return name;
}

function references(name: string, { fields = {}, nested = {} }: Definition): string[] {
  const own = Object.values(fields).flatMap(({ type }) => typeIn(name, type)?.name ?? []);
  return [
    ...own,
    ...Object.entries(nested).flatMap(([inner, definition]) => references(`${name}.${inner}`, definition)),
  ];
}

function only<T>(fields: Readonly<Record<string, T>>, names: ReadonlySet<string>): Record<string, T> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.has(name)));
}

function place(tree: MutableDefinition, name: string, definition: Definition): void {
  const parts = name.split('.');
  const last = parts.pop() ?? '';
  let at = tree;
  for (const part of parts) {
    at.nested ??= {};
    at.nested[part] ??= {};
    at = at.nested[part];
  }
  at.nested = { ...at.nested, [last]: definition as MutableDefinition };
}
