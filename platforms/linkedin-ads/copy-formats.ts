import type { CopyFormat } from '../../domain/generation/copy/slots.ts';
import { longest } from './write-vocabulary.ts';

/** What is seen before "more": https://www.linkedin.com/help/lms/answer/a426534 */
const seen = { introduction: 150, headline: 70 } as const;

export const linkedInAdsCopyFormats: readonly CopyFormat[] = [
  {
    platform: 'linkedin-ads',
    format: 'single-image',
    measure: (text) => [...text].length,
    sitelink: null,
    insertions: [],
    hashtags: 3,
    slots: [
      {
        name: 'introduction',
        field: 'introduction',
        role: 'sentences',
        atLeast: 1,
        atMost: 1,
        aim: 1,
        limit: longest.introduction,
        seen: seen.introduction,
        exclamation: 'one-an-ad',
        emoji: true,
        insertion: false,
      },
      {
        name: 'headline',
        field: 'headline',
        role: 'headline',
        atLeast: 1,
        atMost: 1,
        aim: 1,
        limit: longest.headline,
        seen: seen.headline,
        exclamation: 'one-an-ad',
        emoji: true,
        insertion: false,
      },
    ],
  },
];
