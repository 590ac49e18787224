/** AWS::DynamoDB::GlobalTable and AWS::DynamoDB::Table: created, and brought up to what the template says. */
import type { ResolvedResource } from '../../ports.ts';
import { AwsError } from '../../ports.ts';
import { isObject, type JsonObject, objectsOf, optionalText } from '../json-protocol.ts';
import { asBoolean, type PropertySupport, refuseUnlisted } from '../property-support.ts';
import { type DatabaseClient, TABLES_TARGET } from './database-client.ts';

const REPLICA: Readonly<Record<string, true>> = {
  Region: true,
  // Backups, protection and capacity are the account's business; nothing that runs observes them.
  PointInTimeRecoverySpecification: true,
  DeletionProtectionEnabled: true,
  ContributorInsightsSpecification: true,
  GlobalSecondaryIndexes: true,
  SSESpecification: true,
  TableClass: true,
  Tags: true,
};

const TABLE: PropertySupport = {
  TableName: 'honoured',
  AttributeDefinitions: 'honoured',
  KeySchema: 'honoured',
  GlobalSecondaryIndexes: 'honoured',
  LocalSecondaryIndexes: 'honoured',
  StreamSpecification: (value) =>
    isObject(value) && value.ResourcePolicy !== undefined
      ? 'with a ResourcePolicy is not supported locally'
      : undefined,
  TimeToLiveSpecification: 'honoured',
  Replicas: (value) => replicasProblem(value),
  // There is no throttling here, so that capacity shows nowhere.
  BillingMode: 'harmless',
  ProvisionedThroughput: 'harmless',
  OnDemandThroughput: 'harmless',
  WriteProvisionedThroughputSettings: 'harmless',
  WriteOnDemandThroughputSettings: 'harmless',
  WarmThroughput: 'harmless',
  SSESpecification: 'harmless',
  PointInTimeRecoverySpecification: 'harmless',
  ContributorInsightsSpecification: 'harmless',
  DeletionProtectionEnabled: 'harmless',
  TableClass: 'harmless',
  Tags: 'harmless',
};

function replicasProblem(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length !== 1 || !isObject(value[0]))
    return 'in more than one region is not supported locally';
  const unknown = Object.keys(value[0]).find((name) => !Object.hasOwn(REPLICA, name));
  return unknown === undefined ? undefined : `has a replica with ${unknown}, which is not supported locally`;
}

export function refuseTable(resource: ResolvedResource): string | undefined {
  return refuseUnlisted(resource, TABLE);
}

/** What the runtime remembers of a table. */
export interface TableFacts {
  readonly name: string;
  /** Of the table under `''`, of each index under its name. */
  readonly partitionKeys: ReadonlyMap<string, string>;
  readonly sortKey: string | undefined;
  /** Attribute in epoch seconds after which an item expires. */
  readonly ttlAttribute: string | undefined;
}

export function factsOf(resource: ResolvedResource): TableFacts {
  const properties = resource.properties;
  const partitionKeys = new Map<string, string>();
  const add = (name: string, keys: JsonObject): void => {
    const key = keyOf(keys, 'HASH');
    if (key !== undefined) partitionKeys.set(name, key);
  };
  add('', properties);
  for (const index of [
    ...objectsOf(properties, 'GlobalSecondaryIndexes'),
    ...objectsOf(properties, 'LocalSecondaryIndexes'),
  ]) {
    add(optionalText(index, 'IndexName') ?? '', index);
  }
  const ttl = properties.TimeToLiveSpecification;
  const ttlOn = isObject(ttl) && asBoolean(ttl.Enabled);
  return {
    name: resource.physicalId,
    partitionKeys,
    sortKey: keyOf(properties, 'RANGE'),
    ttlAttribute: ttlOn ? optionalText(ttl, 'AttributeName') : undefined,
  };
}

function keyOf(schema: JsonObject, type: string): string | undefined {
  const key = objectsOf(schema, 'KeySchema').find((candidate) => candidate.KeyType === type);
  return key === undefined ? undefined : optionalText(key, 'AttributeName');
}

export async function provisionTable(database: DatabaseClient, resource: ResolvedResource): Promise<void> {
  const TableName = resource.physicalId;
  const wanted = resource.properties;
  const existing = await describe(database, TableName);
  if (existing === undefined) {
    await database.call(`${TABLES_TARGET}.CreateTable`, creation(TableName, wanted));
    await untilActive(database, TableName);
  } else {
    if (JSON.stringify(sortedKeys(existing)) !== JSON.stringify(sortedKeys(wanted))) {
      throw new Error(
        `Table ${TableName} was stored with other keys than the template says: delete the .conext folder to start afresh.`,
      );
    }
    await updateIndexes(database, TableName, existing, wanted);
    await updateStream(database, TableName, existing, wanted);
  }
  await updateTimeToLive(database, TableName, factsOf(resource).ttlAttribute);
}

function creation(TableName: string, wanted: JsonObject): JsonObject {
  const global = objectsOf(wanted, 'GlobalSecondaryIndexes').map(indexOf);
  const local = objectsOf(wanted, 'LocalSecondaryIndexes').map(indexOf);
  const stream = streamOf(wanted);
  return {
    TableName,
    AttributeDefinitions: wanted.AttributeDefinitions,
    KeySchema: wanted.KeySchema,
    BillingMode: 'PAY_PER_REQUEST',
    ...(global.length > 0 ? { GlobalSecondaryIndexes: global } : {}),
    ...(local.length > 0 ? { LocalSecondaryIndexes: local } : {}),
    ...(stream === undefined ? {} : { StreamSpecification: stream }),
  };
}

function indexOf(index: JsonObject): JsonObject {
  return { IndexName: index.IndexName, KeySchema: index.KeySchema, Projection: index.Projection };
}

function streamOf(wanted: JsonObject): JsonObject | undefined {
  const stream = wanted.StreamSpecification;
  return isObject(stream) ? { StreamEnabled: true, StreamViewType: stream.StreamViewType } : undefined;
}

function sortedKeys(table: JsonObject): readonly string[] {
  return objectsOf(table, 'KeySchema')
    .map((key) => `${String(key.KeyType)} ${String(key.AttributeName)}`)
    .sort();
}

async function updateIndexes(
  database: DatabaseClient,
  TableName: string,
  existing: JsonObject,
  wanted: JsonObject,
): Promise<void> {
  const names = (table: JsonObject): readonly unknown[] =>
    objectsOf(table, 'GlobalSecondaryIndexes').map((index) => index.IndexName);
  const update = async (change: JsonObject): Promise<void> => {
    await database.call(`${TABLES_TARGET}.UpdateTable`, {
      TableName,
      AttributeDefinitions: wanted.AttributeDefinitions,
      GlobalSecondaryIndexUpdates: [change],
    });
    await untilActive(database, TableName);
  };
  for (const IndexName of names(existing)) {
    if (!names(wanted).includes(IndexName)) await update({ Delete: { IndexName } });
  }
  for (const index of objectsOf(wanted, 'GlobalSecondaryIndexes')) {
    if (!names(existing).includes(index.IndexName)) await update({ Create: indexOf(index) });
  }
}

async function updateStream(
  database: DatabaseClient,
  TableName: string,
  existing: JsonObject,
  wanted: JsonObject,
): Promise<void> {
  const stream = streamOf(wanted);
  const current = existing.StreamSpecification;
  const on = isObject(current) && current.StreamEnabled === true;
  if (on === (stream !== undefined)) return;
  await database.call(`${TABLES_TARGET}.UpdateTable`, {
    TableName,
    StreamSpecification: stream ?? { StreamEnabled: false },
  });
  await untilActive(database, TableName);
}

async function updateTimeToLive(
  database: DatabaseClient,
  TableName: string,
  attribute: string | undefined,
): Promise<void> {
  const described = await database.call(`${TABLES_TARGET}.DescribeTimeToLive`, { TableName });
  const current = described.TimeToLiveDescription;
  const on =
    isObject(current) && current.TimeToLiveStatus === 'ENABLED' ? optionalText(current, 'AttributeName') : undefined;
  if (on === attribute) return;
  const set = (AttributeName: string, Enabled: boolean): Promise<JsonObject> =>
    database.call(`${TABLES_TARGET}.UpdateTimeToLive`, {
      TableName,
      TimeToLiveSpecification: { AttributeName, Enabled },
    });
  if (on !== undefined) await set(on, false);
  if (attribute !== undefined) await set(attribute, true);
}

async function describe(database: DatabaseClient, TableName: string): Promise<JsonObject | undefined> {
  try {
    const { Table } = await database.call(`${TABLES_TARGET}.DescribeTable`, { TableName });
    return isObject(Table) ? Table : undefined;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

const ACTIVE_DEADLINE_MS = 10_000;

async function untilActive(database: DatabaseClient, TableName: string): Promise<void> {
  const deadline = Date.now() + ACTIVE_DEADLINE_MS;
  for (;;) {
    const table = await describe(database, TableName);
    const indexes = table === undefined ? [] : objectsOf(table, 'GlobalSecondaryIndexes');
    if (table?.TableStatus === 'ACTIVE' && indexes.every((index) => index.IndexStatus === 'ACTIVE')) return;
    if (Date.now() > deadline)
      throw new Error(`Table ${TableName} did not become active within ${ACTIVE_DEADLINE_MS / 1000} s.`);
    await new Promise((later) => setTimeout(later, 10));
  }
}
