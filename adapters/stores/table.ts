import { setTimeout as wait } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { AppError } from '../../domain/errors.ts';
import { indexName } from './keys.ts';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}
export type Item = Record<string, unknown>;

export interface TableQuery {
  readonly pk: string;
  /** Without it the main index. */
  readonly index?: 'gsi1';
  readonly prefix?: string;
  /** Inclusive bounds on the sort key, instead of a prefix. */
  readonly between?: readonly [string, string];
  /** The sort key to go on after; on gsi1 with the item's own key. */
  readonly after?: Item;
  readonly limit?: number;
  readonly newestFirst?: boolean;
  readonly consistent?: boolean;
  /** Attributes to read; all by default. */
  readonly attributes?: readonly string[];
}

export type TransactAction = ({ readonly put: Key & Item } | { readonly remove: Key }) & {
  readonly condition?: string;
  readonly values?: Item;
  readonly names?: Record<string, string>;
};
/** `failed`: actions whose conditions did not hold; none of them where another transaction was in the way. */
export type TransactOutcome = { readonly done: true } | { readonly done: false; readonly failed: readonly number[] };

/** What a store needs of the table; all of it, without the connection behind. */
export type TableAccess = Pick<
  Table,
  'get' | 'put' | 'update' | 'query' | 'each' | 'all' | 'getMany' | 'putMany' | 'removeMany' | 'attempt'
>;

/** Items of one BatchWriteItem and BatchGetItem call, as DynamoDB limits them. */
const writeBatch = 25;
const readBatch = 100;
const batchAttempts = 8;
/** No list of one partition is longer than this many pages of 1 MB. */
const pageLimit = 1_000;

/** DynamoDB's failures that a condition caused, told apart from all others. */
const isConditionFailure = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'ConditionalCheckFailedException' ||
    (error.name === 'TransactionCanceledException' &&
      'CancellationReasons' in error &&
      Array.isArray(error.CancellationReasons) &&
      error.CancellationReasons.some(
        (reason: { Code?: string }) =>
          reason.Code === 'ConditionalCheckFailed' || reason.Code === 'TransactionConflict',
      )));

interface Cancelled {
  readonly CancellationReasons: readonly { readonly Code?: string }[];
}

type Attributes = Record<string, AttributeValue>;
/** Items as DynamoDB writes them; an undefined attribute is an absent one. */
const written = (item: object): Attributes => marshall(item, { removeUndefinedValues: true });

const backoff = (attempt: number) => wait(Math.min(1_000, 25 * 2 ** attempt) * (0.5 + Math.random() / 2));

/** One DynamoDB table with single-table keys. Knows nothing of what the items mean. */
export class Table {
  readonly #client: DynamoDBClient;
  readonly #name: string;

  constructor(name: string, client: DynamoDBClient = connect()) {
    this.#name = name;
    this.#client = client;
  }

  async get(key: Key): Promise<Item | undefined> {
    const answer = await this.#client.send(
      new GetItemCommand({ TableName: this.#name, Key: keyOf(key), ConsistentRead: true }),
    );
    return answer.Item && unmarshall(answer.Item);
  }

  /** Answers `false` when `ifAbsent` is asked for and the item is there. */
  async put(item: Key & Item, options: { readonly ifAbsent?: boolean } = {}): Promise<boolean> {
    try {
      await this.#client.send(
        new PutItemCommand({
          TableName: this.#name,
          Item: written(item),
          ...(options.ifAbsent && { ConditionExpression: 'attribute_not_exists(pk)' }),
        }),
      );
      return true;
    } catch (error) {
      if (isConditionFailure(error)) return false;
      throw error;
    }
  }

  /** Sets attributes of an item that exists, if the condition holds. Answers whether it did. */
  async update(
    key: Key,
    set: Item,
    condition?: { readonly expression: string; readonly values: Item; readonly names?: Record<string, string> },
  ): Promise<boolean> {
    const names: Record<string, string> = { ...condition?.names };
    const values: Item = { ...condition?.values };
    const assignments = Object.entries(set).map(([name, value], index) => {
      names[`#s${index}`] = name;
      values[`:s${index}`] = value;
      return `#s${index} = :s${index}`;
    });
    try {
      await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#name,
          Key: keyOf(key),
          UpdateExpression: `SET ${assignments.join(', ')}`,
          ConditionExpression: ['attribute_exists(pk)', ...(condition ? [`(${condition.expression})`] : [])].join(
            ' AND ',
          ),
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: written(values),
        }),
      );
      return true;
    } catch (error) {
      if (isConditionFailure(error)) return false;
      throw error;
    }
  }

  /**
   * An update by an expression, of an item that exists and if the condition holds: what it became, `undefined` when it did not. For
   * additions that many make at once.
   */
  async change(
    key: Key,
    given: {
      readonly update: string;
      readonly condition: string;
      readonly names?: Record<string, string>;
      readonly values: Item;
    },
  ): Promise<Item | undefined> {
    try {
      const answer = await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#name,
          Key: keyOf(key),
          UpdateExpression: given.update,
          ConditionExpression: `attribute_exists(pk) AND (${given.condition})`,
          ...(given.names && { ExpressionAttributeNames: given.names }),
          ExpressionAttributeValues: written(given.values),
          ReturnValues: 'ALL_NEW',
        }),
      );
      return answer.Attributes && unmarshall(answer.Attributes);
    } catch (error) {
      if (isConditionFailure(error)) return undefined;
      throw error;
    }
  }

  /** One page: at most `limit` items and, where there may be more, the key to go on after. */
  async query(query: TableQuery): Promise<{ items: Item[]; after: Item | undefined }> {
    const names = query.index === 'gsi1' ? { '#pk': 'gsi1pk', '#sk': 'gsi1sk' } : { '#pk': 'pk', '#sk': 'sk' };
    const attributes = Object.fromEntries((query.attributes ?? []).map((name, index) => [`#a${index}`, name]));
    const range = query.between
      ? ' AND #sk BETWEEN :from AND :to'
      : query.prefix === undefined
        ? ''
        : ' AND begins_with(#sk, :prefix)';
    const answer = await this.#client.send(
      new QueryCommand({
        TableName: this.#name,
        ...(query.index && { IndexName: indexName }),
        KeyConditionExpression: `#pk = :pk${range}`,
        ExpressionAttributeNames: { '#pk': names['#pk'], ...(range && { '#sk': names['#sk'] }), ...attributes },
        ExpressionAttributeValues: written({
          ':pk': query.pk,
          ...(query.between && { ':from': query.between[0], ':to': query.between[1] }),
          ...(!query.between && query.prefix !== undefined && { ':prefix': query.prefix }),
        }),
        ...(query.attributes && { ProjectionExpression: Object.keys(attributes).join(', ') }),
        ...(query.after && { ExclusiveStartKey: written(query.after) }),
        ...(query.limit !== undefined && { Limit: query.limit }),
        ...(query.newestFirst && { ScanIndexForward: false }),
        ...(query.consistent && { ConsistentRead: true }),
      }),
    );
    return {
      items: (answer.Items ?? []).map((item) => unmarshall(item)),
      after: answer.LastEvaluatedKey && unmarshall(answer.LastEvaluatedKey),
    };
  }

  /** Every item of a query, page by page. */
  async *each(query: Omit<TableQuery, 'limit'>): AsyncGenerator<Item> {
    let after = query.after;
    for (let page = 0; page < pageLimit; page += 1) {
      const answer = await this.query({ ...query, ...(after && { after }) });
      yield* answer.items;
      if (!answer.after) return;
      after = answer.after;
    }
    throw new AppError('internal', `A list under ${query.pk} did not end within ${pageLimit} pages.`);
  }

  async all(query: Omit<TableQuery, 'limit'>): Promise<Item[]> {
    const items: Item[] = [];
    for await (const item of this.each(query)) items.push(item);
    return items;
  }

  /** Items that exist among the keys, in no order. */
  async getMany(keys: readonly Key[], attributes?: readonly string[]): Promise<Item[]> {
    const items: Item[] = [];
    const names = Object.fromEntries((attributes ?? []).map((name, index) => [`#a${index}`, name]));
    const projection = attributes && {
      ProjectionExpression: Object.keys(names).join(', '),
      ExpressionAttributeNames: names,
    };
    for (let start = 0; start < keys.length; start += readBatch) {
      let pending: Attributes[] = keys.slice(start, start + readBatch).map(keyOf);
      for (let attempt = 0; pending.length > 0; attempt += 1) {
        if (attempt === batchAttempts) throw throttled(pending.length);
        if (attempt > 0) await backoff(attempt);
        const answer = await this.#client.send(
          new BatchGetItemCommand({
            RequestItems: { [this.#name]: { Keys: pending, ConsistentRead: true, ...projection } },
          }),
        );
        items.push(...(answer.Responses?.[this.#name] ?? []).map((item) => unmarshall(item)));
        pending = answer.UnprocessedKeys?.[this.#name]?.Keys ?? [];
      }
    }
    return items;
  }

  /** Puts all items; what DynamoDB leaves unprocessed is tried again, a bounded number of times. */
  async putMany(items: readonly (Key & Item)[]): Promise<void> {
    await this.#writeMany(items.map((item) => ({ PutRequest: { Item: written(item) } })));
  }

  async #writeMany(requests: readonly WriteRequest[]): Promise<void> {
    for (let start = 0; start < requests.length; start += writeBatch) {
      let pending = requests.slice(start, start + writeBatch);
      for (let attempt = 0; pending.length > 0; attempt += 1) {
        if (attempt === batchAttempts) throw throttled(pending.length);
        if (attempt > 0) await backoff(attempt);
        const answer = await this.#client.send(new BatchWriteItemCommand({ RequestItems: { [this.#name]: pending } }));
        pending = answer.UnprocessedItems?.[this.#name] ?? [];
      }
    }
  }

  /** Deletes items, a bounded number of tries each; one that is not there is no failure. */
  async removeMany(keys: readonly Key[]): Promise<void> {
    await this.#writeMany(keys.map((key) => ({ DeleteRequest: { Key: keyOf(key) } })));
  }

  /** Adds to numbers of an item, which is made when it is not there; `set` are further attributes. */
  async add(key: Key, amounts: Readonly<Record<string, number>>, set: Item = {}): Promise<void> {
    const adding = Object.entries(amounts);
    const setting = Object.entries(set);
    await this.#client.send(
      new UpdateItemCommand({
        TableName: this.#name,
        Key: keyOf(key),
        UpdateExpression: [
          `ADD ${adding.map((_, index) => `#a${index} :a${index}`).join(', ')}`,
          ...(setting.length === 0 ? [] : [`SET ${setting.map((_, index) => `#s${index} = :s${index}`).join(', ')}`]),
        ].join(' '),
        ExpressionAttributeNames: Object.fromEntries([
          ...adding.map(([name], index) => [`#a${index}`, name]),
          ...setting.map(([name], index) => [`#s${index}`, name]),
        ]),
        ExpressionAttributeValues: written(
          Object.fromEntries([
            ...adding.map(([, value], index) => [`:a${index}`, value]),
            ...setting.map(([, value], index) => [`:s${index}`, value]),
          ]),
        ),
      }),
    );
  }

  /** All or nothing; answers `false` when a condition failed or another transaction was in the way. */
  async transact(actions: readonly TransactAction[]): Promise<boolean> {
    return (await this.attempt(actions)).done;
  }

  /** The same, and says which actions stood against it, by index, and whether another transaction was merely in the way. */
  async attempt(actions: readonly TransactAction[]): Promise<TransactOutcome> {
    const items = actions.map((action) => {
      const given = {
        TableName: this.#name,
        ...(action.condition && { ConditionExpression: action.condition }),
        ...(action.values && { ExpressionAttributeValues: written(action.values) }),
        ...(action.names && { ExpressionAttributeNames: action.names }),
      };
      return 'put' in action
        ? { Put: { ...given, Item: written(action.put) } }
        : { Delete: { ...given, Key: keyOf(action.remove) } };
    });
    try {
      await this.#client.send(new TransactWriteItemsCommand({ TransactItems: items }));
      return { done: true };
    } catch (error) {
      if (!isConditionFailure(error)) throw error;
      const reasons = 'CancellationReasons' in (error as object) ? (error as Cancelled).CancellationReasons : [];
      const failed = reasons.flatMap(({ Code }, index) => (Code === 'ConditionalCheckFailed' ? [index] : []));
      return { done: false, failed };
    }
  }
}

const keyOf = ({ pk, sk }: Key): Attributes => written({ pk, sk });

const throttled = (left: number): AppError =>
  new AppError('unavailable', `The state table is throttled: ${left} items of a batch were not processed.`);

function connect(): DynamoDBClient {
  return new DynamoDBClient({
    maxAttempts: 5,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 },
  });
}
