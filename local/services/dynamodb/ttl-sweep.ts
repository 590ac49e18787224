/** Deletes items whose time-to-live attribute has passed, as DynamoDB does in the background within days; here within a minute. */
import type { Clock } from '../../ports.ts';
import { isObject, type JsonObject, objectOf, objectsOf, optionalText } from '../json-protocol.ts';
import { type DatabaseClient, TABLES_TARGET } from './database-client.ts';
import type { TableFacts } from './tables.ts';

/** Items older than this are left alone, so that a mistaken value deletes nothing; AWS documents the same five years. */
const OLDEST_S = 5 * 365 * 86_400;
const PAGE = 1000;
const MAX_PAGES = 20;
const REMEMBERED = 10_000;

export class TtlSweep {
  readonly #database: DatabaseClient;
  readonly #clock: Clock;
  /** Where a sweep that reached its bound goes on, per table. */
  readonly #resume = new Map<string, unknown>();
  /** Keys deleted lately: their stream records say that the service did it. Forgotten on restart. */
  readonly #deleted = new Set<string>();

  constructor(database: DatabaseClient, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Whether a stream record tells of a deletion by this sweep. */
  deleted(table: string, record: JsonObject): boolean {
    return (
      record.eventName === 'REMOVE' &&
      this.#deleted.has(identity(table, objectOf(objectOf(record, 'dynamodb'), 'Keys')))
    );
  }

  /** How many items went. */
  async run(tables: Iterable<TableFacts>): Promise<number> {
    let count = 0;
    for (const table of tables) {
      if (table.ttlAttribute !== undefined) count += await this.#sweep(table, table.ttlAttribute);
    }
    return count;
  }

  async #sweep(table: TableFacts, attribute: string): Promise<number> {
    const now = Math.floor(this.#clock() / 1000);
    const names = { '#ttl': attribute };
    const values = { ':now': { N: String(now) }, ':oldest': { N: String(now - OLDEST_S) } };
    const keyNames = [table.partitionKeys.get(''), table.sortKey].filter((name) => name !== undefined);
    let from = this.#resume.get(table.name);
    let count = 0;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const found = await this.#database.call(`${TABLES_TARGET}.Scan`, {
        TableName: table.name,
        Limit: PAGE,
        FilterExpression: '#ttl < :now AND #ttl > :oldest',
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
        ...(isObject(from) ? { ExclusiveStartKey: from } : {}),
      });
      for (const item of objectsOf(found, 'Items')) {
        const key = Object.fromEntries(keyNames.map((name) => [name, item[name]]));
        if (await this.#delete(table.name, key, names, { ':now': values[':now'] })) count += 1;
      }
      from = found.LastEvaluatedKey;
      if (!isObject(from)) break;
    }
    this.#resume.set(table.name, from);
    return count;
  }

  async #delete(table: string, key: JsonObject, names: JsonObject, values: JsonObject): Promise<boolean> {
    const known = identity(table, key);
    this.#deleted.add(known);
    const [oldest] = this.#deleted;
    if (this.#deleted.size > REMEMBERED && oldest !== undefined) this.#deleted.delete(oldest);
    try {
      await this.#database.call(`${TABLES_TARGET}.DeleteItem`, {
        TableName: table,
        Key: key,
        ConditionExpression: '#ttl < :now',
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
      });
      return true;
    } catch (error) {
      this.#deleted.delete(known);
      // Written again since it was read.
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  }
}

function identity(table: string, key: JsonObject): string {
  const parts = Object.keys(key)
    .sort()
    .map((name) => [
      name,
      isObject(key[name])
        ? (optionalText(key[name], 'S') ?? optionalText(key[name], 'N') ?? optionalText(key[name], 'B'))
        : '',
    ]);
  return JSON.stringify([table, parts]);
}
