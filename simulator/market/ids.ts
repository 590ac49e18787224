import type { ObjectKind } from './edits.ts';
import type { Platform } from './world.ts';

export type IdKind = ObjectKind | 'budget' | 'media';

/** Ids as long as the platform's own, each kind in a range that the world's first objects leave free. */
const ranges: Readonly<
  Record<Platform, { readonly digits: number; readonly prefix: Readonly<Record<IdKind, string>> }>
> = {
  'google-ads': {
    digits: 11,
    prefix: {
      campaign: '24',
      'ad-group': '25',
      'asset-group': '26',
      keyword: '34',
      ad: '64',
      budget: '74',
      media: '14',
    },
  },
  'tiktok-ads': {
    digits: 16,
    prefix: {
      campaign: '1795',
      'ad-group': '1796',
      'asset-group': '1798',
      keyword: '1799',
      ad: '1797',
      budget: '1793',
      media: '7500',
    },
  },
  'linkedin-ads': {
    digits: 9,
    prefix: {
      campaign: '69',
      'ad-group': '39',
      'asset-group': '49',
      keyword: '59',
      ad: '29',
      budget: '79',
      media: '89',
    },
  },
};

/** The id of the world's nth added object; `n` counts from 1. */
export function idOf(platform: Platform, kind: IdKind, n: number): string {
  const { digits, prefix } = ranges[platform];
  const start = prefix[kind];
  return start + String(n).padStart(digits - start.length, '0');
}
