import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import {
  connection,
  connectionList,
  removedConnection,
  startedAuthorization,
} from '../../contracts/schemas/connections.ts';
import { settingList } from '../../contracts/schemas/settings.ts';
import { platformIds } from '../../domain/integrations/platform.ts';
import { START_TIMEOUT_MS, startTestSystem, type TestSystem } from './running-system.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem(3, platformIds);
}, START_TIMEOUT_MS);
afterAll(() => system?.stop());

const read = async <S extends z.ZodMiniType>(
  schema: S,
  method: string,
  path: string,
  body?: object,
  match?: string,
) => {
  const reply = await system.send(method, path, {
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(match !== undefined && { headers: { 'if-match': match } }),
  });
  expect([reply.status, reply.status < 300 ? '' : reply.text]).toEqual([reply.status, '']);
  return { value: schema.parse(JSON.parse(reply.text)) as z.output<S>, etag: reply.headers.get('etag') ?? '' };
};
const returnTo = () => `${system.running.description.dashboardUrl}/connected`;
/** Agrees on the simulated platform's page and hands back what it sent the browser home with. */
async function authorize(platform: string, more: object = {}) {
  const { value } = await read(startedAuthorization, 'POST', '/v1/connections/authorizations', {
    platform,
    returnTo: returnTo(),
    ...more,
  });
  const { headers } = await fetch(value.authorizationUrl, { redirect: 'manual' });
  const back = new URL(headers.get('location') ?? '');
  expect(`${back.origin}${back.pathname}`).toBe(returnTo());
  const code = back.searchParams.get('code') ?? back.searchParams.get('auth_code');
  return (await read(connection, 'POST', '/v1/connections', { state: back.searchParams.get('state'), code })).value;
}
const list = async () => (await read(connectionList, 'GET', '/v1/connections')).value.items;

describe('the running system', () => {
  it('connects all platforms from the start, and checks that each lets it in', async () => {
    expect((await list()).map(({ platform }) => platform).toSorted()).toEqual([...platformIds].toSorted());
    const checked = await system.running.invoke('integrations-check-connections', {});
    expect(checked).toMatchObject({ ok: true, payload: { connections: 3, failing: 0 } });
    expect((await list()).map(({ health }) => health.state)).toEqual(['healthy', 'healthy', 'healthy']);
  });

  it.each(platformIds)(
    'authorizes, asks through and removes a connection to %s',
    { timeout: 60_000 },
    async (platform) => {
      const made = await authorize(platform, { name: 'Second' });
      expect(made).toMatchObject({ platform, name: 'Second', health: { state: 'unchecked' } });
      expect(await system.running.invoke('integrations-check-connections', {})).toMatchObject({
        payload: { connections: 4, failing: 0 },
      });
      const { value } = await read(removedConnection, 'DELETE', `/v1/connections/${made.id}`);
      expect(value.revocation).toBe(platform === 'linkedin-ads' ? 'not-supported' : 'revoked');
      expect((await list()).map(({ id }) => id)).not.toContain(made.id);
    },
  );

  it('loads with a renewed grant, as far back as the workspace has set', { timeout: 120_000 }, async () => {
    const before = (await list()).find(({ platform }) => platform === 'linkedin-ads');
    const after = await authorize('linkedin-ads', { connectionId: before?.id });
    expect(after).toMatchObject({ id: before?.id, name: before?.name });
    expect(after.tokenExpiresAt).not.toBeNull();
    const { etag } = await read(settingList, 'GET', '/v1/settings');
    // More than any account asks for by its conversion windows, which end at 90.
    const values = { 'lookBack.linkedin-ads.days': 95 };
    const { value } = await read(settingList, 'PATCH', '/v1/settings', { values }, etag);
    expect(value.items.find(({ key }) => key === 'lookBack.linkedin-ads.days')).toMatchObject({ source: 'workspace' });
    const run = await system.run({ grains: 'objects' });
    expect(run).toMatchObject({ status: 'succeeded', accounts: { failed: 0 } });
    const loaded = run.progress.filter(({ stage }) => stage === 'loaded');
    expect(new Set(loaded.map(({ platform }) => platform))).toEqual(new Set(platformIds));
    const daysBack = (platform: string) => {
      const windows = loaded.filter((item) => item.platform === platform);
      const first = windows.map(({ from }) => from ?? '').toSorted()[0] ?? '';
      const last =
        windows
          .map(({ to }) => to ?? '')
          .toSorted()
          .at(-1) ?? '';
      return (Date.parse(last) - Date.parse(first)) / 86_400_000;
    };
    expect(daysBack('linkedin-ads')).toBe(95);
  });

  it('keeps a reader of reports from connections', async () => {
    const token = await system.running.token('reporting');
    expect((await system.send('GET', '/v1/connections', { token })).status).toBe(200);
    const refused = await system.send('POST', '/v1/connections/authorizations', {
      token,
      body: JSON.stringify({ platform: 'google-ads', returnTo: returnTo() }),
    });
    expect(refused.status).toBe(403);
  });
});
