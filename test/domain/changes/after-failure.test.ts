import { describe, expect, it } from 'vitest';
import { afterFailure, type Failure, mostTries, settleMs } from '../../../domain/changes/after-failure.ts';

const now = Date.parse('2026-11-20T08:00:00.000Z');
const sent = '2026-11-20T07:59:59.000Z';
const earlier = '2026-11-20T07:50:00.000Z';
const failure = (kind: Failure['kind'], at: Failure['while'], retryAfterSeconds?: number): Failure => ({
  kind,
  message: 'The platform says no.',
  platformCode: 'CODE',
  retryAfterSeconds,
  while: at,
});
const operation = (over: { attempts?: number; firstTriedAt?: string; sentAt?: string | null } = {}) => ({
  attempts: 1,
  firstTriedAt: earlier,
  sentAt: null,
  ...over,
});

describe('after a try that failed', () => {
  it('ends as failed what the platform refuses, with its own words and code', () => {
    expect(afterFailure(operation({ sentAt: sent }), null, failure('rejected', 'writing'), now)).toMatchObject({
      kind: 'end',
      status: 'failed',
      error: { reason: 'The platform says no.', platformCode: 'CODE' },
    });
  });

  it('says what to do where the authorization does not hold', () => {
    const then = afterFailure(operation(), null, failure('unauthorized', 'reading'), now);
    expect(then).toMatchObject({ status: 'failed', error: { reason: expect.stringContaining('Authorize') } });
  });

  it('leaves open what an earlier try may have done when nobody may look', () => {
    const then = afterFailure(operation({ sentAt: earlier }), earlier, failure('unauthorized', 'reading'), now);
    expect(then).toMatchObject({ status: 'unknown', error: { reason: expect.stringContaining(earlier) } });
  });

  it('waits as long as the platform asks for, which is no failed try and no write', () => {
    expect(afterFailure(operation({ sentAt: sent }), null, failure('rate-limited', 'writing', 7), now)).toEqual({
      kind: 'again',
      at: now + 7_000,
      sentAt: null,
      attempts: 0,
    });
  });

  it('gives up a platform that permits nothing for more than a day', () => {
    const yesterday = operation({ firstTriedAt: '2026-11-19T07:00:00.000Z' });
    expect(afterFailure(yesterday, null, failure('rate-limited', 'reading', 7), now)).toMatchObject({
      status: 'failed',
    });
  });

  it.each(['unavailable', 'fault'] as const)('lets a write without an answer (%s) settle before it looks', (kind) => {
    expect(afterFailure(operation({ sentAt: sent }), null, failure(kind, 'writing'), now)).toEqual({
      kind: 'again',
      at: now + settleMs,
      sentAt: sent,
      attempts: 1,
    });
  });

  it('tries a reading again with longer and longer pauses', () => {
    const pauses = [1, 2, 3, 7].map((attempts) => {
      const then = afterFailure(operation({ attempts }), null, failure('unavailable', 'reading'), now);
      return then.kind === 'again' ? then.at - now : then.status;
    });
    expect(pauses).toEqual([2_000, 4_000, 8_000, 60_000]);
  });

  it('ends after so many tries as failed, or as unknown where the platform may have acted', () => {
    const last = { attempts: mostTries };
    expect(afterFailure(operation(last), null, failure('unavailable', 'reading'), now)).toMatchObject({
      status: 'failed',
    });
    expect(
      afterFailure(operation({ ...last, sentAt: sent }), null, failure('unavailable', 'writing'), now),
    ).toMatchObject({ status: 'unknown' });
  });
});
