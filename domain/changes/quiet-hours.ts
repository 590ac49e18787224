import type { GuardrailPolicy } from '../../contracts/schemas/guardrails.ts';

type QuietHours = NonNullable<GuardrailPolicy['quietHours']>;

/** Wall clock of an instant in a zone, `22:05`. Throws `RangeError` for an unknown zone. */
export function clockIn(timeZone: string, instant: number): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('hour')}:${part('minute')}`;
}

/** The clock when it is quiet there now, `from` inclusive, `to` exclusive; undefined when it is not. */
export function quietAt(
  { from, to }: Pick<QuietHours, 'from' | 'to'>,
  timeZone: string,
  now: number,
): { readonly clock: string } | undefined {
  const clock = clockIn(timeZone, now);
  const quiet = from <= to ? clock >= from && clock < to : clock >= from || clock < to;
  return quiet ? { clock } : undefined;
}

/** Whether the runtime knows the zone. */
export function isTimeZone(name: string): boolean {
  try {
    clockIn(name, 0);
    return true;
  } catch {
    return false;
  }
}
