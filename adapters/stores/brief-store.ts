import * as z from 'zod/mini';
import { brandKit } from '../../contracts/schemas/brand-kits.ts';
import { briefDraft } from '../../contracts/schemas/briefs.ts';
import { pageReading } from '../../contracts/schemas/kept-briefs.ts';
import { workspacePk } from './keys.ts';
import type { Table, TransactAction } from './table.ts';

const kept = {
  id: z.string(),
  archived: z.boolean(),
  createdAt: z.string(),
  createdBy: z.string(),
  changedAt: z.string(),
  /** Of the request with an idempotency key that made it. */
  requestHash: z.nullable(z.string()),
  /** How often it was changed, so that two people do not overwrite each other. */
  revision: z.int(),
};
const heldBrief = z.object({ ...kept, brief: briefDraft, reading: z.nullable(pageReading) });
export type HeldBrief = z.infer<typeof heldBrief>;
const heldBrandKit = z.object({ ...kept, kit: brandKit });
export type HeldBrandKit = z.infer<typeof heldBrandKit>;

interface Held {
  readonly id: string;
  readonly createdAt: string;
  readonly revision: number;
}

/** Things that people write and change by hand: some hundreds a workspace, each changed by whoever read it last. */
export interface KeptStore<H extends Held> {
  /** The newest first. */
  all(): Promise<H[]>;
  get(id: string): Promise<H | undefined>;
  /** Writes it, in a transaction with its audit entry; it fails when there is one of this id. */
  create(made: Omit<H, 'revision'>): TransactAction;
  /** The same for a change; it fails when somebody else was first. */
  change(held: H, change: Partial<Omit<H, 'id' | 'createdAt' | 'revision'>>): TransactAction;
  /** Writes a change by itself; `false` when somebody else was first. For what no person did. */
  replace(held: H, change: Partial<Omit<H, 'id' | 'createdAt' | 'revision'>>): Promise<boolean>;
}

function createKeptStore<H extends Held>(
  table: Table,
  workspaceId: string,
  kind: string,
  read: (item: unknown) => H,
): KeptStore<H> {
  const pk = workspacePk(workspaceId);
  const keyOf = (id: string) => ({ pk, sk: `${kind}#${id}` });
  const unchanged = (held: H) => ({ condition: 'revision = :revision', values: { ':revision': held.revision } });
  return {
    async all() {
      const found = (await table.all({ pk, prefix: `${kind}#`, consistent: true })).map(read);
      return found.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    },
    async get(id) {
      const item = await table.get(keyOf(id));
      return item && read(item);
    },
    create: (made) => ({
      put: { ...keyOf(made.id as string), ...made, revision: 1 },
      condition: 'attribute_not_exists(pk)',
    }),
    change: (held, change) => ({
      put: { ...keyOf(held.id), ...held, ...change, revision: held.revision + 1 },
      ...unchanged(held),
    }),
    replace: (held, change) =>
      table.update(
        keyOf(held.id),
        { ...change, revision: held.revision + 1 },
        { expression: 'revision = :revision', values: { ':revision': held.revision } },
      ),
  };
}

export type BriefStore = KeptStore<HeldBrief>;
export const createBriefStore = (table: Table, workspaceId: string): BriefStore =>
  createKeptStore(table, workspaceId, 'BRIEF', (item) => heldBrief.parse(item));

export type BrandKitStore = KeptStore<HeldBrandKit>;
export const createBrandKitStore = (table: Table, workspaceId: string): BrandKitStore =>
  createKeptStore(table, workspaceId, 'BRAND-KIT', (item) => heldBrandKit.parse(item));
