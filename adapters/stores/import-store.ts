import * as z from 'zod/mini';
import { reportDateFormats, reportDecimalSigns, reportImport } from '../../contracts/schemas/imports.ts';
import { platformId } from '../../contracts/schemas/primitives.ts';
import type { Page } from './account-store.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { workspacePk } from './keys.ts';
import type { Table } from './table.ts';

/** An import as callers see it, with what its steps need. */
const importRecord = z.extend(reportImport, {
  /** What somebody decided with the last preview. */
  choices: z.object({
    platform: z.optional(platformId),
    dateFormat: z.optional(z.enum(reportDateFormats)),
    decimalSign: z.optional(z.enum(reportDecimalSigns)),
  }),
  /** What the last preview found; null before it, and when an error stood in the way. */
  found: z.nullable(
    z.object({
      currency: z.nullable(z.string()),
      accountPlatformId: z.nullable(z.string()),
      timeZone: z.nullable(z.string()),
    }),
  ),
  /** Every attempt to load it: a removal takes away the rows of all of them. */
  runIds: z.array(z.string()),
  /** When it was last begun to be loaded or removed. */
  begunAt: z.nullable(z.string()),
});
export type ImportRecord = z.infer<typeof importRecord>;

export interface ImportStore {
  /** `false` when an import of this id exists. */
  create(record: ImportRecord): Promise<boolean>;
  get(id: string): Promise<ImportRecord | undefined>;
  /** Newest first. */
  list(query: { readonly limit: number; readonly cursor?: string }): Promise<Page<ImportRecord>>;
  /** Changes an import that is in one of the states; `false` when it is not. */
  change(
    id: string,
    from: readonly ImportRecord['state'][],
    change: Partial<Omit<ImportRecord, 'id'>>,
  ): Promise<boolean>;
}

export function createImportStore(table: Table, workspaceId: string): ImportStore {
  const pk = workspacePk(workspaceId);
  const keyOf = (id: string) => ({ pk, sk: `IMPORT#${id}` });
  return {
    create: (record) => table.put({ ...keyOf(record.id), ...importRecord.parse(record) }, { ifAbsent: true }),
    async get(id) {
      const item = await table.get(keyOf(id));
      return item && importRecord.parse(item);
    },
    async list({ limit, cursor }) {
      const question = [workspaceId, 'imports'];
      const [after] = cursor === undefined ? [] : decodeCursor(question, cursor, 1);
      const { items } = await table.query({
        pk,
        prefix: 'IMPORT#',
        newestFirst: true,
        limit: limit + 1,
        ...(after !== undefined && { after: keyOf(after) }),
      });
      const found = items.map((item) => importRecord.parse(item));
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown,
        nextCursor: last && found.length > limit ? encodeCursor(question, [last.id]) : null,
      };
    },
    change: (id, from, change) =>
      table.update(keyOf(id), change, {
        expression: `#state IN (${from.map((_, index) => `:from${index}`).join(', ')})`,
        names: { '#state': 'state' },
        values: Object.fromEntries(from.map((state, index) => [`:from${index}`, state])),
      }),
  };
}
