import { createHash } from 'node:crypto';
import type { RouteCases } from '../../../adapters/http/api-handler.ts';
import { writePng } from '../../../adapters/images/png-file.ts';
import { readPhoto } from '../../../adapters/images/read-photo.ts';
import type { Lake } from '../../../adapters/lake.ts';
import type { Moderator } from '../../../adapters/moderation/moderator.ts';
import { decodeCursor, encodeCursor } from '../../../adapters/stores/cursor.ts';
import type { Stores, WorkspaceStores } from '../../../adapters/stores/stores.ts';
import { type AssetRecord, type HeldAsset, uploadLimits } from '../../../contracts/schemas/assets.ts';
import type { ModerationThresholds } from '../../../domain/compliance/moderation/judge.ts';
import { AppError } from '../../../domain/errors.ts';
import { keptEntry } from '../../../domain/generation/kept-entry.ts';
import { uploadedAssetKey } from '../../../domain/generation/pipeline/generation-layout.ts';
import { derivedId, newId } from '../../../domain/integrations/ids.ts';

type Kinds = 'assets' | 'audit' | 'settings';
type Own = WorkspaceStores<Kinds>;

export interface AssetPorts {
  readonly stores: Stores<Kinds>;
  readonly lake: Pick<Lake, 'put' | 'remove'>;
  readonly moderator: Pick<Moderator, 'pictures'>;
  readonly thresholdsOf: (own: Own) => Promise<ModerationThresholds>;
  /** An address at which an object can be seen for an hour after `at`, epoch milliseconds. */
  readonly linkTo: (key: string, at: number) => Promise<string>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const defaultLimit = 50;

/** Logos and photos of products: decoded, turned upright, made small, without what the camera wrote into them, and looked at. */
export function manageAssets({ stores, lake, moderator, thresholdsOf, linkTo, now }: AssetPorts) {
  const shown = async (own: Own, asset: HeldAsset): Promise<AssetRecord> => ({
    ...asset,
    url: await linkTo(uploadedAssetKey(own.workspaceId, asset.id), now()),
  });

  return {
    async listAssets({ principal: { workspaceId }, query: { kind, limit = defaultLimit, cursor } }) {
      const own = stores.forWorkspace(workspaceId);
      const all = (await own.assets.all()).filter((one) => kind === undefined || one.kind === kind);
      const question = [workspaceId, 'assets', kind];
      const [after] = cursor === undefined ? [] : decodeCursor(question, cursor, 1);
      const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
      const page = all.slice(start, start + limit);
      const last = page.at(-1);
      return {
        items: await Promise.all(page.map((asset) => shown(own, asset))),
        nextCursor: last !== undefined && start + page.length < all.length ? encodeCursor(question, [last.id]) : null,
      };
    },

    async getAsset({ principal: { workspaceId }, path: { assetId } }) {
      const own = stores.forWorkspace(workspaceId);
      return shown(own, await find(own, assetId));
    },

    async uploadAsset({
      principal: { workspaceId, subject },
      body: { name, kind, content },
      idempotencyKey,
      requestId,
    }) {
      const own = stores.forWorkspace(workspaceId);
      const bytes = decoded(content);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const id = idempotencyKey === undefined ? newId('upl', now()) : derivedId('upl', [workspaceId, idempotencyKey]);
      const earlier = await own.assets.get(id);
      if (earlier !== undefined) {
        if (earlier.sha256 === sha256 && earlier.kind === kind && earlier.name === name) return shown(own, earlier);
        throw new AppError('idempotency-mismatch', 'The Idempotency-Key was used for another upload. Use a new key.');
      }
      if ((await own.assets.all()).length >= uploadLimits.assets) {
        throw new AppError('conflict', `A workspace keeps at most ${uploadLimits.assets} pictures. Delete some first.`);
      }
      const outcome = await readPhoto(bytes, { cut: false });
      if (outcome.kind === 'refused') throw unusable(outcome.reason);
      const { photo } = outcome;
      const png = writePng(photo.pixels, { alpha: true, level: 6 });
      const key = uploadedAssetKey(workspaceId, id);
      await lake.put(key, png, 'image/png');
      const thresholds = await thresholdsOf(own);
      const findings = await moderator.pictures([{ field: 'content', key }], { allowed: [], thresholds });
      const worst = findings.find(({ severity }) => severity === 'block');
      if (worst !== undefined) {
        await lake.remove([{ key }]);
        throw unusable(worst.message);
      }
      const asset: HeldAsset = {
        ...{ id, name, kind, width: photo.width, height: photo.height, bytes: png.length, sha256 },
        ...{ seenThrough: photo.cutOut, findings: [...findings], uploadedBy: subject },
        createdAt: new Date(now()).toISOString(),
      };
      const by = { at: asset.createdAt, actor: subject, requestId };
      const { findings: _findings, ...told } = asset;
      const entry = keptEntry('asset.uploaded', { id, name }, by, null, told);
      if (!(await own.audit.append([entry], [own.assets.adding(asset)]))) {
        throw new AppError('conflict', 'The same upload has just been made. Read it again.');
      }
      return shown(own, asset);
    },

    async deleteAsset({ principal: { workspaceId, subject }, path: { assetId }, requestId }) {
      const own = stores.forWorkspace(workspaceId);
      const asset = await find(own, assetId);
      const by = { at: new Date(now()).toISOString(), actor: subject, requestId };
      const { findings: _findings, ...told } = asset;
      const entry = keptEntry('asset.deleted', { id: asset.id, name: asset.name }, by, told, null);
      if (!(await own.audit.append([entry], [own.assets.removing(asset.id)]))) {
        throw new AppError('conflict', 'Somebody else has just deleted it.');
      }
      await lake.remove([{ key: uploadedAssetKey(workspaceId, asset.id) }]);
      return shown(own, asset);
    },
  } satisfies RouteCases;
}

function decoded(content: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(content)) throw unusable('is not Base64');
  const bytes = Buffer.from(content, 'base64');
  if (bytes.length > uploadLimits.bytes) {
    throw unusable(
      `is larger than ${uploadLimits.bytes / 1024} KB. Make the picture smaller, 1600 pixels a side are enough, and upload it again`,
    );
  }
  return bytes;
}

const unusable = (reason: string): AppError =>
  new AppError('invalid-request', 'The picture cannot be used.', { fields: [{ field: 'content', message: reason }] });

async function find(own: Own, id: string): Promise<HeldAsset> {
  const asset = await own.assets.get(id);
  if (asset === undefined) throw new AppError('not-found', `There is no picture ${id} in this workspace.`);
  return asset;
}
