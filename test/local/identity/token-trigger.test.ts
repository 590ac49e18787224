import { describe, expect, it } from 'vitest';
import {
  claimsOf,
  exchange,
  owner,
  poolId,
  poolResources,
  requestToken,
  signIn,
  startIdentity,
  triggerOf,
} from './running-identity.ts';

const functionArn = 'arn:aws:lambda:eu-central-1:000000000000:function:gateway-shape-token';
const withTrigger = (LambdaVersion: string) =>
  poolResources({
    LambdaConfig: {
      PreTokenGenerationConfig: { LambdaArn: functionArn, LambdaVersion },
      PreTokenGeneration: functionArn,
    },
  });

/** Answers every event with these details. */
const answering = (details: Record<string, unknown>) =>
  triggerOf((event) => ({ ...event, response: { claimsAndScopeOverrideDetails: details } }));

const details = {
  accessTokenGeneration: {
    claimsToAddOrOverride: {
      workspace_id: 'ws_1',
      role: 'owner',
      sub: 'somebody-else',
      iss: 'https://evil.example',
      token_use: 'id',
      limits: { rows: 5 },
    },
    claimsToSuppress: ['client_id', 'role'],
    scopesToAdd: ['conext/changes.write', 'with space'],
    scopesToSuppress: ['email'],
  },
  idTokenGeneration: { claimsToAddOrOverride: { workspace_id: 'ws_1', aud: 'other' }, claimsToSuppress: ['name'] },
  groupOverrideDetails: { groupsToOverride: ['staff'] },
};

describe('pre token generation trigger', () => {
  it('gets the version 3 event of a hosted sign-in and of a refresh', async () => {
    const functions = triggerOf((event) => event);
    const identity = await startIdentity({ resources: withTrigger('V3_0'), functions });
    const { sub } = await identity.createUser(owner);
    const { code, verifier } = await signIn(identity);
    const tokens = await exchange(identity, code, verifier);
    await requestToken(identity, {
      grant_type: 'refresh_token',
      client_id: 'dashboard',
      refresh_token: tokens.refresh_token,
    });
    expect(functions.events.map((event) => event.triggerSource)).toEqual([
      'TokenGeneration_HostedAuth',
      'TokenGeneration_RefreshTokens',
    ]);
    expect(functions.events[0]).toEqual({
      version: '3',
      triggerSource: 'TokenGeneration_HostedAuth',
      region: 'eu-central-1',
      userPoolId: poolId,
      userName: sub,
      callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'dashboard' },
      request: {
        userAttributes: {
          sub,
          'cognito:user_status': 'CONFIRMED',
          email: owner.email,
          email_verified: 'true',
          name: 'Olga',
        },
        groupConfiguration: {
          groupsToOverride: ['owners'],
          iamRolesToOverride: ['arn:aws:iam::000000000000:role/owners'],
          preferredRole: 'arn:aws:iam::000000000000:role/owners',
        },
        scopes: ['openid', 'email', 'conext/metrics.read'],
      },
      response: { claimsAndScopeOverrideDetails: null },
    });
  });

  it('adds and suppresses claims, scopes and groups, but nothing reserved', async () => {
    const identity = await startIdentity({ resources: withTrigger('V3_0'), functions: answering(details) });
    const { sub } = await identity.createUser(owner);
    const { code, verifier } = await signIn(identity);
    const tokens = await exchange(identity, code, verifier);
    const access = await claimsOf(identity, tokens.access_token);
    expect(access).toMatchObject({
      sub,
      token_use: 'access',
      client_id: 'dashboard',
      workspace_id: 'ws_1',
      limits: { rows: 5 },
      scope: 'openid conext/metrics.read conext/changes.write',
      'cognito:groups': ['staff'],
    });
    expect(access).not.toHaveProperty('role');
    const id = await claimsOf(identity, tokens.id_token);
    expect(id).toMatchObject({
      aud: 'dashboard',
      workspace_id: 'ws_1',
      email: owner.email,
      'cognito:groups': ['staff'],
    });
    expect(id).not.toHaveProperty('name');
  });

  it('runs for machine clients in version 3', async () => {
    const functions = answering(details);
    const identity = await startIdentity({ resources: withTrigger('V3_0'), functions });
    const { clientId, clientSecret } = identity.createMachineClient({
      name: 'partner',
      scopes: ['conext/metrics.read'],
    });
    const { access_token: token } = await requestToken(identity, { grant_type: 'client_credentials' }, [
      clientId,
      clientSecret,
    ]);
    expect(await claimsOf(identity, token)).toMatchObject({
      sub: clientId,
      workspace_id: 'ws_1',
      scope: 'conext/metrics.read conext/changes.write',
    });
    expect(functions.events[0]).toMatchObject({
      triggerSource: 'TokenGeneration_ClientCredentials',
      callerContext: { clientId },
      request: { userAttributes: {}, scopes: ['conext/metrics.read'] },
    });
  });

  it('does not run for machine clients in version 2', async () => {
    const functions = answering(details);
    const identity = await startIdentity({ resources: withTrigger('V2_0'), functions });
    const { clientId, clientSecret } = identity.createMachineClient({
      name: 'partner',
      scopes: ['conext/metrics.read'],
    });
    expect((await requestToken(identity, { grant_type: 'client_credentials' }, [clientId, clientSecret])).status).toBe(
      200,
    );
    expect(functions.events).toHaveLength(0);
  });

  it('changes identity tokens alone in version 1', async () => {
    const functions = triggerOf((event) => ({
      ...event,
      response: { claimsOverrideDetails: { claimsToAddOrOverride: { workspace_id: 'ws_1' } } },
    }));
    const identity = await startIdentity({ resources: withTrigger('V1_0'), functions });
    await identity.createUser(owner);
    const { code, verifier } = await signIn(identity);
    const tokens = await exchange(identity, code, verifier);
    expect(await claimsOf(identity, tokens.id_token)).toHaveProperty('workspace_id', 'ws_1');
    expect(await claimsOf(identity, tokens.access_token)).not.toHaveProperty('workspace_id');
    expect(functions.events[0]).toMatchObject({ version: '1', response: { claimsOverrideDetails: null } });
  });

  it('issues nothing when the function fails, and tells only the operator why', async () => {
    const told: string[] = [];
    const functions = triggerOf(() => {
      throw new Error('no workspace for ws_secret');
    });
    const identity = await startIdentity({
      resources: withTrigger('V3_0'),
      functions,
      onFailure: (message) => told.push(message),
    });
    const { clientId, clientSecret } = identity.createMachineClient({
      name: 'partner',
      scopes: ['conext/metrics.read'],
    });
    const answer = await requestToken(identity, { grant_type: 'client_credentials' }, [clientId, clientSecret]);
    expect(answer).toEqual({ status: 400, error: 'invalid_request', error_description: 'PreTokenGeneration failed.' });
    expect(told.join()).toContain('ws_secret');
  });
});

describe('what the templates ask for and the identity provider cannot do', () => {
  it.each([
    [
      'another trigger',
      poolResources({ LambdaConfig: { PostConfirmation: functionArn } }),
      /PostConfirmation is a trigger/,
    ],
    ['required second factors', poolResources({ MfaConfiguration: 'ON' }), /MfaConfiguration "ON"/],
    ['the implicit flow', poolResources({}, { AllowedOAuthFlows: ['implicit'] }), /AllowedOAuthFlows "implicit"/],
    [
      'a foreign identity provider',
      poolResources({}, { SupportedIdentityProviders: ['Google'] }),
      /SupportedIdentityProviders "Google"/,
    ],
    ['an unknown property', poolResources({ Surprise: 1 }), /Surprise is not supported/],
    ['a second pool', [...poolResources(), ...poolResources()], /the templates have 2/],
  ])('is refused by name at start: %s', async (_what, resources, message) => {
    await expect(startIdentity({ resources })).rejects.toThrow(message);
  });
});
