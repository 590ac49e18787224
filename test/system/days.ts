const DAY_MS = 86_400_000;

/** The UTC day so many days from today, ISO. Account-local days may differ by one. */
export const dayFromToday = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
