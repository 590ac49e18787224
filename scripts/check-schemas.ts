import { join } from 'node:path';
import avro from 'avsc/lib/types.js';
import { type ReleasedSchema, readReleasedSchemas } from '../adapters/streams/file-registry.ts';
import { streamEventAvro, streamEventSchemaName } from '../contracts/streams/stream-event.ts';

/** Where a release keeps what it has registered, a folder a schema and a file a version. */
export const releasedFolder = join(import.meta.dirname, '..', 'contracts', 'streams', 'released');

/** What the code writes now, by the schema's name. */
const current: Readonly<Record<string, object>> = { [streamEventSchemaName]: streamEventAvro };

type Definition = Parameters<typeof avro.Type.forSchema>[0];

/**
 * What stands against releasing: a schema that was changed and not added as a version of its own, a gap among the versions, and every
 * version whose records a later one could not read (BACKWARD, as Glue has it, over all versions and not the last alone).
 */
export function schemaFindings(
  released: readonly ReleasedSchema[] = readReleasedSchemas(releasedFolder),
  now: Readonly<Record<string, object>> = current,
): string[] {
  return Object.entries(now).flatMap(([schemaName, definition]) => {
    const versions = released.filter((one) => one.schemaName === schemaName);
    const latest = versions.at(-1);
    const next = `contracts/streams/released/${schemaName}/${versions.length + 1}.json`;
    if (latest === undefined) return [`${schemaName} has no released version: write it to ${next}.`];
    return [
      ...versions.flatMap(({ version }, index) =>
        version === index + 1 ? [] : [`${schemaName}: version ${index + 1} is missing among the released ones.`],
      ),
      ...(JSON.stringify(latest.definition) === JSON.stringify(definition)
        ? []
        : [
            `${schemaName} is not version ${latest.version} any more: write it to ${next}, released versions never change.`,
          ]),
      ...versions.flatMap((writer) =>
        [...versions.filter(({ version }) => version > writer.version), { version: 'now', definition }].flatMap(
          (reader) =>
            unreadable(
              `${schemaName} ${reader.version} cannot read records of version ${writer.version}`,
              reader,
              writer,
            ),
        ),
      ),
    ];
  });
}

function unreadable(
  what: string,
  reader: { readonly definition: object },
  writer: { readonly definition: object },
): string[] {
  try {
    avro.Type.forSchema(reader.definition as Definition).createResolver(
      avro.Type.forSchema(writer.definition as Definition),
    );
    return [];
  } catch (error) {
    return [`${what}: ${error instanceof Error ? error.message : String(error)}`];
  }
}
