import * as z from 'zod/mini';
import { type Pixel, pixel } from '../../contracts/schemas/pixels.ts';
import { workspaceId as workspaceIdSchema } from '../../contracts/schemas/primitives.ts';
import { pixelPk, workspacePk } from './keys.ts';
import type { Table } from './table.ts';

/** The pixel as callers see it, and how often it was changed, so that two people do not overwrite each other. */
const pixelRecord = z.extend(pixel, { revision: z.int() });
export type PixelRecord = z.infer<typeof pixelRecord>;

export interface PixelStore {
  /** The oldest first. */
  all(): Promise<PixelRecord[]>;
  get(id: string): Promise<PixelRecord | undefined>;
  create(made: Pixel): Promise<void>;
  /** Answers `false` when somebody else was first. */
  change(id: string, revision: number, change: Partial<Omit<Pixel, 'id' | 'createdAt'>>): Promise<boolean>;
}

export function createPixelStore(table: Table, workspaceId: string): PixelStore {
  const pk = workspacePk(workspaceId);
  const keyOf = (id: string) => ({ pk, sk: `PIXEL#${id}` });
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
    async create(made) {
      await table.put(
        { ...keyOf(made.id), gsi1pk: pixelPk(made.id), gsi1sk: pk, ...made, revision: 1 },
        { ifAbsent: true },
      );
    },
    change: (id, revision, change) =>
      table.update(
        keyOf(id),
        { ...change, revision: revision + 1 },
        { expression: 'revision = :revision', values: { ':revision': revision } },
      ),
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
