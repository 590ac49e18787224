import { describe, expect, it } from 'vitest';
import { type Grain, grains, structureKinds } from '../../../domain/integrations/platform.ts';
import { countriesByCriterion } from '../../../platforms/google-ads/countries.ts';
import { conversionActionsQuery, metricsQuery, structureQuery } from '../../../platforms/google-ads/queries.ts';
// Reads Google's own message definitions, as google-ads-node carries them.
import { fieldType } from '../../../simulator/google-ads/definitions.ts';

const window = { from: '2026-11-01', to: '2026-11-30' };
const selected = (query: string) => /^SELECT (.+?) FROM/.exec(query)?.[1]?.split(', ') ?? [];

describe('what is asked of Google', () => {
  it.each([
    ...grains.map((grain): [string, string] => [grain, metricsQuery(grain, window)]),
    ...structureKinds.map((kind): [string, string] => [`${kind} structure`, structureQuery(kind)]),
    ['conversion actions', conversionActionsQuery],
  ])('%s: fields that Google defines, each once', (_name, query) => {
    const fields = selected(query);
    expect(fields.filter((field) => fieldType(field) === undefined)).toEqual([]);
    expect(new Set(fields).size).toBe(fields.length);
  });

  it.each<[Grain, string]>([
    ['search-term', 'search_term_view'],
    ['asset', 'ad_group_ad_asset_view'],
    ['age', 'age_range_view'],
    ['gender', 'gender_view'],
    ['country', 'user_location_view'],
    ['device', 'campaign'],
    ['placement', 'campaign'],
  ])('the grain %s comes from %s, dated and in the account’s currency', (grain, resource) => {
    const query = metricsQuery(grain, window);
    expect(query).toContain(` FROM ${resource} WHERE segments.date BETWEEN '2026-11-01' AND '2026-11-30'`);
    expect(selected(query)).toEqual(
      expect.arrayContaining(['campaign.id', 'segments.date', 'customer.currency_code', 'metrics.cost_micros']),
    );
  });
});

describe('country criteria', () => {
  const codes = Object.values(countriesByCriterion);

  // Criterion ids as they stand in Google's list of geo targets.
  it.each([
    ['2276', 'DE'],
    ['2840', 'US'],
    ['2392', 'JP'],
    ['2826', 'GB'],
    ['2158', 'TW'],
    ['2233', 'EE'],
    ['2900', 'XK'],
  ])('%s is %s', (criterion, country) => {
    expect(countriesByCriterion[criterion]).toBe(country);
  });

  it('are one a country, and countries that this runtime knows', () => {
    expect(new Set(codes).size).toBe(codes.length);
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    expect(codes.filter((code) => names.of(code) === undefined)).toEqual([]);
    // ISO 3166-1 has 249 codes; Kosovo is the other.
    expect(codes).toHaveLength(250);
  });
});
