import { describe, expect, it } from 'vitest';
import type { PlatformOperation } from '../../../domain/integrations/platform-writer.ts';
import { tiktokAdsWriteRules } from '../../../platforms/tiktok-ads/write-rules.ts';
import { scheduleBody, startOfDay } from '../../../platforms/tiktok-ads/write-schedule.ts';
import { lengthOf } from '../../../platforms/tiktok-ads/write-texts.ts';
import { addressOf, adGroupOf, campaignOf, euros } from './writing.ts';

const campaign = addressOf('campaign', '1');
const adGroup = addressOf('ad-group', '2', { campaignPlatformId: '1' });
const ad = addressOf('ad', '3', { campaignPlatformId: '1', adGroupPlatformId: '2' });

const fieldsOf = (operation: PlatformOperation, currency = 'EUR'): string[] =>
  tiktokAdsWriteRules.objections(operation, { currency }).map(({ field }) => field);

const video = {
  format: 'in-feed-video',
  text: 'Run further',
  media: { platformId: 'v1' },
  cover: { platformId: 'i1' },
  identity: '7',
  callToAction: 'shop-now',
  landingPageUrl: 'https://www.strider.example/',
} as const;
const newAd = (creative: object, parent = adGroup): PlatformOperation =>
  ({ do: 'create-ad', parent, name: 'Ad', creative: { ...video, ...creative } }) as PlatformOperation;
const image = (more: object): PlatformOperation =>
  ({
    do: 'upload-asset',
    kind: 'image',
    name: 'shoe.png',
    bytes: new Uint8Array(10),
    contentType: 'image/png',
    ...more,
  }) as PlatformOperation;

describe('what TikTok can be asked', () => {
  it.each<[string, PlatformOperation]>([
    ['a campaign', campaignOf({ dailyBudget: euros(50) })],
    ['an ad group', adGroupOf(campaign, { dailyBudget: euros(20) })],
    [
      'an ad group for an event of a pixel',
      adGroupOf(campaign, {
        bidding: { strategy: 'target-cpa', amount: euros(9) },
        conversion: { source: '7012345678901230099', event: 'SHOPPING' },
      }),
    ],
    ['a campaign for conversions', campaignOf({ objective: 'conversions' })],
    ['a video ad', newAd({})],
    ['an image ad', newAd({ format: 'in-feed-image', cover: undefined })],
    ['an image', image({})],
    ['a status', { do: 'set-status', target: ad, status: 'paused' }],
    ['a removal', { do: 'remove', target: campaign }],
    ['people of 55 and older', { do: 'set-targeting', target: adGroup, targeting: { ages: ['55-64', '65-up'] } }],
  ])('is %s', (_, operation) => {
    expect(fieldsOf(operation)).toEqual([]);
  });
});

describe('what TikTok cannot do, by the field', () => {
  it.each<[string, PlatformOperation, string]>([
    ['search campaigns', campaignOf({ type: 'search' }), 'type'],
    ['leads, which need a form', campaignOf({ objective: 'leads' }), 'objective'],
    ['parameters of a campaign', campaignOf({ utmTemplate: 'a={ad}' }), 'utmTemplate'],
    [
      'conversions without a pixel',
      adGroupOf(campaign, { bidding: { strategy: 'maximize-conversions' } }),
      'conversion',
    ],
    ['a pixel for clicks', adGroupOf(campaign, { conversion: { source: '7', event: 'SHOPPING' } }), 'conversion'],
    [
      'the code of a pixel instead of its id',
      adGroupOf(campaign, {
        bidding: { strategy: 'maximize-conversions' },
        conversion: { source: 'C4A1B2', event: 'SHOPPING' },
      }),
      'conversion.source',
    ],
    [
      'an event in other words than TikTok’s',
      adGroupOf(campaign, {
        bidding: { strategy: 'maximize-conversions' },
        conversion: { source: '7', event: 'purchase' },
      }),
      'conversion.event',
    ],
    [
      'a parameter that the landing page has',
      {
        ...newAd({ landingPageUrl: 'https://strider.example/?utm_source=x' }),
        utmTemplate: 'utm_source={platform}',
      } as PlatformOperation,
      'utmTemplate',
    ],
    ['political advertising', campaignOf({ politicalAdvertising: 'eu-political' }), 'politicalAdvertising'],
    ['bids of a campaign', campaignOf({ bidding: { strategy: 'maximize-clicks' } }), 'bidding'],
    ['targeting of a campaign', campaignOf({ targeting: { countries: ['DE'] } }), 'targeting'],
    ['dates of a campaign', campaignOf({ startDate: '2026-12-01' }), 'startDate'],
    [
      'bids by hand',
      adGroupOf(campaign, { bidding: { strategy: 'manual-cpc', amount: euros(1) } }),
      'bidding.strategy',
    ],
    [
      'a target return',
      adGroupOf(campaign, { bidding: { strategy: 'target-roas', targetRoas: 4 } }),
      'bidding.strategy',
    ],
    [
      'a target cost without the cost',
      { do: 'set-bidding', target: adGroup, bidding: { strategy: 'target-cpa' } },
      'bidding.amount',
    ],
    [
      'keywords',
      { do: 'set-targeting', target: adGroup, targeting: { keywords: [{ text: 'shoe', match: 'exact' }] } },
      'targeting.keywords',
    ],
    [
      'companies',
      { do: 'set-targeting', target: adGroup, targeting: { companies: ['urn:li:x'] } },
      'targeting.companies',
    ],
    [
      'people of 55 to 64 alone',
      { do: 'set-targeting', target: adGroup, targeting: { ages: ['55-64'] } },
      'targeting.ages',
    ],
    [
      'who did not say alone',
      { do: 'set-targeting', target: adGroup, targeting: { genders: ['unknown'] } },
      'targeting.genders',
    ],
    ['a budget of an ad', { do: 'set-daily-budget', target: ad, dailyBudget: euros(60) }, 'target'],
    ['bids of an ad', { do: 'set-bidding', target: ad, bidding: { strategy: 'maximize-clicks' } }, 'target'],
    ['an ad beneath a campaign', newAd({}, campaign), 'parent'],
    ['a search ad', newAd({ format: 'responsive-search' }), 'creative.format'],
    ['a video without a cover', newAd({ cover: undefined }), 'creative.cover'],
    ['an ad without a button', newAd({ callToAction: undefined }), 'creative.callToAction'],
    ['an ad text of 101 characters', newAd({ text: 'x'.repeat(101) }), 'creative.text'],
    ['an ad text of 51 Japanese characters', newAd({ text: '靴'.repeat(51) }), 'creative.text'],
    ['an emoji', newAd({ text: 'Sale 🎉' }), 'creative.text'],
    ['a display name of 21 Korean characters', newAd({ displayName: '한'.repeat(21) }), 'creative.displayName'],
    ['a picture as WebP', image({ contentType: 'image/webp' }), 'url'],
    ['an empty file', image({ bytes: new Uint8Array() }), 'url'],
    ['an ad group without countries', adGroupOf(campaign, { targeting: {} }), 'targeting.countries'],
    [
      'an ad group that ends before it begins',
      adGroupOf(campaign, { startDate: '2026-12-02', endDate: '2026-12-01' }),
      'endDate',
    ],
  ])('%s', (_, operation, field) => {
    expect(fieldsOf(operation)).toEqual([field]);
  });
});

describe('money', () => {
  it.each<[string, number, string, readonly string[]]>([
    ['a campaign below 50 euros', 49.99, 'EUR', ['dailyBudget']],
    ['a campaign of 50 euros', 50, 'EUR', []],
    ['a campaign with a part of a cent', 50.001, 'EUR', ['dailyBudget']],
    ['a campaign below 5,000 yen', 4_999, 'JPY', ['dailyBudget']],
    ['a campaign with a part of a yen', 5_000.5, 'JPY', ['dailyBudget']],
    ['a campaign of 5,000 yen', 5_000, 'JPY', []],
  ])('%s', (_, amount, currency, fields) => {
    const dailyBudget = { micros: Math.round(amount * 1_000_000), currency };
    expect(fieldsOf(campaignOf({ dailyBudget }), currency)).toEqual(fields);
  });

  it('refuses another currency than the account’s', () => {
    expect(fieldsOf(campaignOf({ dailyBudget: euros(60) }), 'USD')).toEqual(['dailyBudget']);
  });

  it('bounds a day by 125 % and a month by its weeks', () => {
    // A month of 31 days beginning on a Wednesday: five days, three weeks, five days.
    const { dayMicros, monthMicros } = tiktokAdsWriteRules.mostSpend(20_000_000);
    expect([dayMicros, monthMicros]).toEqual([25_000_000, (5 * 1.25 + 21 + 5 * 1.25) * 20_000_000]);
  });

  it('knows the least budget at any level', () => {
    expect(tiktokAdsWriteRules.dailyBudget('USD')).toEqual({ minimumMicros: 20_000_000, stepMicros: 10_000 });
    expect(tiktokAdsWriteRules.dailyBudget('JPY')).toEqual({ minimumMicros: 2_000_000_000, stepMicros: 1_000_000 });
    expect(tiktokAdsWriteRules.dailyBudget('CHF')).toEqual({ minimumMicros: 10_000, stepMicros: 10_000 });
  });
});

describe('schedules', () => {
  const now = Date.parse('2026-11-20T11:00:00Z');

  it.each([
    ['2026-12-01', 'Europe/Berlin', '2026-11-30T23:00:00Z'],
    ['2026-12-01', 'America/Los_Angeles', '2026-12-01T08:00:00Z'],
    ['2026-12-01', 'Asia/Tokyo', '2026-11-30T15:00:00Z'],
    ['2026-12-01', 'Asia/Kathmandu', '2026-11-30T18:15:00Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00Z'],
    ['2026-12-01', 'Pacific/Kiritimati', '2026-11-30T10:00:00Z'],
  ])('%s begins in %s at %s', (date, zone, instant) => {
    expect(new Date(startOfDay(date, zone)).toISOString()).toBe(instant.replace('Z', '.000Z'));
  });

  it('begins now, or on a day to come, and ends with its last day', () => {
    expect(scheduleBody({}, 'Europe/Berlin', now)).toEqual({
      schedule_type: 'SCHEDULE_FROM_NOW',
      schedule_start_time: '2026-11-20 11:00:00',
    });
    // Today has begun.
    expect(scheduleBody({ startDate: '2026-11-20', endDate: '2026-11-20' }, 'Europe/Berlin', now)).toEqual({
      schedule_type: 'SCHEDULE_START_END',
      schedule_start_time: '2026-11-20 11:00:00',
      schedule_end_time: '2026-11-20 23:00:00',
    });
  });
});

it('counts Chinese and Japanese characters twice', () => {
  expect([lengthOf('shoe'), lengthOf('ランニング'), lengthOf('跑鞋 2'), lengthOf('한국')]).toEqual([4, 10, 6, 2]);
});
