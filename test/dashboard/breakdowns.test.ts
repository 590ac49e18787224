import { describe, expect, it } from 'vitest';
import type { Breakdown } from '../../dashboard/src/format/platforms.ts';
import { breakdownPicture, segmentLabel } from '../../dashboard/src/pages/breakdowns/breakdown-rows.ts';
import type { MetricsAnswer } from '../../sdks/javascript/src/generated/api.ts';
import { createMarket } from './fixture/market.ts';

const market = createMarket(120);
const period = { from: market.today, to: market.today };
const answerOf = (groupBy: readonly string[], limit = Number.POSITIVE_INFINITY): MetricsAnswer => ({
  rows: market
    .rows(period, groupBy, 'EUR')
    .toSorted((a, b) => b.values.spendMicros - a.values.spendMicros)
    .slice(0, limit),
  totals: market.total(period, 'EUR', groupBy),
  currency: 'EUR',
  grain: 'campaign',
  freshness: { loadedAt: null, accounts: [] },
  unconverted: [],
  nextCursor: null,
});
const pictureOf = (breakdown: Breakdown, limit?: number) =>
  breakdownPicture(breakdown, [answerOf(['platform', breakdown], limit)], answerOf(['platform']), 'en');

describe('a breakdown beside the total of its campaigns', () => {
  it.each(['age', 'gender', 'country', 'device', 'placement', 'search-term'] as const)(
    'by %s, leaves no money out between its lines and the total',
    (breakdown) => {
      const { rows, rests, total } = pictureOf(breakdown, breakdown === 'search-term' ? 50 : undefined);
      const sum = [...rows.map(({ values }) => values), ...rests].reduce(
        (all, { spendMicros }) => all + spendMicros,
        0,
      );
      expect(sum).toBe(total.spendMicros);
      expect(rests.map(({ label }) => label)).toContain('Unexplained rest');
    },
  );

  it('says which platforms do not report it, with what they spent', () => {
    const { silent, rests } = pictureOf('age');
    const spent = market.rows(period, ['platform'], 'EUR').find(({ platform }) => platform === 'linkedin-ads')
      ?.values.spendMicros;
    expect(silent).toEqual(['linkedin-ads']);
    expect(rests).toContainEqual({ label: 'Not reported by LinkedIn Ads', spendMicros: spent });
  });

  it('names what is not listed apart from what is not explained', () => {
    const { rests } = pictureOf('search-term', 50);
    expect(rests.map(({ label }) => label).slice(0, 2)).toEqual(['All others', 'Unexplained rest']);
  });

  it('sets no rest against assets, which count an impression several times', () => {
    expect(pictureOf('asset').rests).toEqual([]);
  });

  it('keeps a sum of conversions apart from what is not reported', () => {
    const mobile = pictureOf('device').rows.find(({ segment }) => segment === 'mobile');
    expect(mobile?.values.unreported).toContain('conversions');
    expect(mobile?.values.cpaMicros).toBeNull();
  });

  it('keeps ages in their order and puts the rest by spend', () => {
    expect(pictureOf('age').rows.map(({ segment }) => segment)[0]).toBe('18-24');
    expect(pictureOf('country').rows.map(({ label }) => label)).toEqual([
      'Germany',
      'United States',
      'Japan',
      'Unknown to the platform',
    ]);
  });
});

describe('values of a breakdown in words', () => {
  it.each([
    ['age', '25-34', '25–34'],
    ['device', 'connected-tv', 'Connected tv'],
    ['placement', 'other:PANGLE_X', 'PANGLE_X (the platform’s word)'],
    ['search-term', 'unknown', 'unknown'],
    ['gender', 'unknown', 'Unknown to the platform'],
  ] as const)('%s %s is "%s"', (breakdown, segment, words) => {
    expect(segmentLabel(breakdown, segment, 'en')).toBe(words);
  });
});
