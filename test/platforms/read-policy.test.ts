import { describe, expect, it } from 'vitest';
import { PlatformError } from '../../domain/integrations/platform.ts';
import { decideRetry, defaultReadPolicy, realRetryWorld } from '../../platforms/read-policy.ts';

const policy = { ...defaultReadPolicy, attempts: 3, baseDelayMs: 100, maxDelayMs: 5_000 };
const outage = new PlatformError('unavailable', 'down', { platform: 'google-ads' });
const throttled = (retryAfterSeconds: number) =>
  new PlatformError('rate-limited', 'slow', { platform: 'google-ads', retryAfterSeconds });

describe('a read that failed', () => {
  it.each([
    ['a passing failure', outage, 1, { kind: 'retry', afterMs: 50 }],
    ['the second passing failure, after twice as long', outage, 2, { kind: 'retry', afterMs: 100 }],
    ['a throttle, never before the time it names', throttled(2), 1, { kind: 'retry', afterMs: 2_050 }],
  ])('is tried again after %s', (_name, error, failures, decision) => {
    expect(decideRetry(error, failures, policy, () => 0.5)).toEqual(decision);
  });

  it.each([
    ['the attempts are used up', outage, 3],
    ['the platform asks for more patience than there is', throttled(6), 1],
    ['the platform rejects it', new PlatformError('rejected', 'no', { platform: 'google-ads' }), 1],
    ['the sign-in is gone', new PlatformError('unauthorized', 'no', { platform: 'google-ads' }), 1],
    ['it is a defect of ours', new TypeError('undefined is not a function'), 1],
  ])('is given up when %s', (_name, error, failures) => {
    expect(decideRetry(error, failures, policy, () => 0.5)).toEqual({ kind: 'give-up' });
  });

  it('never waits longer than the policy allows', () => {
    expect(decideRetry(outage, 30, { ...policy, attempts: 99 }, () => 0.999)).toEqual({
      kind: 'retry',
      afterMs: 4_995,
    });
  });

  it('stops waiting when the signal says so', async () => {
    const stop = new AbortController();
    const waiting = realRetryWorld.wait(60_000, stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});
