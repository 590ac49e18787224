import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Grain, PlatformError, type RawRow } from '../../../domain/integrations/platform.ts';
import { mostElements } from '../../../platforms/linkedin-ads/analytics.ts';
import { linkedInAdsMapping } from '../../../platforms/linkedin-ads/mapping.ts';
import { openLinkedInAdsReader } from '../../../platforms/linkedin-ads/reader.ts';
import { type Answer, type Arrival, element, elements, FakeLinkedIn, json } from './fake-linkedin.ts';

const account = { platformId: '51', currency: 'EUR', timeZone: 'UTC' };
const policy = { baseDelayMs: 1, pageRows: 2_000 };

let linkedIn: FakeLinkedIn;
beforeEach(async () => {
  linkedIn = new FakeLinkedIn();
  await linkedIn.start();
});
afterEach(() => linkedIn.stop());

async function* pages(grain: Grain, from: string, to: string): AsyncGenerator<readonly RawRow[]> {
  const reader = await openLinkedInAdsReader(linkedIn.access(), { policy });
  yield* reader.report({ kind: 'metrics', grain, account, window: { from, to } });
}

async function rows(grain: Grain, from: string, to: string): Promise<readonly RawRow[]> {
  const found: RawRow[] = [];
  for await (const page of pages(grain, from, to)) found.push(...page);
  return found;
}

/** What an account has: so many groups of so many campaigns of so many creatives, all shown every day. */
interface World {
  readonly groups?: number;
  readonly campaigns: number;
  readonly creatives: number;
}

const textAt = (value: unknown, ...path: readonly string[]): string =>
  String(path.reduce((inner: unknown, key) => (inner as Record<string, unknown> | undefined)?.[key], value));
const dayOf = ({ query }: Arrival, end: string) => Number(textAt(query, 'dateRange', end, 'day'));
const ids = (value: unknown): readonly number[] | undefined =>
  Array.isArray(value) ? value.map((item) => Number(String(item).split(':').at(-1))) : undefined;

/** LinkedIn with such an account: it cuts off what does not fit an answer, and says nothing of it. */
const serving =
  ({ groups = 1, campaigns, creatives }: World): Answer =>
  (response, arrival) => {
    const allGroups = Array.from({ length: groups }, (_, index) => index + 1);
    const campaignsOf = (group: number) => Array.from({ length: campaigns }, (_, index) => group * 10_000 + index);
    const resource = arrival.path.split('/').at(-1);
    if (resource === 'adCampaigns' || resource === 'adCampaignGroups') {
      const list =
        resource === 'adCampaigns'
          ? allGroups.flatMap((group) => campaignsOf(group).map((id) => ({ id, campaignGroup: groupUrn(group) })))
          : allGroups.map((id) => ({ id }));
      const size = Number(arrival.query.pageSize);
      const start = Number(arrival.query.pageToken ?? 0);
      const more = start + size < list.length ? String(start + size) : undefined;
      return elements(list.slice(start, start + size), more)(response, arrival);
    }
    const found: unknown[] = [];
    const wanted = ids(arrival.query.campaigns);
    for (let day = dayOf(arrival, 'start'); day <= dayOf(arrival, 'end'); day += 1) {
      for (const group of ids(arrival.query.campaignGroups) ?? allGroups) {
        for (const campaign of campaignsOf(group).filter((id) => wanted?.includes(id) ?? true)) {
          for (let index = 0; index < creatives && found.length < mostElements; index += 1) {
            const creative = `urn:li:sponsoredCreative:${campaign * 100_000 + index}`;
            found.push(element(day, [groupUrn(group), `urn:li:sponsoredCampaign:${campaign}`, creative]));
          }
        }
      }
    }
    return elements(found)(response, arrival);
  };

const groupOf = (campaign: number) => Math.floor(campaign / 10_000);
const groupUrn = (id: number) => `urn:li:sponsoredCampaignGroup:${id}`;

describe('an answer that is cut off', () => {
  it('is asked for again in fewer days until every row is there, once', async () => {
    linkedIn.answers = [serving({ campaigns: 40, creatives: 50 })];
    const found = await rows('ad', '2026-11-01', '2026-11-20');
    const keys = new Set(found.map((row) => JSON.stringify([row.dateRange, row.pivotValues])));
    expect([found.length, keys.size]).toEqual([40_000, 40_000]);
    // 20 and 10 days are cut off; 5 days are not.
    expect(linkedIn.arrivals.map((arrival) => [dayOf(arrival, 'start'), dayOf(arrival, 'end')])).toEqual([
      [1, 20],
      [1, 10],
      [1, 5],
      [6, 10],
      [11, 15],
      [16, 20],
    ]);
  });

  it('of one day is asked for by campaign groups, 50 at a time, and fewer where that is too long', async () => {
    linkedIn.answers = [serving({ groups: 120, campaigns: 8, creatives: 40 })];
    const found = await rows('ad', '2026-11-01', '2026-11-01');
    expect(new Set(found.map((row) => textAt(row, 'pivotValues', '2')))).toHaveProperty('size', 120 * 8 * 40);
    expect(found).toHaveLength(120 * 8 * 40);
    const batches = linkedIn.arrivals.flatMap(({ query }) => ids(query.campaignGroups)?.length ?? []);
    expect(batches).toEqual([50, 25, 25, 50, 25, 25, 20]);
  });

  it('of one day and one campaign group is asked for by its campaigns', async () => {
    linkedIn.answers = [serving({ campaigns: 401, creatives: 50 })];
    const found = await rows('ad', '2026-11-01', '2026-11-01');
    expect(new Set(found.map((row) => textAt(row, 'pivotValues', '2')))).toHaveProperty('size', 20_050);
    expect(found).toHaveLength(20_050);
    const batches = linkedIn.arrivals.flatMap(({ query }) => ids(query.campaigns)?.length ?? []);
    expect(batches).toEqual([50, 50, 50, 50, 50, 50, 50, 50, 1]);
  });

  it('asks for the campaigns of the group that is too long, and of no other', async () => {
    linkedIn.answers = [serving({ groups: 2, campaigns: 160, creatives: 100 })];
    const found = await rows('ad', '2026-11-01', '2026-11-01');
    expect(new Set(found.map((row) => textAt(row, 'pivotValues', '2')))).toHaveProperty('size', 32_000);
    expect(found).toHaveLength(32_000);
    const batches = linkedIn.arrivals.flatMap(({ query }) => {
      const campaigns = ids(query.campaigns);
      return campaigns ? [{ size: campaigns.length, groups: [...new Set(campaigns.map(groupOf))] }] : [];
    });
    expect(batches).toEqual([1, 2].flatMap((group) => [50, 50, 50, 10].map((size) => ({ size, groups: [group] }))));
  });

  it('of one campaign and one day is refused by name: nothing is taken for whole that may not be', async () => {
    linkedIn.answers = [serving({ campaigns: 1, creatives: mostElements })];
    const error = await rows('ad', '2026-11-01', '2026-11-01').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PlatformError);
    expect(error).toMatchObject({ kind: 'rejected', platformCode: 'ANSWER_CUT_OFF' });
  });

  it('leaves 100,000 ads in bounded memory', { timeout: 60_000 }, async () => {
    linkedIn.answers = [serving({ groups: 100, campaigns: 10, creatives: 100 })];
    let count = 0;
    let largest = 0;
    let peak = 0;
    const before = process.memoryUsage().rss;
    for await (const page of pages('ad', '2026-11-01', '2026-11-01')) {
      count += page.length;
      largest = Math.max(largest, page.length);
      peak = Math.max(peak, process.memoryUsage().rss - before);
    }
    expect(count).toBe(100_000);
    expect(largest).toBeLessThanOrEqual(policy.pageRows);
    // Server and reader share this process; all rows together would be some 60 MB of text and thrice that as objects.
    expect(peak).toBeLessThan(256 * 1024 * 1024);
  });
});

describe('a window', () => {
  it('longer than a month is asked for in pieces', async () => {
    await rows('account', '2026-09-01', '2026-11-20');
    const ranges = linkedIn.arrivals.map(({ query }) =>
      ['start', 'end'].map(
        (end) => `${textAt(query, 'dateRange', end, 'month')}-${textAt(query, 'dateRange', end, 'day')}`,
      ),
    );
    expect(ranges).toEqual([
      ['9-1', '10-1'],
      ['10-2', '11-1'],
      ['11-2', '11-20'],
    ]);
  });
});

describe('countries', () => {
  const group = (id: number) => `urn:li:sponsoredCampaignGroup:${id}`;
  const country = (id: string) => `urn:li:geo:${id}`;

  it('are asked for group by group, of those that were shown', async () => {
    linkedIn.answers = [
      elements([element(1, [group(7)]), element(1, [group(8)])]),
      elements([element(1, [country('101282230')]), element(1, [country('103644278')])]),
      elements([element(1, [country('101282230')])]),
    ];
    const facts = (await rows('country', '2026-11-01', '2026-11-02')).map((raw) => {
      const mapped = linkedInAdsMapping.toFact('country', JSON.parse(JSON.stringify(raw)));
      if (!mapped.ok) throw new Error(mapped.rejection.reason);
      return [mapped.row.campaignPlatformId, mapped.row.segment, mapped.row.conversionValueMicros];
    });
    expect(facts).toEqual([
      ['7', 'DE', null],
      ['7', 'US', null],
      ['8', 'DE', null],
    ]);
    const whole = ['urn:li:sponsoredAccount:51'];
    expect(
      linkedIn.arrivals.map(({ query }) => [query.pivot, query.timeGranularity, query.accounts, query.campaignGroups]),
    ).toEqual([
      ['CAMPAIGN_GROUP', 'ALL', whole, undefined],
      ['MEMBER_COUNTRY_V2', 'DAILY', undefined, [group(7)]],
      ['MEMBER_COUNTRY_V2', 'DAILY', undefined, [group(8)]],
    ]);
  });

  it('are not asked for where nothing was shown', async () => {
    expect(await rows('country', '2026-11-01', '2026-11-02')).toEqual([]);
    expect(linkedIn.arrivals).toHaveLength(1);
  });
});

describe('grains', () => {
  it.each<[Grain]>([['age'], ['gender'], ['keyword']])(
    'of which LinkedIn knows nothing, as %s, are refused',
    async (grain) => {
      await expect(rows(grain, '2026-11-01', '2026-11-02')).rejects.toMatchObject({
        platformCode: 'GRAIN_NOT_SUPPORTED',
      });
      expect(linkedInAdsMapping.toFact(grain, element(1, []))).toMatchObject({
        ok: false,
        rejection: { field: 'grain' },
      });
      expect(linkedIn.arrivals).toEqual([]);
    },
  );
});

describe('a query that is too long for a URL', () => {
  it('travels as a form, and asks for the same', async () => {
    linkedIn.answers = [json({ elements: [] })];
    const { LinkedInClient } = await import('../../../platforms/linkedin-ads/client.ts');
    const { AccessToken } = await import('../../../platforms/linkedin-ads/access-token.ts');
    const { createRateLimiter } = await import('../../../platforms/rate-limiter.ts');
    const { defaultReadPolicy } = await import('../../../platforms/read-policy.ts');
    const { analyticsAnswer } = await import('../../../platforms/linkedin-ads/answers.ts');
    const credentials = { clientId: 'client', clientSecret: 'secret', refreshToken: 'refresh' };
    const world = { policy: defaultReadPolicy, now: Date.now };
    const token = new AccessToken(credentials, linkedIn.url, world);
    const limiter = createRateLimiter();
    const client = new LinkedInClient({ ...world, api: linkedIn.url, version: '202609', credentials, token, limiter });
    const campaigns = Array.from({ length: 120 }, (_, index) => `urn:li:sponsoredCampaign:${4_000_000_000 + index}`);
    for (const some of [campaigns.slice(0, 50), campaigns]) {
      const parameters = { q: 'analytics', campaigns: some };
      await client.ask({ path: 'adAnalytics', resource: 'adAnalytics', parameters }, analyticsAnswer);
    }
    const asked = linkedIn.arrivals.map(({ method, tunnelled, query }) => [
      method,
      tunnelled,
      ids(query.campaigns)?.length,
    ]);
    expect(asked).toEqual([
      ['GET', false, 50],
      ['POST', true, 120],
    ]);
    expect(linkedIn.arrivals[1]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  });
});
