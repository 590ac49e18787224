import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RateLimit } from '../../../domain/integrations/platform.ts';
import { freshBucket, headroom, lease, opensAt, paceAt, refuse } from '../../../domain/integrations/token-bucket.ts';

const basic: readonly RateLimit[] = [
  { calls: 10, perSeconds: 1 },
  { calls: 600, perSeconds: 60 },
];
const start = 1_700_000_000_000;

/** The most calls in any window of that length. */
function most(slots: readonly number[], seconds: number): number {
  return Math.max(...slots.map((from) => slots.filter((at) => at >= from && at < from + seconds * 1_000).length));
}

describe('slots of a bucket', () => {
  it('never has more calls in any window than a limit allows, however they are leased', () => {
    const limit = fc.record({ calls: fc.integer({ min: 1, max: 40 }), perSeconds: fc.integer({ min: 1, max: 7_200 }) });
    fc.assert(
      fc.property(
        fc.array(limit, { minLength: 1, maxLength: 3 }),
        fc.array(fc.record({ count: fc.integer({ min: 1, max: 20 }), pause: fc.nat(5_000) }), { maxLength: 12 }),
        (limits, leases) => {
          let state = freshBucket;
          let now = start;
          const all: number[] = [];
          for (const { count, pause } of leases) {
            now += pause;
            const leased = lease(state, limits, count, now);
            state = leased.state;
            all.push(...leased.slots);
          }
          // A line of more than an hour is not believed.
          fc.pre(all.length > 0 && (all.at(-1) ?? 0) < now + 3_600_000);
          for (const { calls, perSeconds } of limits) expect(most(all, perSeconds)).toBeLessThanOrEqual(calls);
        },
      ),
    );
  });

  it('uses the share of a limit that the headroom leaves', () => {
    const { slots } = lease(freshBucket, basic, 600, start);
    const seconds = ((slots.at(-1) ?? 0) - start) / 1_000;
    expect(599 / seconds / 10).toBeCloseTo(headroom, 2);
  });

  it('lets half of a daily limit go at once and spreads the rest', () => {
    const { slots } = lease(freshBucket, [{ calls: 100, perSeconds: 86_400 }], 51, start);
    expect(slots.filter((at) => at === start)).toHaveLength(50);
    expect(slots.at(-1)).toBeGreaterThan(start + 600_000);
  });

  it('does not save up for later what was not used', () => {
    const { state } = lease(freshBucket, basic, 1, start);
    const { slots } = lease(state, basic, 20, start + 60_000);
    expect(most(slots, 1)).toBeLessThanOrEqual(10);
  });

  it('opens after a clock that was hours ahead has been set right', () => {
    const { state } = lease(freshBucket, basic, 1, start + 10 * 3_600_000);
    expect(lease(state, basic, 1, start).slots[0]).toBeLessThanOrEqual(start + 3_600_000);
    const refused = refuse(freshBucket, 300_000, start + 400 * 86_400_000);
    expect(lease(refused, basic, 1, start).slots).toEqual([start]);
  });
});

describe('what a bucket learns from a refusal', () => {
  it('closes for the wait, goes on more slowly and comes back to its pace with time', () => {
    const refused = refuse(freshBucket, 300_000, start);
    const opens = start + 300_000;
    expect(opensAt(refused, start)).toBe(opens);
    expect(lease(refused, basic, 1, start).slots).toEqual([opens]);
    expect(paceAt(refused, opens)).toBeCloseTo(0.8);
    expect(paceAt(refused, opens + 60_000)).toBeCloseTo(0.9);
    expect(paceAt(refused, opens + 10 * 60_000)).toBe(1);
    const slow = lease(refused, basic, 101, opens).slots;
    expect((slow.at(-1) ?? 0) - (slow[0] ?? 0)).toBeCloseTo(100 * (100 / headroom / 0.8), -1);
  });

  it('takes refusals of calls that were under way together for one', () => {
    const together = refuse(refuse(refuse(freshBucket, 5_000, start), 5_000, start + 10), 5_000, start + 20);
    expect(paceAt(together, start + 5_000)).toBeCloseTo(0.99);
    expect(opensAt(together, start)).toBe(start + 5_020);
  });

  it('knows nothing else where there are no limits', () => {
    expect(lease(freshBucket, [], 3, start).slots).toEqual([start, start, start]);
    expect(lease(refuse(freshBucket, 5_000, start), [], 2, start).slots).toEqual([start + 5_000, start + 5_000]);
  });

  it('never stops altogether', () => {
    let state = freshBucket;
    let now = start;
    for (let times = 0; times < 50; times += 1) {
      state = refuse(state, 60_000, now);
      now += 60_001;
    }
    expect(paceAt(state, now)).toBeGreaterThanOrEqual(0.2);
  });
});
