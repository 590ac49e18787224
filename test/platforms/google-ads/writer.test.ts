import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ObjectAddress, PlatformOperationOf } from '../../../domain/integrations/platform-writer.ts';
import {
  account,
  adAddress,
  campaignAddress,
  euros,
  groupAddress,
  image,
  key,
  mutates,
  performanceMax,
  png,
  searchAd,
  searchCampaign,
  startWriting,
  trailGroup,
  type Writing,
} from './writing.ts';

let writing: Writing;
beforeEach(async () => {
  writing = await startWriting();
});
afterEach(() => writing.simulator.close());

const apply = (...[operation]: [Parameters<Writing['writer']['apply']>[1]]) =>
  writing.writer.apply(account, operation, key);
const present = (address: ObjectAddress) => writing.writer.present(account, address);

async function campaign(operation = searchCampaign('Autumn')): Promise<ObjectAddress> {
  return campaignAddress((await apply(operation)).platformId, operation.type);
}

async function group(within: ObjectAddress, operation = trailGroup('Trail', within)): Promise<ObjectAddress> {
  return groupAddress((await apply(operation)).platformId, within.platformId);
}

/** Rows of a query as Google answers them, past the writer. */
async function ask(query: string): Promise<readonly Record<string, unknown>[]> {
  const { simulator } = writing;
  const { clientId, clientSecret, refreshToken, developerToken } = simulator.credentials;
  const form = {
    grant_type: 'refresh_token',
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
  };
  const signedIn = await fetch(`${simulator.rest}/token`, { method: 'POST', body: new URLSearchParams(form) });
  const { access_token: token } = (await signedIn.json()) as { access_token: string };
  const response = await fetch(`${simulator.rest}/v25/customers/${account.platformId}/googleAds:search`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'developer-token': developerToken,
      'login-customer-id': '9100000001',
    },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { results?: Record<string, unknown>[] }).results ?? [];
}

const kinds = () => writing.simulator.writes.list().map(({ kind }) => kind);

describe('a search campaign', { timeout: 20_000 }, () => {
  const full: PlatformOperationOf<'create-campaign'> = {
    ...searchCampaign('Autumn'),
    startDate: '2026-11-10',
    endDate: '2026-12-24',
    targeting: {
      countries: ['DE', 'AT'],
      languages: ['de', 'en'],
      negativeKeywords: [{ text: 'free', match: 'broad' }],
    },
    utmTemplate: 'utm_source={platform}&utm_campaign={campaign}&utm_content={ad-group}-{ad}',
  };

  it('is made with its budget and criteria in one request', async () => {
    const address = await campaign(full);
    expect(mutates(writing.simulator)).toBe(1);
    expect(kinds()).toEqual([
      'campaign_budget.create',
      'campaign.create',
      ...Array.from({ length: 5 }, () => 'campaign_criterion.create'),
    ]);
    expect(await present(address)).toEqual({
      address,
      name: 'Autumn',
      status: 'paused',
      dailyBudget: euros(40),
      bidding: { strategy: 'manual-cpc' },
      targeting: full.targeting,
      serving: null,
    });
  });

  it('has its dates in the account`s days, its declaration, and ValueTrack where our placeholders were', async () => {
    const { platformId } = await campaign(full);
    const [row] = await ask(
      `SELECT campaign.start_date_time, campaign.end_date_time, campaign.final_url_suffix, campaign.contains_eu_political_advertising, campaign_budget.explicitly_shared FROM campaign WHERE campaign.id = ${platformId}`,
    );
    expect(row).toMatchObject({
      campaign: {
        startDateTime: '2026-11-10 00:00:00',
        endDateTime: '2026-12-24 23:59:59',
        finalUrlSuffix: 'utm_source=google-ads&utm_campaign={campaignid}&utm_content={adgroupid}-{creative}',
        containsEuPoliticalAdvertising: 'DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING',
      },
      campaignBudget: { explicitlyShared: false },
    });
  });

  it('leaves nothing behind when a part of the request is refused', async () => {
    await campaign();
    const again = apply(full);
    await expect(again).rejects.toMatchObject({
      kind: 'rejected',
      platformCode: 'DUPLICATE_CAMPAIGN_NAME',
      message: expect.stringContaining('name: The campaign name is already used'),
      platformRequestId: expect.stringMatching(/\S/),
    });
    expect(await ask("SELECT campaign.id FROM campaign WHERE campaign.name = 'Autumn'")).toHaveLength(1);
  });

  it.each([
    [{ strategy: 'maximize-conversions' }],
    [{ strategy: 'target-cpa', amount: euros(12) }],
    [{ strategy: 'maximize-conversion-value' }],
    [{ strategy: 'target-roas', targetRoas: 3.5 }],
    [{ strategy: 'maximize-clicks', amount: euros(2) }],
    [{ strategy: 'maximize-clicks' }],
    [{ strategy: 'manual-cpc' }],
  ] as const)('can be set to bid by %j, whatever it had before', async (bidding) => {
    const target = await campaign({
      ...searchCampaign('Autumn'),
      bidding: { strategy: 'target-cpa', amount: euros(9) },
    });
    await apply({ do: 'set-bidding', target, bidding });
    expect((await present(target))?.bidding).toEqual(bidding);
  });

  it('has the places added and taken away that differ, in one request', async () => {
    const target = await campaign(full);
    writing.simulator.writes.clear();
    await apply({ do: 'set-targeting', target, targeting: { countries: ['DE', 'CH'] } });
    expect(kinds()).toEqual(['campaign_criterion.remove', 'campaign_criterion.create']);
    const targeting = (await present(target))?.targeting;
    expect(targeting).toEqual({ ...full.targeting, countries: ['DE', 'CH'] });
  });

  it('is sent nothing when its targeting is as it is to be', async () => {
    const target = await campaign(full);
    const before = mutates(writing.simulator);
    const written = await apply({ do: 'set-targeting', target, targeting: { languages: ['en', 'de'] } });
    expect(written).toEqual({ platformId: target.platformId, platformRequestId: null });
    expect(mutates(writing.simulator)).toBe(before);
  });

  it('refuses a start that has passed, in our field`s name', async () => {
    await expect(apply({ ...searchCampaign('Autumn'), startDate: '2026-10-01' })).rejects.toMatchObject({
      kind: 'rejected',
      platformCode: 'CANNOT_SET_DATE_TO_PAST',
      message: expect.stringContaining('startDate'),
    });
  });

  it('is looked for by its whole name, quotes and backslashes included', async () => {
    const name = `Mum's "best" \\ shoes`;
    const { platformId } = await apply(searchCampaign(name));
    expect((await writing.writer.made(account, searchCampaign(name), key))?.platformId).toBe(platformId);
    expect(await writing.writer.made(account, searchCampaign("x' OR campaign.id > 0 OR '"), key)).toBeUndefined();
  });
});

describe('an ad group', { timeout: 20_000 }, () => {
  it('reaches everybody until ages and genders are named, and everybody again', async () => {
    const target = await group(await campaign());
    const everybody = (await present(target))?.targeting;
    expect(everybody?.ages).toHaveLength(6);
    await apply({ do: 'set-targeting', target, targeting: { ages: ['18-24'], genders: ['male'] } });
    expect((await present(target))?.targeting).toMatchObject({ ages: ['18-24'], genders: ['male'] });
    await apply({
      do: 'set-targeting',
      target,
      targeting: { ages: everybody?.ages, genders: everybody?.genders } as Required<NonNullable<typeof everybody>>,
    });
    expect((await present(target))?.targeting).toEqual(everybody);
  });

  it('keeps the keywords that stay, with their ids', async () => {
    const target = await group(await campaign());
    const ids = () =>
      ask(
        `SELECT ad_group_criterion.criterion_id, ad_group_criterion.keyword.text FROM ad_group_criterion WHERE ad_group.id = ${target.platformId} AND ad_group_criterion.status != 'REMOVED'`,
      );
    const [before] = await ids();
    const keywords = [
      { text: 'Trail Running Shoes', match: 'phrase' },
      { text: 'running shoes', match: 'broad' },
    ] as const;
    await apply({ do: 'set-targeting', target, targeting: { keywords: [...keywords] } });
    const after = await ids();
    expect(after).toHaveLength(2);
    expect(after[0]).toEqual(before);
  });

  it('beneath a removed campaign reads as removed and takes no change', async () => {
    const top = await campaign();
    const target = await group(top);
    await apply({ do: 'remove', target: top });
    expect((await present(target))?.status).toBe('removed');
    await expect(apply({ do: 'set-status', target, status: 'enabled' })).rejects.toMatchObject({
      platformCode: 'OPERATION_NOT_PERMITTED_FOR_REMOVED_RESOURCE',
    });
  });
});

describe('a search ad', { timeout: 20_000 }, () => {
  it('is in review first, and serves when that has passed', async () => {
    const target = await group(await campaign());
    const { platformId } = await apply(searchAd(target));
    const address = adAddress(platformId, target);
    expect((await present(address))?.serving).toBe('in review');
    writing.simulator.clock.advance(12 * 3_600_000);
    expect((await present(address))?.serving).toBeNull();
  });

  it('is disapproved when its claim is one that no platform lets through', async () => {
    const target = await group(await campaign());
    const ad = searchAd(target);
    if (ad.creative.format !== 'responsive-search') throw new Error('a search ad');
    const claim = {
      ...ad,
      creative: { ...ad.creative, descriptions: ['A guaranteed cure for knees.', 'Order today.'] },
    };
    const { platformId } = await apply(claim);
    writing.simulator.clock.advance(12 * 3_600_000);
    expect((await present(adAddress(platformId, target)))?.serving).toBe('disapproved');
  });

  it('is told at once which text breaks which policy', async () => {
    const target = await group(await campaign());
    const ad = searchAd(target);
    if (ad.creative.format !== 'responsive-search') throw new Error('a search ad');
    const loud = { ...ad, creative: { ...ad.creative, headlines: ['Trail shoes', 'Buy now!!', 'For wet rock'] } };
    await expect(apply(loud)).rejects.toMatchObject({
      kind: 'rejected',
      platformCode: 'POLICY_FINDING',
      message: expect.stringMatching(/creative\.headlines\.1: .*\(PUNCTUATION_AND_SYMBOLS\)/),
    });
  });

  it('has parameters of its own in ValueTrack, and with others is another ad', async () => {
    const target = await group(await campaign());
    const ad = { ...searchAd(target), utmTemplate: 'utm_source={platform}&utm_content={ad}' };
    const { platformId } = await apply(ad);
    const [row] = await ask(
      `SELECT ad_group_ad.ad.final_url_suffix FROM ad_group_ad WHERE ad_group_ad.ad.id = ${platformId}`,
    );
    expect(row).toMatchObject({
      adGroupAd: { ad: { finalUrlSuffix: 'utm_source=google-ads&utm_content={creative}' } },
    });
    expect(await writing.writer.made(account, ad, key)).toMatchObject({ platformId });
    expect(await writing.writer.made(account, searchAd(target), key)).toBeUndefined();
  });

  it('with one other word is another ad', async () => {
    const target = await group(await campaign());
    const ad = searchAd(target);
    await apply(ad);
    if (ad.creative.format !== 'responsive-search') throw new Error('a search ad');
    const other = { ...ad, creative: { ...ad.creative, path: ['trail'] } };
    expect(await writing.writer.made(account, ad, key)).toBeDefined();
    expect(await writing.writer.made(account, other, key)).toBeUndefined();
  });
});

describe('images and asset groups', { timeout: 20_000 }, () => {
  async function assetGroup(parent: ObjectAddress): Promise<PlatformOperationOf<'create-ad'>> {
    const upload = async (name: string, width: number, height: number) => ({
      platformId: (await apply(image(name, png(width, height)))).platformId,
    });
    return {
      do: 'create-ad',
      name: 'Trail assets',
      parent,
      creative: {
        format: 'asset-group',
        businessName: 'Strider',
        headlines: ['Trail shoes that grip', 'Free returns', 'Made for wet rock'],
        longHeadlines: ['Trail shoes that grip'],
        descriptions: ['Light shoes for long days.', 'Order today and run on the weekend.'],
        landscapeImages: [await upload('Ridge', 1200, 628)],
        squareImages: [await upload('Shoe', 1200, 1200)],
        logos: [await upload('Logo', 128, 128)],
        landingPageUrl: 'https://strider.example/trail',
      },
    };
  }

  it('are made complete in one request, are found again, renamed, paused and removed', async () => {
    const top = await campaign(performanceMax('Winter'));
    const operation = await assetGroup(top);
    writing.simulator.writes.clear();
    const { platformId } = await apply(operation);
    // Seven links of texts to six texts, as one stands twice; three of images.
    expect(kinds().filter((kind) => kind === 'asset.create')).toHaveLength(6);
    expect(kinds().filter((kind) => kind === 'asset_group_asset.create')).toHaveLength(10);
    expect((await writing.writer.made(account, operation, key))?.platformId).toBe(platformId);
    const address: ObjectAddress = {
      kind: 'ad',
      platformId,
      campaignPlatformId: top.platformId,
      adGroupPlatformId: null,
      campaignType: 'performance-max',
    };
    expect(await present(address)).toMatchObject({
      address,
      name: 'Trail assets',
      status: 'paused',
      serving: 'in review',
    });
    await apply({ do: 'rename', target: address, name: 'Hill assets' });
    await apply({ do: 'set-status', target: address, status: 'enabled' });
    expect(await present(address)).toMatchObject({ name: 'Hill assets', status: 'enabled' });
    await apply({ do: 'remove', target: address });
    expect((await present(address))?.status).toBe('removed');
  });

  it('of a shape that does not fit are refused, with nothing made', async () => {
    const top = await campaign(performanceMax('Winter'));
    const operation = await assetGroup(top);
    if (operation.creative.format !== 'asset-group') throw new Error('an asset group');
    const { squareImages } = operation.creative;
    const wrong = { ...operation, creative: { ...operation.creative, landscapeImages: squareImages } };
    await expect(apply(wrong)).rejects.toMatchObject({ kind: 'rejected', platformCode: 'ASPECT_RATIO_NOT_ALLOWED' });
    expect(await writing.writer.made(account, operation, key)).toBeUndefined();
  });

  it('are uploaded once: the same bytes are found again, others of the name are another image', async () => {
    const first = image('Ridge', png(1200, 628, 'a'));
    const { platformId } = await apply(first);
    expect((await writing.writer.made(account, first, key))?.platformId).toBe(platformId);
    const second = image('Ridge', png(1200, 628, 'b'));
    expect(await writing.writer.made(account, second, key)).toBeUndefined();
    expect((await apply(second)).platformId).not.toBe(platformId);
  });

  it('that are no image are refused with the platform`s reason', async () => {
    const text = image('Ridge', new TextEncoder().encode('not an image'));
    await expect(apply(text)).rejects.toMatchObject({
      kind: 'rejected',
      platformCode: 'INVALID_IMAGE',
      message: expect.stringContaining('url'),
    });
  });
});

it('says what is used up when the day`s operations are, and how long it lasts', { timeout: 20_000 }, async () => {
  writing.simulator.faults.add({
    kind: 'quota-exhausted',
    match: { operation: 'mutate' },
    times: 1,
    retryAfterSeconds: 1,
  });
  await expect(apply(searchCampaign('Autumn'))).rejects.toMatchObject({
    kind: 'rate-limited',
    platformCode: 'RESOURCE_EXHAUSTED',
    retryAfterSeconds: 1,
  });
  expect(mutates(writing.simulator)).toBe(1);
});
