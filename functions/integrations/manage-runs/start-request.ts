import { createHash } from 'node:crypto';
import type { StartRunBody } from '../../../contracts/schemas/pipelines.ts';
import { AppError, type FieldError } from '../../../domain/errors.ts';
import { dayInZone, daysIn } from '../../../domain/integrations/calendar-day.ts';

/** The longest window one run loads. */
export const maximumDays = 400;

/** Where a day begins first on Earth (UTC+14): what is not yet today there is today nowhere. */
const earliestZone = 'Pacific/Kiritimati';

/** A start's dates, checked together. `now` in epoch milliseconds. Throws `AppError` `invalid-request`. */
export function checkDates({ from, to, mode }: StartRunBody, now: number): void {
  const latest = dayInZone(now, earliestZone);
  const errors: FieldError[] = [];
  for (const [field, day] of Object.entries({ from, to })) {
    if (day !== undefined && day > latest) errors.push({ field, message: 'lies in the future' });
  }
  if (from !== undefined) {
    const days = daysIn(from, to ?? latest);
    if (to !== undefined && days < 1) errors.push({ field: 'to', message: `must not be before from (${from})` });
    if (days > maximumDays) errors.push({ field: 'from', message: `at most ${maximumDays} days are loaded at once` });
  }
  if (mode === 'reprocess' && from === undefined) {
    errors.push({ field: 'from', message: 'is needed: which days are made again from their raw answers' });
  }
  if (errors.length > 0) {
    throw new AppError('invalid-request', 'These days cannot be loaded; `errors` says why.', { fields: errors });
  }
}

/** Equal for equal requests, whatever the order of fields and accounts. */
export const requestHash = ({ from, to, accountIds, grains, mode }: StartRunBody): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        from ?? null,
        to ?? null,
        accountIds === undefined ? null : distinct(accountIds),
        ...(mode === 'reprocess' ? [mode] : []),
        ...(grains === undefined ? [] : [grains]),
      ]),
    )
    .digest('base64url');

export const distinct = (ids: readonly string[]): string[] => [...new Set(ids)].toSorted();
