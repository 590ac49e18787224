import { createHash } from 'node:crypto';
import { AppError } from '../../domain/errors.ts';
import type { StructureKind, StructureRow } from '../../domain/integrations/platform.ts';
import {
  type StructureOwner,
  type StructureRecord,
  structureDefaults,
  structureRecord,
  structureSchemas,
} from '../../domain/integrations/structure-record.ts';
import type { Page } from './account-store.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { workspacePk } from './keys.ts';
import type { Item, Table } from './table.ts';

const labels: Readonly<Record<StructureKind, string>> = { campaign: 'CAMPAIGN', 'ad-group': 'ADGROUP', ad: 'AD' };
/** The order in which a list without a status filter shows them. */
const statuses = ['enabled', 'paused', 'removed'] as const;
type Status = (typeof statuses)[number];

interface StructureQuery {
  readonly accountId?: string;
  readonly campaignId?: string;
  readonly adGroupId?: string;
  readonly status?: Status;
  readonly limit: number;
  readonly cursor?: string;
}

interface StructureChange {
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
}

export interface StructureStore<K extends StructureKind> {
  get(id: string): Promise<StructureRecord<K> | undefined>;
  /** Those that exist, by id. */
  getMany(ids: readonly string[]): Promise<Map<string, StructureRecord<K>>>;
  /** Present names of those that exist, by id. */
  names(ids: readonly string[]): Promise<Map<string, string>>;
  list(query: StructureQuery): Promise<Page<StructureRecord<K>>>;
  /**
   * Makes the account's objects equal to the rows: writes what is new or changed and, when the rows were all there are (asked
   * once they are read), marks what the platform no longer lists as removed. Repeating it writes nothing.
   */
  synchronise(
    owner: StructureOwner,
    chunks: AsyncIterable<readonly StructureRow[]>,
    at: string,
    complete?: () => boolean,
  ): Promise<StructureChange>;
}

/** Fields of parents in the order they nest, as the index's sort key spells them. */
const pathOf = (record: Item): string =>
  ['accountId', 'campaignId', 'adGroupId', 'id']
    .map((field) => record[field])
    .filter((part) => typeof part === 'string')
    .join('#');

const hashOf = ({ updatedAt: _, ...content }: Record<string, unknown>): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('base64url');

export function createStructureStore<K extends StructureKind>(
  table: Table,
  workspaceId: string,
  kind: K,
): StructureStore<K> {
  const pk = workspacePk(workspaceId);
  const label = labels[kind];
  const schema = structureSchemas[kind];
  const parse = (item: Item) => schema.parse({ ...structureDefaults[kind], ...item }) as StructureRecord<K>;
  const keyOf = (id: string) => ({ pk, sk: `${label}#${id}` });
  const listPk = (status: Status) => `${pk}#${label}#${status}`;

  const toItem = (record: Record<string, unknown>, status: Status) => {
    const content = { ...record, status };
    return {
      ...keyOf(String(record.id)),
      gsi1pk: listPk(status),
      gsi1sk: pathOf(content),
      ...content,
      hash: hashOf(content),
    };
  };

  /** The sort key prefix of a filter; `undefined` when what it names does not exist or contradicts itself. */
  async function prefixOf(query: StructureQuery): Promise<string | undefined> {
    const named: [StructureKind, string] | undefined =
      query.adGroupId !== undefined
        ? ['ad-group', query.adGroupId]
        : query.campaignId !== undefined
          ? ['campaign', query.campaignId]
          : undefined;
    if (!named) return query.accountId === undefined ? '' : `${query.accountId}#`;
    const parent = await table.get({ pk, sk: `${labels[named[0]]}#${named[1]}` });
    if (!parent) return undefined;
    if (query.accountId !== undefined && parent.accountId !== query.accountId) return undefined;
    if (query.campaignId !== undefined && (parent.campaignId ?? parent.id) !== query.campaignId) return undefined;
    return `${pathOf(parent)}#`;
  }

  return {
    async get(id) {
      const item = await table.get(keyOf(id));
      return item && parse(item);
    },
    async getMany(ids) {
      const items = await table.getMany([...new Set(ids)].map(keyOf));
      return new Map(items.map((item) => [String(item.id), parse(item)]));
    },
    async names(ids) {
      const items = await table.getMany([...new Set(ids)].map(keyOf), ['id', 'name']);
      return new Map(items.map((item) => [String(item.id), String(item.name)]));
    },
    async list(query) {
      const question = [workspaceId, label, query.accountId, query.campaignId, query.adGroupId, query.status];
      const prefix = await prefixOf(query);
      if (prefix === undefined) return { items: [], nextCursor: null };
      const wanted: readonly Status[] = query.status ? [query.status] : statuses;
      const [status, path = '', id = ''] = query.cursor === undefined ? [] : decodeCursor(question, query.cursor, 3);
      const start = status === undefined ? 0 : wanted.indexOf(status as Status);
      if (start < 0 || (status !== undefined && !path.startsWith(prefix))) {
        throw new AppError('invalid-request', 'The cursor does not belong to this list.', {
          fields: [{ field: 'cursor', message: 'does not belong to this list' }],
        });
      }
      const items: Item[] = [];
      for (const [index, next] of wanted.entries()) {
        if (index < start) continue;
        let after = index === start && status ? { gsi1pk: listPk(next), gsi1sk: path, ...keyOf(id) } : undefined;
        // One more than asked for tells whether there is a next page.
        while (items.length <= query.limit) {
          const page = await table.query({
            index: 'gsi1',
            pk: listPk(next),
            ...(prefix && { prefix }),
            ...(after && { after }),
            limit: query.limit + 1 - items.length,
          });
          items.push(...page.items);
          if (!page.after) break;
          after = page.after as typeof after;
        }
        if (items.length > query.limit) break;
      }
      const shown = items.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map(parse),
        nextCursor:
          last && items.length > query.limit
            ? encodeCursor(question, [String(last.status), String(last.gsi1sk), String(last.id)])
            : null,
      };
    },
    async synchronise(owner, chunks, at, complete = () => true) {
      const seen = new Set<string>();
      let written = 0;
      let unchanged = 0;
      for await (const rows of chunks) {
        const fresh = new Map<string, ReturnType<typeof toItem>>();
        for (const row of rows) {
          const record = structureRecord(owner, row, at);
          fresh.set(String(record.id), toItem(record, row.status));
        }
        const known = await table.getMany([...fresh.keys()].map(keyOf), ['id', 'hash']);
        const hashes = new Map(known.map((item) => [item.id, item.hash]));
        const changed = [...fresh].filter(([id, item]) => hashes.get(id) !== item.hash).map(([, item]) => item);
        await table.putMany(changed);
        written += changed.length;
        unchanged += fresh.size - changed.length;
        for (const id of fresh.keys()) seen.add(id);
      }
      let removed = 0;
      if (!complete()) return { written, unchanged, removed };
      for (const status of ['enabled', 'paused'] as const) {
        for await (const item of table.each({ index: 'gsi1', pk: listPk(status), prefix: `${owner.accountId}#` })) {
          if (seen.has(String(item.id))) continue;
          await table.putMany([toItem({ ...parse(item), updatedAt: at }, 'removed')]);
          removed += 1;
        }
      }
      return { written, unchanged, removed };
    },
  };
}

/** The stores of all three kinds, for `createStores`. */
export const structureStores = {
  campaigns: (table: Table, workspaceId: string) => createStructureStore(table, workspaceId, 'campaign'),
  adGroups: (table: Table, workspaceId: string) => createStructureStore(table, workspaceId, 'ad-group'),
  ads: (table: Table, workspaceId: string) => createStructureStore(table, workspaceId, 'ad'),
};

/** The store of a structure kind, for code that goes over the kinds. */
export const structureStoreOf = (
  stores: {
    readonly campaigns: StructureStore<'campaign'>;
    readonly adGroups: StructureStore<'ad-group'>;
    readonly ads: StructureStore<'ad'>;
  },
  kind: StructureKind,
): StructureStore<'campaign'> | StructureStore<'ad-group'> | StructureStore<'ad'> =>
  ({ campaign: stores.campaigns, 'ad-group': stores.adGroups, ad: stores.ads })[kind];
