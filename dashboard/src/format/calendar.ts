/**
 * Calendar days as ISO text, `2026-11-22`. They belong to an account's time zone, so no instant and no clock change may
 * move them: all arithmetic is on UTC midnights, which have neither.
 */
const dayMs = 86_400_000;

const midnight = (day: string): number => Date.parse(`${day}T00:00:00Z`);

export const isDay = (text: string | null | undefined): text is string =>
  typeof text === 'string' &&
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(midnight(text)) &&
  addDays(text, 0) === text;

export const addDays = (day: string, days: number): string =>
  new Date(midnight(day) + days * dayMs).toISOString().slice(0, 10);

/** Both ends counted; negative or 0 when they are the wrong way round. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((midnight(to) - midnight(from)) / dayMs) + 1;

/** The day it is for the person who looks, by their own clock. */
export const dayOf = (now: Date): string => {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

export interface Period {
  readonly from: string;
  readonly to: string;
}

/** The period of equal length that ends the day before. */
export const periodBefore = ({ from, to }: Period): Period => {
  const days = daysBetween(from, to);
  return { from: addDays(from, -days), to: addDays(from, -1) };
};
