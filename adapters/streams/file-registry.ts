import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { SchemaRegistry } from './schema-registry.ts';

/** One released version of a schema. */
export interface ReleasedSchema {
  readonly schemaName: string;
  /** Counted from 1. */
  readonly version: number;
  readonly id: string;
  readonly definition: object;
}

/**
 * The id of a definition where there is no service that draws one: the same wherever the same file is read. A UUID of version 8, which
 * RFC 9562 leaves to whoever makes it.
 */
export function derivedVersionId(schemaName: string, definition: object): string {
  const hex = createHash('sha256')
    .update(`${schemaName}\n${JSON.stringify(definition)}`)
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** `<folder>/<schema name>/<version>.json`, in the order of versions. Throws `Error` for a name that is no version. */
export function readReleasedSchemas(folder: string): ReleasedSchema[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: schemaName }) =>
      readdirSync(join(folder, schemaName))
        .map((file) => {
          const version = Number(/^([1-9]\d*)\.json$/.exec(file)?.[1] ?? Number.NaN);
          if (Number.isNaN(version))
            throw new Error(`${join(folder, schemaName, file)}: the name must be <version>.json.`);
          const definition = JSON.parse(readFileSync(join(folder, schemaName, file), 'utf8')) as object;
          return { schemaName, version, definition, id: derivedVersionId(schemaName, definition) };
        })
        .sort((a, b) => a.version - b.version),
    );
}

/** Schemas kept as files: for tools and tests, and wherever there is no Glue. */
export function createFileRegistry(released: readonly ReleasedSchema[]): SchemaRegistry {
  const byId = new Map(released.map(({ id, definition }) => [id, definition]));
  return {
    async idOf(schemaName, definition) {
      const id = derivedVersionId(schemaName, definition);
      if (byId.has(id)) return id;
      throw new AppError('internal', `No released version of ${schemaName} has this definition.`);
    },
    definitionOf: async (id) => byId.get(id),
  };
}
