import type { Route } from '../route.ts';
import { changePixelBody, createPixelBody, pixel, pixelList, pixelPath } from '../schemas/pixels.ts';

const handler = 'integrations/manage-pixels';

export const managePixelsRoutes = {
  listPixels: {
    method: 'GET',
    path: '/v1/pixels',
    summary: 'Pixels and whose pages may send to them',
    handler,
    scope: 'pixels.read',
    success: { status: 200, schema: pixelList },
  },
  createPixel: {
    method: 'POST',
    path: '/v1/pixels',
    summary: 'Make a pixel',
    handler,
    scope: 'pixels.write',
    body: createPixelBody,
    success: { status: 201, schema: pixel },
  },
  getPixel: {
    method: 'GET',
    path: '/v1/pixels/{pixelId}',
    summary: 'One pixel',
    handler,
    scope: 'pixels.read',
    pathParams: pixelPath,
    success: { status: 200, schema: pixel },
  },
  changePixel: {
    method: 'PATCH',
    path: '/v1/pixels/{pixelId}',
    summary: 'Change a pixel or switch it off',
    handler,
    scope: 'pixels.write',
    pathParams: pixelPath,
    body: changePixelBody,
    success: { status: 200, schema: pixel },
    conditional: true,
  },
} as const satisfies Record<string, Route>;
