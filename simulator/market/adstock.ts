import type { Day } from './calendar.ts';
import type { Channel } from './world.ts';

/** Seen while doing something else: these make people look for the brand later. */
const upperFunnel: ReadonlySet<Channel> = new Set(['video', 'in-feed-video', 'in-feed-image', 'sponsored-content']);

export function isUpperFunnel(channel: Channel): boolean {
  return upperFunnel.has(channel);
}

/** Half of what was seen is forgotten after this many days. */
const halfLifeDays = 4;
/** After 28 days less than a hundredth is left; what is older is left out, so that no day hangs on when history starts. */
const memoryDays = 28;
/** The most that brand searches can rise. */
const mostLift = 0.35;
/** Remembered impressions at which half of that is reached. */
const halfLiftImpressions = 900_000;

/** Brand searches on a day relative to a country that saw no ads: 1 to 1.35, saturating. `seenOn` gives a day's impressions. */
export function brandLift(day: Day, seenOn: (day: Day) => number): number {
  let remembered = 0;
  for (let age = 1; age <= memoryDays; age += 1) remembered += seenOn(day - age) * 0.5 ** (age / halfLifeDays);
  return 1 + (mostLift * remembered) / (remembered + halfLiftImpressions);
}
