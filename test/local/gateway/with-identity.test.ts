import { describe, expect, it } from 'vitest';
import {
  claimsOf,
  exchange,
  owner,
  poolResources,
  requestToken,
  signIn,
  startIdentity,
  triggerOf,
} from '../identity/running-identity.ts';
import { proxyTo, resource, route } from './api-fixture.ts';
import { functionsOf, startGateway } from './running-gateway.ts';

const trigger = 'arn:aws:lambda:eu-central-1:000000000000:function:issue-token-claims';

/** Puts the workspace into every token and keeps writing from machine clients. */
const claims = triggerOf((event) => ({
  ...event,
  response: {
    claimsAndScopeOverrideDetails: {
      accessTokenGeneration: {
        claimsToAddOrOverride: { workspace_id: 'ws_1', role: 'analyst' },
        scopesToSuppress: event.triggerSource === 'TokenGeneration_ClientCredentials' ? ['conext/changes.write'] : [],
      },
    },
  },
}));

const echoClaims = functionsOf({
  echo: (event) => ({
    statusCode: 200,
    body: JSON.stringify(
      (event as { requestContext: { authorizer: { claims: unknown } } }).requestContext.authorizer.claims,
    ),
  }),
});

describe('gateway and identity provider together', () => {
  it('carry what the trigger decided from the sign-in to the function', async () => {
    const identity = await startIdentity({
      resources: poolResources({
        LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: trigger, LambdaVersion: 'V3_0' } },
      }),
      functions: claims,
    });
    const [pool] = identity.userPools;
    const authorized = (scope: string) => ({
      AuthorizationType: 'COGNITO_USER_POOLS',
      AuthorizerId: 'authorizer',
      AuthorizationScopes: [scope],
      Integration: proxyTo('echo'),
    });
    const gateway = await startGateway(
      [
        ...route('/v1/accounts', 'GET', authorized('conext/metrics.read')),
        ...route('/v1/changes', 'GET', authorized('conext/changes.write')),
        resource('Authorizer', 'authorizer', {
          RestApiId: 'api',
          Type: 'COGNITO_USER_POOLS',
          ProviderARNs: [pool?.arn],
        }),
      ],
      echoClaims,
      { userPools: identity.userPools },
    );
    const get = (path: string, token: string) =>
      fetch(gateway.url + path, { headers: { authorization: `Bearer ${token}` } });

    const { sub } = await identity.createUser(owner);
    const { code, verifier } = await signIn(identity);
    const user = await exchange(identity, code, verifier);
    const seen = (await (await get('/v1/accounts', user.access_token)).json()) as Record<string, string>;
    expect(seen).toMatchObject({
      sub,
      username: sub,
      workspace_id: 'ws_1',
      role: 'analyst',
      'cognito:groups': 'owners',
      version: '2',
    });
    expect((await get('/v1/accounts', user.id_token)).status).toBe(401);
    expect((await get('/v1/changes', user.access_token)).status).toBe(403);

    const { clientId, clientSecret } = identity.createMachineClient({
      name: 'partner',
      scopes: ['conext/metrics.read', 'conext/changes.write'],
    });
    const machine = await requestToken(identity, { grant_type: 'client_credentials' }, [clientId, clientSecret]);
    expect((await claimsOf(identity, machine.access_token)).scope).toBe('conext/metrics.read');
    expect(await (await get('/v1/accounts', machine.access_token)).json()).toMatchObject({
      client_id: clientId,
      workspace_id: 'ws_1',
    });
    expect((await get('/v1/changes', machine.access_token)).status).toBe(403);
  });
});
