import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../../domain/integrations/ids.ts';
import { callApi } from '../../adapters/http/api-event.ts';
import { type ApiWorld, newWorkspace, startApiWorld } from '../../adapters/http/api-world.ts';

let world: ApiWorld;
let handler: unknown;
beforeAll(async () => {
  world = await startApiWorld();
  ({ handler } = await import('../../../functions/gateway/describe-session/handler.ts'));
});
afterAll(() => world.close());

it('tells who is asking, in which workspace, with which scopes', async () => {
  const { workspaceId, workspace } = newWorkspace(world.stores);
  await workspace.put({ name: 'Acme', currency: 'CHF' });
  const caller = { workspaceId, role: 'viewer', scopes: ['accounts.read', 'metrics.read'] } as const;
  const { status, body } = await callApi(handler, { resource: '/v1/session', caller });
  expect(status).toBe(200);
  expect(body).toEqual({
    workspace: { id: workspaceId, name: 'Acme', currency: 'CHF' },
    role: 'viewer',
    scopes: ['accounts.read', 'metrics.read'],
  });
});

it('says 404 for a workspace that no longer exists', async () => {
  const caller = { workspaceId: newId('wsp', Date.now()) };
  expect((await callApi(handler, { resource: '/v1/session', caller })).status).toBe(404);
});
