import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFault } from '../../../simulator/control/faults.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import { answered, berlin, codeOf, managerAccount, open, signIn } from '../open.ts';

const verifier = 'a-verifier-of-at-least-43-characters-0123456789';
const s256 = createHash('sha256').update(verifier).digest('base64url');
const redirectUri = 'http://127.0.0.1:4599/connections/callback?from=conext';

let simulator: Simulator;
beforeAll(async () => {
  ({ simulator } = await open());
});
afterAll(() => simulator.close());

/** Asks for consent as a browser does; the answer is where it is sent. */
async function consent(changes: Readonly<Record<string, string | undefined>> = {}, running = simulator) {
  const query = {
    client_id: running.credentials.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid https://www.googleapis.com/auth/adwords',
    access_type: 'offline',
    state: 'st-1',
    ...changes,
  };
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const response = await fetch(`${running.rest}/o/oauth2/v2/auth?${new URLSearchParams(given)}`, {
    redirect: 'manual',
  });
  const location = response.headers.get('location');
  return {
    status: response.status,
    text: await response.text(),
    back: location === null ? undefined : new URL(location),
  };
}

const codeFrom = async (changes: Readonly<Record<string, string | undefined>> = {}) =>
  (await consent(changes)).back?.searchParams.get('code') ?? '';

function exchange(code: string, changes: Readonly<Record<string, string>> = {}, running = simulator) {
  const { clientId, clientSecret } = running.credentials;
  const form = { grant_type: 'authorization_code', code, client_id: clientId, client_secret: clientSecret };
  const body = new URLSearchParams({ ...form, redirect_uri: redirectUri, ...changes });
  return answered(fetch(`${running.rest}/token`, { method: 'POST', body }));
}

const revoke = (token: string) =>
  answered(fetch(`${simulator.rest}/revoke`, { method: 'POST', body: new URLSearchParams({ token }) }));

describe('the authorize page', () => {
  it('sends the browser back with a code and the state it came with', async () => {
    const { status, back } = await consent();
    expect(status).toBe(302);
    expect(`${back?.origin}${back?.pathname}`).toBe('http://127.0.0.1:4599/connections/callback');
    expect(Object.fromEntries(back?.searchParams ?? [])).toEqual({
      from: 'conext',
      state: 'st-1',
      code: expect.stringMatching(/^4\/0/),
      scope: 'https://www.googleapis.com/auth/adwords',
    });
  });

  it.each([
    [{ client_id: 'somebody' }, 'invalid_client'],
    [{ redirect_uri: 'http://elsewhere.example/callback' }, 'redirect_uri_mismatch'],
    [{ redirect_uri: 'no address' }, 'redirect_uri_mismatch'],
  ])('shows %j to the person and sends nobody anywhere', async (changes, error) => {
    const { status, text, back } = await consent(changes);
    expect([status, back]).toEqual([400, undefined]);
    expect(JSON.parse(text)).toMatchObject({ error });
  });

  it.each([
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ scope: 'openid' }, 'invalid_scope'],
    [{ code_challenge: s256, code_challenge_method: 'MD5' }, 'invalid_request'],
  ])('sends %j back as %s', async (changes, error) => {
    const { back } = await consent(changes);
    expect([back?.searchParams.get('error'), back?.searchParams.get('state')]).toEqual([error, 'st-1']);
    expect(back?.searchParams.has('code')).toBe(false);
  });

  it('sends back who declined', async () => {
    simulator.faults.add(readFault({ kind: 'unauthenticated-bare', match: { operation: 'authorize' }, times: 1 }));
    expect((await consent()).back?.searchParams.get('error')).toBe('access_denied');
    expect((await consent()).back?.searchParams.has('code')).toBe(true);
  });
});

describe('a code', () => {
  it('is exchanged for tokens that reach the accounts', async () => {
    const { status, body } = await exchange(await codeFrom());
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', refresh_token: expect.stringMatching(/^1\/\//) });
    const call = await signIn(simulator, managerAccount, body.refresh_token);
    expect((await call.search(berlin, 'SELECT customer.id FROM customer')).status).toBe(200);
  });

  it('comes without a refresh token where nobody asked for offline access', async () => {
    const { body } = await exchange(await codeFrom({ access_type: undefined }));
    expect(body).toHaveProperty('access_token');
    expect(body).not.toHaveProperty('refresh_token');
  });

  it('works once', async () => {
    const code = await codeFrom();
    expect((await exchange(code)).status).toBe(200);
    expect((await exchange(code)).body).toMatchObject({ error: 'invalid_grant' });
  });

  it('is refused with another redirect URI, and is used up by that', async () => {
    const code = await codeFrom();
    expect((await exchange(code, { redirect_uri: 'https://elsewhere.example/' })).body.error).toBe(
      'redirect_uri_mismatch',
    );
    expect((await exchange(code)).body.error).toBe('invalid_grant');
  });

  it.each([
    ['S256', s256],
    ['plain', verifier],
  ])('with a %s challenge needs its verifier', async (method, challenge) => {
    const asked = { code_challenge: challenge, code_challenge_method: method };
    expect((await exchange(await codeFrom(asked))).body).toMatchObject({
      error: 'invalid_grant',
      error_description: 'Missing code verifier.',
    });
    expect((await exchange(await codeFrom(asked), { code_verifier: 'another' })).body.error).toBe('invalid_grant');
    expect((await exchange(await codeFrom(asked), { code_verifier: verifier })).status).toBe(200);
  });
});

describe('a refresh token somebody consented to', () => {
  it('is still known to a simulator started again, and to none of another seed', async () => {
    const { body } = await exchange(await codeFrom());
    for (const [seed, status] of [
      [undefined, 200],
      [77, 400],
    ] as const) {
      const { simulator: again } = await open(seed === undefined ? {} : { seed });
      try {
        const { clientId, clientSecret } = again.credentials;
        const form = { grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret };
        const answer = await answered(
          fetch(`${again.rest}/token`, {
            method: 'POST',
            body: new URLSearchParams({ ...form, refresh_token: body.refresh_token }),
          }),
        );
        expect(answer.status).toBe(status);
      } finally {
        await again.close();
      }
    }
  });

  it('is gone once it is revoked, with the access tokens it gave', async () => {
    const { body } = await exchange(await codeFrom());
    const call = await signIn(simulator, managerAccount, body.refresh_token);
    expect((await revoke(body.refresh_token)).status).toBe(200);
    expect(codeOf(await call.search(berlin, 'SELECT customer.id FROM customer'))).toBe(
      'authenticationError.OAUTH_TOKEN_INVALID',
    );
    expect((await revoke(body.refresh_token)).body).toMatchObject({ error: 'invalid_token' });
  });

  it('that somebody made up is refused', async () => {
    expect((await revoke(`1//${'a'.repeat(59)}`)).body).toMatchObject({ error: 'invalid_token' });
  });
});
