import type { RouteCases } from '../../../adapters/http/api-handler.ts';
import { changedMeanwhile, requireUnchanged } from '../../../adapters/http/preconditions.ts';
import type { PixelRecord } from '../../../adapters/stores/pixel-store.ts';
import type { Stores, WorkspaceStores } from '../../../adapters/stores/stores.ts';
import { mostPixels, type Pixel, pixel } from '../../../contracts/schemas/pixels.ts';
import type { AuditDraft } from '../../../domain/audit/chain.ts';
import { sameContent } from '../../../domain/changes/same-content.ts';
import { AppError } from '../../../domain/errors.ts';

type PixelKinds = 'pixels' | 'accounts' | 'audit';

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

    async createPixel({ principal: { workspaceId, subject }, body, requestId }) {
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
      const { name, origins, currency, accountId, enabled } = made;
      const after = { name, origins, currency, accountId, enabled };
      const entry = pixelEntry('pixel.created', made, { at: made.createdAt, actor: subject, requestId }, null, after);
      if (!(await own.audit.append([entry], [own.pixels.create(made)]))) throw changedMeanwhile();
      return made;
    },

    async changePixel({ principal: { workspaceId, subject }, path: { pixelId }, body, ifMatch, requestId }) {
      const own = stores.forWorkspace(workspaceId);
      const held = await find(own, pixelId);
      requireUnchanged(ifMatch, pixel, held);
      await requireAccount(own, body.accountId);
      const change = changedFields(held, body);
      if (Object.keys(change).length === 0) return held;
      const changedAt = at();
      const before = Object.fromEntries(Object.keys(change).map((field) => [field, Reflect.get(held, field)]));
      const entry = pixelEntry('pixel.changed', held, { at: changedAt, actor: subject, requestId }, before, change);
      if (!(await own.audit.append([entry], [own.pixels.change(held, { ...change, changedAt })]))) {
        throw changedMeanwhile();
      }
      return find(own, pixelId);
    },
  } satisfies RouteCases;
}

/** Fields that a body gives another value. */
const changedFields = (held: Pixel, body: { readonly [F in keyof Pixel]?: Pixel[F] | undefined }): Partial<Pixel> =>
  Object.fromEntries(
    Object.entries(body).filter(
      ([field, value]) => value !== undefined && !sameContent(value, Reflect.get(held, field)),
    ),
  );

const pixelEntry = (
  action: 'pixel.created' | 'pixel.changed',
  { id, name }: Pixel,
  asked: Pick<AuditDraft, 'at' | 'actor' | 'requestId'>,
  before: unknown,
  after: unknown,
): AuditDraft => ({
  ...asked,
  action,
  reason: null,
  changeId: null,
  operationId: null,
  object: { kind: 'pixel', id, platformId: null, name },
  before,
  after,
  platformRequestId: null,
  problem: null,
});

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
