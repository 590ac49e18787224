import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../../adapters/config.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { problem } from '../../../contracts/schemas/problem.ts';
import { settingList } from '../../../contracts/schemas/settings.ts';
import { settingKeys } from '../../../contracts/settings.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { createSsm } from '../../../local/services/ssm/ssm-service.ts';
import { type Call, callApi } from '../../adapters/http/api-event.ts';
import { type ApiWorld, startApiWorld } from '../../adapters/http/api-world.ts';
import { PLACE, serveService } from '../../local/services/serve-service.ts';

let world: ApiWorld;
let handler: unknown;
let workspaceId: string;
let setParameter: (value: unknown) => Promise<void>;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  world = await startApiWorld();
  const dataDir = mkdtempSync(join(tmpdir(), 'conext-settings-'));
  const ssmService = createSsm({ ...PLACE, dataDir, clock: Date.now });
  const ssm = await serveService(ssmService);
  setParameter = async (value) =>
    ssmService.provision({
      type: 'AWS::SSM::Parameter',
      stack: 'Data',
      logicalId: 'Settings',
      physicalId: '/conext/test/settings',
      arn: '/conext/test/settings',
      properties: { Value: typeof value === 'string' ? value : JSON.stringify(value) },
    });
  vi.stubEnv('PARAMETER_PREFIX', '/conext/test');
  vi.stubEnv('AWS_ENDPOINT_URL', ssm.endpoint);
  vi.stubEnv('STAGE_SETTINGS', '{"lookBack.google-ads.days":40,"lookBack.tiktok-ads.days":14}');
  ({ handler } = await import('../../../functions/gateway/manage-settings/handler.ts'));
  closing.push(
    () => ssm.close(),
    () => ssmService.close(),
    () => rmSync(dataDir, { recursive: true, force: true }),
  );
});
afterAll(async () => {
  for (const close of closing) await close();
  await world.close();
});
beforeEach(() => {
  workspaceId = newId('wsp', Date.now());
});

const call = (given: Partial<Call> = {}) =>
  callApi(handler, { resource: '/v1/settings', caller: { workspaceId }, ...given });
const lineOf = (body: unknown, key: string) => {
  const line = settingList.parse(body).items.find((item) => item.key === key);
  if (line === undefined) throw new Error(`There is no setting ${key}.`);
  return line;
};
const patch = async (values: unknown, tag?: string) =>
  call({
    method: 'PATCH',
    headers: {
      'content-type': 'application/json',
      'if-match': tag ?? (await call()).headers['etag'] ?? '',
    },
    body: JSON.stringify({ values }),
  });
const fresh = () => createSettings(readConfig(['settings', 'parameters', 'aws', 'credentials']));

describe('settings', () => {
  it('say where each value comes from', async () => {
    const { status, body } = await call();
    expect(status).toBe(200);
    expect(settingList.parse(body).items.map(({ key }) => key)).toEqual(settingKeys);
    expect(lineOf(body, 'lookBack.google-ads.days')).toMatchObject({
      value: 40,
      source: 'stage',
      unit: 'days',
      workspaceMayChange: true,
      layers: [
        { layer: 'default', value: null },
        { layer: 'stage', value: 40 },
      ],
    });
    expect(lineOf(body, 'rateLevel.tiktok-ads')).toMatchObject({
      value: 'basic',
      source: 'default',
      workspaceMayChange: false,
    });
  });

  it('give way in order: default, stage, parameter store, workspace', async () => {
    await patch({ 'lookBack.tiktok-ads.days': 7 });
    await setParameter({
      'lookBack.tiktok-ads.days': 10,
      'lookBack.linkedin-ads.days': 60,
      'rateLevel.tiktok-ads': 'advanced',
    });
    const resolved = await fresh().forWorkspace(world.stores.forWorkspace(workspaceId));
    expect(resolved.layersOf('lookBack.tiktok-ads.days')).toEqual([
      { layer: 'default', value: null },
      { layer: 'stage', value: 14 },
      { layer: 'parameter-store', value: 10 },
      { layer: 'workspace', value: 7 },
    ]);
    expect(resolved.get('lookBack.linkedin-ads.days')).toBe(60);
    expect(resolved.get('rateLevel.tiktok-ads')).toBe('advanced');
    const other = await fresh().forWorkspace(world.stores.forWorkspace(newId('wsp', Date.now())));
    expect(other.get('lookBack.tiktok-ads.days')).toBe(10);
    await setParameter({});
  });

  it('of an operator that are wrong are told all at once, and none of them is used', async () => {
    await setParameter({ 'lookBack.google-ads.days': 0, 'rateLevel.tiktok-ads': 'gold', nonsense: 1 });
    await expect(fresh().shared()).rejects.toThrow(
      /settings cannot be used: lookBack\.google-ads\.days must be a whole number.*; rateLevel\.tiktok-ads must be basic, advanced or premium; nonsense is not a setting\.$/,
    );
    await setParameter('no JSON');
    await expect(fresh().shared()).rejects.toThrow('must be a JSON object');
    await setParameter({});
  });

  it('are changed for the workspace, and taken back', async () => {
    const changed = await patch({
      'lookBack.google-ads.days': 90,
      'lookBack.conversionTypes': { 'google-ads/123': 60 },
    });
    expect(changed.status).toBe(200);
    expect(lineOf(changed.body, 'lookBack.google-ads.days')).toMatchObject({ value: 90, source: 'workspace' });
    expect(lineOf((await call()).body, 'lookBack.conversionTypes').value).toEqual({ 'google-ads/123': 60 });
    const back = await patch({ 'lookBack.google-ads.days': null });
    expect(lineOf(back.body, 'lookBack.google-ads.days')).toMatchObject({ value: 40, source: 'stage' });
    expect(lineOf(back.body, 'lookBack.conversionTypes').source).toBe('workspace');
  });

  it('refuse everything that is wrong at once, and change nothing', async () => {
    const { status, body } = await patch({
      'lookBack.google-ads.days': '30',
      'rateLevel.tiktok-ads': 'premium',
      'lookBack.typo': null,
      'lookBack.tiktok-ads.days': 20,
    });
    expect(status).toBe(400);
    expect(problem.parse(body).errors).toEqual([
      {
        field: 'lookBack.google-ads.days',
        message: 'must be a whole number of days from 1 to 365, or null for the platform’s own',
      },
      { field: 'rateLevel.tiktok-ads', message: 'may not be set here, only in: stage, parameter-store' },
      { field: 'lookBack.typo', message: 'is not a setting' },
    ]);
    expect(lineOf((await call()).body, 'lookBack.tiktok-ads.days').source).toBe('stage');
  });

  it('are changed by whoever read them as they stand', async () => {
    const { headers } = await call();
    expect((await patch({ 'lookBack.google-ads.days': 20 }, headers['etag'])).status).toBe(200);
    expect((await patch({ 'lookBack.google-ads.days': 21 }, headers['etag'])).status).toBe(412);
    const unsaid = await call({
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"values":{}}',
    });
    expect(unsaid.status).toBe(428);
  });

  it('are one workspace’s own, and need their scopes', async () => {
    await patch({ 'lookBack.google-ads.days': 20 });
    const other = await call({ caller: { workspaceId: newId('wsp', Date.now()) } });
    expect(lineOf(other.body, 'lookBack.google-ads.days').value).toBe(40);
    expect((await call({ caller: { workspaceId, scopes: ['connections.read'] } })).status).toBe(403);
    const reader = { workspaceId, scopes: ['settings.read'] as const };
    expect((await call({ caller: reader })).status).toBe(200);
    const write = { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: '{"values":{}}' };
    expect((await call({ ...write, caller: reader })).status).toBe(403);
  });
});
