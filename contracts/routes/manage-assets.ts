import type { Route } from '../route.ts';
import { assetPage, assetPath, assetRecord, listAssetsQuery, uploadAssetBody } from '../schemas/assets.ts';

const handler = 'generation/manage-assets';

export const manageAssetsRoutes = {
  listAssets: {
    method: 'GET',
    path: '/v1/assets',
    summary: 'Uploaded pictures, the newest first',
    handler,
    scope: 'briefs.read',
    query: listAssetsQuery,
    success: { status: 200, schema: assetPage },
  },
  uploadAsset: {
    method: 'POST',
    path: '/v1/assets',
    summary: 'Upload a logo or a photo of a product; it is decoded, turned upright and looked at',
    handler,
    scope: 'briefs.write',
    body: uploadAssetBody,
    success: { status: 201, schema: assetRecord },
    idempotent: true,
  },
  getAsset: {
    method: 'GET',
    path: '/v1/assets/{assetId}',
    summary: 'One uploaded picture with an address to see it at',
    handler,
    scope: 'briefs.read',
    pathParams: assetPath,
    success: { status: 200, schema: assetRecord },
  },
  deleteAsset: {
    method: 'DELETE',
    path: '/v1/assets/{assetId}',
    summary: 'Delete an uploaded picture; pictures that were made with it stay',
    handler,
    scope: 'briefs.write',
    pathParams: assetPath,
    success: { status: 200, schema: assetRecord },
  },
} as const satisfies Record<string, Route>;
