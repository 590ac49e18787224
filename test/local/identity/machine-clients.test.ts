import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claimsOf, newFolder, poolResources, requestToken, startIdentity } from './running-identity.ts';

const scopes = ['conext/metrics.read', 'conext/changes.write'];
const grant = { grant_type: 'client_credentials' };

describe('client credentials', () => {
  it('gives an access token to the secret in the header or in the form', async () => {
    const identity = await startIdentity();
    const { clientId, clientSecret } = identity.createMachineClient({ name: 'partner', scopes });
    const basic = await requestToken(identity, { ...grant, scope: 'conext/metrics.read' }, [clientId, clientSecret]);
    const post = await requestToken(identity, { ...grant, client_id: clientId, client_secret: clientSecret });
    expect(Object.keys(basic).sort()).toEqual(['access_token', 'expires_in', 'status', 'token_type']);
    expect(basic).toMatchObject({ status: 200, expires_in: 3600 });
    const claims = await claimsOf(identity, basic.access_token);
    expect(claims).toMatchObject({
      sub: clientId,
      client_id: clientId,
      token_use: 'access',
      scope: 'conext/metrics.read',
      version: 2,
    });
    for (const absent of ['username', 'cognito:groups', 'origin_jti', 'aud']) expect(claims).not.toHaveProperty(absent);
    // No scope asked for: all of the client's.
    expect((await claimsOf(identity, post.access_token)).scope).toBe(scopes.join(' '));
  });

  it('refuses a wrong secret, a foreign scope and a client that may not', async () => {
    const identity = await startIdentity();
    const { clientId, clientSecret } = identity.createMachineClient({
      name: 'partner',
      scopes: ['conext/metrics.read'],
    });
    const errors = await Promise.all([
      requestToken(identity, grant, [clientId, 'wrong']),
      requestToken(identity, grant, ['nobody', clientSecret]),
      requestToken(identity, { ...grant, client_id: clientId }),
      requestToken(identity, { ...grant, scope: 'conext/changes.write' }, [clientId, clientSecret]),
      requestToken(identity, { ...grant, client_id: 'dashboard' }),
      requestToken(identity, { grant_type: 'password', client_id: 'dashboard' }),
    ]);
    expect(errors.map(({ status, error }) => [status, error])).toEqual([
      [401, 'invalid_client'],
      [401, 'invalid_client'],
      [401, 'invalid_client'],
      [400, 'invalid_scope'],
      [400, 'invalid_request'],
      [400, 'unsupported_grant_type'],
    ]);
  });

  it("keeps a client's id and secret over a restart, in a file that only its owner reads", async () => {
    const dataDir = newFolder();
    const before = await startIdentity({ dataDir });
    const made = before.createMachineClient({ name: 'partner', scopes });
    await before.close();
    const after = await startIdentity({ dataDir });
    expect(after.createMachineClient({ name: 'partner', scopes })).toEqual(made);
    for (const file of ['clients.json', 'keys.json', 'users.json'].slice(0, 2)) {
      expect(statSync(join(dataDir, 'identity', file)).mode & 0o777).toBe(0o600);
    }
  });

  it("keeps the secret of a template's confidential client", async () => {
    const dataDir = newFolder();
    const [, , , , dashboard] = poolResources();
    if (dashboard === undefined) throw new Error('the pool has no client');
    const machine = {
      ...dashboard,
      logicalId: 'machine',
      physicalId: 'machine',
      properties: {
        UserPoolId: 'p',
        GenerateSecret: true,
        AllowedOAuthFlows: ['client_credentials'],
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthScopes: scopes,
      },
    };
    const resources = [...poolResources(), machine];
    const before = await startIdentity({ dataDir, resources });
    const secret = before.findClient('machine')?.secret ?? '';
    expect((await requestToken(before, grant, ['machine', secret])).status).toBe(200);
    await before.close();
    expect((await startIdentity({ dataDir, resources })).findClient('machine')?.secret).toBe(secret);
    expect(before.findClient('dashboard')?.secret).toBeUndefined();
  });

  it('refuses a scope that no resource server defines', async () => {
    const identity = await startIdentity();
    expect(() => identity.createMachineClient({ name: 'x', scopes: ['conext/nope'] })).toThrow('the scope conext/nope');
  });
});
