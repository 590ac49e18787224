import { describe, expect, it } from 'vitest';
import { matchesPattern, patternProblem } from '../../../local/services/events/event-pattern.ts';

const event = {
  source: 'conext.pipeline',
  'detail-type': 'metrics.loaded',
  detail: {
    platform: 'google-ads',
    rows: 120,
    spend: 10.5,
    error: null,
    final: true,
    tags: ['daily', 'EU'],
    campaigns: [
      { id: 'a', spend: 1 },
      { id: 'b', spend: 9 },
    ],
    account: { currency: 'EUR', file: 'reports/2026/11/rows.parquet' },
  },
};

describe('an event pattern', () => {
  it.each<[string, Record<string, unknown>, boolean]>([
    ['one of several values', { source: ['x', 'conext.pipeline'] }, true],
    ['another value', { source: ['x'] }, false],
    ['a missing field', { nothing: ['x'] }, false],
    [
      'all fields, nested',
      { source: ['conext.pipeline'], detail: { platform: ['google-ads'], account: { currency: ['EUR'] } } },
      true,
    ],
    ['one field that does not fit', { source: ['conext.pipeline'], detail: { platform: ['tiktok'] } }, false],
    ['null', { detail: { error: [null] } }, true],
    ['true', { detail: { final: [true] } }, true],
    ['an element of a list', { detail: { tags: ['EU'] } }, true],
    ['an object of a list', { detail: { campaigns: { id: ['b'] } } }, true],
    ['no object of a list', { detail: { campaigns: { id: ['c'] } } }, false],
    ['a prefix', { detail: { platform: [{ prefix: 'google' }] } }, true],
    ['a prefix in any case', { detail: { platform: [{ prefix: { 'equals-ignore-case': 'GOOGLE' } }] } }, true],
    ['a suffix', { detail: { account: { file: [{ suffix: '.parquet' }] } } }, true],
    ['another suffix', { detail: { account: { file: [{ suffix: '.csv' }] } } }, false],
    ['equal in any case', { detail: { account: { currency: [{ 'equals-ignore-case': 'eur' }] } } }, true],
    ['a wildcard', { detail: { account: { file: [{ wildcard: 'reports/*/11/*.parquet' }] } } }, true],
    ['a wildcard with dots taken literally', { detail: { account: { file: [{ wildcard: '*xparquet' }] } } }, false],
    ['a number', { detail: { rows: [120] } }, true],
    ['a range', { detail: { rows: [{ numeric: ['>', 100, '<=', 120] }] } }, true],
    ['outside the range', { detail: { spend: [{ numeric: ['>', 10.5] }] } }, false],
    ['anything but a value', { detail: { platform: [{ 'anything-but': 'tiktok' }] } }, true],
    ['anything but a list', { detail: { platform: [{ 'anything-but': ['tiktok', 'google-ads'] }] } }, false],
    ['anything but a prefix', { detail: { platform: [{ 'anything-but': { prefix: 'goo' } }] } }, false],
    ['anything but a field that is missing', { detail: { nothing: [{ 'anything-but': 'x' }] } }, false],
    ['a field that exists', { detail: { error: [{ exists: true }] } }, true],
    ['a field that does not', { detail: { nothing: [{ exists: false }] } }, true],
    ['a field that should not', { detail: { rows: [{ exists: false }] } }, false],
    ['one of two alternatives', { $or: [{ source: ['x'] }, { detail: { rows: [{ numeric: ['>', 1] }] } }] }, true],
    ['none of two alternatives', { detail: { $or: [{ rows: [1] }, { spend: [1] }] } }, false],
    [
      'alternatives and a field',
      { source: ['x'], $or: [{ 'detail-type': ['metrics.loaded'] }, { source: ['y'] }] },
      false,
    ],
    ['everything', {}, true],
  ])('decides on %s', (_name, pattern, expected) => {
    expect(patternProblem(pattern)).toBeUndefined();
    expect(matchesPattern(pattern, event)).toBe(expected);
  });

  it.each<[string, unknown]>([
    ['detail.ip', { detail: { ip: [{ cidr: '10.0.0.0/8' }] } }],
    ['source', { source: 'not a list' }],
    ['rows', { rows: [{ numeric: ['~', 1] }] }],
    ['$or', { $or: [{ a: ['b'] }] }],
  ])('is refused with the place of the mistake: %s', (place, pattern) => {
    expect(patternProblem(pattern)).toContain(place);
  });
});
