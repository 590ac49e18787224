import type { QualityResult } from '../../../../sdks/javascript/src/generated/api.ts';
import { addDays, daysBetween, isDay } from '../../format/calendar.ts';
import { type Severity, worstOf } from './quality-words.ts';

/** More do not fit in sight; the newest are shown. */
export const mostDays = 31;

export interface AccountLine {
  readonly id: string;
  readonly accountName: string;
  readonly platform: string;
  readonly worst: Severity;
  /** Results that name no day. */
  readonly whole: readonly QualityResult[];
  readonly byDay: ReadonlyMap<string, readonly QualityResult[]>;
}

export interface QualityPicture {
  readonly days: readonly string[];
  readonly lines: readonly AccountLine[];
}

/** The days a finding is about: those of its largest examples, or its window when that is a single day. */
function daysOf({ sample, from, to, check }: QualityResult): readonly string[] {
  // An unusual day is held against the days of its sample, which are not at fault themselves.
  if (from !== null && from === to) return [from];
  const days = sample.map(({ date }) => date).filter((date) => typeof date === 'string' && isDay(date));
  return check === 'account-loaded' ? [] : [...new Set(days as string[])];
}

const severityOrder: readonly Severity[] = ['error', 'warning', 'info', 'ok'];

/** Accounts, worst first, with what was found on each day. */
export function pictureOf(results: readonly QualityResult[]): QualityPicture {
  const ends = results.flatMap(({ from, to }) => (from === null || to === null ? [] : [from, to])).toSorted();
  const [first, last] = [ends[0], ends.at(-1)];
  const count = first === undefined || last === undefined ? 0 : Math.min(mostDays, daysBetween(first, last));
  const days = Array.from({ length: count }, (_, index) => addDays(last ?? '', index + 1 - count));
  const lines = [
    ...Map.groupBy(results, ({ accountId, accountName, platform }) => accountId ?? `${platform} ${accountName}`),
  ]
    .flatMap(([id, own]): AccountLine[] => {
      const [one] = own;
      if (one === undefined) return [];
      const placed = own
        .filter(({ severity }) => severity !== 'ok')
        .flatMap((result) => daysOf(result).map((day) => ({ day, result })));
      const dated = new Set(placed.map(({ result }) => result));
      const byDay = new Map(
        [...Map.groupBy(placed, ({ day }) => day)].map(([day, all]) => [day, all.map(({ result }) => result)]),
      );
      return [
        {
          id,
          accountName: one.accountName,
          platform: one.platform,
          worst: worstOf(own),
          whole: own.filter((result) => !dated.has(result)),
          byDay,
        },
      ];
    })
    .toSorted(
      (a, b) =>
        severityOrder.indexOf(a.worst) - severityOrder.indexOf(b.worst) || a.accountName.localeCompare(b.accountName),
    );
  return { days, lines };
}
