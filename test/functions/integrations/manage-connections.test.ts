import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConnectionSecrets } from '../../../adapters/connection-secrets.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createOAuthClient } from '../../../adapters/oauth-client.ts';
import { createSecrets } from '../../../adapters/secrets.ts';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import { manageConnectionsRoutes } from '../../../contracts/routes/manage-connections.ts';
import {
  connection,
  connectionList,
  removedConnection,
  startedAuthorization,
} from '../../../contracts/schemas/connections.ts';
import { problem } from '../../../contracts/schemas/problem.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { platformIds } from '../../../domain/integrations/platform.ts';
import { manageConnections } from '../../../functions/integrations/manage-connections/manage-connections.ts';
import { createSsm } from '../../../local/services/ssm/ssm-service.ts';
import { authorizations } from '../../../platforms/authorizations.ts';
import { descriptors } from '../../../platforms/registry.ts';
import { type Call, callApi } from '../../adapters/http/api-event.ts';
import { type ApiWorld, seedAccount, startApiWorld } from '../../adapters/http/api-world.ts';
import { PLACE, serveService } from '../../local/services/serve-service.ts';
import { apps, type FakeAuthorization, startFakeAuthorization } from './fake-authorization.ts';

let world: ApiWorld;
let client: SecretsManagerClient;
let fake: FakeAuthorization;
let deployed: unknown;
let handler: unknown;
let clock: number;
let workspaceId: string;
const logged: string[] = [];
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  world = await startApiWorld();
  fake = await startFakeAuthorization();
  const dataDir = mkdtempSync(join(tmpdir(), 'conext-connections-'));
  const ssmService = createSsm({ ...PLACE, dataDir, clock: Date.now });
  const ssm = await serveService(ssmService);
  const endpoints = { api: fake.url, oauth: fake.url, authorize: fake.url };
  await ssmService.provision({
    type: 'AWS::SSM::Parameter',
    stack: 'Data',
    logicalId: 'Endpoints',
    physicalId: '/conext/test/endpoints',
    arn: '/conext/test/endpoints',
    properties: { Value: JSON.stringify(Object.fromEntries(platformIds.map((id) => [id, endpoints]))) },
  });
  vi.stubEnv('PARAMETER_PREFIX', '/conext/test');
  vi.stubEnv('AWS_ENDPOINT_URL', ssm.endpoint);
  ({ handler: deployed } = await import('../../../functions/integrations/manage-connections/handler.ts'));
  client = new SecretsManagerClient(world.secrets.client);
  for (const [platform, app] of Object.entries(apps)) {
    await client.send(
      new CreateSecretCommand({ Name: `conext/test/apps/${platform}`, SecretString: JSON.stringify(app) }),
    );
  }
  const config = { secrets: { prefix: 'conext/test' } };
  const telemetry = createTelemetry({}, (line) => logged.push(line));
  handler = apiHandler(
    manageConnectionsRoutes,
    manageConnections({
      stores: world.stores,
      secrets: createSecrets(config, client),
      keeping: createConnectionSecrets(client, 'conext/test'),
      oauth: createOAuthClient(),
      authorizationOf: (platform) => authorizations[platform],
      descriptorOf: (platform) => descriptors[platform],
      endpointsOf: async () => endpoints,
      versionOf: async () => undefined,
      allowedOrigin: 'https://app.example',
      secretPrefix: 'conext/test',
      telemetry,
      now: () => clock,
    }),
    { allowedOrigin: 'https://app.example', telemetry },
  );
  closing.push(
    () => client.destroy(),
    () => ssm.close(),
    () => ssmService.close(),
    () => rmSync(dataDir, { recursive: true, force: true }),
  );
});
afterAll(async () => {
  for (const close of closing) await close();
  await fake.close();
  await world.close();
});
beforeEach(() => {
  clock = Date.parse('2026-11-22T12:00:00.000Z');
  workspaceId = newId('wsp', Date.now());
  fake.next.length = 0;
});

const list = '/v1/connections';
const one = '/v1/connections/{connectionId}';
const returnTo = 'https://app.example/connected';
const call = (given: Partial<Call>, by: unknown = handler) =>
  callApi(by, { resource: list, caller: { workspaceId }, ...given });
const post = (resource: string, body: unknown, given: Partial<Call> & { key?: string } = {}, by?: unknown) =>
  call(
    {
      method: 'POST',
      resource,
      body: JSON.stringify(body),
      ...given,
      headers: { 'content-type': 'application/json', ...(given.key !== undefined && { 'idempotency-key': given.key }) },
    },
    by,
  );
const start = async (platform: string, more: object = {}, given: Partial<Call> & { key?: string } = {}) =>
  startedAuthorization.parse((await post(`${list}/authorizations`, { platform, returnTo, ...more }, given)).body);
const finish = (given: { state: string; code: string }, more: Partial<Call> & { key?: string } = {}) =>
  post(list, { state: given.state, code: given.code }, more);
const connect = async (platform: string, more: object = {}) => {
  const { authorizationUrl } = await start(platform, more);
  return connection.parse((await finish(fake.agree(authorizationUrl))).body);
};
const secretOf = async (id: string) => {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: `conext/test/connections/${id}` }));
  return JSON.parse(SecretString ?? '');
};
const detailOf = (body: unknown) => problem.parse(body).detail ?? '';

describe('authorizing a connection', () => {
  it('sends people to Google’s page with a challenge and keeps the refresh token alone', async () => {
    const { authorizationUrl, state, expiresAt } = await start('google-ads', {
      name: 'Shop',
      managerPlatformId: '91-0',
    });
    const page = new URL(authorizationUrl);
    expect(page.pathname).toBe('/o/oauth2/v2/auth');
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      client_id: 'google-app',
      redirect_uri: returnTo,
      response_type: 'code',
      access_type: 'offline',
      prompt: 'consent',
      scope: 'https://www.googleapis.com/auth/adwords',
      code_challenge_method: 'S256',
      state,
    });
    expect(expiresAt).toBe('2026-11-22T12:10:00.000Z');
    const { status, body, text } = await finish(fake.agree(authorizationUrl));
    expect(status).toBe(201);
    const made = connection.parse(body);
    expect(made).toMatchObject({
      platform: 'google-ads',
      name: 'Shop',
      managerPlatformId: '91-0',
      authorizedAt: '2026-11-22T12:00:00.000Z',
      tokenExpiresAt: null,
      health: { state: 'unchecked' },
    });
    expect(await secretOf(made.id)).toEqual({ refreshToken: expect.stringMatching(/^google-refresh/) });
    expect(text).not.toMatch(/google-refresh|google-app-secret/);
  });

  it('takes TikTok’s lasting token and says how many advertisers it reaches', async () => {
    const { authorizationUrl } = await start('tiktok-ads');
    const page = new URL(authorizationUrl);
    expect([page.pathname, page.searchParams.get('app_id')]).toEqual(['/portal/auth', apps['tiktok-ads'].appId]);
    const made = connection.parse((await finish(fake.agree(authorizationUrl))).body);
    expect(made).toMatchObject({ name: 'TikTok Ads', tokenExpiresAt: null, health: { accountsReached: 2 } });
    expect(await secretOf(made.id)).toEqual({ accessToken: expect.stringMatching(/^tiktok-token/) });
    expect(fake.calls.at(-1)).toMatchObject({ contentType: 'application/json' });
  });

  it('says when LinkedIn’s grant ends, a year after the sign-in', async () => {
    const made = await connect('linkedin-ads');
    expect(made.tokenExpiresAt).toBe('2027-11-22T12:00:00.000Z');
    expect(fake.calls.at(-1)?.fields).not.toHaveProperty('code_verifier', expect.stringMatching(/.+/));
  });

  it('renews a connection in place: same id, name and accounts, new credentials', async () => {
    const first = await connect('google-ads', { name: 'Shop', managerPlatformId: '910' });
    const before = await secretOf(first.id);
    clock += 86_400_000;
    const again = await connect('google-ads', { connectionId: first.id });
    expect(again).toMatchObject({ id: first.id, name: 'Shop', managerPlatformId: '910', createdAt: first.createdAt });
    expect(again.authorizedAt).toBe('2026-11-23T12:00:00.000Z');
    expect(await secretOf(first.id)).not.toEqual(before);
    expect(connectionList.parse((await call({})).body).items).toHaveLength(1);
  });

  it('refuses to renew a connection at another platform', async () => {
    const { id } = await connect('google-ads');
    const { status, body } = await post(`${list}/authorizations`, {
      platform: 'linkedin-ads',
      returnTo,
      connectionId: id,
    });
    expect(status).toBe(400);
    expect(problem.parse(body).errors).toEqual([{ field: 'platform', message: 'the connection is to google-ads' }]);
  });

  it.each([
    ['https://elsewhere.example/connected', 'must be an address on'],
    ['https://app.example.elsewhere.example/', 'must be an address on'],
    ['https://app.example/connected?next=/x', 'neither query nor fragment'],
    ['https://app.example/connected#x', 'neither query nor fragment'],
  ])('refuses to send the browser back to %s', async (address, reason) => {
    const { status, body } = await post(`${list}/authorizations`, { platform: 'google-ads', returnTo: address });
    expect(status).toBe(400);
    expect(problem.parse(body).errors?.[0]).toMatchObject({
      field: 'returnTo',
      message: expect.stringContaining(reason),
    });
  });
});

describe('a state', () => {
  it('is good once: the same code again answers the same connection, another code nothing', async () => {
    const { authorizationUrl } = await start('google-ads');
    const agreed = fake.agree(authorizationUrl);
    const first = await finish(agreed);
    const exchanges = fake.calls.length;
    const again = await finish(agreed);
    expect([again.status, connection.parse(again.body).id]).toEqual([201, connection.parse(first.body).id]);
    expect(fake.calls).toHaveLength(exchanges);
    const other = await finish({ ...agreed, code: 'another-code' });
    expect([other.status, fake.calls.length]).toEqual([400, exchanges]);
  });

  it('makes one connection when it is finished twice at once', async () => {
    const { authorizationUrl } = await start('google-ads');
    const agreed = fake.agree(authorizationUrl);
    const answers = await Promise.all([finish(agreed), finish(agreed), finish(agreed)]);
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
    expect(connectionList.parse((await call({})).body).items).toHaveLength(1);
    expect(fake.calls.filter(({ fields }) => fields['code'] === agreed.code)).toHaveLength(1);
  });

  it('is worth nothing to another person, in another workspace, and when it is forged', async () => {
    const { authorizationUrl } = await start('google-ads');
    const agreed = fake.agree(authorizationUrl);
    const exchanges = fake.calls.length;
    const refused = [
      await finish(agreed, { caller: { workspaceId, subject: 'user-2' } }),
      await finish(agreed, { caller: { workspaceId: newId('wsp', Date.now()) } }),
      await finish({ ...agreed, state: `${agreed.state.slice(0, -1)}${agreed.state.endsWith('A') ? 'B' : 'A'}` }),
      await finish({ ...agreed, state: 'whatever' }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect(new Set(refused.map(({ body }) => detailOf(body))).size).toBe(1);
    expect(fake.calls).toHaveLength(exchanges);
    expect((await finish(agreed)).status).toBe(201);
  });

  it('is over after ten minutes', async () => {
    const { authorizationUrl } = await start('google-ads');
    const agreed = fake.agree(authorizationUrl);
    clock += 10 * 60_000;
    expect((await finish(agreed)).status).toBe(400);
  });

  it('stands again when the platform did not answer', async () => {
    const { authorizationUrl } = await start('linkedin-ads');
    const agreed = fake.agree(authorizationUrl);
    fake.next.push({ status: 502, body: '<html>' });
    expect((await finish(agreed)).status).toBe(503);
    expect((await finish(agreed)).status).toBe(201);
  });
});

describe('an idempotency key', () => {
  it('begins one authorization, and refuses another body', async () => {
    const body = { platform: 'google-ads', returnTo };
    const [first, again] = [
      await post(`${list}/authorizations`, body, { key: 'k-1' }),
      await post(`${list}/authorizations`, body, { key: 'k-1' }),
    ];
    expect(again.body).toEqual(first.body);
    const other = await post(`${list}/authorizations`, { ...body, platform: 'tiktok-ads' }, { key: 'k-1' });
    expect(other.status).toBe(422);
  });

  it('finishes one authorization, and refuses another', async () => {
    const agreed = fake.agree((await start('google-ads')).authorizationUrl);
    expect((await finish(agreed, { key: 'k-2' })).status).toBe(201);
    expect((await finish(agreed, { key: 'k-2' })).status).toBe(201);
    const second = fake.agree((await start('google-ads')).authorizationUrl);
    expect((await finish(second, { key: 'k-2' })).status).toBe(422);
  });
});

describe('what a platform says', () => {
  const answers = [
    ['google-ads', 400, { error: 'invalid_grant' }, 400, 'Google did not take the authorization (invalid_grant)'],
    ['google-ads', 401, { error: 'invalid_client' }, 409, 'Google does not accept our app (invalid_client)'],
    ['google-ads', 200, { access_token: 'a', refresh_token: 'r', scope: 'openid' }, 400, 'was not ticked'],
    [
      'google-ads',
      200,
      { access_token: 'a', scope: 'https://www.googleapis.com/auth/adwords' },
      400,
      'no lasting access',
    ],
    ['linkedin-ads', 200, { access_token: 'a' }, 409, 'programmatic refresh tokens'],
    ['tiktok-ads', 200, { code: 40002, message: 'x' }, 400, 'TikTok did not take the authorization (code 40002)'],
    ['tiktok-ads', 200, { code: 40113, message: 'x' }, 409, 'TikTok does not accept our app (code 40113)'],
  ] as const;
  it.each(answers)('reaches the person in words: %s %s %j', async (platform, status, body, expected, words) => {
    const agreed = fake.agree((await start(platform)).authorizationUrl);
    fake.next.push({ status, body });
    const answer = await finish(agreed);
    expect(answer.status).toBe(expected);
    expect(detailOf(answer.body)).toContain(words);
  });

  it('that passes is a 503: throttled, broken, garbage', async () => {
    for (const next of [
      { status: 200, body: { code: 40100, message: 'x' } },
      { status: 200, body: { code: 50000, message: 'x' } },
      { status: 200, body: 'not json' },
      { status: 200, body: { code: 0, data: { access_token: 7 } } },
    ]) {
      const agreed = fake.agree((await start('tiktok-ads')).authorizationUrl);
      fake.next.push(next);
      expect((await finish(agreed)).status).toBe(503);
    }
  });

  it('never shows a secret, in an answer or a log', async () => {
    const agreed = fake.agree((await start('google-ads')).authorizationUrl);
    fake.next.push({
      status: 400,
      body: { error: 'google-app-secret leaked\n', error_description: 'google-app-secret' },
    });
    const answer = await finish(agreed);
    expect(answer.text).not.toContain('google-app-secret');
    expect(logged.join('\n')).not.toMatch(/google-app-secret|google-refresh|tiktok-token|tiktok-app-secret/);
  });

  it('says what an operator has to store when our app is not set up', async () => {
    const bare = apiHandler(
      manageConnectionsRoutes,
      manageConnections({
        stores: world.stores,
        secrets: { app: async () => undefined, connection: async () => ({}) },
        keeping: createConnectionSecrets(client, 'conext/test'),
        oauth: createOAuthClient(),
        authorizationOf: (platform) => authorizations[platform],
        descriptorOf: (platform) => descriptors[platform],
        endpointsOf: async () => ({}),
        versionOf: async () => undefined,
        allowedOrigin: 'https://app.example',
        secretPrefix: 'conext/prod',
        telemetry: createTelemetry({}, () => {}),
        now: () => clock,
      }),
      { allowedOrigin: 'https://app.example', telemetry: createTelemetry({}, () => {}) },
    );
    const { status, body } = await post(`${list}/authorizations`, { platform: 'google-ads', returnTo }, {}, bare);
    expect(status).toBe(409);
    expect(detailOf(body)).toContain(
      'clientId, clientSecret, developerToken in the secret conext/prod/apps/google-ads',
    );
  });
});

describe('a connection', () => {
  const show = (id: string) => call({ resource: one, path: { connectionId: id } });
  const patch = (id: string, body: unknown, tag?: string, caller: Call['caller'] = { workspaceId }) =>
    call({
      method: 'PATCH',
      resource: one,
      path: { connectionId: id },
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...(tag !== undefined && { 'If-Match': tag }) },
      caller,
    });
  const remove = (id: string, caller: Call['caller'] = { workspaceId }) =>
    call({ method: 'DELETE', resource: one, path: { connectionId: id }, caller });

  it('shows how it fares: contacts, accounts, version, end of the grant', async () => {
    const { id } = await connect('google-ads');
    const { workspace } = world.stores.forWorkspace(workspaceId);
    const stateOf = async () => connection.parse((await show(id)).body).health;
    await workspace.recordContact(id, { at: '2026-11-22T12:05:00.000Z', accountsReached: 3 });
    expect(await stateOf()).toMatchObject({ state: 'healthy', accountsReached: 3, lastFailure: null });
    await workspace.recordContact(id, { at: '2026-11-22T13:05:00.000Z', failure: 'The grant is gone.' });
    expect(await stateOf()).toMatchObject({
      state: 'failing',
      lastSuccessAt: '2026-11-22T12:05:00.000Z',
      lastFailureAt: '2026-11-22T13:05:00.000Z',
      lastFailure: 'The grant is gone.',
    });
    clock += 2 * 3_600_000;
    await connect('google-ads', { connectionId: id });
    expect((await stateOf()).state).toBe('unchecked');
    expect(connection.parse((await show(id)).body).apiVersion).toEqual({
      inUse: descriptors['google-ads'].apiVersion,
      sunset: descriptors['google-ads'].apiVersionSunset,
    });
  });

  it('changes for whoever read it as it stands, and for nobody else', async () => {
    const { id } = await connect('google-ads');
    expect((await patch(id, { paused: true })).status).toBe(428);
    const { headers } = await show(id);
    const changed = await patch(id, { paused: true, name: 'Held' }, headers['etag']);
    expect(changed.status).toBe(200);
    expect(connection.parse(changed.body)).toMatchObject({ paused: true, name: 'Held', health: { state: 'paused' } });
    expect((await patch(id, { name: 'Late' }, headers['etag'])).status).toBe(412);
    expect((await patch(id, { name: 'Next' }, changed.headers['etag'])).status).toBe(200);
    expect((await patch(id, { name: 'x', platform: 'tiktok-ads' }, '*')).status).toBe(400);
  });

  it('is removed: grant revoked, credentials on their way out, accounts disabled, facts untouched', async () => {
    const made = await connect('google-ads');
    const own = world.stores.forWorkspace(workspaceId);
    const { accountId } = await seedAccount(own, '111');
    await own.accounts.upsert({ ...accountOf(await own.accounts.get(accountId)), connectionId: made.id });
    const { refreshToken } = await secretOf(made.id);
    const { status, body } = await remove(made.id);
    expect(status).toBe(200);
    expect(removedConnection.parse(body)).toMatchObject({ revocation: 'revoked', accountsDisabled: 1 });
    expect(fake.calls.at(-1)).toMatchObject({ path: '/revoke', fields: { token: refreshToken } });
    expect(await own.accounts.get(accountId)).toMatchObject({ status: 'disabled', name: 'Account 111' });
    const secret = await client.send(new DescribeSecretCommand({ SecretId: `conext/test/connections/${made.id}` }));
    expect(secret.DeletedDate).toBeInstanceOf(Date);
    expect((await show(made.id)).status).toBe(404);
    expect((await remove(made.id)).status).toBe(404);
    expect(connectionList.parse((await call({})).body).items).toEqual([]);
  });

  it('is removed even when the platform does not answer, or cannot revoke, and says so', async () => {
    const google = await connect('google-ads');
    for (let attempt = 0; attempt < 3; attempt += 1) fake.next.push({ status: 500, body: {} });
    expect(removedConnection.parse((await remove(google.id)).body).revocation).toBe('failed');
    const linkedin = await connect('linkedin-ads');
    expect(removedConnection.parse((await remove(linkedin.id)).body).revocation).toBe('not-supported');
    const tiktok = await connect('tiktok-ads');
    expect(removedConnection.parse((await remove(tiktok.id)).body).revocation).toBe('revoked');
    expect(fake.calls.at(-1)?.fields).toMatchObject({
      app_id: apps['tiktok-ads'].appId,
      access_token: expect.any(String),
    });
  });

  it('of another workspace is not there', async () => {
    const { id } = await connect('google-ads');
    const caller = { workspaceId: newId('wsp', Date.now()) };
    const answers = [
      await call({ resource: one, path: { connectionId: id }, caller }),
      await patch(id, { name: 'Mine' }, '*', caller),
      await remove(id, caller),
      await post(`${list}/authorizations`, { platform: 'google-ads', returnTo, connectionId: id }, { caller }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect((await show(id)).status).toBe(200);
  });

  it('is seen and changed with the scopes for it alone', async () => {
    const { id } = await connect('google-ads');
    const caller = { workspaceId, scopes: ['connections.read'] as const };
    expect((await call({ caller })).status).toBe(200);
    expect((await remove(id, caller)).status).toBe(403);
    expect((await call({ caller: { workspaceId, scopes: ['accounts.read'] } })).status).toBe(403);
  });

  it('reads fields of our app until they are rotated in their one place', async () => {
    const { id } = await connect('linkedin-ads');
    const secrets = createSecrets({ secrets: { prefix: 'conext/test' } }, client);
    expect(await secrets.connection(id, 'linkedin-ads')).toMatchObject({ clientSecret: 'linkedin-app-secret' });
    const rotated = { ...apps['linkedin-ads'], clientSecret: 'rotated' };
    const SecretId = 'conext/test/apps/linkedin-ads';
    await client.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(rotated) }));
    expect(await secrets.connection(id, 'linkedin-ads')).toMatchObject({ clientSecret: 'linkedin-app-secret' });
    secrets.forget(id, 'linkedin-ads');
    expect(await secrets.connection(id, 'linkedin-ads')).toMatchObject({ clientSecret: 'rotated' });
    await client.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(apps['linkedin-ads']) }));
  });
});

describe('the deployed function', () => {
  it('is wired to answer the flow', async () => {
    const started = await post(`${list}/authorizations`, { platform: 'google-ads', returnTo }, {}, deployed);
    expect(started.status).toBe(201);
    const agreed = fake.agree(startedAuthorization.parse(started.body).authorizationUrl);
    expect((await post(list, { state: agreed.state, code: agreed.code }, {}, deployed)).status).toBe(201);
  });
});

function accountOf<T>(record: T | undefined): T {
  if (record === undefined) throw new Error('There is no such account.');
  return record;
}
