import { createHash } from 'node:crypto';
import { generatedAssetKey } from '../../domain/generation/pipeline/generation-layout.ts';
import type { Lake } from '../lake.ts';
import { contentTypeOf } from '../media-type.ts';
import type { ReadAsset } from '../outside-fetch.ts';

/** Assets that runs made, read from the lake itself: no address is fetched. */
export const createAssetReader =
  (lake: Pick<Lake, 'get'>): ReadAsset =>
  async (workspaceId, assetId) => {
    const bytes = await lake.get(generatedAssetKey(workspaceId, assetId));
    const contentType = bytes && contentTypeOf(bytes);
    if (bytes === undefined || contentType === undefined) {
      return { kind: 'refused', reason: `the workspace has no asset ${assetId}` };
    }
    return { kind: 'fetched', bytes, contentType, sha256: createHash('sha256').update(bytes).digest('hex') };
  };
