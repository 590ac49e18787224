/** Glue's schema registry: what the templates register, and what earlier releases registered. Its catalogue is Athena's concern. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type AccessNeed, AwsError, type LocalService, type Provisioner, type ResolvedResource } from '../../ports.ts';
import { JsonFile } from '../json-file.ts';
import { type JsonOperations, jsonDispatch } from '../json-operations.ts';
import { isObject, type JsonObject, objectOf, optionalNumber, optionalText, textOf } from '../json-protocol.ts';
import { arnOf, type ServiceSettings } from '../place.ts';
import { type PropertySupport, refuseUnlisted } from '../property-support.ts';

interface SchemaVersion {
  readonly id: string;
  readonly registry: string;
  readonly schema: string;
  /** Counted from 1. */
  readonly number: number;
  readonly definition: string;
}

const REGISTRY: PropertySupport = { Name: 'honoured', Description: 'harmless', Tags: 'harmless' };
const SCHEMA: PropertySupport = {
  Name: 'honoured',
  Registry: 'honoured',
  SchemaDefinition: 'honoured',
  DataFormat: (value) => (value === 'AVRO' ? undefined : `${String(value)} is not supported locally`),
  // The build checks compatibility before anything is deployed.
  Compatibility: 'harmless',
  CheckpointVersion: 'harmless',
  Description: 'harmless',
  Tags: 'harmless',
};
const VERSION: PropertySupport = { Schema: 'honoured', SchemaDefinition: 'honoured' };

export function createGlue(settings: ServiceSettings): LocalService & Provisioner {
  const file = new JsonFile<SchemaVersion[]>(join(settings.dataDir, 'glue', 'schema-versions.json'), []);
  const needs = (action: string, registry: string, schema: string): readonly AccessNeed[] => [
    { action: `glue:${action}`, resource: arnOf(settings, 'glue', `registry/${registry}`) },
    { action: `glue:${action}`, resource: arnOf(settings, 'glue', `schema/${registry}/${schema}`) },
  ];
  const placeOf = (input: JsonObject): { registry: string; schema: string } => {
    const id = objectOf(input, 'SchemaId');
    const arn = optionalText(id, 'SchemaArn')?.split('/');
    return arn === undefined
      ? { registry: optionalText(id, 'RegistryName') ?? 'default-registry', schema: textOf(id, 'SchemaName') }
      : { registry: arn[1] ?? '', schema: arn[2] ?? '' };
  };
  const versionsOf = ({ registry, schema }: { registry: string; schema: string }): SchemaVersion[] =>
    file.state.filter((one) => one.registry === registry && one.schema === schema);
  const show = (one: SchemaVersion): JsonObject => ({
    SchemaVersionId: one.id,
    SchemaArn: arnOf(settings, 'glue', `schema/${one.registry}/${one.schema}`),
    DataFormat: 'AVRO',
    Status: 'AVAILABLE',
  });
  const missing = (what: string): AwsError => new AwsError('EntityNotFoundException', `${what} is not found.`);

  const find = (input: JsonObject): SchemaVersion | undefined => {
    const id = optionalText(input, 'SchemaVersionId');
    if (id !== undefined) return file.state.find((one) => one.id === id);
    const which = objectOf(input, 'SchemaVersionNumber');
    const versions = versionsOf(placeOf(input));
    const number = optionalNumber(which, 'VersionNumber');
    return number === undefined ? versions.at(-1) : versions.find((one) => one.number === number);
  };

  const operations: JsonOperations = {
    GetSchemaVersion: {
      // An id names no schema to a caller: it needs to be allowed where that one lies, or anywhere when nobody has it.
      access: (input) => {
        const found = find(input);
        return found === undefined ? [] : needs('GetSchemaVersion', found.registry, found.schema);
      },
      run: (input) => {
        const found = find(input);
        if (found === undefined) throw missing('Schema version');
        return { ...show(found), SchemaDefinition: found.definition, VersionNumber: found.number };
      },
    },
    GetSchemaByDefinition: {
      access: (input) => {
        const { registry, schema } = placeOf(input);
        return needs('GetSchemaByDefinition', registry, schema);
      },
      run: (input) => {
        const place = placeOf(input);
        const wanted = canonical(textOf(input, 'SchemaDefinition'));
        const found = versionsOf(place).find(({ definition }) => canonical(definition) === wanted);
        if (found === undefined) throw missing(`A version of ${place.schema} with this definition`);
        return show(found);
      },
    },
    ListSchemaVersions: {
      access: (input) => {
        const { registry, schema } = placeOf(input);
        return needs('ListSchemaVersions', registry, schema);
      },
      run: (input) => ({
        Schemas: versionsOf(placeOf(input)).map((one) => ({ ...show(one), VersionNumber: one.number })),
      }),
    },
  };

  function register(registry: string, schema: string, definition: string): void {
    const versions = versionsOf({ registry, schema });
    if (versions.some((one) => canonical(one.definition) === canonical(definition))) return;
    file.state.push({
      id: versionId(`${registry}/${schema}`, definition),
      registry,
      schema,
      number: versions.length + 1,
      definition,
    });
    file.save();
  }

  const supports: Readonly<Record<string, PropertySupport>> = {
    'AWS::Glue::Registry': REGISTRY,
    'AWS::Glue::Schema': SCHEMA,
    'AWS::Glue::SchemaVersion': VERSION,
  };
  return {
    name: 'glue',
    types: Object.keys(supports),
    ...jsonDispatch('Glue', operations),
    refuse: (resource) => refuseUnlisted(resource, supports[resource.type] ?? {}),
    provision: async ({ type, properties, physicalId }: ResolvedResource) => {
      if (type === 'AWS::Glue::Registry') return;
      const place = isObject(properties.Schema) ? properties.Schema : undefined;
      if (type === 'AWS::Glue::SchemaVersion') {
        register(
          optionalText(place ?? {}, 'RegistryName') ?? '',
          optionalText(place ?? {}, 'SchemaName') ?? '',
          textOf(properties, 'SchemaDefinition'),
        );
      } else {
        const registry = textOf(objectOf(properties, 'Registry'), 'Name');
        register(registry, physicalId.split('/').at(-1) ?? '', textOf(properties, 'SchemaDefinition'));
      }
    },
    close: async () => undefined,
  };
}

/** White space and the order of attributes say nothing. */
function canonical(definition: string): string {
  const ordered = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(ordered);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, part]) => [name, ordered(part)]),
    );
  };
  try {
    return JSON.stringify(ordered(JSON.parse(definition)));
  } catch {
    throw new AwsError('InvalidInputException', 'The schema definition is not JSON.');
  }
}

/** AWS draws one by chance; here the same definition has the same one after a reset, and what was on a stream stays readable. */
function versionId(place: string, definition: string): string {
  const hex = createHash('sha256')
    .update(`${place}\n${canonical(definition)}`)
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
