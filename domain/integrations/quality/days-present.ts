import { addDays, daysIn } from '../calendar-day.ts';
import type { Rule, Verdict } from './check.ts';
import { sampleSize } from './digest.ts';
import type { AccountEvidence } from './evidence.ts';

/** Days without any fact between the first fact of the window and its end. Platforms answer no row for a day on which nothing ran. */
export function missingDays(
  { regularShare }: Extract<Rule, { kind: 'days-present' }>,
  severity: Verdict['severity'],
  evidence: AccountEvidence,
): Verdict[] {
  const account = evidence.grains.get('account');
  if (!account) return [];
  const { window } = evidence;
  const base = { grain: 'account', unit: 'days', explained: [], unexplainedMicros: null } as const;
  const present = [...account.spend.keys()].sort();
  const [first] = present;
  if (first === undefined) {
    const message = 'The account has no facts in this window.';
    return [{ ...base, ...window, severity: 'info', message, expected: 0, found: 0, sample: [] }];
  }
  const expected = daysIn(first, window.to);
  const days = Array.from({ length: expected }, (_, index) => addDays(first, index));
  const missing = days.filter((date) => !account.spend.has(date));
  const regular = present.length >= expected * regularShare;
  return [
    {
      ...base,
      from: first,
      to: window.to,
      severity: missing.length === 0 ? 'ok' : regular ? severity : 'info',
      message:
        missing.length === 0
          ? `All ${expected} days have facts.`
          : `${missing.length} of ${expected} days have no facts${regular ? '' : '; the account does not run every day'}.`,
      expected,
      found: present.length,
      sample: missing.slice(-sampleSize).map((date) => ({ date })),
    },
  ];
}
