import { requireAssets } from '../../../adapters/generation/known-assets.ts';
import type { RouteCases } from '../../../adapters/http/api-handler.ts';
import { changedMeanwhile, requireUnchanged } from '../../../adapters/http/preconditions.ts';
import type { HeldBrandKit } from '../../../adapters/stores/brief-store.ts';
import type { Stores, WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { BrandKit } from '../../../contracts/schemas/brand-kits.ts';
import { type BrandKitRecord, brandKitRecord, mostBrandKits } from '../../../contracts/schemas/kept-briefs.ts';
import { sameContent } from '../../../domain/changes/same-content.ts';
import { AppError } from '../../../domain/errors.ts';
import { keptEntry } from '../../../domain/generation/kept-entry.ts';
import { requestHashOf } from '../../../domain/generation/request-hash.ts';
import { derivedId, newId } from '../../../domain/integrations/ids.ts';

export interface BrandKitPorts {
  readonly stores: Stores<'brandKits' | 'assets' | 'audit'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Brand kits of a workspace: how its ads look and speak. */
export function manageBrandKits({ stores, now }: BrandKitPorts) {
  const at = (): string => new Date(now()).toISOString();
  return {
    listBrandKits: async ({ principal: { workspaceId } }) => ({
      items: (await stores.forWorkspace(workspaceId).brandKits.all()).toReversed().map(shown),
    }),

    getBrandKit: async ({ principal: { workspaceId }, path: { brandKitId } }) =>
      shown(await find(stores.forWorkspace(workspaceId), brandKitId)),

    async createBrandKit({ principal: { workspaceId, subject }, body, idempotencyKey, requestId }) {
      const own = stores.forWorkspace(workspaceId);
      const id = idempotencyKey === undefined ? newId('brk', now()) : derivedId('brk', [workspaceId, idempotencyKey]);
      const requestHash = idempotencyKey === undefined ? null : requestHashOf(body);
      const earlier = await own.brandKits.get(id);
      if (earlier !== undefined) return shown(sameRequest(earlier, requestHash));
      if ((await own.brandKits.all()).length >= mostBrandKits) {
        throw new AppError('conflict', `A workspace has at most ${mostBrandKits} brand kits; change one you have.`);
      }
      await requireAssets(own, logoOf(body));
      const made = {
        ...{ id, kit: body, archived: false, requestHash },
        ...{ createdAt: at(), createdBy: subject, changedAt: at() },
      };
      const entry = keptEntry(
        'brand-kit.created',
        { id, name: body.name },
        { at: made.createdAt, actor: subject, requestId },
        null,
        body,
      );
      if (!(await own.audit.append([entry], [own.brandKits.create(made)]))) throw changedMeanwhile();
      return shown(await find(own, id));
    },

    async changeBrandKit({ principal: { workspaceId, subject }, path: { brandKitId }, body, ifMatch, requestId }) {
      const own = stores.forWorkspace(workspaceId);
      const held = await find(own, brandKitId);
      requireUnchanged(ifMatch, brandKitRecord, shown(held));
      const { archived = held.archived, without = [], ...fields } = body;
      const left = Object.fromEntries(
        Object.entries(held.kit).filter(([name]) => !(without as readonly string[]).includes(name)),
      ) as typeof held.kit;
      const kit = {
        ...left,
        ...(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<
          typeof held.kit
        >),
      };
      if (archived === held.archived && sameContent(kit, held.kit)) return shown(held);
      await requireAssets(own, logoOf(kit));
      const changedAt = at();
      const entry = keptEntry(
        'brand-kit.changed',
        { id: held.id, name: kit.name },
        { at: changedAt, actor: subject, requestId },
        held.kit,
        kit,
      );
      if (!(await own.audit.append([entry], [own.brandKits.change(held, { kit, archived, changedAt })]))) {
        throw changedMeanwhile();
      }
      return shown(await find(own, brandKitId));
    },
  } satisfies RouteCases;
}

const logoOf = ({ logoAssetId }: Pick<BrandKit, 'logoAssetId'>) =>
  logoAssetId === undefined ? [] : [{ field: 'logoAssetId', id: logoAssetId, kind: 'logo' as const }];

const shown = (held: HeldBrandKit): BrandKitRecord => brandKitRecord.parse(held);

function sameRequest(earlier: HeldBrandKit, requestHash: string | null): HeldBrandKit {
  if (earlier.requestHash === requestHash) return earlier;
  throw new AppError('idempotency-mismatch', 'The Idempotency-Key was used for another request. Use a new key.');
}

async function find(own: WorkspaceStores<'brandKits'>, id: string): Promise<HeldBrandKit> {
  const held = await own.brandKits.get(id);
  if (held === undefined) throw new AppError('not-found', `There is no brand kit ${id}.`);
  return held;
}
