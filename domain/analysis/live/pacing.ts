import type { LivePace, PaceStatus } from '../../../contracts/schemas/live.ts';
import type { DayClock } from './day-clock.ts';
import { type DayProfile, hoursAtShare, shareBy } from './day-profile.ts';

/** Within this of what is expected, or of the budget where little is expected yet, a campaign is on track. */
export const paceTolerance = { ofExpected: 0.15, ofBudget: 0.02 } as const;
/** Before this share of a usual day is over, its speed says nothing about when a budget ends. */
const earliestShare = 0.05;

export interface PaceInput {
  readonly spentMicros: number;
  /** Null or zero: there is none. */
  readonly dailyBudgetMicros: number | null;
  readonly profile: DayProfile;
  readonly clock: DayClock;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What of a daily budget a usual day has spent by a time of day, micros. */
export const expectedBy = (dailyBudgetMicros: number, profile: DayProfile, clock: DayClock): number =>
  Math.round(dailyBudgetMicros * shareBy(profile, clock));

/** Today's spend beside what of the daily budget a usual day of the account has spent by now. */
export function pace({ spentMicros, dailyBudgetMicros, profile, clock, now }: PaceInput): LivePace {
  if (dailyBudgetMicros === null || dailyBudgetMicros <= 0) {
    return {
      status: 'no-budget',
      dailyBudgetMicros: null,
      expectedMicros: null,
      ratio: null,
      exhaustedAt: null,
      profile: null,
    };
  }
  const share = shareBy(profile, clock);
  const expectedMicros = expectedBy(dailyBudgetMicros, profile, clock);
  return {
    status: statusOf(spentMicros, expectedMicros, dailyBudgetMicros),
    dailyBudgetMicros,
    expectedMicros,
    ratio: expectedMicros > 0 ? spentMicros / expectedMicros : null,
    exhaustedAt: exhaustion({ spentMicros, dailyBudgetMicros, profile, clock, now }, share),
    profile: { source: profile.source, days: profile.days },
  };
}

function statusOf(spent: number, expected: number, budget: number): PaceStatus {
  if (spent >= budget) return 'exhausted';
  const tolerance = Math.max(paceTolerance.ofExpected * expected, paceTolerance.ofBudget * budget);
  if (spent > expected + tolerance) return 'ahead';
  return spent < expected - tolerance ? 'behind' : 'on-track';
}

/** Where the rest of the day keeps its shape and the speed it had so far: spent ÷ share by now is what a whole day comes to. */
function exhaustion(
  { spentMicros, dailyBudgetMicros, profile, clock, now }: PaceInput & { readonly dailyBudgetMicros: number },
  share: number,
): string | null {
  if (spentMicros <= 0 || spentMicros >= dailyBudgetMicros || share < earliestShare) return null;
  const hours = hoursAtShare(profile, (dailyBudgetMicros / spentMicros) * share);
  if (hours === undefined) return null;
  const at = now + Math.max(0, hours - clock.hours) * 3_600_000;
  return new Date(Math.round(at / 60_000) * 60_000).toISOString();
}
