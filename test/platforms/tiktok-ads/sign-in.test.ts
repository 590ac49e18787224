import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTikTokAdsReader } from '../../../platforms/tiktok-ads/reader.ts';
import { data, FakeTikTok, page, reportRow, says } from './fake-tiktok.ts';
import { failureOf, read, report } from './reading.ts';

let tiktok: FakeTikTok;
beforeEach(async () => {
  tiktok = new FakeTikTok();
  await tiktok.start();
});
afterEach(() => tiktok.stop());

describe('the access token', () => {
  const refresh = 'oauth2/refresh_token';

  it('is fetched with the refresh token when TikTok no longer knows it', async () => {
    tiktok.on(report, says(40_102, 'expired'), page([reportRow('2026-11-01')]));
    tiktok.on(refresh, data({ access_token: 'new', expires_in: 3_600 }));
    expect(await read(tiktok.access({ refreshToken: 'r' }))).toHaveLength(1);
    expect(tiktok.of(report).map(({ token }) => token)).toEqual([expect.stringMatching(/^token-/), 'new']);
    expect(tiktok.of(refresh)[0]?.body).toEqual({
      app_id: '71',
      secret: 'app-secret',
      grant_type: 'refresh_token',
      refresh_token: 'r',
    });
  });

  it('is fetched once for everybody who waits', async () => {
    tiktok.on(report, page([]));
    tiktok.on(refresh, data({ access_token: 'new' }));
    const { accessToken: _, ...credentials } = tiktok.access({ refreshToken: 'r2' }).credentials;
    const access = { ...tiktok.access(), credentials };
    await Promise.all([1, 2, 3].map(() => read(access)));
    expect(tiktok.of(refresh)).toHaveLength(1);
  });

  it('that cannot be renewed is said to be gone', async () => {
    tiktok.on(report, says(40_105, 'invalid token'));
    expect(await failureOf(read(tiktok.access()))).toMatchObject({ kind: 'unauthorized', platformCode: '40105' });
    expect(tiktok.of(report)).toHaveLength(1);
  });

  it('that is refused with its app is gone as well', async () => {
    tiktok.on(report, says(40_102, 'expired'));
    tiktok.on(refresh, says(40_002, 'secret: app-secret is wrong'));
    const error = await failureOf(read(tiktok.access({ refreshToken: 'r' })));
    expect(error).toMatchObject({ kind: 'unauthorized', platformCode: '40002', retryable: false });
    expect(error.message).not.toContain('app-secret');
  });

  it('is not fetched again and again', async () => {
    tiktok.on(report, says(40_102, 'expired'));
    tiktok.on(refresh, data({ access_token: 'new' }));
    const access = tiktok.access({ refreshToken: 'r' });
    expect(await failureOf(read(access))).toMatchObject({ kind: 'unauthorized', platformCode: '40102' });
    expect(tiktok.of(refresh)).toHaveLength(1);
    expect(tiktok.of(report)).toHaveLength(2);
  });

  it.each(['appId', 'appSecret', 'accessToken'])('needs %s', async (name) => {
    const credentials = { ...tiktok.access().credentials, [name]: '' };
    const opened = openTikTokAdsReader({ ...tiktok.access(), credentials });
    await expect(opened).rejects.toMatchObject({ kind: 'unauthorized', message: expect.stringContaining(`"${name}"`) });
  });
});
