import * as z from 'zod/mini';
import { isoDate, type platformId, workspaceId as workspaceIdSchema } from '../../contracts/schemas/primitives.ts';
import { account } from '../../contracts/schemas/structure.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { platformAccountPk, workspacePk } from './keys.ts';
import type { Table } from './table.ts';

/** The account as callers see it, with what the pipeline needs to read it. */
const accountRecord = z.extend(account, {
  connectionId: z.string(),
  managerPlatformId: z.nullable(z.string()),
  /** The last account-local day with loaded facts. */
  throughDate: z.nullable(isoDate),
  /** What it counts as conversions, and how late each may be credited; null where the platform does not say. */
  conversionTypes: z.nullable(
    z.array(
      z.object({
        platformId: z.string(),
        name: z.string(),
        clickWindowDays: z.int(),
        viewWindowDays: z.int(),
      }),
    ),
  ),
});
export type AccountRecord = z.infer<typeof accountRecord>;
/** What records of earlier releases lack. */
const earlier = { lookBackDays: null, conversionTypes: null } as const;
const parse = (item: Readonly<Record<string, unknown>>): AccountRecord => accountRecord.parse({ ...earlier, ...item });

/** What the platform says of an account; the rest is the pipeline's own memory. */
type DiscoveredRecord = Omit<
  AccountRecord,
  'lastLoadedAt' | 'lastError' | 'throughDate' | 'lookBackDays' | 'conversionTypes'
> &
  Partial<Pick<AccountRecord, 'lookBackDays' | 'conversionTypes'>>;

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export interface AccountStore {
  get(id: string): Promise<AccountRecord | undefined>;
  all(): Promise<AccountRecord[]>;
  list(query: {
    readonly platform?: z.infer<typeof platformId>;
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<Page<AccountRecord>>;
  /** Writes what the platform says and keeps what was loaded; nothing is written when nothing changed. */
  upsert(discovered: DiscoveredRecord): Promise<void>;
  /** An older load never overwrites the trace of a newer one. */
  recordLoaded(id: string, load: { readonly loadedAt: string; readonly throughDate: string | null }): Promise<void>;
  recordError(id: string, message: string): Promise<void>;
}

/** Accounts of a workspace are few (hundreds): a filter by platform is applied after reading. */
export function createAccountStore(table: Table, workspaceId: string): AccountStore {
  const pk = workspacePk(workspaceId);
  const keyOf = (id: string) => ({ pk, sk: `ACCOUNT#${id}` });
  const get = async (id: string) => {
    const item = await table.get(keyOf(id));
    return item && parse(item);
  };
  const all = async () => (await table.all({ pk, prefix: 'ACCOUNT#', consistent: true })).map(parse);
  return {
    get,
    all,
    async list({ platform, limit, cursor }) {
      const question = [workspaceId, 'accounts', platform];
      const [after = ''] = cursor === undefined ? [] : decodeCursor(question, cursor, 1);
      const matching = (await all()).filter((one) => one.id > after && (!platform || one.platform === platform));
      const items = matching.slice(0, limit);
      const last = items.at(-1);
      return { items, nextCursor: last && matching.length > limit ? encodeCursor(question, [last.id]) : null };
    },
    async upsert(discovered) {
      const item = await table.get(keyOf(discovered.id));
      const existing = item && parse(item);
      // Accounts of earlier releases get their second key with the next load.
      const second = { gsi1pk: platformAccountPk(discovered.platform, discovered.platformId), gsi1sk: pk };
      const next = parse({
        lastLoadedAt: null,
        lastError: null,
        throughDate: null,
        ...existing,
        ...discovered,
      });
      if (!existing && (await table.put({ ...keyOf(next.id), ...second, ...next }, { ifAbsent: true }))) return;
      if (
        existing &&
        item.gsi1pk === second.gsi1pk &&
        JSON.stringify(existing) === JSON.stringify(accountRecord.parse({ ...existing, ...next }))
      )
        return;
      const { id, ...fields } = discovered;
      await table.update(keyOf(id), { ...fields, ...second });
    },
    async recordLoaded(id, { loadedAt, throughDate }) {
      await table.update(
        keyOf(id),
        { lastLoadedAt: loadedAt, lastError: null },
        {
          expression: 'attribute_type(lastLoadedAt, :null) OR lastLoadedAt <= :at',
          values: { ':null': 'NULL', ':at': loadedAt },
        },
      );
      if (throughDate === null) return;
      await table.update(
        keyOf(id),
        { throughDate },
        {
          expression: 'attribute_type(throughDate, :null) OR throughDate < :through',
          values: { ':null': 'NULL', ':through': throughDate },
        },
      );
    },
    async recordError(id, message) {
      await table.update(keyOf(id), { lastError: message });
    },
  };
}

/** Which workspaces have an account, by what its platform calls it: a platform knows nothing of workspaces. */
export interface AccountOwners {
  workspacesOf(platform: string, accountPlatformId: string): Promise<string[]>;
}

/** More than this do not share one account. */
const mostOwners = 100;

export function createAccountOwners(table: Table): AccountOwners {
  return {
    async workspacesOf(platform, accountPlatformId) {
      const pk = platformAccountPk(platform, accountPlatformId);
      const { items } = await table.query({ index: 'gsi1', pk, limit: mostOwners, attributes: ['pk'] });
      return items.map((item) => workspaceIdSchema.parse(String(item.pk).slice(workspacePk('').length)));
    },
  };
}
