import type protobuf from 'protobufjs';
import { camelCase } from './failure.ts';

/** A JSON field the message does not have: Google's front end refuses it. */
export class UnknownField extends Error {}

/** Reads a JSON request into proto names; like proto3 JSON it takes both snake_case and camelCase. */
export function readJson(type: protobuf.Type, text: string): Record<string, unknown> {
  const parsed: unknown = JSON.parse(text === '' ? '{}' : text);
  return readObject(type, parsed);
}

function readObject(type: protobuf.Type, value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UnknownField(`Invalid value for ${type.name}: an object is expected.`);
  const fields: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    const field = type.fieldsArray.find((known) => known.name === name || camelCase(known.name) === name)?.resolve();
    if (field === undefined)
      throw new UnknownField(`Invalid JSON payload received. Unknown name "${name}": Cannot find field.`);
    if (inner === null) continue;
    const { resolvedType } = field;
    fields[field.name] =
      resolvedType !== null && 'fieldsArray' in resolvedType ? readObject(resolvedType, inner) : inner;
  }
  return fields;
}
