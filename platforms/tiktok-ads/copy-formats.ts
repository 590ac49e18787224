import type { CopyFormat } from '../../domain/generation/copy/slots.ts';
import { lengthOf, longest } from './write-texts.ts';

/** The caption of an in-feed ad: no links, hashtags or mentions. https://ads.tiktok.com/help/article/ad-format-requirements */
const slots: CopyFormat['slots'] = [
  {
    name: 'text',
    field: 'text',
    role: 'sentences',
    atLeast: 1,
    atMost: 1,
    aim: 1,
    limit: longest.adText,
    seen: null,
    exclamation: 'one-an-ad',
    emoji: false,
    insertion: false,
  },
];
const inFeed = {
  platform: 'tiktok-ads',
  measure: (text: string) => lengthOf(text),
  sitelink: null,
  insertions: [],
  hashtags: 0,
  slots,
} as const;

export const tiktokAdsCopyFormats: readonly CopyFormat[] = [
  { ...inFeed, format: 'in-feed-image' },
  { ...inFeed, format: 'in-feed-video' },
];
