import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RawRow, StructureKind } from '../../../domain/integrations/platform.ts';
import { linkedInAdsMapping } from '../../../platforms/linkedin-ads/mapping.ts';
import { openLinkedInAdsReader } from '../../../platforms/linkedin-ads/reader.ts';
import { type Answer, elements, FakeLinkedIn, json, refusal } from './fake-linkedin.ts';

const account = { platformId: '51', currency: 'EUR', timeZone: 'UTC' };
const share = 'urn:li:share:7000000000000000001';
const video = 'urn:li:ugcPost:7000000000000000002';

let linkedIn: FakeLinkedIn;
beforeEach(async () => {
  linkedIn = new FakeLinkedIn();
  await linkedIn.start();
});
afterEach(() => linkedIn.stop());

/** Answers by the end of the path. */
const serving =
  (answers: Readonly<Record<string, Answer>>): Answer =>
  (response, arrival) => {
    const answer = answers[arrival.path.split('/').at(-1) ?? ''] ?? refusal(404, 'NOT_FOUND', arrival.path);
    answer(response, arrival);
  };

async function structure(kind: StructureKind) {
  const reader = await openLinkedInAdsReader(linkedIn.access(), { policy: { baseDelayMs: 1 } });
  const raw: RawRow[] = [];
  for await (const page of reader.report({ kind: 'structure', structure: kind, account })) raw.push(...page);
  return raw.map((row) => linkedInAdsMapping.toStructure(kind, JSON.parse(JSON.stringify(row))));
}

const campaigns = elements([
  {
    id: 22,
    name: 'Managers',
    status: 'ACTIVE',
    type: 'SPONSORED_UPDATES',
    campaignGroup: 'urn:li:sponsoredCampaignGroup:7',
  },
]);
const creative = (id: number, content: unknown, more = {}) => ({
  id: `urn:li:sponsoredCreative:${id}`,
  campaign: 'urn:li:sponsoredCampaign:22',
  intendedStatus: 'ACTIVE',
  content,
  ...more,
});
const posts = json({
  results: {
    [share]: {
      id: share,
      commentary: 'Run together.',
      content: { media: { id: 'urn:li:image:D5622AQ1', title: 'Shoes for teams' } },
      contentLandingPage: 'https://strider.example/teams',
      contentCallToActionLabel: 'LEARN_MORE',
      adContext: { dscAdType: 'STANDARD', dscName: 'Teams, image' },
    },
    [video]: {
      id: video,
      commentary: 'See us run.',
      content: { media: { id: 'urn:li:video:D5605AQ2', title: 'Shoes in motion' } },
      adContext: { dscAdType: 'VIDEO' },
    },
  },
  statuses: {},
  errors: {},
});

describe('campaign groups and campaigns', () => {
  it('are campaigns and ad groups here, budgets in micros where they are daily', async () => {
    linkedIn.answers = [
      serving({
        adCampaignGroups: elements([
          {
            id: 7,
            name: 'Wellness',
            status: 'ACTIVE',
            objectiveType: 'LEAD_GENERATION',
            totalBudget: { amount: '900' },
          },
          { id: 8, name: 'Old', status: 'ARCHIVED' },
          { id: 9, name: 'Grouped', status: 'DRAFT', dailyBudget: { amount: '12.345678', currencyCode: 'EUR' } },
        ]),
        adCampaigns: elements([
          {
            id: 22,
            name: 'Managers',
            status: 'COMPLETED',
            type: 'SPONSORED_INMAILS',
            campaignGroup: 'urn:li:sponsoredCampaignGroup:7',
            dailyBudget: { amount: '80.10', currencyCode: 'EUR' },
          },
        ]),
      }),
    ];
    const rows = (await structure('campaign')).map((mapped) => mapped.ok && mapped.row);
    expect(rows).toMatchObject([
      { platformId: '7', status: 'enabled', type: 'lead-generation', dailyBudgetMicros: null },
      { platformId: '8', status: 'removed', type: 'no-objective' },
      { platformId: '9', status: 'paused', dailyBudgetMicros: 12_345_678 },
    ]);
    expect(await structure('ad-group')).toMatchObject([
      {
        ok: true,
        row: {
          kind: 'ad-group',
          platformId: '22',
          campaignPlatformId: '7',
          status: 'paused',
          type: 'sponsored-inmails',
          dailyBudgetMicros: 80_100_000,
        },
      },
    ]);
  });

  it('are rejected by field when spoilt, and the rest is kept', async () => {
    linkedIn.answers = [
      serving({
        adCampaignGroups: elements([
          { id: 7, name: 'Wellness', status: 'NO_SUCH_STATUS' },
          { id: 'x', name: 'Wellness', status: 'ACTIVE' },
          { id: 8, name: 'Fine', status: 'ACTIVE' },
        ]),
      }),
    ];
    expect(await structure('campaign')).toMatchObject([
      { ok: false, rejection: { field: 'status' } },
      { ok: false, rejection: { field: 'id' } },
      { ok: true },
    ]);
  });
});

describe('creatives', () => {
  it('come with their campaign group and with what the post shows', async () => {
    linkedIn.answers = [
      serving({
        adCampaigns: campaigns,
        creatives: elements([creative(1, { reference: share }), creative(2, { reference: video }, { name: 'Film' })]),
        posts,
      }),
    ];
    expect(await structure('ad')).toEqual([
      {
        ok: true,
        row: {
          kind: 'ad',
          platformId: '1',
          name: 'Teams, image',
          status: 'enabled',
          campaignPlatformId: '7',
          adGroupPlatformId: '22',
          type: 'standard',
          dailyBudgetMicros: null,
          creative: {
            platformId: share,
            headlines: ['Shoes for teams'],
            bodies: ['Run together.'],
            callToAction: 'LEARN_MORE',
            landingPageUrl: 'https://strider.example/teams',
            imageUrl: null,
            videoId: null,
          },
        },
      },
      expect.objectContaining({
        row: expect.objectContaining({
          name: 'Film',
          type: 'video',
          creative: expect.objectContaining({ videoId: 'urn:li:video:D5605AQ2', landingPageUrl: null }),
        }),
      }),
    ]);
    const batch = linkedIn.arrivals.find(({ path }) => path.endsWith('/posts'));
    expect(batch?.headers['x-restli-method']).toBe('BATCH_GET');
    expect(batch?.query.ids).toEqual([share, video]);
  });

  it('ask for posts in batches of 50', async () => {
    const many = Array.from({ length: 100 }, (_, index) =>
      creative(index + 1, { reference: `urn:li:share:${7_000_000_000_000_000_000n + BigInt(index)}` }),
    );
    linkedIn.answers = [
      serving({
        adCampaigns: campaigns,
        creatives: elements(many),
        posts: json({ results: {}, statuses: {}, errors: {} }),
      }),
    ];
    expect(await structure('ad')).toHaveLength(100);
    const sizes = linkedIn.arrivals.flatMap(({ query }) => (Array.isArray(query.ids) ? [query.ids.length] : []));
    expect(sizes).toEqual([50, 50]);
  });

  it('are known without what they show where posts may not be read', async () => {
    linkedIn.answers = [
      serving({
        adCampaigns: campaigns,
        creatives: elements([creative(1, { reference: share })]),
        posts: refusal(403, 'ACCESS_DENIED', 'Not enough permissions to access: posts', 100),
      }),
    ];
    expect(await structure('ad')).toMatchObject([
      { ok: true, row: { name: 'sponsored-content 1', creative: { platformId: share, headlines: [], bodies: [] } } },
    ]);
  });

  it('that hold their own text need no post', async () => {
    const textAd = { headline: 'Shoes', description: 'For teams', landingPage: 'https://strider.example/' };
    linkedIn.answers = [serving({ adCampaigns: campaigns, creatives: elements([creative(1, { textAd })]) })];
    expect(await structure('ad')).toMatchObject([
      {
        row: {
          name: 'text-ad 1',
          type: 'text-ad',
          creative: {
            platformId: null,
            headlines: ['Shoes'],
            bodies: ['For teams'],
            landingPageUrl: 'https://strider.example/',
          },
        },
      },
    ]);
  });

  it('of a campaign that is not there are rejected', async () => {
    linkedIn.answers = [serving({ adCampaigns: elements([]), creatives: elements([creative(1, {})]) })];
    expect(await structure('ad')).toMatchObject([{ ok: false, rejection: { field: 'campaign.campaignGroup' } }]);
  });
});

describe('accounts', () => {
  const list = async () =>
    (await openLinkedInAdsReader(linkedIn.access(), { policy: { baseDelayMs: 1 } })).listAccounts();

  it('are listed in UTC, with the windows of the conversions they count', async () => {
    linkedIn.answers = [
      serving({
        adAccounts: elements([
          { id: 502, name: 'US', currency: 'USD', status: 'ACTIVE' },
          { id: 51, name: 'Europe', currency: 'EUR', status: 'ACTIVE' },
          { id: 503, name: 'Begun', currency: 'EUR', status: 'DRAFT' },
        ]),
        conversions: (response, arrival) => {
          if (arrival.query.account === 'urn:li:sponsoredAccount:502')
            return refusal(403, 'ACCESS_DENIED', 'Not enough permissions', 100)(response, arrival);
          return elements([
            {
              id: 1,
              name: 'Order',
              enabled: true,
              postClickAttributionWindowSize: 90,
              viewThroughAttributionWindowSize: 1,
            },
            { id: 2, name: 'Sign-up' },
            { id: 3, name: 'Old', enabled: false, postClickAttributionWindowSize: 365 },
          ])(response, arrival);
        },
      }),
    ];
    expect(await list()).toEqual([
      {
        platformId: '51',
        name: 'Europe',
        currency: 'EUR',
        timeZone: 'UTC',
        status: 'enabled',
        conversionTypes: [
          { platformId: '1', name: 'Order', clickWindowDays: 90, viewWindowDays: 1 },
          { platformId: '2', name: 'Sign-up', clickWindowDays: 30, viewWindowDays: 7 },
        ],
      },
      { platformId: '502', name: 'US', currency: 'USD', timeZone: 'UTC', status: 'enabled' },
      { platformId: '503', name: 'Begun', currency: 'EUR', timeZone: 'UTC', status: 'disabled' },
    ]);
  });

  it('without a currency are an answer that cannot be used', async () => {
    linkedIn.answers = [elements([{ id: 51, name: 'Europe', status: 'ACTIVE' }])];
    await expect(list()).rejects.toMatchObject({ kind: 'unavailable', platformCode: 'UNREADABLE_ANSWER' });
  });
});
