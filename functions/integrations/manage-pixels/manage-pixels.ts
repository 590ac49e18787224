import type { RouteCases } from '../../../adapters/http/api-handler.ts';
import { changedMeanwhile, requireUnchanged } from '../../../adapters/http/preconditions.ts';
import type { PixelRecord } from '../../../adapters/stores/pixel-store.ts';
import type { Stores, WorkspaceStores } from '../../../adapters/stores/stores.ts';
import { mostPixels, pixel } from '../../../contracts/schemas/pixels.ts';
import { AppError } from '../../../domain/errors.ts';

type PixelKinds = 'pixels' | 'accounts';

export interface PixelPorts {
  readonly stores: Stores<PixelKinds>;
  /** An id that nobody guesses: whoever has it may send. */
  readonly newPixelId: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Pixels of a workspace: see, make, change, switch off. */
export function managePixels({ stores, newPixelId, now }: PixelPorts) {
  const at = (): string => new Date(now()).toISOString();
  return {
    listPixels: async ({ principal: { workspaceId } }) => ({
      items: await stores.forWorkspace(workspaceId).pixels.all(),
    }),

    getPixel: async ({ principal: { workspaceId }, path: { pixelId } }) =>
      find(stores.forWorkspace(workspaceId), pixelId),

    async createPixel({ principal: { workspaceId }, body }) {
      const own = stores.forWorkspace(workspaceId);
      await requireAccount(own, body.accountId);
      if ((await own.pixels.all()).length >= mostPixels) {
        throw new AppError('conflict', `A workspace has at most ${mostPixels} pixels; change one that is off.`);
      }
      const made = {
        id: newPixelId(),
        name: body.name,
        origins: body.origins,
        currency: body.currency ?? null,
        accountId: body.accountId ?? null,
        enabled: true,
        createdAt: at(),
        changedAt: at(),
      };
      await own.pixels.create(made);
      return made;
    },

    async changePixel({ principal: { workspaceId }, path: { pixelId }, body, ifMatch }) {
      const own = stores.forWorkspace(workspaceId);
      const held = await find(own, pixelId);
      requireUnchanged(ifMatch, pixel, held);
      await requireAccount(own, body.accountId);
      const change = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      if (!(await own.pixels.change(pixelId, held.revision, { ...change, changedAt: at() }))) throw changedMeanwhile();
      return find(own, pixelId);
    },
  } satisfies RouteCases;
}

async function find(own: WorkspaceStores<'pixels'>, pixelId: string): Promise<PixelRecord> {
  const held = await own.pixels.get(pixelId);
  if (held === undefined) throw new AppError('not-found', `There is no pixel ${pixelId}.`);
  return held;
}

async function requireAccount(own: WorkspaceStores<'accounts'>, accountId: string | null | undefined): Promise<void> {
  if (accountId === null || accountId === undefined) return;
  if ((await own.accounts.get(accountId)) !== undefined) return;
  throw new AppError('invalid-request', 'The account is not known.', {
    fields: [{ field: 'accountId', message: 'is no account of this workspace' }],
  });
}
