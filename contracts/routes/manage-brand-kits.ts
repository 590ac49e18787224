import type { Route } from '../route.ts';
import { brandKit } from '../schemas/brand-kits.ts';
import { brandKitList, brandKitPath, brandKitRecord, changeBrandKitBody } from '../schemas/kept-briefs.ts';

const handler = 'generation/manage-brand-kits';

export const manageBrandKitsRoutes = {
  listBrandKits: {
    method: 'GET',
    path: '/v1/brand-kits',
    summary: 'Brand kits: how the ads of a brand look and speak',
    handler,
    scope: 'briefs.read',
    success: { status: 200, schema: brandKitList },
  },
  createBrandKit: {
    method: 'POST',
    path: '/v1/brand-kits',
    summary: 'Make a brand kit',
    handler,
    scope: 'briefs.write',
    body: brandKit,
    success: { status: 201, schema: brandKitRecord },
    idempotent: true,
  },
  getBrandKit: {
    method: 'GET',
    path: '/v1/brand-kits/{brandKitId}',
    summary: 'One brand kit',
    handler,
    scope: 'briefs.read',
    pathParams: brandKitPath,
    success: { status: 200, schema: brandKitRecord },
  },
  changeBrandKit: {
    method: 'PATCH',
    path: '/v1/brand-kits/{brandKitId}',
    summary: 'Change a brand kit, or archive it',
    handler,
    scope: 'briefs.write',
    pathParams: brandKitPath,
    body: changeBrandKitBody,
    success: { status: 200, schema: brandKitRecord },
    conditional: true,
  },
} as const satisfies Record<string, Route>;
