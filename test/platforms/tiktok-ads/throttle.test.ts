import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hurry } from '../hurried.ts';
import { FakeTikTok, page, reportRow, says } from './fake-tiktok.ts';
import { account, failureOf, november, read, report } from './reading.ts';

let tiktok: FakeTikTok;
beforeEach(async () => {
  tiktok = new FakeTikTok();
  await tiktok.start();
});
afterEach(() => tiktok.stop());

describe('a refusal for drawing too much', () => {
  it('of the second is waited out', async () => {
    tiktok.on(report, says(40_100, 'too many requests'), page([reportRow('2026-11-01')]));
    const begun = performance.now();
    expect(await read(tiktok.access())).toHaveLength(1);
    expect(performance.now() - begun).toBeGreaterThan(900 / hurry);
  });

  it('that comes again is the minute’s: nothing is asked for five minutes', async () => {
    tiktok.on(report, says(40_100, 'too many requests'));
    const access = tiktok.access();
    expect(await failureOf(read(access))).toMatchObject({ kind: 'rate-limited', retryAfterSeconds: 300 });
    expect(tiktok.of(report)).toHaveLength(2);
    const next = await failureOf(read(access));
    expect(next.kind).toBe('rate-limited');
    expect(next.retryAfterSeconds).toBeGreaterThan(290);
    expect(tiktok.of(report)).toHaveLength(2);
  });

  it('of one advertiser keeps from no other', async () => {
    tiktok.on(report, says(40_133, 'advertiser'), says(40_133, 'advertiser'), page([]));
    const access = tiktok.access();
    expect(await failureOf(read(access))).toMatchObject({
      platformCode: '40133',
      retryAfterSeconds: 300,
    });
    const other = { ...november, account: { ...account, platformId: '7012345678901234599' } };
    expect(await read(access, other)).toEqual([]);
    expect(await failureOf(read(access))).toMatchObject({ platformCode: 'NO_PERMIT' });
  });
});
