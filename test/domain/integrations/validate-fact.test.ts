import { describe, expect, it } from 'vitest';
import type { FactRow } from '../../../domain/integrations/platform.ts';
import { factKey, implausibleReport, validateFact } from '../../../domain/integrations/validate-fact.ts';

const row: FactRow = {
  date: '2026-11-10',
  campaignPlatformId: '7',
  adGroupPlatformId: null,
  adPlatformId: null,
  keywordPlatformId: null,
  segment: null,
  impressions: 10,
  clicks: 1,
  spendMicros: 1_000_000,
  conversionsMicros: 500_000,
  conversionValueMicros: 2_000_000,
  videoViews: null,
};
const expected = { grain: 'campaign', window: { from: '2026-11-01', to: '2026-11-20' }, currency: 'EUR' } as const;

describe('validation of a fact', () => {
  it.each<[string, Partial<FactRow>]>([
    ['an ordinary row', {}],
    ['a row without anything', { impressions: 0, clicks: 0, spendMicros: 0, conversionsMicros: 0 }],
    ['a negative conversion value, as returns are reported', { conversionValueMicros: -5 }],
    ['the first day of the window', { date: '2026-11-01' }],
    ['the account’s own currency', { reportedCurrency: 'EUR' }],
    ['conversions without a click, as view-through ones are', { clicks: 0 }],
    ['conversions that the platform does not report', { conversionsMicros: null, conversionValueMicros: null }],
    ['a click after midnight on an ad shown before it', { impressions: 0 }],
  ])('takes %s', (_, change) => {
    expect(validateFact({ ...row, ...change }, expected)).toEqual({ ok: true, row: { ...row, ...change } });
  });

  it.each<[string, Partial<FactRow>, string]>([
    ['a day before the window', { date: '2026-10-31' }, 'date'],
    ['a day after the window', { date: '2026-11-21' }, 'date'],
    ['a date that is none', { date: '10.11.2026' }, 'date'],
    ['a missing id', { campaignPlatformId: null }, 'campaignPlatformId'],
    ['an empty id', { campaignPlatformId: '' }, 'campaignPlatformId'],
    ['a fraction', { impressions: 1.5 }, 'impressions'],
    ['not a number', { spendMicros: Number.NaN }, 'spendMicros'],
    ['more than can be kept exactly', { conversionValueMicros: 2 ** 53 }, 'conversionValueMicros'],
    ['negative spend', { spendMicros: -1 }, 'spendMicros'],
    ['negative clicks', { clicks: -1 }, 'clicks'],
    ['negative video views', { videoViews: -1 }, 'videoViews'],
    ['a segment longer than any search', { segment: 'x'.repeat(513) }, 'segment'],
    ['negative conversions', { conversionsMicros: -1 }, 'conversionsMicros'],
    ['money in another currency', { reportedCurrency: 'USD' }, 'currency'],
  ])('refuses %s, naming the field', (_, change, field) => {
    const checked = validateFact({ ...row, ...change }, expected);
    expect(checked).toMatchObject({ ok: false, rejection: { field } });
  });

  it('needs the ids of its grain alone', () => {
    const account = { ...row, campaignPlatformId: null };
    expect(validateFact(account, { ...expected, grain: 'account' }).ok).toBe(true);
    expect(validateFact(row, { ...expected, grain: 'keyword' })).toMatchObject({
      rejection: { field: 'adGroupPlatformId' },
    });
    expect(validateFact(row, { ...expected, grain: 'age' })).toMatchObject({ rejection: { field: 'segment' } });
    expect(validateFact({ ...row, segment: '25-34' }, { ...expected, grain: 'age' }).ok).toBe(true);
  });

  it('tells rows apart by day and the ids of their grain', () => {
    expect(factKey('campaign', row)).toBe(factKey('campaign', { ...row, clicks: 9, adPlatformId: '3' }));
    expect(factKey('campaign', row)).not.toBe(factKey('campaign', { ...row, date: '2026-11-11' }));
    expect(factKey('campaign', row)).not.toBe(factKey('campaign', { ...row, campaignPlatformId: '8' }));
    const young = { ...row, segment: '18-24' };
    expect(factKey('age', young)).not.toBe(factKey('age', { ...young, segment: '25-34' }));
    expect(factKey('campaign', young)).toBe(factKey('campaign', row));
  });

  it.each([
    [100, 0, false],
    [100, 50, false],
    [100, 51, true],
    [1, 1, true],
    [0, 0, false],
  ])('of %d rows with %d refused, takes the report for garbage: %s', (read, refused, garbage) => {
    expect(implausibleReport({ read, refused }) !== undefined).toBe(garbage);
  });
});
