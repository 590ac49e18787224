/** Days as whole numbers since 1970-01-01, so that periods are subtractions and no clock or time zone is involved. */
export type EpochDay = number;

const millisecondsPerDay = 86_400_000;

/** Inclusive account-local days. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export const epochDay = (isoDate: string): EpochDay => Date.parse(`${isoDate}T00:00:00Z`) / millisecondsPerDay;

export const isoDateOf = (day: EpochDay): string => new Date(day * millisecondsPerDay).toISOString().slice(0, 10);

export const addDays = (isoDate: string, days: number): string => isoDateOf(epochDay(isoDate) + days);

/** Days in an inclusive period; 1 when both ends are the same day, below 1 when they are the wrong way round. */
export const lengthInDays = (period: Period): number => epochDay(period.to) - epochDay(period.from) + 1;

/** The period of the same length that ends the day before this one begins. */
export const previousPeriod = (period: Period): Period => ({
  from: addDays(period.from, -lengthInDays(period)),
  to: addDays(period.from, -1),
});

/** The Monday on which the day's ISO 8601 week begins. Epoch day 0 was a Thursday, hence the 3. */
export const isoWeekMonday = (day: EpochDay): EpochDay => day - ((((day + 3) % 7) + 7) % 7);

/** `2026-11` of an ISO date. */
export const monthOf = (isoDate: string): string => isoDate.slice(0, 7);
