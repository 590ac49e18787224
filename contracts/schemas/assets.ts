import * as z from 'zod/mini';
import { moderationFinding } from './moderation.ts';
import { cursor, instant, nextCursor, pageLimit, prefixedId } from './primitives.ts';

/** Pictures that people upload: logos and photos of products, to be drawn into the pictures of ads. */

export const uploadId = prefixedId('upl', 'Id of an uploaded picture');

/** What one request takes. A camera's picture is larger: the dashboard makes it smaller first, and nothing larger is drawn. */
export const uploadLimits = { bytes: 700 * 1024, assets: 500 } as const;
export const assetKinds = ['logo', 'product-photo'] as const;

const describe = (description: string) => ({ description });

export const uploadAssetBody = z
  .strictObject({
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(120)),
    kind: z.enum(assetKinds),
    content: z
      .string()
      .check(z.minLength(1), z.maxLength(Math.ceil(uploadLimits.bytes / 3) * 4))
      .register(z.globalRegistry, describe('The file in Base64: JPEG, PNG, WebP or GIF of at most 700 KB')),
  })
  .register(z.globalRegistry, { id: 'AssetUpload', description: 'A logo or a photo of a product' });

export const heldAsset = z.object({
  id: uploadId,
  name: z.string(),
  kind: z.enum(assetKinds),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
  /** SHA-256 of what was sent, hexadecimal. */
  sha256: z.string(),
  seenThrough: z.boolean(),
  findings: z.array(moderationFinding),
  uploadedBy: z.string(),
  createdAt: instant,
});
export type HeldAsset = z.infer<typeof heldAsset>;

export const assetRecord = z
  .object({
    ...heldAsset.shape,
    seenThrough: z.boolean().register(z.globalRegistry, describe('Whether something is to be seen through it')),
    findings: z
      .array(moderationFinding)
      .register(z.globalRegistry, describe('What moderation says of it; a person should look before it is used')),
    url: z.string().register(z.globalRegistry, describe('Signed, for an hour')),
  })
  .register(z.globalRegistry, { id: 'Asset', description: 'An uploaded picture, upright and made small' });
export type AssetRecord = z.infer<typeof assetRecord>;

export const assetPage = z
  .object({ items: z.array(assetRecord), nextCursor })
  .register(z.globalRegistry, { id: 'AssetPage' });
export const assetPath = z.strictObject({ assetId: uploadId });
export const listAssetsQuery = z.strictObject({
  kind: z.optional(z.enum(assetKinds)),
  limit: z.optional(pageLimit),
  cursor: z.optional(cursor),
});
