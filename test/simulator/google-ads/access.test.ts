import { afterEach, describe, expect, it } from 'vitest';
import type { SimulatorOptions } from '../../../simulator/options.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import {
  answered,
  berlin,
  closed,
  codeOf,
  losAngeles,
  managerAccount,
  open,
  requestToken,
  signIn,
  subManager,
  tokyo,
} from '../open.ts';

let simulator: Simulator | undefined;
afterEach(() => simulator?.close());

async function start(options?: SimulatorOptions) {
  const opened = await open(options);
  simulator = opened.simulator;
  return opened;
}

const query = 'SELECT customer.id FROM customer';
const dayMs = 86_400_000;

describe('the token endpoint', () => {
  it.each([
    [{ refreshToken: 'unknown' }, 400, 'invalid_grant'],
    [{ clientSecret: 'wrong' }, 401, 'invalid_client'],
    [{ clientId: 'wrong' }, 401, 'invalid_client'],
  ])('refuses %j with %i %s', async (wrong, status, error) => {
    const { simulator: running } = await start();
    const answer = await requestToken(running, { ...running.credentials, ...wrong });
    expect([answer.status, answer.body.error]).toEqual([status, error]);
  });

  it('refuses other grant types', async () => {
    const { simulator: running } = await start();
    const answer = await answered(
      fetch(`${running.rest}/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'password' }) }),
    );
    expect([answer.status, answer.body.error]).toEqual([400, 'unsupported_grant_type']);
  });

  it('gives a bearer token with its lifetime', async () => {
    const { simulator: running } = await start({ tokenLifetimeSeconds: 120 });
    const { body } = await requestToken(running, running.credentials);
    expect(body).toMatchObject({
      access_token: expect.stringMatching(/^ya29\./),
      expires_in: 120,
      token_type: 'Bearer',
    });
  });
});

describe('credentials on a call', () => {
  it.each([
    ['an unknown token', { authorization: 'Bearer ya29.unknown' }, 401, 'authenticationError.OAUTH_TOKEN_INVALID'],
    [
      'a header that is no bearer',
      { authorization: 'Basic abc' },
      401,
      'authenticationError.OAUTH_TOKEN_HEADER_INVALID',
    ],
    ['a wrong developer token', { 'developer-token': 'wrong' }, 401, 'authenticationError.DEVELOPER_TOKEN_INVALID'],
    ['an empty developer token', { 'developer-token': '' }, 400, 'requestError.DEVELOPER_TOKEN_PARAMETER_MISSING'],
    ['a malformed login customer', { 'login-customer-id': '910-000-0001' }, 400, 'requestError.INVALID_CUSTOMER_ID'],
  ])('with %s are refused', async (_, headers, status, code) => {
    const { call } = await start();
    const answer = await call.post(`/v25/customers/${berlin}/googleAds:search`, { query }, headers);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
  });

  it('are refused without details when there is no Authorization at all', async () => {
    const { simulator: running } = await start();
    const answer = await answered(
      fetch(`${running.rest}/v25/customers/${berlin}/googleAds:search`, {
        method: 'POST',
        body: JSON.stringify({ query }),
      }),
    );
    expect(answer.status).toBe(401);
    expect(answer.body.error).toMatchObject({
      status: 'UNAUTHENTICATED',
      details: [{ reason: 'CREDENTIALS_MISSING' }],
    });
  });

  it('expire', async () => {
    const { call } = await start({ tokenLifetimeSeconds: 0 });
    const answer = await call.search(berlin, query);
    expect([answer.status, codeOf(answer)]).toEqual([401, 'authenticationError.OAUTH_TOKEN_EXPIRED']);
  });

  it('do not age with the simulated clock', async () => {
    const { simulator: running, call } = await start();
    running.clock.advance(30 * dayMs);
    expect((await call.search(berlin, query)).status).toBe(200);
  });
});

describe('permission', () => {
  it.each([
    [managerAccount, berlin, 200],
    [managerAccount, tokyo, 200],
    [subManager, tokyo, 200],
    [subManager, losAngeles, 200],
    [subManager, berlin, 403],
    ['', managerAccount, 200],
    ['', berlin, 403],
    [tokyo, berlin, 403],
    [managerAccount, '1234567890', 403],
  ])('through login %j to %s answers %i', async (login, account, status) => {
    const { simulator: running } = await start();
    const answer = await (await signIn(running, login)).search(account, query);
    expect(answer.status).toBe(status);
    if (status === 403) expect(codeOf(answer)).toBe('authorizationError.USER_PERMISSION_DENIED');
  });

  it('lets a user who was given one account reach that one only', async () => {
    const { simulator: running } = await start();
    const direct = await signIn(running, '', running.directRefreshToken);
    expect((await direct.search(berlin, query)).status).toBe(200);
    expect((await direct.search(tokyo, query)).status).toBe(403);
    expect(
      (await (await signIn(running, managerAccount, running.directRefreshToken)).search(berlin, query)).status,
    ).toBe(403);
  });

  it('is refused for a closed account by name', async () => {
    const { call } = await start();
    const answer = await call.search(closed, query);
    expect([answer.status, codeOf(answer)]).toEqual([403, 'authorizationError.CUSTOMER_NOT_ENABLED']);
    expect(answer.body.error.details[0]).toMatchObject({
      '@type': 'type.googleapis.com/google.ads.googleads.v25.errors.GoogleAdsFailure',
      requestId: answer.headers.get('request-id'),
    });
  });

  it.each(['123', '421-000-0001', 'abc'])('needs a customer id: %s is malformed', async (id) => {
    const { call } = await start();
    expect(codeOf(await call.search(id, query))).toBe('requestError.INVALID_CUSTOMER_ID');
  });
});

describe('the daily quota', () => {
  it('refuses the operation beyond it, says when to come back, and lets it in after that', async () => {
    const { simulator: running, call } = await start({ accessLevel: 'basic', dailyOperations: 3 });
    for (let count = 0; count < 3; count += 1) expect((await call.search(berlin, query)).status).toBe(200);
    const refused = await call.stream(berlin, query);
    expect([refused.status, codeOf(refused)]).toEqual([429, 'quotaError.RESOURCE_EXHAUSTED']);
    const { quotaErrorDetails } = refused.body[0].error.details[0].errors[0].details;
    expect(quotaErrorDetails).toMatchObject({
      rateScope: 'DEVELOPER',
      rateName: 'Number of operations for basic access',
    });
    running.clock.advance(Number.parseInt(quotaErrorDetails.retryDelay, 10) * 1000);
    expect((await call.search(berlin, query)).status).toBe(200);
  });

  it('forgets what was counted after the instant the clock is set back to', async () => {
    const { simulator: running, call } = await start({ accessLevel: 'basic', dailyOperations: 1 });
    await call.search(berlin, query);
    running.clock.advance(-2 * dayMs);
    expect((await call.search(berlin, query)).status).toBe(200);
  });

  it.each([
    ['explorer', 2880],
    ['basic', 15_000],
  ] as const)('of %s access is %i', async (accessLevel, operations) => {
    const { Quota } = await import('../../../simulator/google-ads/quota.ts');
    const quota = new Quota(accessLevel, () => 0);
    quota.spend(operations);
    expect(() => quota.spend(1)).toThrow('Too many requests');
  });
});
