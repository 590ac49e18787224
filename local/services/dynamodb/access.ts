/** Which permissions a DynamoDB request needs: actions on table, index and stream ARNs, with the partition keys it touches. */
import { type AccessNeed, AwsError, type AwsRequest, unsupported } from '../../ports.ts';
import { STREAM_LABEL } from '../../template/resource-types.ts';
import { isObject, type JsonObject, objectOf, objectsOf, optionalText, readJson, textOf } from '../json-protocol.ts';
import type { Place } from '../place.ts';
import { tableArn, tableNameOf, tableOfIterator } from './arns.ts';

/** Partition key attribute of a table, or of one of its indexes; `undefined` for a table that does not exist. */
type PartitionKeyOf = (table: string, index: string | undefined) => string | undefined;

type Read = (
  input: JsonObject,
  tables: { readonly place: Place; readonly partitionKey: PartitionKeyOf },
) => readonly AccessNeed[];
type Tables = Parameters<Read>[1];

function need(
  action: string,
  tables: Tables,
  table: string,
  keys: readonly unknown[] = [],
  index?: string,
): AccessNeed {
  const name = tableNameOf(table);
  const attribute = tables.partitionKey(name, index);
  const leading =
    attribute === undefined ? [] : keys.map((key) => leadingKey(key, attribute)).filter((value) => value !== undefined);
  const resource =
    index === undefined ? tableArn(tables.place, name) : `${tableArn(tables.place, name)}/index/${index}`;
  const action_ = `dynamodb:${action}`;
  return leading.length === 0
    ? { action: action_, resource }
    : { action: action_, resource, context: { 'dynamodb:LeadingKeys': leading } };
}

function leadingKey(key: unknown, attribute: string): string | undefined {
  const value = isObject(key) ? key[attribute] : undefined;
  if (!isObject(value)) return undefined;
  const [text] = Object.values(value);
  return typeof text === 'string' ? text : undefined;
}

function onItem(action: string, keyField: 'Key' | 'Item'): Read {
  return (input, tables) => [need(action, tables, textOf(input, 'TableName'), [input[keyField]])];
}

function onTable(action: string): Read {
  return (input, tables) => [need(action, tables, textOf(input, 'TableName'))];
}

function onStream(action: string): Read {
  return (input, tables) => {
    const table =
      'ShardIterator' in input
        ? tableOfIterator(textOf(input, 'ShardIterator'))
        : tableNameOf(textOf(input, 'StreamArn'));
    if (table === undefined) throw new AwsError('ValidationException', 'Invalid ShardIterator.');
    return [{ action: `dynamodb:${action}`, resource: `${tableArn(tables.place, table)}/stream/${STREAM_LABEL}` }];
  };
}

const query: Read = (input, tables) => {
  const table = textOf(input, 'TableName');
  const index = optionalText(input, 'IndexName');
  const attribute = tables.partitionKey(tableNameOf(table), index);
  const value = attribute === undefined ? undefined : queriedKey(input, attribute);
  return [
    need('Query', tables, table, value === undefined || attribute === undefined ? [] : [{ [attribute]: value }], index),
  ];
};

/** The value that a key condition compares the partition key with. */
function queriedKey(input: JsonObject, attribute: string): unknown {
  const expression = optionalText(input, 'KeyConditionExpression') ?? '';
  const names = objectOf(input, 'ExpressionAttributeNames');
  for (const [, name = '', value = ''] of expression.matchAll(/(#?[\w.-]+)\s*=\s*(:\w+)/g)) {
    if ((name.startsWith('#') ? names[name] : name) === attribute)
      return objectOf(input, 'ExpressionAttributeValues')[value];
  }
  const legacy = objectOf(input, 'KeyConditions')[attribute];
  return isObject(legacy) && Array.isArray(legacy.AttributeValueList) ? legacy.AttributeValueList[0] : undefined;
}

/** Operation inside a transaction → the action AWS checks for it, and where its key stands. */
const TRANSACTED: Readonly<Record<string, readonly [action: string, keyField: 'Key' | 'Item']>> = {
  Get: ['GetItem', 'Key'],
  Put: ['PutItem', 'Item'],
  Update: ['UpdateItem', 'Key'],
  Delete: ['DeleteItem', 'Key'],
  ConditionCheck: ['ConditionCheckItem', 'Key'],
};

function transaction(name: string): Read {
  return (input, tables) =>
    objectsOf(input, 'TransactItems').flatMap((item) =>
      Object.entries(item).map(([kind, operation]) => {
        const known = TRANSACTED[kind];
        if (known === undefined || !isObject(operation))
          throw new AwsError('ValidationException', `${name} has no operation ${kind}.`);
        const single = need(known[0], tables, textOf(operation, 'TableName'), [operation[known[1]]]);
        return { ...single, context: { ...single.context, 'dynamodb:EnclosingOperation': name } };
      }),
    );
}

function batch(action: string, keysOf: (request: unknown) => readonly unknown[]): Read {
  return (input, tables) =>
    Object.entries(objectOf(input, 'RequestItems')).map(([table, requests]) =>
      need(action, tables, table, keysOf(requests)),
    );
}

const batchGetKeys = (request: unknown): readonly unknown[] => (isObject(request) ? objectsOf(request, 'Keys') : []);
const batchWriteKeys = (request: unknown): readonly unknown[] =>
  (Array.isArray(request) ? request : [])
    .filter(isObject)
    .map((write) => objectOf(write, 'PutRequest').Item ?? objectOf(write, 'DeleteRequest').Key);

const OPERATIONS: Readonly<Record<string, Read>> = {
  GetItem: onItem('GetItem', 'Key'),
  PutItem: onItem('PutItem', 'Item'),
  UpdateItem: onItem('UpdateItem', 'Key'),
  DeleteItem: onItem('DeleteItem', 'Key'),
  Query: query,
  Scan: (input, tables) => [need('Scan', tables, textOf(input, 'TableName'), [], optionalText(input, 'IndexName'))],
  BatchGetItem: batch('BatchGetItem', batchGetKeys),
  BatchWriteItem: batch('BatchWriteItem', batchWriteKeys),
  TransactGetItems: transaction('TransactGetItems'),
  TransactWriteItems: transaction('TransactWriteItems'),
  DescribeTable: onTable('DescribeTable'),
  DescribeTimeToLive: onTable('DescribeTimeToLive'),
  ListTables: () => [{ action: 'dynamodb:ListTables', resource: '*' }],
  ListStreams: () => [{ action: 'dynamodb:ListStreams', resource: '*' }],
  DescribeStream: onStream('DescribeStream'),
  GetShardIterator: onStream('GetShardIterator'),
  GetRecords: onStream('GetRecords'),
};

export function dynamoDbAccess(request: AwsRequest, place: Place, partitionKey: PartitionKeyOf): readonly AccessNeed[] {
  const operation = request.operation ?? '';
  const read = Object.hasOwn(OPERATIONS, operation) ? OPERATIONS[operation] : undefined;
  if (read === undefined) throw unsupported('DynamoDB', operation || 'a request without X-Amz-Target');
  return read(readJson(request), { place, partitionKey });
}
