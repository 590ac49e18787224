import type { Period } from './calendar.ts';

const atNoon = (day: string): Date => new Date(`${day}T12:00:00Z`);

/** `21 Nov` */
export const shortDay = (day: string, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(atNoon(day));

/** `Sat, 21 Nov 2026` */
export const longDay = (day: string, locale?: string): string =>
  new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(atNoon(day));

/** `24 Oct – 22 Nov 2026` */
export const periodText = ({ from, to }: Period, locale?: string): string =>
  new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).formatRange(atNoon(from), atNoon(to));

/** An instant on the person's own clock. */
export const instant = (iso: string, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));

/** `14:05` on the person's own clock. */
export const clockTime = (iso: string, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(new Date(iso));

const steps = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const;

/** `4 minutes ago`; clocks that disagree a little never give a future. */
export function ago(iso: string, now: number, locale?: string): string {
  const passed = Math.max(0, now - Date.parse(iso));
  const step = steps.find(({ ms }) => passed >= ms);
  if (step === undefined) return 'just now';
  return new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(-Math.floor(passed / step.ms), step.unit);
}

/** `1 min 20 s` */
export function duration(fromIso: string, toIso: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(toIso) - Date.parse(fromIso)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Seconds ahead, which nobody knows to the second: `40 s`, `12 min`, `3 h 20 min`, `2 days`. */
export function roughly(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.round(hours / 24)} days`;
}
