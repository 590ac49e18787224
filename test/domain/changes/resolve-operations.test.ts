import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../contracts/schemas/changes.ts';
import {
  type KnownObject,
  type KnownThings,
  plannedPlaces,
  platformOperation,
  resolveOperations,
} from '../../../domain/changes/resolve-operations.ts';

const account = (end: string) => `acc_0000000000000000000000000${end}`;
const campaignId = 'cmp_00000000000000000000000001';
const adGroupId = 'adg_00000000000000000000000001';
const object = (id: string, kind: KnownObject['kind']): KnownObject => ({
  kind,
  id,
  accountId: account('1'),
  name: id,
  status: 'enabled',
  campaignId,
  address: {
    kind,
    platformId: kind === 'campaign' ? '11' : '22',
    campaignPlatformId: kind === 'campaign' ? null : '11',
    adGroupPlatformId: null,
    campaignType: 'search',
  },
});
const known: KnownThings = {
  objects: new Map([
    [campaignId, object(campaignId, 'campaign')],
    [adGroupId, object(adGroupId, 'ad-group')],
  ]),
  accounts: new Map(
    ['1', '2'].map((end) => [
      account(end),
      { id: account(end), platform: 'google-ads', currency: 'EUR', timeZone: 'Europe/Berlin', name: end },
    ]),
  ),
};
const target = { campaignId };
const campaign = (ref: string, end = '1'): Operation => ({
  do: 'create-campaign',
  ref,
  accountId: account(end),
  name: ref,
  type: 'search',
  objective: 'traffic',
  politicalAdvertising: 'none',
});
const image = (ref: string, end = '1'): Operation => ({
  do: 'upload-asset',
  ref,
  accountId: account(end),
  kind: 'image',
  name: ref,
  url: 'https://example.com/a.png',
});
const ad = (
  parent: Extract<Operation, { do: 'create-ad' }>['parent'],
  image: { ref: string } | { platformId: string },
): Operation => ({
  do: 'create-ad',
  ref: 'ad',
  parent,
  name: 'ad',
  creative: {
    format: 'single-image',
    page: 'urn:1',
    introduction: 'x',
    headline: 'y',
    image,
    landingPageUrl: 'https://example.com',
  },
});
const refused = (operations: readonly Operation[]) => {
  const resolution = resolveOperations(operations, known);
  return resolution.kind === 'refused'
    ? [resolution.why, ...resolution.fields.map(({ field }) => field)]
    : resolution.kind;
};

describe('operations of a change', () => {
  it('are tied to accounts, campaigns and what has to come before', () => {
    const resolution = resolveOperations(
      [
        campaign('launch'),
        image('shoe'),
        { do: 'create-ad-group', ref: 'group', campaign: { ref: 'launch' }, name: 'group' },
        ad({ ref: 'group' }, { ref: 'shoe' }),
        { do: 'set-status', target: { adGroupId }, status: 'paused' },
      ],
      known,
    );
    expect(
      resolution.kind === 'resolved' &&
        resolution.operations.map(({ kind, after, campaignId: of }) => [kind, after, of]),
    ).toEqual([
      ['campaign', [], null],
      ['asset', [], null],
      ['ad-group', [0], null],
      ['ad', [2, 1], null],
      ['ad-group', [], campaignId],
    ]);
  });

  it.each<[string, Operation[], unknown]>([
    [
      'an object and an account that are not there, in one answer',
      [{ do: 'rename', target: { campaignId: 'cmp_00000000000000000000000009' }, name: 'x' }, campaign('a', '9')],
      ['missing', 'operations.0.target.campaignId', 'operations.1.accountId'],
    ],
    [
      'a reference to what comes later',
      [{ do: 'create-ad-group', ref: 'g', campaign: { ref: 'late' }, name: 'g' }, campaign('late')],
      ['invalid', 'operations.0.campaign.ref'],
    ],
    [
      'a reference to the wrong kind',
      [image('i'), { do: 'create-ad-group', ref: 'g', campaign: { ref: 'i' }, name: 'g' }],
      ['invalid', 'operations.1.campaign.ref'],
    ],
    ['a name used twice', [campaign('a'), campaign('a')], ['invalid', 'operations.1.ref']],
    [
      'two budgets for one campaign',
      [
        { do: 'set-daily-budget', target, dailyBudget: { micros: 1, currency: 'EUR' } },
        { do: 'set-daily-budget', target, dailyBudget: { micros: 2, currency: 'EUR' } },
      ],
      ['invalid', 'operations.1.target'],
    ],
    [
      'a change of what was removed before',
      [
        { do: 'remove', target },
        { do: 'rename', target, name: 'x' },
      ],
      ['invalid', 'operations.1.target'],
    ],
    [
      'a removal of what was changed before',
      [
        { do: 'rename', target, name: 'x' },
        { do: 'remove', target },
      ],
      ['invalid', 'operations.1.target'],
    ],
    [
      'an asset of another account',
      [image('i', '2'), ad({ adGroupId }, { ref: 'i' })],
      ['invalid', 'operations.1.creative.image.ref'],
    ],
  ])('refuse %s', (_, operations, expected) => {
    expect(refused(operations)).toEqual(expected);
  });

  it('become what a platform can be asked, assets and parents in place of names', () => {
    const operations = [campaign('launch'), image('shoe'), ad({ adGroupId }, { ref: 'shoe' })];
    const places = plannedPlaces(operations, known, { bytes: new Uint8Array([1]), contentType: 'image/png' });
    const [first, second, third] = operations.map((one) => platformOperation(one, places));
    expect(first).toEqual({
      do: 'create-campaign',
      name: 'launch',
      type: 'search',
      objective: 'traffic',
      politicalAdvertising: 'none',
    });
    expect(second).toEqual({
      do: 'upload-asset',
      kind: 'image',
      name: 'shoe',
      bytes: new Uint8Array([1]),
      contentType: 'image/png',
    });
    expect(third).toMatchObject({
      parent: { platformId: '22' },
      creative: { image: { platformId: 'ref:shoe' }, headline: 'y' },
    });
  });
});
