import { describe, expect, it } from 'vitest';
import type { Identity } from '../../../local/identity/create-identity.ts';
import { AwsError } from '../../../local/ports.ts';
import {
  Browser,
  openLogin,
  owner,
  poolId,
  poolResources,
  requestToken,
  signIn,
  startIdentity,
} from './running-identity.ts';

async function call(
  identity: Identity,
  operation: string,
  input: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const request = {
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(JSON.stringify({ UserPoolId: poolId, ...input })),
    operation,
    caller: { accessKeyId: 'operator', roleArn: undefined, label: 'operator' },
  };
  identity.service.access(request);
  const answer = await identity.service.handle(request);
  return JSON.parse(String(answer.body)) as Record<string, unknown>;
}

const policy = { Policies: { PasswordPolicy: { MinimumLength: 12, RequireNumbers: true } } };

describe('cognito-idp', () => {
  it('creates a user who can sign in once the password is permanent', async () => {
    const identity = await startIdentity({ resources: poolResources(policy) });
    const made = await call(identity, 'AdminCreateUser', {
      Username: owner.email,
      UserAttributes: [
        { Name: 'email', Value: owner.email },
        { Name: 'name', Value: 'Olga' },
      ],
      TemporaryPassword: owner.password,
    });
    expect(made.User).toMatchObject({ Enabled: true, UserStatus: 'FORCE_CHANGE_PASSWORD' });
    const browser = new Browser(identity.url);
    const { action } = await openLogin(browser);
    expect((await browser.post(action, { email: owner.email, password: owner.password })).status).toBe(403);
    await call(identity, 'AdminSetUserPassword', { Username: owner.email, Password: owner.password, Permanent: true });
    const shown = await call(identity, 'AdminGetUser', { Username: owner.email });
    expect(shown).toMatchObject({ UserStatus: 'CONFIRMED' });
    expect(shown.UserAttributes).toContainEqual({ Name: 'name', Value: 'Olga' });
    expect((await signIn(identity)).code).not.toBe('');
  });

  it('creates a machine client that the token endpoint knows at once', async () => {
    const identity = await startIdentity();
    const { UserPoolClient: made } = await call(identity, 'CreateUserPoolClient', {
      ClientName: 'partner',
      GenerateSecret: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['conext/metrics.read'],
      AccessTokenValidity: 5,
      TokenValidityUnits: { AccessToken: 'minutes' },
    });
    const { ClientId: id, ClientSecret: secret } = made as { ClientId: string; ClientSecret: string };
    expect(await requestToken(identity, { grant_type: 'client_credentials' }, [id, secret])).toMatchObject({
      status: 200,
      expires_in: 300,
    });
    expect((await call(identity, 'DescribeUserPoolClient', { ClientId: id })).UserPoolClient).toEqual(made);
  });

  it.each([
    ['UsernameExistsException', 'AdminCreateUser', { Username: owner.email }],
    ['InvalidParameterException', 'AdminCreateUser', { Username: 'no address' }],
    ['InvalidPasswordException', 'AdminSetUserPassword', { Username: owner.email, Password: 'short1' }],
    [
      'InvalidPasswordException',
      'AdminSetUserPassword',
      { Username: owner.email, Password: 'long enough without digits' },
    ],
    ['UserNotFoundException', 'AdminGetUser', { Username: 'nobody@conext.example' }],
    ['ResourceNotFoundException', 'DescribeUserPoolClient', { ClientId: 'nobody' }],
    ['ResourceNotFoundException', 'AdminGetUser', { UserPoolId: 'eu-central-1_other', Username: owner.email }],
    ['ScopeDoesNotExistException', 'CreateUserPoolClient', { ClientName: 'a', AllowedOAuthScopes: ['conext/nope'] }],
    [
      'InvalidOAuthFlowException',
      'CreateUserPoolClient',
      { ClientName: 'a', AllowedOAuthFlows: ['client_credentials'], AllowedOAuthFlowsUserPoolClient: true },
    ],
    ['UnsupportedLocally', 'CreateUserPoolClient', { ClientName: 'a', AllowedOAuthFlows: ['implicit'] }],
    ['UnsupportedLocally', 'AdminDeleteUser', { Username: owner.email }],
  ])('answers %s to %s as AWS would', async (code, operation, input) => {
    const identity = await startIdentity({ resources: poolResources(policy) });
    await identity.createUser(owner);
    const failure = await call(identity, operation, input).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AwsError);
    expect((failure as AwsError).code).toBe(code);
  });

  it('names the permission each operation needs', async () => {
    const identity = await startIdentity();
    const request = {
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.from('{}'),
      operation: 'AdminGetUser',
    };
    const needs = identity.service.access({ ...request, caller: { accessKeyId: 'a', roleArn: undefined, label: 'a' } });
    expect(needs).toEqual([
      {
        action: 'cognito-idp:AdminGetUser',
        resource: `arn:aws:cognito-idp:eu-central-1:000000000000:userpool/${poolId}`,
      },
    ]);
  });
});
