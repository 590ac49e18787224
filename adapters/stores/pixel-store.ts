import * as z from 'zod/mini';
import { type Pixel, pixel } from '../../contracts/schemas/pixels.ts';
import { workspaceId as workspaceIdSchema } from '../../contracts/schemas/primitives.ts';
import { pixelPk, workspacePk } from './keys.ts';
import type { Table, TransactAction } from './table.ts';

/** The pixel as callers see it, and how often it was changed, so that two people do not overwrite each other. */
const pixelRecord = z.extend(pixel, { revision: z.int() });
export type PixelRecord = z.infer<typeof pixelRecord>;

export interface PixelStore {
  /** The oldest first. */
  all(): Promise<PixelRecord[]>;
  get(id: string): Promise<PixelRecord | undefined>;
  /** Writes it, in a transaction with its audit entry; it fails when there is one of this id. */
  create(made: Pixel): TransactAction;
  /** The same for a change; it fails when somebody else was first. */
  change(held: PixelRecord, change: Partial<Omit<Pixel, 'id' | 'createdAt'>>): TransactAction;
}

export function createPixelStore(table: Table, workspaceId: string): PixelStore {
  const pk = workspacePk(workspaceId);
  const keyOf = (id: string) => ({ pk, sk: `PIXEL#${id}` });
  const itemOf = (held: PixelRecord) => ({ ...keyOf(held.id), gsi1pk: pixelPk(held.id), gsi1sk: pk, ...held });
  return {
    async all() {
      const records = (await table.all({ pk, prefix: 'PIXEL#', consistent: true })).map((item) =>
        pixelRecord.parse(item),
      );
      return records.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
    },
    async get(id) {
      const item = await table.get(keyOf(id));
      return item && pixelRecord.parse(item);
    },
    create: (made) => ({ put: itemOf({ ...made, revision: 1 }), condition: 'attribute_not_exists(pk)' }),
    change: (held, change) => ({
      put: itemOf({ ...held, ...change, revision: held.revision + 1 }),
      condition: 'revision = :revision',
      values: { ':revision': held.revision },
    }),
  };
}

/** The way from a pixel, which a page names, to the tenant that made it. */
export interface PixelOwners {
  find(pixelId: string): Promise<{ readonly workspaceId: string; readonly pixel: Pixel } | undefined>;
}

export function createPixelOwners(table: Table): PixelOwners {
  return {
    async find(pixelId) {
      const { items } = await table.query({ index: 'gsi1', pk: pixelPk(pixelId), limit: 1 });
      const [item] = items;
      if (item === undefined) return undefined;
      const workspaceId = workspaceIdSchema.parse(String(item.pk).slice(workspacePk('').length));
      return { workspaceId, pixel: pixel.parse(item) };
    },
  };
}
