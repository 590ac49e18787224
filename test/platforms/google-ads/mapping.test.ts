import { describe, expect, it } from 'vitest';
import type { Grain, RawRow, StructureKind } from '../../../domain/integrations/platform.ts';
import { googleAdsMapping } from '../../../platforms/google-ads/mapping.ts';
import { campaignRow } from './fake-google.ts';

const metrics = {
  impressions: '1000',
  clicks: '40',
  costMicros: '12340000',
  conversions: 1.5,
  conversionsValue: 99.123456,
  videoTrueviewViews: '7',
};

function fact(grain: Grain, raw: RawRow) {
  const mapped = googleAdsMapping.toFact(grain, raw);
  if (!mapped.ok) throw new Error(`${mapped.rejection.field}: ${mapped.rejection.reason}`);
  return mapped.row;
}

function refusal(raw: RawRow, grain: Grain = 'campaign') {
  const mapped = googleAdsMapping.toFact(grain, raw);
  return mapped.ok ? undefined : mapped.rejection;
}

const withMetric = (changes: Readonly<Record<string, unknown>>) =>
  campaignRow('2026-11-01', { metrics: { ...metrics, ...changes } });

describe('a Google Ads fact', () => {
  const raw: RawRow = {
    customer: { currencyCode: 'EUR' },
    campaign: { id: '11' },
    adGroup: { id: '22' },
    adGroupAd: { ad: { id: '33' } },
    adGroupCriterion: {
      criterionId: '44',
      ageRange: { type: 'AGE_RANGE_65_UP' },
      gender: { type: 'UNDETERMINED' },
    },
    searchTermView: { searchTerm: 'running shoes' },
    asset: { id: '55' },
    userLocationView: { countryCriterionId: '2276', targetingLocation: true },
    segments: { date: '2026-11-01', device: 'CONNECTED_TV', adNetworkType: 'CONTENT' },
    metrics,
  };
  const campaignOnly = {
    campaignPlatformId: '11',
    adGroupPlatformId: null,
    adPlatformId: null,
    keywordPlatformId: null,
    segment: null,
    videoViews: 7,
  };
  const inAdGroup = { ...campaignOnly, adGroupPlatformId: '22' };

  it.each<[Grain, object]>([
    ['account', { ...campaignOnly, campaignPlatformId: null }],
    ['campaign', campaignOnly],
    ['ad-group', inAdGroup],
    ['ad', { ...inAdGroup, adPlatformId: '33' }],
    ['keyword', { ...inAdGroup, keywordPlatformId: '44', videoViews: null }],
    ['search-term', { ...inAdGroup, segment: 'running shoes', videoViews: null }],
    ['asset', { ...inAdGroup, segment: '55', videoViews: null }],
    ['age', { ...campaignOnly, segment: '65+' }],
    ['gender', { ...campaignOnly, segment: 'unknown' }],
    ['country', { ...campaignOnly, segment: 'DE' }],
    ['device', { ...campaignOnly, segment: 'connected-tv' }],
    ['placement', { ...campaignOnly, segment: 'display' }],
  ])('of grain %s carries the ids of its level and above, and its segment', (grain, expected) => {
    expect(fact(grain, raw)).toEqual({
      date: '2026-11-01',
      reportedCurrency: 'EUR',
      ...expected,
      impressions: 1000,
      clicks: 40,
      spendMicros: 12_340_000,
      conversionsMicros: 1_500_000,
      conversionValueMicros: 99_123_456,
    });
  });

  it.each<[Grain, RawRow, string]>([
    ['age', { adGroupCriterion: { ageRange: { type: 'AGE_RANGE_12_17' } } }, 'other:AGE_RANGE_12_17'],
    ['device', { segments: { date: '2026-11-01', device: 'GLASSES' } }, 'other:GLASSES'],
    ['country', { userLocationView: { countryCriterionId: '20339' } }, 'other:20339'],
    ['country', { userLocationView: {} }, 'ZZ'],
    ['country', { userLocationView: { countryCriterionId: '2900' } }, 'XK'],
  ])('of grain %s keeps what it has no word for readable', (grain, changes, segment) => {
    expect(fact(grain, { ...raw, ...changes })).toMatchObject({ segment, spendMicros: 12_340_000 });
  });

  it('does not take views that nobody reported for none', () => {
    const { videoTrueviewViews: _, ...without } = metrics;
    expect(fact('campaign', { ...raw, metrics: without }).videoViews).toBeNull();
  });

  it('keeps an id that no number holds', () => {
    expect(
      fact('campaign', campaignRow('2026-11-01', { campaign: { id: '9007199254740993' } })).campaignPlatformId,
    ).toBe('9007199254740993');
  });

  it('takes a negative value, as returns are reported, and a sum of doubles that misses zero by a hair', () => {
    expect(fact('campaign', withMetric({ conversionsValue: -12.5 })).conversionValueMicros).toBe(-12_500_000);
    expect(fact('campaign', withMetric({ conversions: -1.1e-16 })).conversionsMicros).toBe(0);
  });

  it.each<[string, RawRow, string]>([
    ['a fraction of a click', withMetric({ clicks: 1.5 }), 'metrics.clicks'],
    ['a negative count', withMetric({ impressions: '-1' }), 'metrics.impressions'],
    ['text for a count', withMetric({ clicks: 'many' }), 'metrics.clicks'],
    ['a count beyond exact integers', withMetric({ costMicros: '9007199254740993' }), 'metrics.costMicros'],
    ['an infinite value', withMetric({ conversionsValue: 'Infinity' }), 'metrics.conversionsValue'],
    ['a negative conversion', withMetric({ conversions: -0.5 }), 'metrics.conversions'],
    ['a metric that is missing', withMetric({ clicks: undefined }), 'metrics.clicks'],
    ['a day the calendar lacks', campaignRow('2026-02-30'), 'segments.date'],
    ['a date in another shape', campaignRow('01/11/2026'), 'segments.date'],
    ['a row without its campaign', campaignRow('2026-11-01', { campaign: {} }), 'campaign.id'],
    ['an id that is none', campaignRow('2026-11-01', { campaign: { id: '1; DROP' } }), 'campaign.id'],
    [
      'an id in what an answer calls the prototype',
      campaignRow('2026-11-01', { campaign: JSON.parse('{ "__proto__": { "id": "7" } }') }),
      'campaign.id',
    ],
  ])('is refused for %s, by field', (_name, raw, field) => {
    expect(refusal(raw)?.field).toBe(field);
  });

  it('says what was expected and what stood there, shortly', () => {
    expect(refusal(withMetric({ clicks: 'x'.repeat(500) }))?.reason).toMatch(
      /^a whole number of 0 or more expected, got "x{56}\.\.\.$/,
    );
    expect(refusal(withMetric({ clicks: undefined }))?.reason).toBe('missing; a whole number of 0 or more expected');
  });
});

describe('Google Ads structure', () => {
  const campaign = (
    changes: Readonly<Record<string, unknown>> = {},
    budget: unknown = { period: 'DAILY', amountMicros: '50000000' },
  ): RawRow => ({
    campaign: { id: '11', name: 'Brand', status: 'PAUSED', advertisingChannelType: 'PERFORMANCE_MAX', ...changes },
    campaignBudget: budget,
  });
  const row = (kind: StructureKind, raw: RawRow) => {
    const mapped = googleAdsMapping.toStructure(kind, raw);
    return mapped.ok ? mapped.row : mapped.rejection;
  };

  it('reads a campaign with its budget a day', () => {
    expect(row('campaign', campaign())).toEqual({
      kind: 'campaign',
      platformId: '11',
      name: 'Brand',
      status: 'paused',
      campaignPlatformId: null,
      adGroupPlatformId: null,
      type: 'performance-max',
      dailyBudgetMicros: 50_000_000,
      creative: null,
    });
  });

  it.each([
    ['a budget over the whole flight', { period: 'CUSTOM_PERIOD', amountMicros: '50000000' }],
    ['no budget', undefined],
  ])('has no amount a day for %s', (_name, budget) => {
    expect(row('campaign', { ...campaign(), campaignBudget: budget })).toMatchObject({ dailyBudgetMicros: null });
  });

  it('reads an ad group below its campaign', () => {
    const raw = {
      campaign: { id: '11' },
      adGroup: { id: '22', name: 'Shoes', status: 'ENABLED', type: 'SEARCH_STANDARD' },
    };
    expect(row('ad-group', raw)).toMatchObject({
      platformId: '22',
      campaignPlatformId: '11',
      adGroupPlatformId: null,
      type: 'search-standard',
    });
  });

  it('names an ad that has no name after its type', () => {
    const raw = {
      campaign: { id: '11' },
      adGroup: { id: '22' },
      adGroupAd: { status: 'REMOVED', ad: { id: '33', type: 'RESPONSIVE_SEARCH_AD' } },
    };
    expect(row('ad', raw)).toMatchObject({
      name: 'responsive-search-ad 33',
      status: 'removed',
      adGroupPlatformId: '22',
    });
  });

  it.each([
    [
      'a responsive search ad',
      {
        finalUrls: ['https://shop.example/run', 'https://shop.example/b'],
        responsiveSearchAd: { headlines: [{ text: 'Run' }, { text: 'Far' }], descriptions: [{ text: 'Light.' }] },
      },
      { headlines: ['Run', 'Far'], bodies: ['Light.'], landingPageUrl: 'https://shop.example/run', videoId: null },
    ],
    [
      'a responsive video ad',
      {
        videoResponsiveAd: {
          headlines: [{ text: 'See' }],
          callToActions: [{ text: 'Buy' }],
          videos: [{ asset: 'customers/1/assets/77' }],
        },
      },
      { headlines: ['See'], callToAction: 'Buy', landingPageUrl: null, videoId: '77' },
    ],
    ['a video ad', { videoAd: { video: { asset: 'customers/1/assets/78' } } }, { headlines: [], videoId: '78' }],
    ['an image ad', { imageAd: { imageUrl: 'https://images.example/1' } }, { imageUrl: 'https://images.example/1' }],
    ['an ad of a type that shows nothing readable', {}, { headlines: [], bodies: [], callToAction: null }],
  ])('reads what %s shows', (_name, shown, creative) => {
    const raw = {
      campaign: { id: '11' },
      adGroup: { id: '22' },
      adGroupAd: { status: 'ENABLED', ad: { id: '33', type: 'RESPONSIVE_SEARCH_AD', ...shown } },
    };
    expect(row('ad', raw)).toMatchObject({ creative });
  });

  it.each(['UNKNOWN', 'UNSPECIFIED', 'RESTING', 7, undefined, 'toString'])('refuses the status %s', (status) => {
    expect(row('campaign', campaign({ status }))).toMatchObject({ field: 'campaign.status' });
  });

  it.each([
    ['HOLOGRAM', 'unknown:HOLOGRAM'],
    [99, 'unknown:99'],
  ])('keeps the type %s readable', (advertisingChannelType, type) => {
    expect(row('campaign', campaign({ advertisingChannelType }))).toMatchObject({ type });
  });
});
