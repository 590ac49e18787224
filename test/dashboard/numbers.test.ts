import { describe, expect, it } from 'vitest';
import { changeOf } from '../../dashboard/src/format/change.ts';
import { toCsv } from '../../dashboard/src/format/csv.ts';
import { metricOf, metricText, noValues, sumMetrics } from '../../dashboard/src/format/metrics.ts';
import { money, percent, plainMoney, times } from '../../dashboard/src/format/numbers.ts';
import { ago, duration } from '../../dashboard/src/format/times.ts';
import { runDays } from '../../dashboard/src/pages/loads/run-words.ts';

describe('numbers as text', () => {
  it.each([
    [1_234_560_000, 'EUR', 'en-GB', '€1,234.56'],
    [1_234_560_000, 'EUR', 'de-DE', '1.234,56 €'],
    [1_234_560_000, 'JPY', 'en-GB', 'JP¥1,235'],
    [0, 'USD', 'en-US', '$0.00'],
    [-500_000, 'USD', 'en-US', '-$0.50'],
  ])('%i micros of %s in %s is %s', (micros, currency, locale, text) => {
    expect(money(micros, currency, locale).replace(/\s/g, ' ')).toBe(text);
  });

  it('shows fractions as percent and ROAS as a multiple', () => {
    expect(percent(0.0321, 'en')).toBe('3.21%');
    expect(times(4.2, 'en')).toBe('4.20×');
  });

  it('shows a missing value as a dash, and zero as zero', () => {
    expect(metricText('cpa', null, 'EUR', 'en')).toBe('–');
    expect(metricText('spend', 0, 'EUR', 'en')).toBe('€0.00');
  });

  it('tells how long ago something was', () => {
    const now = Date.parse('2026-11-22T12:00:00Z');
    expect(ago('2026-11-22T11:56:00Z', now, 'en')).toBe('4 minutes ago');
    expect(ago('2026-11-22T12:00:20Z', now, 'en')).toBe('just now');
    expect(ago('2026-11-20T11:00:00Z', now, 'en')).toBe('2 days ago');
    expect(duration('2026-11-22T12:00:00Z', '2026-11-22T12:01:20Z')).toBe('1 min 20 s');
  });
});

describe('sums of metrics', () => {
  it('works rates out from the sums instead of averaging them', () => {
    const small = {
      ...noValues,
      impressions: 100,
      clicks: 50,
      spendMicros: 1_000_000,
      conversions: 1,
      cpcMicros: 20_000,
      cpaMicros: 1_000_000,
      ctr: 0.5,
    };
    const large = {
      ...noValues,
      impressions: 900,
      clicks: 0,
      spendMicros: 3_000_000,
      conversions: 1,
      cpaMicros: 3_000_000,
      ctr: 0,
    };
    const total = sumMetrics([small, large]);
    expect(total.ctr).toBe(0.05);
    expect(total.cpaMicros).toBe(2_000_000);
    expect(total.roas).toBe(0);
  });

  it('gives no cost per conversion when a part of the spend has no exchange rate, and says that', () => {
    const whole = { ...noValues, spendMicros: 9_000_000, conversions: 3, cpaMicros: 3_000_000 };
    const total = sumMetrics([whole, { ...noValues, conversions: 2 }]);
    expect(total.cpaMicros).toBeNull();
    expect(metricOf('cpa').without?.(total)).toContain('no exchange rate');
    expect(metricOf('cpa').without?.(noValues)).toContain('No conversions');
  });

  it('has no rates for nothing', () => {
    expect(sumMetrics([])).toEqual(noValues);
  });
});

describe('changes', () => {
  it.each([
    ['cpa', 8, 10, 'down', 'better'],
    ['cpa', 12, 10, 'up', 'worse'],
    ['roas', 12, 10, 'up', 'better'],
    ['spend', 12, 10, 'up', 'neutral'],
    ['roas', 10, 10, 'same', 'neutral'],
  ] as const)('%s of %d after %d went %s, which is %s', (metric, now, before, direction, judgement) => {
    expect(changeOf(metric, now, before)).toMatchObject({ direction, judgement });
  });

  it('does not divide by a period with nothing', () => {
    expect(changeOf('spend', 10, 0)).toEqual({ kind: 'none-before' });
    expect(changeOf('cpa', 10, null)).toEqual({ kind: 'none-before' });
    expect(changeOf('cpa', null, 10)).toEqual({ kind: 'unknown' });
  });
});

describe('the days of a load', () => {
  it.each([
    ['2026-08-24', '2026-11-22', '24 Aug – 22 Nov'],
    ['2026-08-24', null, 'Since 24 Aug'],
    [null, '2026-11-22', 'Until 22 Nov'],
    [null, null, 'Look-back window'],
  ])('from %s to %s is "%s"', (from, to, text) => {
    expect(runDays({ from, to }, 'en-GB')).toBe(text);
  });
});

describe('CSV', () => {
  it('quotes what needs it and leaves missing values empty', () => {
    expect(toCsv([['a,b', 'say "hi"', null, 1.5]])).toBe('"a,b","say ""hi""",,1.5\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)'])('makes the campaign name %s text, not a formula', (name) => {
    expect(toCsv([[name]])).toBe(`'${name}\r\n`);
  });

  it('writes money in units without rounding', () => {
    expect(plainMoney(1_234_567)).toBe('1.234567');
  });
});
