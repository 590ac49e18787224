import { find, type Named, typeIn } from './definitions.ts';
import { camelCase } from './failure.ts';

/** A JSON field the message does not have: Google's front end refuses it. */
export class UnknownField extends Error {}

/** Reads a JSON request into proto names; like proto3 JSON it takes both snake_case and camelCase. */
export function readJson(message: string, text: string): Record<string, unknown> {
  const named = find(message);
  if (named === undefined) throw new Error(`There is no message ${message}.`);
  return readObject(named, JSON.parse(text === '' ? '{}' : text));
}

function readObject({ name: scope, definition }: Named, value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UnknownField(`Invalid value for ${scope}: an object is expected.`);
  }
  const fields: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    const [field, { type }] = Object.entries(definition.fields ?? {}).find(
      ([known]) => known === name || camelCase(known) === name,
    ) ?? [undefined, { type: '' }];
    if (field === undefined) {
      throw new UnknownField(`Invalid JSON payload received. Unknown name "${name}": Cannot find field.`);
    }
    if (inner === null) continue;
    const message = typeIn(scope, type);
    fields[field] = message?.definition.fields === undefined ? inner : readObject(message, inner);
  }
  return fields;
}
