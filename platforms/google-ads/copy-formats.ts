import type { CopyFormat, CopySlot } from '../../domain/generation/copy/slots.ts';
import { longest, widthOf } from './write-texts.ts';

/** No exclamation mark in headlines, one in an ad. https://support.google.com/adspolicy/answer/6021630 */
const headline = { role: 'headline', seen: null, exclamation: 'none', emoji: false, insertion: false } as const;
const description = {
  role: 'sentences',
  seen: null,
  exclamation: 'one-an-ad',
  emoji: false,
  insertion: false,
} as const;
const headlines: CopySlot = {
  ...headline,
  name: 'headline',
  field: 'headlines',
  atLeast: 3,
  atMost: 15,
  aim: 10,
  limit: longest.headline,
  insertion: true,
};

/** https://developers.google.com/google-ads/api/docs/responsive-search-ads and /docs/performance-max/asset-requirements */
export const googleAdsCopyFormats: readonly CopyFormat[] = [
  {
    platform: 'google-ads',
    format: 'responsive-search',
    measure: widthOf,
    /** https://support.google.com/google-ads/answer/2375416 */
    sitelink: { text: 25, line: 35 },
    insertions: ['keyword', 'city', 'region', 'country', 'countdown'],
    hashtags: 0,
    slots: [
      headlines,
      {
        ...description,
        name: 'description',
        field: 'descriptions',
        atLeast: 2,
        atMost: 4,
        aim: 4,
        limit: longest.description,
      },
    ],
  },
  {
    platform: 'google-ads',
    format: 'asset-group',
    measure: widthOf,
    sitelink: { text: 25, line: 35 },
    insertions: [],
    hashtags: 0,
    slots: [
      {
        ...headline,
        name: 'businessName',
        field: 'businessName',
        role: 'name',
        atLeast: 1,
        atMost: 1,
        aim: 1,
        limit: longest.businessName,
      },
      { ...headlines, aim: 8, insertion: false },
      {
        ...headline,
        name: 'longHeadline',
        field: 'longHeadlines',
        atLeast: 1,
        atMost: 5,
        aim: 3,
        limit: longest.longHeadline,
      },
      {
        ...description,
        name: 'shortDescription',
        field: 'descriptions',
        atLeast: 1,
        atMost: 1,
        aim: 1,
        limit: longest.shortDescription,
      },
      {
        ...description,
        name: 'description',
        field: 'descriptions',
        atLeast: 1,
        atMost: 4,
        aim: 3,
        limit: longest.description,
      },
    ],
  },
];
