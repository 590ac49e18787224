import { describe, expect, it } from 'vitest';
import { chooseGrain, parseGroupBy } from '../../../domain/analysis/choose-grain.ts';

describe('chooseGrain', () => {
  it.each([
    [[], 'account'],
    [['platform', 'week'], 'account'],
    [['campaign', 'date'], 'campaign'],
    [['ad-group'], 'ad-group'],
    [['campaign', 'ad'], 'ad'],
    [['keyword', 'ad-group'], 'keyword'],
    [['search-term'], 'search-term'],
    [['asset', 'ad-group', 'week'], 'asset'],
    [['age'], 'age'],
    [['campaign', 'device', 'date'], 'device'],
  ] as const)('answers %j from the coarsest grain that knows all of it: %s', (needed, grain) => {
    expect(chooseGrain(needed)).toEqual({ kind: 'chosen', grain });
  });

  it('takes a finer grain when asked to', () => {
    expect(chooseGrain(['campaign'], 'ad')).toEqual({ kind: 'chosen', grain: 'ad' });
  });

  it('refuses a grain that does not know a dimension, naming what does', () => {
    expect(chooseGrain(['campaign', 'date'], 'account')).toEqual({
      kind: 'impossible',
      field: 'grain',
      reason:
        'the account grain knows platform, account, date, week, month; for campaign, date use campaign or ad-group or ad or keyword or search-term or asset or age or gender or country or device or placement',
    });
  });

  it.each([[['age', 'gender']], [['age', 'ad-group']]] as const)('refuses %j: no report has both', (needed) => {
    expect(chooseGrain(needed)).toMatchObject({ kind: 'impossible', field: 'groupBy' });
  });

  it('refuses ads beside keywords: no report has both', () => {
    expect(chooseGrain(['ad', 'keyword'])).toMatchObject({ kind: 'impossible', field: 'groupBy' });
  });
});

describe('parseGroupBy', () => {
  it('reads names in order', () => {
    expect(parseGroupBy('campaign,week')).toEqual({ kind: 'dimensions', dimensions: ['campaign', 'week'] });
    expect(parseGroupBy(undefined)).toEqual({ kind: 'dimensions', dimensions: [] });
  });

  it('refuses what is no dimension and what stands twice', () => {
    expect(parseGroupBy('campaign,colour')).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('colour'),
    });
    expect(parseGroupBy('date,date')).toMatchObject({ kind: 'unknown', reason: 'date stands twice' });
  });
});
