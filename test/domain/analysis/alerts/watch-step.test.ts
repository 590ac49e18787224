import { describe, expect, it } from 'vitest';
import type { Finding, Verdict } from '../../../../domain/analysis/alerts/judge.ts';
import { noSums } from '../../../../domain/analysis/alerts/sums.ts';
import { noWatch, type Step, stepOf, type Watch } from '../../../../domain/analysis/alerts/watch-step.ts';

const minute = 60_000;
const finding: Finding = { metric: 'clicks', value: 1, limit: 0, sums: noSums, compared: null, hours: 1 };
const said: Readonly<Record<string, Verdict>> = {
  holds: { kind: 'holds', finding },
  clear: { kind: 'clear', finding },
  none: { kind: 'no-value', reason: 'there are no clicks' },
  unread: { kind: 'unread', reason: 'not loaded' },
};

/** One look a minute, as its kind of step; ten minutes of recovery, twenty of cooldown. */
function history(verdicts: readonly string[]): string[] {
  let watch: Watch = noWatch;
  return verdicts.map((name, index) => {
    const verdict = said[name];
    if (verdict === undefined) throw new Error(name);
    const rules = { now: index * minute, cooldownMinutes: 20, recoveryMinutes: 10 };
    const step: Step = stepOf(watch, verdict, rules);
    if (step.kind === 'open') watch = { ...watch, alertId: 'alt', clearSince: null, quietUntil: null };
    else if (step.kind !== 'stay') watch = step.watch;
    return step.kind === 'resolve' ? step.because : step.kind;
  });
}
const times = (count: number, name: string): string[] => Array.from({ length: count }, () => name);

describe('a rule and its object', () => {
  it('open one alert, however long the condition holds', () => {
    expect(history(times(30, 'holds')).filter((step) => step === 'open')).toHaveLength(1);
  });

  it('resolve it after ten minutes in a row without the condition', () => {
    const steps = history(['holds', ...times(9, 'clear'), 'holds', ...times(11, 'clear')]);
    expect(steps.slice(0, -1)).not.toContain('recovered');
    expect(steps.at(-1)).toBe('recovered');
  });

  it('open no other within the cooldown, and one after it', () => {
    // Resolved at minute 11: quiet until 31.
    const steps = history(['holds', ...times(11, 'clear'), ...times(20, 'holds')]);
    expect(steps[11]).toBe('recovered');
    expect(steps.slice(12, 31)).not.toContain('open');
    expect(steps[31]).toBe('open');
  });

  it('resolve what has nothing left to judge, and say so', () => {
    expect(history(['holds', ...times(11, 'none')]).at(-1)).toBe('no-value');
  });

  it('wait while nothing can be read', () => {
    expect(history(['holds', ...times(60, 'unread')]).slice(1)).toEqual(times(60, 'stay'));
  });
});
