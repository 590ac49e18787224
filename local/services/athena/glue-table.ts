/** AWS::Glue::Table as this runtime reads it: an Iceberg table of its own, or a view over Parquet files in a bucket. */
import type { ResolvedResource } from '../../ports.ts';
import { isObject, type JsonObject, objectOf, objectsOf, optionalText } from '../json-protocol.ts';
import { asBoolean, type PropertySupport, refuseUnlisted } from '../property-support.ts';
import { duckDbType } from './column-types.ts';

export interface Column {
  readonly name: string;
  /** In DuckDB's words. */
  readonly type: string;
  /** An Iceberg column that takes no NULL. */
  readonly required: boolean;
}

export interface Location {
  readonly bucket: string;
  /** Without slashes at either end. */
  readonly prefix: string;
}

/** Which values of a partition exist: any (`injected`), some, or a range of integers. */
export type Projection =
  | { readonly kind: 'injected' }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'integer'; readonly from: number; readonly to: number };

export interface GlueTable {
  readonly database: string;
  readonly name: string;
  readonly format: 'iceberg' | 'parquet';
  readonly columns: readonly Column[];
  readonly partitions: readonly (Column & { readonly projection: Projection })[];
  readonly location: Location;
}

const TABLE: PropertySupport = {
  CatalogId: 'harmless',
  DatabaseName: 'honoured',
  Name: 'honoured',
  TableInput: 'honoured',
  OpenTableFormatInput: 'honoured',
};

const TABLE_INPUT: PropertySupport = {
  Name: 'honoured',
  TableType: (value) => (value === 'EXTERNAL_TABLE' ? undefined : `${String(value)} is not supported locally`),
  Parameters: 'honoured',
  StorageDescriptor: 'honoured',
  PartitionKeys: 'honoured',
  Description: 'harmless',
  Retention: 'harmless',
  Owner: 'harmless',
};

export function refuseTable(resource: ResolvedResource): string | undefined {
  const input = objectOf(resource.properties, 'TableInput');
  const unlisted = refuseUnlisted(resource, TABLE) ?? refuseUnlisted({ ...resource, properties: input }, TABLE_INPUT);
  if (unlisted !== undefined) return unlisted;
  const table = readGlueTable(resource);
  return typeof table === 'string' ? `${resource.type} ${resource.stack}/${resource.logicalId}: ${table}.` : undefined;
}

/** The table, or the reason against it. */
export function readGlueTable(resource: ResolvedResource): GlueTable | string {
  const input = objectOf(resource.properties, 'TableInput');
  const parameters = objectOf(input, 'Parameters');
  const storage = objectOf(input, 'StorageDescriptor');
  // Either the whole Iceberg schema stands in OpenTableFormatInput, or it says no more than that the table is one.
  const declared = objectOf(
    objectOf(objectOf(resource.properties, 'OpenTableFormatInput'), 'IcebergInput'),
    'IcebergTableInput',
  );
  const fields = objectsOf(objectOf(declared, 'Schema'), 'Fields');
  const iceberg =
    isObject(resource.properties.OpenTableFormatInput) ||
    /^iceberg$/i.test(optionalText(parameters, 'table_type') ?? '');
  if (!iceberg && !/parquet/i.test(optionalText(objectOf(storage, 'SerdeInfo'), 'SerializationLibrary') ?? '')) {
    return 'only Iceberg and Parquet tables are supported locally';
  }
  const location = readLocation(optionalText(declared, 'Location') ?? optionalText(storage, 'Location') ?? '');
  if (location === undefined) return 'its Location must be s3://bucket/prefix';
  const columns = readColumns(fields.length > 0 ? fields : objectsOf(storage, 'Columns'));
  const keys = readColumns(objectsOf(input, 'PartitionKeys'));
  if (typeof columns === 'string') return columns;
  if (typeof keys === 'string') return keys;
  const database = (optionalText(resource.properties, 'DatabaseName') ?? '').toLowerCase();
  const name = (
    optionalText(input, 'Name') ??
    optionalText(resource.properties, 'Name') ??
    resource.physicalId
  ).toLowerCase();
  if (iceberg) return { database, name, format: 'iceberg', columns: [...columns, ...keys], partitions: [], location };
  const partitions = readProjections(keys, parameters);
  return typeof partitions === 'string'
    ? partitions
    : { database, name, format: 'parquet', columns, partitions, location };
}

function readColumns(declared: readonly JsonObject[]): readonly Column[] | string {
  const columns: Column[] = [];
  for (const column of declared) {
    const name = (optionalText(column, 'Name') ?? '').toLowerCase();
    const glueType = optionalText(column, 'Type') ?? 'string';
    const type = duckDbType(glueType);
    if (type === undefined) return `the type ${glueType} of column ${name} is not supported locally`;
    columns.push({ name, type, required: asBoolean(column.Required) });
  }
  return columns;
}

function readLocation(url: string): Location | undefined {
  const match = /^s3:\/\/([^/]+)\/?(.*)$/.exec(url);
  return match === null ? undefined : { bucket: match[1] ?? '', prefix: (match[2] ?? '').replace(/^\/+|\/+$/g, '') };
}

function readProjections(keys: readonly Column[], parameters: JsonObject): GlueTable['partitions'] | string {
  if (keys.length === 0) return [];
  if (optionalText(parameters, 'projection.enabled')?.toLowerCase() !== 'true') {
    return 'partitions without projection.enabled are not supported locally (nothing registers them)';
  }
  const template = optionalText(parameters, 'storage.location.template');
  const partitions: GlueTable['partitions'][number][] = [];
  for (const key of keys) {
    if (template !== undefined && !template.includes(`/${key.name}=\${${key.name}}`)) {
      return `storage.location.template must hold "${key.name}=\${${key.name}}" (Hive layout) to be read locally`;
    }
    const projection = readProjection(key.name, parameters);
    if (typeof projection === 'string') return projection;
    partitions.push({ ...key, projection });
  }
  return partitions;
}

function readProjection(name: string, parameters: JsonObject): Projection | string {
  const type = optionalText(parameters, `projection.${name}.type`)?.toLowerCase();
  if (type === 'injected') return { kind: 'injected' };
  if (type === 'enum') {
    const values = (optionalText(parameters, `projection.${name}.values`) ?? '')
      .split(',')
      .map((value) => value.trim());
    return { kind: 'enum', values };
  }
  if (type === 'integer') {
    const [from = Number.NaN, to = Number.NaN] = (optionalText(parameters, `projection.${name}.range`) ?? '')
      .split(',')
      .map(Number);
    return Number.isInteger(from) && Number.isInteger(to)
      ? { kind: 'integer', from, to }
      : `projection.${name}.range is not two integers`;
  }
  return `projection.${name}.type ${type ?? '(absent)'} is not supported locally`;
}
