import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../contracts/schemas/changes.ts';
import { placeUtm } from '../../../domain/changes/place-utm.ts';
import type { ResolvedOperation } from '../../../domain/changes/resolve-operations.ts';

const account = {
  id: 'acc_00000000000000000000000001',
  platform: 'tiktok-ads',
  currency: 'EUR',
  timeZone: 'UTC',
  name: 'Shop',
} as const;
const template = 'utm_source={platform}&utm_campaign={campaign}';

const campaign = (ref: string, utmTemplate?: string): Operation => ({
  do: 'create-campaign',
  ref,
  accountId: account.id,
  name: ref,
  type: 'in-feed',
  objective: 'traffic',
  politicalAdvertising: 'none',
  ...(utmTemplate !== undefined && { utmTemplate }),
});
const group = (ref: string, of: string): Operation => ({
  do: 'create-ad-group',
  ref,
  campaign: { ref: of },
  name: ref,
});
const ad = (ref: string, of: string, utmTemplate?: string): Operation => ({
  do: 'create-ad',
  ref,
  parent: { ref: of },
  name: ref,
  creative: {
    format: 'in-feed-image',
    text: 'x',
    media: { platformId: '1' },
    identity: '7',
    landingPageUrl: 'https://example.com/',
  },
  ...(utmTemplate !== undefined && { utmTemplate }),
});

const resolved = (operations: readonly Operation[]): ResolvedOperation[] =>
  operations.map((operation, index) => ({
    ...{ index, operation, account, kind: 'campaign', object: null, campaignId: null, after: [] },
  }));
const place = (operations: readonly Operation[], level: 'campaign' | 'ad' = 'ad') => {
  const placed = placeUtm(resolved(operations), () => level);
  const templates = placed.operations.map(({ operation }) => 'utmTemplate' in operation && operation.utmTemplate);
  return { templates, warnings: placed.warnings };
};

describe('a campaign’s landing page parameters on a platform that keeps them at ads', () => {
  it('go to the ads of the same change in that campaign, and a warning says that later ads need them again', () => {
    const { templates, warnings } = place([
      campaign('a', template),
      campaign('b'),
      group('a1', 'a'),
      group('b1', 'b'),
      ad('x', 'a1'),
      ad('y', 'b1'),
      ad('z', 'a1'),
    ]);
    expect(templates).toEqual([false, false, false, false, template, false, template]);
    expect([...warnings.keys()]).toEqual([0]);
    expect(warnings.get(0)?.join()).toMatch(/take it: 2\. Ads that are made later need utmTemplate again/);
  });

  it('leave an ad that has its own alone', () => {
    const own = 'utm_source=mine';
    expect(place([campaign('a', template), group('g', 'a'), ad('x', 'g', own)]).templates[2]).toBe(own);
  });

  it('are said to be on no ad where the change makes none', () => {
    expect(
      place([campaign('a', template)])
        .warnings.get(0)
        ?.join(),
    ).toMatch(/no ad of this change takes it/);
  });

  it('stay where they were written when they cannot be read', () => {
    const { templates, warnings } = place([campaign('a', 'x={nobody}'), group('g', 'a'), ad('x', 'g')]);
    expect(templates).toEqual(['x={nobody}', false, false]);
    expect(warnings.size).toBe(0);
  });
});

it('stay at the campaign where the platform keeps them there', () => {
  const { templates, warnings } = place([campaign('a', template), group('g', 'a'), ad('x', 'g')], 'campaign');
  expect(templates).toEqual([template, false, false]);
  expect(warnings.size).toBe(0);
});
