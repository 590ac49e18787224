import { describe, expect, it } from 'vitest';
import type { PlatformOperation } from '../../../domain/integrations/platform-writer.ts';
import { googleAdsWriteRules } from '../../../platforms/google-ads/write-rules.ts';
import { widthOf } from '../../../platforms/google-ads/write-texts.ts';
import {
  adAddress,
  campaignAddress,
  euros,
  groupAddress,
  image,
  performanceMax,
  searchAd,
  searchCampaign,
  trailGroup,
} from './writing.ts';

const euro = { currency: 'EUR' };
const objections = (operation: PlatformOperation, account = euro) => googleAdsWriteRules.objections(operation, account);
const fields = (operation: PlatformOperation, account = euro) =>
  objections(operation, account).map(({ field }) => field);

const search = campaignAddress('11');
const max = campaignAddress('12', 'performance-max');
const group = groupAddress('21', '11');
const ad = adAddress('31', group);

describe('what Google Ads can do', () => {
  it.each<[string, PlatformOperation]>([
    ['a search campaign', searchCampaign('Autumn')],
    ['a Performance Max campaign', performanceMax('Autumn')],
    ['an ad group', trailGroup('Trail', search)],
    ['a search ad', searchAd(group)],
    ['an image', image('Ridge', new Uint8Array(10))],
    ['a status of an ad', { do: 'set-status', target: ad, status: 'paused' }],
  ])('stands against nothing: %s', (_name, operation) => {
    expect(objections(operation)).toEqual([]);
  });
});

describe('what Google Ads cannot do is refused by name', () => {
  it.each<[string, PlatformOperation, string]>([
    ['in-feed campaigns', { ...searchCampaign('A'), type: 'in-feed' }, 'type'],
    ['awareness', { ...searchCampaign('A'), objective: 'awareness' }, 'objective'],
    ['a campaign without a budget', withoutBudget(), 'dailyBudget'],
    [
      'a strategy it does not have',
      { ...searchCampaign('A'), bidding: { strategy: 'maximize-delivery' } },
      'bidding.strategy',
    ],
    [
      'bids by hand in Performance Max',
      { ...performanceMax('A'), bidding: { strategy: 'manual-cpc' } },
      'bidding.strategy',
    ],
    [
      'a target cost without the cost',
      { ...searchCampaign('A'), bidding: { strategy: 'target-cpa' } },
      'bidding.amount',
    ],
    [
      'a campaign`s bid by hand',
      { ...searchCampaign('A'), bidding: { strategy: 'manual-cpc', amount: euros(1) } },
      'bidding.amount',
    ],
    ['an end before the start', { ...searchCampaign('A'), startDate: '2026-12-02', endDate: '2026-12-01' }, 'endDate'],
    ['ages of a campaign', { ...searchCampaign('A'), targeting: { ages: ['18-24'] } }, 'targeting.ages'],
    ['companies', { ...searchCampaign('A'), targeting: { companies: ['x'] } }, 'targeting.companies'],
    ['interests', { ...trailGroup('A', search), targeting: { interests: ['1'] } }, 'targeting.interests'],
    [
      'countries of an ad group',
      { ...trailGroup('A', search), targeting: { countries: ['DE'] } },
      'targeting.countries',
    ],
    ['people below 18', { ...trailGroup('A', search), targeting: { ages: ['13-17', '18-24'] } }, 'targeting.ages.0'],
    [
      'a language it does not list',
      { ...searchCampaign('A'), targeting: { languages: ['eo'] } },
      'targeting.languages.0',
    ],
    ['placeholders of its own', { ...searchCampaign('A'), utmTemplate: 'utm_campaign={campaignid}' }, 'utmTemplate'],
    ['ad groups in Performance Max', trailGroup('A', max), 'campaign'],
    [
      'conversions of ad groups',
      { ...trailGroup('A', search), conversion: { source: '1', event: 'purchase' } },
      'conversion',
    ],
    ['placeholders of its own for an ad', { ...searchAd(group), utmTemplate: 'a={creative}' }, 'utmTemplate'],
    ['budgets of ad groups', { ...trailGroup('A', search), dailyBudget: euros(5) }, 'dailyBudget'],
    ['a budget of an ad group', { do: 'set-daily-budget', target: group, dailyBudget: euros(5) }, 'target'],
    ['names of search ads', { do: 'rename', target: ad, name: 'New' }, 'target'],
    ['bids of ads', { do: 'set-bidding', target: ad, bidding: { strategy: 'manual-cpc', amount: euros(1) } }, 'target'],
    ['search ads in a campaign', searchAd(max), 'parent'],
    ['video files', { ...image('A', new Uint8Array(1)), kind: 'video', contentType: 'video/mp4' }, 'kind'],
    ['WebP images', { ...image('A', new Uint8Array(1)), contentType: 'image/webp' }, 'url'],
    ['more than 5 MB', image('A', new Uint8Array(5_242_881)), 'url'],
  ])('%s', (_name, operation, field) => {
    expect(fields(operation)).toContain(field);
  });
});

describe('money', () => {
  it.each([
    ['EUR', 40_000_000, true],
    ['EUR', 40_005_000, false],
    ['EUR', 9_999, false],
    ['JPY', 4_000_000_000, true],
    ['JPY', 4_000_500_000, false],
  ])('in %s takes %d micros: %s', (currency, micros, taken) => {
    const change = { do: 'set-daily-budget', target: search, dailyBudget: { micros, currency } } as const;
    expect(objections(change, { currency }).length === 0).toBe(taken);
  });

  it('in another currency than the account`s is refused with both', () => {
    const change = { do: 'set-daily-budget', target: search, dailyBudget: euros(5) } as const;
    expect(objections(change, { currency: 'USD' })[0]?.reason).toMatch(/EUR.*USD/);
  });

  it('may be spent twice on a day and 30.4 times in a month', () => {
    expect(googleAdsWriteRules.mostSpend(10_000_000)).toEqual({ dayMicros: 20_000_000, monthMicros: 304_000_000 });
  });
});

describe('texts', () => {
  it.each([
    ['Trail shoes', 11],
    ['トレイルシューズ', 16],
    ['Schuhe für draußen', 18],
    ['신발', 4],
    ['👟 shoes', 8],
  ])('%s is %d wide', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  it('may fill the width and no more', () => {
    const withHeadline = (headline: string) => {
      const operation = searchAd(group);
      if (operation.creative.format !== 'responsive-search') throw new Error('a search ad');
      return { ...operation, creative: { ...operation.creative, headlines: [headline, 'Two', 'Three'] } };
    };
    expect(fields(withHeadline('靴'.repeat(15)))).toEqual([]);
    expect(fields(withHeadline('靴'.repeat(16)))).toEqual(['creative.headlines.0']);
    expect(fields(withHeadline('two'))).toEqual(['creative.headlines.1']);
  });

  it('that are keywords have ten words and no symbols that Google refuses', () => {
    const withKeyword = (text: string) => ({
      ...trailGroup('A', search),
      targeting: { keywords: [{ text, match: 'broad' as const }] },
    });
    expect(fields(withKeyword('a b c d e f g h i j'))).toEqual([]);
    expect(fields(withKeyword('a b c d e f g h i j k'))).toEqual(['targeting.keywords.0.text']);
    expect(fields(withKeyword('shoes!'))).toEqual(['targeting.keywords.0.text']);
  });
});

function withoutBudget(): PlatformOperation {
  const { dailyBudget: _, ...rest } = searchCampaign('A');
  return rest;
}
