import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provisionedWorkspace } from '../../../contracts/provisioning.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { type ApiWorld, startApiWorld } from '../../adapters/http/api-world.ts';

let world: ApiWorld;
let client: SecretsManagerClient;
let handler: (event: unknown) => Promise<unknown>;

beforeAll(async () => {
  world = await startApiWorld();
  client = new SecretsManagerClient(world.secrets.client);
  ({ handler } = await import('../../../functions/gateway/provision-workspace/handler.ts'));
});
afterAll(async () => {
  client.destroy();
  await world.close();
});

const order = (id: string, change: Record<string, unknown> = {}) => ({
  workspace: { id, name: 'Acme', currency: 'EUR' },
  members: [{ userId: `sub-${id}`, role: 'owner' }],
  clients: [{ clientId: `client-${id}`, scopes: ['metrics.read'] }],
  connections: [
    {
      platform: 'google-ads',
      name: 'Main',
      managerPlatformId: '1234567890',
      credentials: { refreshToken: 'r-1', clientId: 'c-1' },
    },
  ],
  ...change,
});
const provision = async (given: unknown) => provisionedWorkspace.parse(await handler(given));
const secretOf = async (connectionId = '') =>
  client.send(new GetSecretValueCommand({ SecretId: `conext/test/connections/${connectionId}` }));

describe('provisioning', () => {
  it('makes the workspace, its members, clients and connections', async () => {
    const id = newId('wsp', Date.now());
    const { workspaceId, connectionIds } = await provision(order(id));
    expect(workspaceId).toBe(id);
    const { workspace } = world.stores.forWorkspace(id);
    expect(await workspace.get()).toEqual({ id, name: 'Acme', currency: 'EUR' });
    expect(await workspace.members()).toEqual([{ workspaceId: id, userId: `sub-${id}`, role: 'owner' }]);
    expect(await workspace.clients()).toMatchObject([{ clientId: `client-${id}`, scopes: ['metrics.read'] }]);
    expect(await workspace.connections()).toMatchObject([
      { id: connectionIds[0], platform: 'google-ads', managerPlatformId: '1234567890' },
    ]);
  });

  it('puts credentials into Secrets Manager and nowhere else', async () => {
    const { workspaceId, connectionIds } = await provision(order(newId('wsp', Date.now())));
    expect(JSON.parse((await secretOf(connectionIds[0])).SecretString ?? '')).toEqual({
      refreshToken: 'r-1',
      clientId: 'c-1',
    });
    const kept = await world.stores.forWorkspace(workspaceId).workspace.connections();
    expect(JSON.stringify(kept)).not.toMatch(/r-1|refreshToken/);
  });

  it('never reads credentials: its role may not', async () => {
    const before = world.secrets.needs.length;
    const id = newId('wsp', Date.now());
    await handler(order(id));
    await handler(order(id));
    const actions = world.secrets.needs.slice(before).flatMap((needs) => needs.map(({ action }) => action));
    expect(new Set(actions)).toEqual(new Set(['secretsmanager:CreateSecret', 'secretsmanager:PutSecretValue']));
  });

  it('changes nothing when it is repeated', async () => {
    const id = newId('wsp', Date.now());
    const first = await provision(order(id));
    const { workspace } = world.stores.forWorkspace(id);
    const [before, secret] = [await workspace.connections(), (await secretOf(first.connectionIds[0])).SecretString];
    expect(await provision(order(id))).toEqual(first);
    expect(await workspace.connections()).toEqual(before);
    expect((await secretOf(first.connectionIds[0])).SecretString).toBe(secret);
  });

  it('writes new credentials, also back to earlier ones', async () => {
    const id = newId('wsp', Date.now());
    const withToken = (refreshToken: string) =>
      provision(order(id, { connections: [{ platform: 'google-ads', name: 'Main', credentials: { refreshToken } }] }));
    for (const token of ['a', 'b', 'a']) {
      const { connectionIds } = await withToken(token);
      expect((await secretOf(connectionIds[0])).SecretString).toBe(JSON.stringify({ refreshToken: token }));
    }
  });

  it('gives a workspace without id a new one each time', async () => {
    const nameless = { workspace: { name: 'New', currency: 'USD' }, members: [], clients: [], connections: [] };
    const ids = [await provision(nameless), await provision(nameless)].map(({ workspaceId }) => workspaceId);
    expect(new Set(ids).size).toBe(2);
  });

  it('refuses a client of another workspace before it writes anything', async () => {
    const first = newId('wsp', Date.now());
    await provision(order(first));
    const second = newId('wsp', Date.now());
    const taken = order(second, { clients: [{ clientId: `client-${first}`, scopes: [] }] });
    await expect(handler(taken)).rejects.toMatchObject({ name: 'AppError.conflict' });
    expect(await world.stores.forWorkspace(second).workspace.get()).toBeUndefined();
  });

  it('names everything that is wrong with an order, and no value of it', async () => {
    const wrong = order('wsp_1', { members: [{ userId: 'u', role: 'king' }], password: 'hunter2' });
    await expect(handler(wrong)).rejects.toThrow(
      expect.objectContaining({
        name: 'AppError.invalid-request',
        message: expect.stringMatching(/workspace\.id.*members\.0\.role must be one of owner.*password is not known/),
      }),
    );
    await expect(handler(wrong)).rejects.not.toThrow(/hunter2|king/);
  });
});
