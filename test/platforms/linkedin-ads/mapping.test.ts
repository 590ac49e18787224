import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactRow, Grain } from '../../../domain/integrations/platform.ts';
import { countriesByGeo } from '../../../platforms/linkedin-ads/countries.ts';
import { linkedInAdsDescriptor } from '../../../platforms/linkedin-ads/descriptor.ts';
import { linkedInAdsMapping } from '../../../platforms/linkedin-ads/mapping.ts';
import { fieldsOf, reportOf } from '../../../platforms/linkedin-ads/reports.ts';
import { element } from './fake-linkedin.ts';

const group = 'urn:li:sponsoredCampaignGroup:7';
const values: Readonly<Partial<Record<Grain, readonly string[]>>> = {
  account: ['urn:li:sponsoredAccount:51'],
  campaign: [group],
  'ad-group': [group, 'urn:li:sponsoredCampaign:22'],
  ad: [group, 'urn:li:sponsoredCampaign:22', 'urn:li:sponsoredCreative:33'],
  country: ['urn:li:geo:101282230'],
  device: [group, 'MOBILE_WEB'],
  placement: [group, 'LINKEDIN_FEED'],
};

const raw = (grain: Grain, changes: Readonly<Record<string, unknown>> = {}) =>
  element(1, values[grain] ?? [], { ...(grain === 'country' && { askedCampaignGroup: group }), ...changes });

function fact(grain: Grain, changes = {}): FactRow {
  const mapped = linkedInAdsMapping.toFact(grain, raw(grain, changes));
  if (!mapped.ok) throw new Error(`${mapped.rejection.field}: ${mapped.rejection.reason}`);
  return mapped.row;
}

const rejected = (grain: Grain, changes: Readonly<Record<string, unknown>>) => {
  const mapped = linkedInAdsMapping.toFact(grain, raw(grain, changes));
  return mapped.ok ? undefined : mapped.rejection.field;
};

describe('a row of adAnalytics', () => {
  it('becomes a fact: groups are campaigns, campaigns ad groups, creatives ads', () => {
    expect(fact('ad')).toEqual({
      date: '2026-11-01',
      campaignPlatformId: '7',
      adGroupPlatformId: '22',
      adPlatformId: '33',
      keywordPlatformId: null,
      segment: null,
      impressions: 1_000,
      clicks: 12,
      spendMicros: 34_500_000,
      conversionsMicros: 3_000_000,
      conversionValueMicros: 150_250_000,
      videoViews: 0,
    });
  });

  it('keeps money to the micro, whatever text it comes in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000_000_000_000 }), (micros) => {
        const text = `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`;
        expect(fact('campaign', { costInLocalCurrency: text }).spendMicros).toBe(micros);
      }),
    );
    // LinkedIn divides estimates without rounding; half to even, once.
    expect(fact('campaign', { costInLocalCurrency: '0.3000005000000001' }).spendMicros).toBe(300_001);
    expect(fact('campaign', { costInLocalCurrency: '1.1E-5' }).spendMicros).toBe(11);
  });

  it('never takes the amount in dollars, however the account is billed', () => {
    expect(fact('campaign', { costInUsd: '99' }).spendMicros).toBe(34_500_000);
    expect(rejected('campaign', { costInLocalCurrency: undefined, costInUsd: '99' })).toBe('costInLocalCurrency');
  });

  it.each([['impressions'], ['clicks'], ['costInLocalCurrency'], ['externalWebsiteConversions'], ['oneClickLeads']])(
    'is rejected without %s: absent is not zero',
    (field) => {
      expect(rejected('campaign', { [field]: undefined })).toBe(field);
      expect(rejected('campaign', { [field]: null })).toBe(field);
    },
  );

  it.each<[string, unknown]>([
    ['impressions', 'n/a'],
    ['clicks', -1],
    ['clicks', 1.5],
    ['costInLocalCurrency', '-1'],
    ['costInLocalCurrency', '1,5'],
    ['dateRange', { start: { year: 2026, month: 2, day: 30 } }],
    ['pivotValues', ['urn:li:sponsoredCampaign:7']],
    ['pivotValues', []],
  ])('is rejected with %s %j', (field, value) => {
    expect(rejected('campaign', { [field]: value })).toMatch(new RegExp(`^${field}`));
  });

  it('has no video views rather than none when LinkedIn does not say', () => {
    expect(fact('campaign', { videoViews: undefined }).videoViews).toBeNull();
  });
});

describe('breakdowns', () => {
  it.each<[Grain, string, string]>([
    ['country', 'urn:li:geo:103644278', 'US'],
    ['country', 'urn:li:geo:0', 'ZZ'],
    ['country', 'urn:li:geo:4711', 'other:urn:li:geo:4711'],
    ['device', 'MOBILE_APP', 'mobile'],
    ['device', 'MOBILE_WEB', 'mobile'],
    ['device', 'UNDETECTED', 'unknown'],
    ['device', 'WATCH', 'other:WATCH'],
    ['placement', 'LINKEDIN_AUDIENCE_NETWORK', 'audience-network'],
  ])('of %s read %s as %s', (grain, value, segment) => {
    const pivotValues = [...(values[grain] ?? []).slice(0, -1), value];
    expect(fact(grain, { pivotValues })).toMatchObject({ segment, campaignPlatformId: '7' });
  });

  it('by device have no conversions rather than none, for LinkedIn reports none', () => {
    expect(fact('device')).toMatchObject({ conversionsMicros: null, conversionValueMicros: null });
    expect(linkedInAdsMapping.sources('device')).not.toHaveProperty('conversionsMicros');
  });

  it('by country have no value rather than none', () => {
    expect(fact('country')).toMatchObject({ conversionsMicros: 3_000_000, conversionValueMicros: null });
  });

  it('are added up where app and web are one device', () => {
    expect(linkedInAdsMapping.aggregatedGrains).toEqual(['device']);
  });

  it('know every country once, by its ISO code', () => {
    const codes = Object.values(countriesByGeo);
    expect(new Set(codes).size).toBe(codes.length);
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    expect(codes.filter((code) => code !== 'ZZ' && names.of(code) === undefined)).toEqual([]);
    expect(codes.length).toBeGreaterThan(200);
  });
});

describe('what is asked', () => {
  it.each(linkedInAdsDescriptor.supports.grains.map((grain) => [grain]))(
    'for %s fits into the 20 fields that LinkedIn allows, and never names dollars',
    (grain) => {
      const report = reportOf(grain);
      const fields = report ? fieldsOf(report) : [];
      expect(fields).toEqual(
        expect.arrayContaining(['dateRange', 'pivotValues', 'impressions', 'costInLocalCurrency']),
      );
      expect(fields.length).toBeLessThanOrEqual(20);
      expect(fields).not.toContain('costInUsd');
      expect(report?.pivots.length).toBeLessThanOrEqual(3);
    },
  );
});
