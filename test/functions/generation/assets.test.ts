import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { writePng } from '../../../adapters/images/png-file.ts';
import { renderPixels } from '../../../adapters/images/render-svg.ts';
import type { ImageVerdict } from '../../../adapters/moderation/image-moderator.ts';
import { createModerator } from '../../../adapters/moderation/moderator.ts';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import { manageAssetsRoutes } from '../../../contracts/routes/manage-assets.ts';
import { manageBrandKitsRoutes } from '../../../contracts/routes/manage-brand-kits.ts';
import { assetPage, assetRecord } from '../../../contracts/schemas/assets.ts';
import { problem } from '../../../contracts/schemas/problem.ts';
import { generatedAssetKey, uploadedAssetKey } from '../../../domain/generation/pipeline/generation-layout.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { manageAssets } from '../../../functions/generation/manage-assets/manage-assets.ts';
import { manageBrandKits } from '../../../functions/generation/manage-brand-kits/manage-brand-kits.ts';
import { callApi } from '../../adapters/http/api-event.ts';
import { type GenerationWorld, openGenerationWorld } from './generation-world.ts';

let world: GenerationWorld;
let look: ImageVerdict = { kind: 'seen', seen: [] };
let assets: ReturnType<typeof apiHandler>;
let kits: ReturnType<typeof apiHandler>;
beforeAll(async () => {
  world = await openGenerationWorld();
  const { stores, lake } = world.desk.world;
  const now = () => world.desk.now;
  const moderator = createModerator(async () => [], {
    look: async () => look,
    read: async () => ({ kind: 'read', lines: [] }),
  });
  const options = { allowedOrigin: 'https://app.example', telemetry: createTelemetry({}, () => undefined) };
  const thresholdsOf = async () => ({ review: 0.6, block: 0.9 });
  const linkTo = async (key: string) => `https://lake.example/${key}`;
  assets = apiHandler(
    manageAssetsRoutes,
    manageAssets({ stores, lake, moderator, thresholdsOf, linkTo, now }),
    options,
  );
  kits = apiHandler(manageBrandKitsRoutes, manageBrandKits({ stores, now }), options);
}, 30_000);
afterAll(() => world.close());

const call = (
  handler: typeof assets,
  method: string,
  resource: string,
  given: {
    body?: object;
    path?: Record<string, string>;
    query?: Record<string, string>;
    workspaceId?: string;
    key?: string;
  } = {},
) =>
  callApi(handler, {
    ...{ method, resource, caller: { workspaceId: given.workspaceId ?? world.desk.stores.workspaceId } },
    ...(given.path && { path: given.path }),
    ...(given.query && { query: given.query }),
    headers: { 'content-type': 'application/json', ...(given.key && { 'idempotency-key': given.key }) },
    ...(given.body && { body: JSON.stringify(given.body) }),
  });
const upload = (content: Uint8Array | string, over: object = {}, key?: string) =>
  call(assets, 'POST', '/v1/assets', {
    body: {
      ...{ name: 'Mark', kind: 'logo' },
      content: typeof content === 'string' ? content : Buffer.from(content).toString('base64'),
      ...over,
    },
    ...(key !== undefined && { key }),
  });
const reasonOf = (answer: { readonly body: unknown }) => problem.parse(answer.body).errors?.[0]?.message;
/** One colour that no built-in ground has. */
const plain = (width: number, height: number, [red, green, blue]: readonly [number, number, number]) =>
  writePng(
    {
      width,
      height,
      data: Uint8Array.from({ length: 4 * width * height }, (_, at) => [red, green, blue, 255][at % 4] ?? 0),
    },
    { alpha: false, level: 6 },
  );
const magenta = plain(400, 200, [255, 0, 255]);

describe('an uploaded picture', () => {
  it('is decoded, made small, and kept for its workspace alone', async () => {
    const made = assetRecord.parse((await upload(plain(2_400, 1_200, [9, 9, 9]), {}, 'k1')).body);
    expect([made.width, made.height, made.findings]).toEqual([1_600, 800, []]);
    expect(assetRecord.parse((await upload(plain(2_400, 1_200, [9, 9, 9]), {}, 'k1')).body).id).toBe(made.id);
    expect((await upload(magenta, {}, 'k1')).status).toBe(422);
    const { items } = assetPage.parse((await call(assets, 'GET', '/v1/assets', { query: { kind: 'logo' } })).body);
    expect(items.map(({ id }) => id)).toContain(made.id);
    const path = { assetId: made.id };
    const stranger = newId('wsp', 0);
    expect((await call(assets, 'GET', '/v1/assets/{assetId}', { path, workspaceId: stranger })).status).toBe(404);
    expect((await call(assets, 'DELETE', '/v1/assets/{assetId}', { path })).status).toBe(200);
    expect((await call(assets, 'GET', '/v1/assets/{assetId}', { path })).status).toBe(404);
    const key = uploadedAssetKey(world.desk.stores.workspaceId, made.id);
    expect(await world.desk.world.lake.get(key)).toBeUndefined();
  });

  it('is refused with the reason when it is no picture, a bomb, or too large', async () => {
    const bomb = Buffer.from(magenta);
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    expect(reasonOf(await upload(Buffer.from('%PDF-1.7 not a picture')))).toContain('no JPEG, PNG, WebP or GIF');
    expect(reasonOf(await upload(bomb))).toContain('60000 × 60000 pixels');
    expect(reasonOf(await upload(magenta.subarray(0, 40)))).toContain('damaged');
    expect(reasonOf(await upload('***'))).toContain('Base64');
    expect((await upload(new Uint8Array(700 * 1024 + 3))).status).toBe(400);
    expect((await upload(new Uint8Array(2 * 1024 * 1024))).status).toBe(413);
  });

  it('is not kept when it is not fit to be shown, and says so when a person should look', async () => {
    look = { kind: 'seen', seen: [{ category: 'nudity', confidence: 0.97 }] };
    expect(reasonOf(await upload(magenta))).toContain('naked');
    look = { kind: 'unavailable', reason: 'the service that looks at pictures does not answer' };
    expect(assetRecord.parse((await upload(magenta)).body).findings.map(({ category }) => category)).toEqual([
      'unchecked',
    ]);
    look = { kind: 'seen', seen: [] };
  });
});

it('is drawn into the pictures of a run: the logo of the kit and the photos of the brief', async () => {
  const logo = assetRecord.parse((await upload(magenta)).body);
  const photo = assetRecord.parse((await upload(plain(600, 600, [0, 255, 255]), { kind: 'product-photo' })).body);
  const { brief } = world.inputs;
  const kit = {
    ...{ name: 'Fernhill', businessName: 'Fernhill', voice: brief.voice, bannedWords: [], claims: [] },
    ...{ colours: { primary: '#1f4e79' }, fonts: { heading: 'inter', body: 'inter' } },
  };
  const strange = await call(kits, 'POST', '/v1/brand-kits', { body: { ...kit, logoAssetId: photo.id } });
  expect([strange.status, reasonOf(strange)]).toEqual([400, 'was uploaded as product-photo, not as logo']);
  const gone = newId('upl', 0);
  const runId = await world.start({
    ...{ variants: 1, languages: ['en'], platforms: ['linkedin-ads'], images: true },
    brief: { ...brief, product: { ...brief.product, photoAssetIds: [photo.id, gone] } },
    brandKit: { ...kit, logoAssetId: logo.id },
  });
  const run = await world.until(runId, 'awaiting-approval', 'failed');
  expect(run.error).toBe(null);
  expect(run.steps.find(({ name }) => name === 'images')?.note).toContain(`${gone} is not there any more`);
  const [ad] = await world.creatives(runId);
  const bytes = await world.desk.world.lake.get(
    generatedAssetKey(world.desk.stores.workspaceId, ad?.images[0]?.assetId ?? ''),
  );
  const href = `data:image/png;base64,${Buffer.from(bytes ?? []).toString('base64')}`;
  const { data } = await renderPixels(
    `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="628"><image width="1200" height="628" href="${href}"/></svg>`,
    [],
  );
  const count = (is: (red: number, green: number, blue: number) => boolean): number => {
    let found = 0;
    for (let at = 0; at < data.length; at += 4)
      found += is(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0) ? 1 : 0;
    return found;
  };
  expect(count((red, green, blue) => red > 240 && green < 15 && blue > 240)).toBeGreaterThan(500);
  expect(count((red, green, blue) => red < 15 && green > 240 && blue > 240)).toBeGreaterThan(5_000);
});
