import type {
  Item,
  Key,
  TableAccess,
  TableQuery,
  TransactAction,
  TransactOutcome,
} from '../../../adapters/stores/table.ts';
import { conditionOf } from './memory-condition.ts';

/** What marshalling makes of an item: undefined attributes are absent, and nobody shares the object. */
const kept = (item: Item): Item => JSON.parse(JSON.stringify(item));

/**
 * The table's interface over a map, with DynamoDB's conditions and transactions: for histories that run by the ten thousand. That it
 * behaves as the table does is tested by the same suite.
 */
export class MemoryTable implements TableAccess {
  readonly #items = new Map<string, Item>();

  readonly #key = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);

  async get(key: Key): Promise<Item | undefined> {
    return this.#items.get(this.#key(key));
  }

  async put(item: Key & Item, options: { readonly ifAbsent?: boolean } = {}): Promise<boolean> {
    const key = this.#key(item);
    if (options.ifAbsent && this.#items.has(key)) return false;
    this.#items.set(key, kept(item));
    return true;
  }

  async update(
    key: Key,
    set: Item,
    condition?: { readonly expression: string; readonly values: Item; readonly names?: Record<string, string> },
  ): Promise<boolean> {
    const found = this.#items.get(this.#key(key));
    if (found === undefined) return false;
    if (condition && !conditionOf(condition.expression, condition.values, condition.names)(found)) return false;
    this.#items.set(this.#key(key), kept({ ...found, ...set }));
    return true;
  }

  async query(query: TableQuery): Promise<{ items: Item[]; after: Item | undefined }> {
    const [hash, range] = query.index === 'gsi1' ? ['gsi1pk', 'gsi1sk'] : ['pk', 'sk'];
    const place = (item: Item): string => `${String(item[range])}\u0000${String(item.pk)}\u0000${String(item.sk)}`;
    const found = [...this.#items.values()].filter((item) => {
      if (item[hash] !== query.pk) return false;
      const at = String(item[range]);
      if (query.between) return at >= query.between[0] && at <= query.between[1];
      return query.prefix === undefined || at.startsWith(query.prefix);
    });
    found.sort((a, b) => (place(a) < place(b) ? -1 : 1));
    if (query.newestFirst) found.reverse();
    const { after } = query;
    const rest =
      after === undefined
        ? found
        : found.filter((item) => (query.newestFirst ? place(item) < place(after) : place(item) > place(after)));
    const items = query.limit === undefined ? rest : rest.slice(0, query.limit);
    const last = items.at(-1);
    const names = query.attributes;
    return {
      items: names ? items.map((item) => Object.fromEntries(names.map((name) => [name, item[name]]))) : items,
      after:
        last === undefined || items.length === rest.length
          ? undefined
          : { pk: last.pk, sk: last.sk, ...(query.index && { gsi1pk: last.gsi1pk, gsi1sk: last.gsi1sk }) },
    };
  }

  async *each(query: Omit<TableQuery, 'limit'>): AsyncGenerator<Item> {
    yield* (await this.query(query)).items;
  }

  async all(query: Omit<TableQuery, 'limit'>): Promise<Item[]> {
    return (await this.query(query)).items;
  }

  async getMany(keys: readonly Key[]): Promise<Item[]> {
    return keys.map((key) => this.#items.get(this.#key(key))).filter((item) => item !== undefined);
  }

  async putMany(items: readonly (Key & Item)[]): Promise<void> {
    for (const item of items) this.#items.set(this.#key(item), kept(item));
  }

  async removeMany(keys: readonly Key[]): Promise<void> {
    for (const key of keys) this.#items.delete(this.#key(key));
  }

  async attempt(actions: readonly TransactAction[]): Promise<TransactOutcome> {
    const keys = actions.map((action) => this.#key('put' in action ? action.put : action.remove));
    if (new Set(keys).size < keys.length) throw new Error('A transaction names one item twice.');
    if (actions.length > 100) throw new Error('A transaction has at most 100 actions.');
    const failed = actions.flatMap(({ condition, values, names }, index) =>
      condition === undefined || conditionOf(condition, values, names)(this.#items.get(keys[index] ?? ''))
        ? []
        : [index],
    );
    if (failed.length > 0) return { done: false, failed };
    actions.forEach((action, index) => {
      const key = keys[index] ?? '';
      if ('put' in action) this.#items.set(key, kept(action.put));
      else this.#items.delete(key);
    });
    return { done: true };
  }
}
