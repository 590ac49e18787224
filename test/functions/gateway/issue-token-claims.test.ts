import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { qualifiedScope, type Role, roles, scopeNames, scopesByRole } from '../../../contracts/access.ts';
import { leastRoleFor, tokenClaims } from '../../../functions/gateway/issue-token-claims/token-claims.ts';
import { type ApiWorld, newWorkspace, startApiWorld } from '../../adapters/http/api-world.ts';

let world: ApiWorld;
let handler: (event: unknown) => Promise<unknown>;
let workspace: ReturnType<typeof newWorkspace>;

beforeAll(async () => {
  world = await startApiWorld();
  ({ handler } = await import('../../../functions/gateway/issue-token-claims/handler.ts'));
  workspace = newWorkspace(world.stores);
  await workspace.workspace.put({ name: 'One', currency: 'EUR' });
  for (const role of roles) await workspace.workspace.putMember({ userId: `sub-${role}`, role });
  await workspace.workspace.putClient({ clientId: 'reporting', scopes: ['metrics.read'] });
});
afterAll(() => world.close());

const all = [...scopeNames.map(qualifiedScope), 'conext/later.write', 'openid', 'email'];

/** As Cognito sends version 3 of the event. */
const event = (triggerSource: string, clientId: string, sub?: string) => ({
  version: '3',
  triggerSource,
  region: 'eu-central-1',
  userPoolId: 'eu-central-1_pool',
  userName: sub ?? clientId,
  callerContext: { awsSdkVersion: 'aws-sdk-unknown', clientId },
  request: {
    userAttributes: sub === undefined ? {} : { sub, email_verified: 'true' },
    groupConfiguration: {},
    scopes: all,
  },
  response: { claimsAndScopeOverrideDetails: null },
});

async function granted(given: unknown) {
  const answer = (await handler(given)) as {
    response: { claimsAndScopeOverrideDetails: { accessTokenGeneration: ReturnType<typeof tokenClaims> } };
  };
  const { claimsToAddOrOverride, scopesToSuppress } =
    answer.response.claimsAndScopeOverrideDetails.accessTokenGeneration;
  return { answer, claims: claimsToAddOrOverride, left: all.filter((scope) => !scopesToSuppress.includes(scope)) };
}

describe('people', () => {
  it.each(roles)('with the role %s get its scopes and no other of ours', async (role: Role) => {
    const { claims, left } = await granted(event('TokenGeneration_HostedAuth', 'dashboard', `sub-${role}`));
    expect(claims).toEqual({ workspace_id: workspace.workspaceId, role });
    expect(left).toEqual([...scopesByRole[role].map(qualifiedScope), 'openid', 'email']);
  });

  it('keep what Cognito sent beside the answer', async () => {
    const sent = event('TokenGeneration_RefreshTokens', 'dashboard', 'sub-owner');
    expect((await granted(sent)).answer).toMatchObject({ userPoolId: sent.userPoolId, request: sent.request });
  });

  it('in several workspaces enter the oldest', async () => {
    const later = newWorkspace(world.stores);
    await later.workspace.putMember({ userId: 'sub-twice', role: 'owner' });
    await workspace.workspace.putMember({ userId: 'sub-twice', role: 'viewer' });
    const { claims } = await granted(event('TokenGeneration_Authentication', 'dashboard', 'sub-twice'));
    const [oldest] = [workspace.workspaceId, later.workspaceId].toSorted();
    expect(claims.workspace_id).toBe(oldest);
  });

  it('of no workspace get no token, and hear why', async () => {
    const strangers = ['sub-stranger', undefined].map((sub) => event('TokenGeneration_HostedAuth', 'dashboard', sub));
    for (const stranger of strangers) await expect(handler(stranger)).rejects.toThrow(/belongs to no workspace/);
  });
});

describe('machine clients', () => {
  const trigger = 'TokenGeneration_ClientCredentials';

  it('get the scopes they were given', async () => {
    const { claims, left } = await granted(event(trigger, 'reporting'));
    expect(claims).toEqual({ workspace_id: workspace.workspaceId, role: 'viewer' });
    expect(left).toEqual(['conext/metrics.read', 'openid', 'email']);
  });

  it('of no workspace get no token', async () => {
    await expect(handler(event(trigger, 'unknown'))).rejects.toThrow(/belongs to no workspace/);
  });

  it('are not taken for a user of the same name', async () => {
    await expect(handler(event(trigger, 'sub-owner'))).rejects.toThrow(/belongs to no workspace/);
    await expect(handler(event('TokenGeneration_HostedAuth', 'reporting', 'reporting'))).rejects.toThrow();
  });
});

describe('claims', () => {
  it('are suppressed for every scope that is not held, asked for or not', () => {
    const { scopesToSuppress } = tokenClaims({ workspaceId: 'w', role: 'viewer', scopes: ['metrics.read'] }, []);
    expect(scopesToSuppress).toEqual(scopeNames.filter((name) => name !== 'metrics.read').map(qualifiedScope));
  });

  it.each([
    [[], 'viewer'],
    [['metrics.read'], 'viewer'],
    [['pipelines.read'], 'analyst'],
    [['pipelines.run'], 'manager'],
  ] as const)('name the least role that holds %j: %s', (scopes, role) => {
    expect(leastRoleFor(scopes)).toBe(role);
  });
});

it('refuses an event that is none', async () => {
  await expect(handler({ triggerSource: 'PreSignUp_SignUp' })).rejects.toThrow();
});
