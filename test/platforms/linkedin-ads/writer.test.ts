import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { PlatformError } from '../../../domain/integrations/platform.ts';
import type { ObjectAddress, PlatformOperation } from '../../../domain/integrations/platform-writer.ts';
import { linkedInAdsMapping } from '../../../platforms/linkedin-ads/mapping.ts';
import { openLinkedInAdsReader } from '../../../platforms/linkedin-ads/reader.ts';
import { linkedInAdsWriteRules } from '../../../platforms/linkedin-ads/write-rules.ts';
import { adDraft, adGroupDraft, campaignDraft, euros, openWriting, page, picture, wellness } from './writing.ts';

let open: Awaited<ReturnType<typeof openWriting>>;
beforeEach(async () => {
  open = await openWriting();
});
afterEach(() => open.simulator.close());

let count = 0;
const apply = (operation: PlatformOperation) => {
  count += 1;
  return open.writer.apply(wellness, operation, { operationId: `op_${count}`, requestId: String(count) });
};
const made = (operation: Parameters<typeof open.writer.made>[1]) =>
  open.writer.made(wellness, operation, { operationId: 'op', requestId: '1' });
const above = { campaignPlatformId: null, adGroupPlatformId: null, campaignType: 'sponsored-content' };

async function campaign(more = {}): Promise<ObjectAddress> {
  const { platformId } = await apply({ ...campaignDraft('Noon runs'), ...more });
  return { kind: 'campaign', platformId, ...above };
}
async function adGroup(within: ObjectAddress, more = {}): Promise<ObjectAddress> {
  const { platformId } = await apply(adGroupDraft('HR managers', within, more));
  return { kind: 'ad-group', platformId, ...above, campaignPlatformId: within.platformId };
}
const upload = (name: string, content: string) =>
  ({ do: 'upload-asset', kind: 'image', name, bytes: picture(content), contentType: 'image/png' }) as const;

/** The ad as the next load of the structure has it. */
async function readAd(platformId: string) {
  const reader = await openLinkedInAdsReader(open.access, { now: () => open.simulator.clock.now() });
  for await (const rows of reader.report({ kind: 'structure', structure: 'ad', account: wellness })) {
    for (const row of rows) {
      const mapped = linkedInAdsMapping.toStructure('ad', row);
      if (mapped.ok && mapped.row.platformId === platformId) return mapped.row;
    }
  }
  return undefined;
}

const criteriaShape = z.object({
  targetingCriteria: z.object({ include: z.object({ and: z.array(z.unknown()) }), exclude: z.optional(z.unknown()) }),
});
/** Whom a campaign reaches, in LinkedIn's own words. */
async function criteriaOf({ platformId }: ObjectAddress) {
  const reader = await openLinkedInAdsReader(open.access, { now: () => open.simulator.clock.now() });
  for await (const rows of reader.report({ kind: 'structure', structure: 'ad-group', account: wellness })) {
    for (const row of rows) if (String(row.id) === platformId) return criteriaShape.parse(row).targetingCriteria;
  }
  throw new Error(`There is no campaign ${platformId}.`);
}

async function refusalOf(promise: Promise<unknown>): Promise<PlatformError> {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  if (!(error instanceof PlatformError)) throw new Error(`a PlatformError was expected, not ${String(error)}`);
  return error;
}

const fieldsOf = (operation: PlatformOperation): readonly string[] =>
  linkedInAdsWriteRules.objections(operation, wellness).map(({ field }) => field);

/** The wire itself, past the rules. */
async function post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const { clientId, clientSecret, refreshToken } = open.access.credentials;
  const grant = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
  });
  const signedIn = await fetch(`${open.simulator.rest}/oauth/v2/accessToken`, { method: 'POST', body: grant });
  const { access_token: accessToken } = z.object({ access_token: z.string() }).parse(await signedIn.json());
  const response = await fetch(`${open.simulator.rest}/rest/adAccounts/${wellness.platformId}/${path}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${accessToken}`,
      'LinkedIn-Version': '202609',
      'X-Restli-Protocol-Version': '2.0.0',
      ...headers,
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

describe('what is written to LinkedIn', () => {
  it('is seen by the reader as an ad beneath its campaign and group, with what it shows', async () => {
    const top = await campaign();
    const middle = await adGroup(top);
    const image = await apply(upload('club.png', 'club'));
    const { platformId } = await apply(adDraft('Club ad', middle, image.platformId));
    const found = await readAd(platformId);
    expect(found).toMatchObject({
      name: 'Club ad',
      status: 'paused',
      campaignPlatformId: top.platformId,
      adGroupPlatformId: middle.platformId,
      creative: {
        // As members see it, without the signs that keep LinkedIn from reading its own notation into it.
        bodies: ['Healthy teams (and happy ones) run at noon'],
        headlines: ['A running club for your company'],
        callToAction: 'LEARN_MORE',
        landingPageUrl: 'https://www.strider.example/wellness',
      },
    });
  });

  it('tells that an ad is in review, and why it was rejected', async () => {
    const middle = await adGroup(await campaign());
    const image = await apply(upload('club.png', 'club'));
    const draft = adDraft('Cure', middle, image.platformId);
    if (draft.creative.format !== 'single-image') throw new Error('a single image was expected');
    const { platformId } = await apply({ ...draft, creative: { ...draft.creative, headline: 'A miracle cure' } });
    const address: ObjectAddress = { ...middle, kind: 'ad', platformId, adGroupPlatformId: middle.platformId };
    expect((await open.writer.present(wellness, address))?.serving).toBe('in review');
    open.simulator.clock.advance(86_400_000);
    expect((await open.writer.present(wellness, address))?.serving).toBe('rejected by the review: misleading claims');
  });

  it('carries landing page parameters with the ids that are known, and finds such an ad again', async () => {
    const middle = await adGroup(await campaign());
    const image = await apply(upload('club.png', 'club'));
    const draft = adDraft('Club ad', middle, image.platformId, {
      utmTemplate: 'utm_source={platform}&utm_campaign={campaign}&utm_content={ad-group}',
    });
    const { platformId } = await apply(draft);
    expect((await made(draft))?.platformId).toBe(platformId);
    expect((await readAd(platformId))?.creative?.landingPageUrl).toBe(
      `https://www.strider.example/wellness?utm_source=linkedin-ads&utm_campaign=${middle.campaignPlatformId}&utm_content=${middle.platformId}`,
    );
    expect(fieldsOf({ ...draft, utmTemplate: 'utm_content={ad}' })).toEqual(['utmTemplate']);
  });

  it('divides a budget of the campaign, and refuses one at the ad group then', async () => {
    const top = await campaign({ dailyBudget: euros(80) });
    expect((await open.writer.present(wellness, top))?.dailyBudget).toEqual(euros(80));
    const refused = await refusalOf(apply(adGroupDraft('HR managers', top)));
    expect(refused).toMatchObject({ kind: 'rejected', platformCode: 'BUDGET_LEVEL' });
    const { dailyBudget: _none, ...bare } = adGroupDraft('HR managers', top);
    const { platformId } = await apply(bare);
    const middle: ObjectAddress = { kind: 'ad-group', platformId, ...above, campaignPlatformId: top.platformId };
    expect((await open.writer.present(wellness, middle))?.dailyBudget).toBeNull();
    const change = { do: 'set-daily-budget', target: middle, dailyBudget: euros(20) } as const;
    expect(await refusalOf(apply(change))).toMatchObject({ platformCode: 'NO_DAILY_BUDGET' });
  });

  it('needs a budget at each ad group where the campaign has none', async () => {
    const { dailyBudget: _none, ...bare } = adGroupDraft('HR managers', await campaign());
    expect(await refusalOf(apply(bare))).toMatchObject({ kind: 'rejected', platformCode: 'BUDGET_LEVEL' });
  });

  it('bids only as the objective allows', async () => {
    const middle = adGroupDraft('HR managers', await campaign(), { bidding: { strategy: 'maximize-conversions' } });
    const refused = await refusalOf(apply(middle));
    expect(refused.platformCode).toBe('BIDDING_NOT_FOR_OBJECTIVE');
    expect(refused.message).toContain('WEBSITE_VISIT');
  });

  it('takes the price of another way to bid away', async () => {
    const bidding = { strategy: 'manual-cpc', amount: euros(6) } as const;
    const middle = await adGroup(await campaign(), { bidding });
    expect((await open.writer.present(wellness, middle))?.bidding).toEqual(bidding);
    await apply({ do: 'set-bidding', target: middle, bidding: { strategy: 'maximize-clicks' } });
    expect((await open.writer.present(wellness, middle))?.bidding).toEqual({ strategy: 'maximize-clicks' });
  });

  it('leaves sides of a targeting alone that nobody named, and empties those that are set to nothing', async () => {
    const middle = await adGroup(await campaign(), {
      targeting: { countries: ['DE'], languages: ['de'], genders: ['male'], interests: ['449'] },
    });
    await apply({ do: 'set-targeting', target: middle, targeting: { countries: ['FR'], interests: [] } });
    expect((await open.writer.present(wellness, middle))?.targeting).toEqual({
      countries: ['FR'],
      languages: ['de'],
      ages: ['18-24', '25-34', '35-44', '45-54', '55-64', '65-up'],
      genders: ['male'],
      interests: [],
      audiences: [],
      companies: [],
    });
  });

  it('restores the targeting it has read, sides that reached everybody as well', async () => {
    const middle = await adGroup(await campaign());
    const before = (await open.writer.present(wellness, middle))?.targeting;
    if (!before) throw new Error('An ad group has targeting.');
    const narrow = {
      ages: ['18-24' as const],
      genders: ['female' as const, 'male' as const],
      interests: ['449'],
      audiences: ['10804'],
      companies: ['urn:li:organization:1035', 'urn:li:industry:4'],
    };
    await apply({ do: 'set-targeting', target: middle, targeting: narrow });
    expect((await open.writer.present(wellness, middle))?.targeting).toEqual({ ...before, ...narrow });
    // The language stays as it was made.
    const { languages: _, ...rest } = before;
    await apply({ do: 'set-targeting', target: middle, targeting: rest });
    expect((await open.writer.present(wellness, middle))?.targeting).toEqual(before);
    expect((await criteriaOf(middle)).include.and).toHaveLength(2);
  });

  it('keeps whom somebody left out on LinkedIn', async () => {
    const middle = await adGroup(await campaign());
    const exclude = { or: { 'urn:li:adTargetingFacet:employers': ['urn:li:organization:1035'] } };
    const targetingCriteria = { ...(await criteriaOf(middle)), exclude };
    const patch = { patch: { $set: { targetingCriteria } } };
    const { status } = await post(`adCampaigns/${middle.platformId}`, patch, { 'X-RestLi-Method': 'PARTIAL_UPDATE' });
    expect(status).toBe(204);
    await apply({ do: 'set-targeting', target: middle, targeting: { countries: ['FR'] } });
    expect((await criteriaOf(middle)).exclude).toEqual(exclude);
  });

  it('takes criteria apart only where each entry is one facet', async () => {
    const middle = await adGroup(await campaign());
    const { include } = await criteriaOf(middle);
    const either = {
      or: {
        'urn:li:adTargetingFacet:seniorities': ['urn:li:seniority:6'],
        'urn:li:adTargetingFacet:jobFunctions': ['urn:li:function:12'],
      },
    };
    const patch = { patch: { $set: { targetingCriteria: { include: { and: [...include.and, either] } } } } };
    await post(`adCampaigns/${middle.platformId}`, patch, { 'X-RestLi-Method': 'PARTIAL_UPDATE' });
    expect((await open.writer.present(wellness, middle))?.targeting).toBeNull();
    const before = open.simulator.writes.list().length;
    const targeting = { countries: ['FR'] };
    expect(await refusalOf(apply({ do: 'set-targeting', target: middle, targeting }))).toMatchObject({
      kind: 'rejected',
      platformCode: 'TARGETING_NOT_PLAIN',
    });
    expect(open.simulator.writes.list()).toHaveLength(before);
  });

  it('takes the same bytes of the same name for the same image, and other bytes for another', async () => {
    const first = await apply(upload('club.png', 'club'));
    expect(first.platformId).toMatch(/^urn:li:image:/);
    expect((await made(upload('club.png', 'club')))?.platformId).toBe(first.platformId);
    expect(await made(upload('club.png', 'another picture'))).toBeUndefined();
    expect(await made(upload('other.png', 'club'))).toBeUndefined();
  });

  it('does not choose between two campaigns of one name', async () => {
    const body = {
      account: 'urn:li:sponsoredAccount:507400001',
      name: 'Twins',
      status: 'PAUSED',
      objectiveType: 'WEBSITE_VISIT',
      runSchedule: { start: open.simulator.clock.now() },
    };
    for (let time = 0; time < 2; time += 1) expect((await post('adCampaignGroups', body)).status).toBe(201);
    expect(await refusalOf(made(campaignDraft('Twins')))).toMatchObject({ platformCode: 'AMBIGUOUS_NAME' });
  });

  it('goes on at the pace LinkedIn learns it: a used-up day is said with the time until the next', async () => {
    open.simulator.faults.add({
      kind: 'quota-exhausted',
      match: { platform: 'linkedin-ads', operation: 'adCampaignGroups' },
      times: 1,
      retryAfterSeconds: 0,
    });
    const refused = await refusalOf(apply(campaignDraft('Noon runs')));
    expect(refused.kind).toBe('rate-limited');
    // 11:00 to midnight, UTC.
    expect(refused.retryAfterSeconds).toBe(13 * 3_600);
  });
});

describe('what LinkedIn does not have', () => {
  const address: ObjectAddress = { kind: 'campaign', platformId: '1', ...above };
  const group: ObjectAddress = { kind: 'ad-group', platformId: '2', ...above };
  it.each<readonly [string, PlatformOperation, readonly string[]]>([
    [
      'political advertising',
      { ...campaignDraft('a'), politicalAdvertising: 'eu-political' },
      ['politicalAdvertising'],
    ],
    ['another type', { ...campaignDraft('a'), type: 'search' }, ['type']],
    ['leads without a form', { ...campaignDraft('a'), objective: 'leads' }, ['objective']],
    ['bids of a campaign', { ...campaignDraft('a'), bidding: { strategy: 'maximize-clicks' } }, ['bidding']],
    [
      'an undeclared ad group',
      adGroupDraft('a', address, { politicalAdvertising: undefined as never }),
      ['politicalAdvertising'],
    ],
    ['no language', adGroupDraft('a', address, { targeting: { countries: ['DE'] } }), ['targeting.languages']],
    [
      'a return',
      adGroupDraft('a', address, { bidding: { strategy: 'target-roas', targetRoas: 4 } }),
      ['bidding.strategy'],
    ],
    [
      'a bid by hand without a bid',
      adGroupDraft('a', address, { bidding: { strategy: 'manual-cpc' } }),
      ['bidding.amount'],
    ],
    [
      'half a range of ages',
      { do: 'set-targeting', target: group, targeting: { ages: ['35-44'] } },
      ['targeting.ages'],
    ],
    [
      'keywords',
      { do: 'set-targeting', target: group, targeting: { keywords: [{ text: 'x', match: 'exact' }] } },
      ['targeting.keywords'],
    ],
    [
      'an unknown company',
      { do: 'set-targeting', target: group, targeting: { companies: ['Strider'] } },
      ['targeting.companies'],
    ],
    [
      'another language later',
      { do: 'set-targeting', target: group, targeting: { languages: ['fr'] } },
      ['targeting.languages'],
    ],
    ['targeting of a campaign', { do: 'set-targeting', target: address, targeting: { countries: ['DE'] } }, ['target']],
    ['videos', { ...upload('a.mp4', ''), kind: 'video' }, ['kind']],
    ['a PDF', { ...upload('a.png', 'x'), contentType: 'application/pdf' }, ['url']],
    ['an ad beneath a campaign', adDraft('a', address, 'urn:li:image:X'), ['parent']],
    ['half a cent', { do: 'set-daily-budget', target: address, dailyBudget: euros(20.005) }, ['dailyBudget']],
  ])('is refused by name: %s', (_, operation, fields) => {
    expect(fieldsOf(operation)).toEqual(fields);
  });

  it('spends at most half more than a daily budget on a day, and 35 of them in a month', () => {
    expect(linkedInAdsWriteRules.mostSpend(10_000_000)).toEqual({ dayMicros: 15_000_000, monthMicros: 350_000_000 });
  });
});

describe('the wire', () => {
  const fieldOf = (answer: Awaited<ReturnType<typeof post>>): unknown =>
    answer.body?.errorDetails?.inputErrors?.[0]?.input?.inputPath?.fieldPath;

  it('names the field that it does not take', async () => {
    const body = {
      account: 'urn:li:sponsoredAccount:507400001',
      name: 'Noon runs',
      status: 'PAUSED',
      objectiveType: 'WEBSITE_VISIT',
      runSchedule: { start: open.simulator.clock.now() },
    };
    const cases: readonly (readonly [object, string])[] = [
      [{ ...body, name: undefined }, 'name'],
      [{ ...body, name: 'x'.repeat(256) }, 'name'],
      [{ ...body, objectiveType: 'FAME' }, 'objectiveType'],
      [{ ...body, status: 'RUNNING' }, 'status'],
      [{ ...body, runSchedule: {} }, 'runSchedule/start'],
      [{ ...body, account: 'urn:li:sponsoredAccount:507400002' }, 'account'],
      [{ ...body, colour: 'red' }, 'colour'],
      [
        {
          ...body,
          dailyBudget: { amount: '9.99', currencyCode: 'EUR' },
          budgetOptimization: { budgetOptimizationStrategy: 'DYNAMIC' },
        },
        'dailyBudget/amount',
      ],
      [
        {
          ...body,
          dailyBudget: { amount: '90', currencyCode: 'USD' },
          budgetOptimization: { budgetOptimizationStrategy: 'DYNAMIC' },
        },
        'dailyBudget/currencyCode',
      ],
    ];
    for (const [given, field] of cases) {
      const answer = await post('adCampaignGroups', given);
      expect([answer.status, fieldOf(answer)]).toEqual([400, field]);
    }
    expect(open.simulator.writes.list().every(({ outcome }) => outcome === 'refused')).toBe(true);
  });

  it('has no permission for another account, and none to write as another page', async () => {
    const top = await campaign();
    const middle = await adGroup(top);
    const image = await apply(upload('club.png', 'club'));
    const draft = adDraft('Club ad', middle, image.platformId);
    if (draft.creative.format !== 'single-image') throw new Error('a single image was expected');
    const other = { ...draft, creative: { ...draft.creative, page: page.replace('10455621', '99') } };
    expect(await refusalOf(apply(other))).toMatchObject({ kind: 'unauthorized', platformCode: 'ACCESS_DENIED' });
    const stranger = { ...wellness, platformId: '599999999' };
    const creation = open.writer.apply(stranger, campaignDraft('a'), { operationId: 'o', requestId: '1' });
    expect(await refusalOf(creation)).toMatchObject({ kind: 'unauthorized' });
  });

  it('changes nothing that was removed', async () => {
    const top = await campaign();
    await apply({ do: 'remove', target: top });
    expect(await open.writer.present(wellness, top)).toMatchObject({ status: 'removed' });
    expect(await refusalOf(apply({ do: 'rename', target: top, name: 'Again' }))).toMatchObject({ kind: 'rejected' });
  });
});
