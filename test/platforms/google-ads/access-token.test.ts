import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AccessToken, sharedAccessToken } from '../../../platforms/google-ads/access-token.ts';
import { credentialsFrom } from '../../../platforms/google-ads/credentials.ts';
import { FakeGoogle, json } from './fake-google.ts';

let google: FakeGoogle;
let now: number;
beforeEach(async () => {
  now = Date.parse('2026-11-01T00:00:00Z');
  google = new FakeGoogle();
  await google.start();
});
afterEach(() => google.stop());

const minute = 60_000;
const tokenOf = (timeoutMs = 2_000) =>
  new AccessToken(credentialsFrom(google.access().credentials), google.url, { timeoutMs, now: () => now });

describe('an access token', () => {
  it('is kept until a minute before it expires', async () => {
    const token = tokenOf();
    expect(await token.get()).toBe('token-1');
    now += 58 * minute;
    expect(await token.get()).toBe('token-1');
    now += minute;
    expect(await token.get()).toBe('token-2');
  });

  it('that lives shortly is kept for nine tenths of its life', async () => {
    google.token = (response, count) => json({ access_token: `short-${count}`, expires_in: 10 })(response);
    const token = tokenOf();
    await token.get();
    now += 8_900;
    expect(await token.get()).toBe('short-1');
    now += 200;
    expect(await token.get()).toBe('short-2');
  });

  it('is fetched once however many wait for it', async () => {
    const token = tokenOf();
    expect(await Promise.all([token.get(), token.get(), token.get()])).toEqual(['token-1', 'token-1', 'token-1']);
    expect(google.tokensIssued).toHaveLength(1);
  });

  it('is fetched again after a failure', async () => {
    const issue = google.token;
    google.token = json({}, 503);
    const token = tokenOf();
    await expect(token.get()).rejects.toMatchObject({ kind: 'unavailable' });
    google.token = issue;
    expect(await token.get()).toMatch(/^token-/);
  });

  it('is discarded only while it is the one in use', async () => {
    const token = tokenOf();
    const first = await token.get();
    token.discard(first);
    const second = await token.get();
    token.discard(first);
    expect(await token.get()).toBe(second);
  });

  it('is given up when the endpoint says nothing', async () => {
    google.token = () => undefined;
    await expect(tokenOf(100).get()).rejects.toMatchObject({ kind: 'unavailable', platformCode: 'TIMEOUT' });
  });

  it('is shared by the readers of one connection only', () => {
    const credentials = credentialsFrom(google.access().credentials);
    const options = { timeoutMs: 1_000 };
    const shared = sharedAccessToken(credentials, google.url, options);
    expect(sharedAccessToken({ ...credentials }, google.url, options)).toBe(shared);
    expect(sharedAccessToken({ ...credentials, refreshToken: 'another' }, google.url, options)).not.toBe(shared);
  });
});
