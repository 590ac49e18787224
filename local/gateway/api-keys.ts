/** The values of API keys: from the template, else drawn once and kept, as AWS draws them. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { JsonFile } from '../services/json-file.ts';
import type { ApiKeyDefinition } from './api-definition.ts';

export function apiKeyValues(
  keys: readonly ApiKeyDefinition[],
  dataDir: string | undefined,
): ReadonlyMap<string, string> {
  const undecided = keys.filter((key) => key.value === undefined);
  const values = new Map(keys.flatMap((key) => (key.value === undefined ? [] : [[key.id, key.value] as const])));
  if (undecided.length === 0) return values;
  if (dataDir === undefined) {
    for (const key of undecided) values.set(key.id, draw());
    return values;
  }
  const file = new JsonFile<Record<string, string>>(join(dataDir, 'gateway', 'api-keys.json'), {}, 0o600);
  for (const key of undecided) {
    const value = file.state[key.id] ?? draw();
    file.state[key.id] = value;
    values.set(key.id, value);
  }
  file.save();
  return values;
}

/** Forty letters and digits, the length of AWS's own. */
function draw(): string {
  return randomBytes(60)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 40);
}
