import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Creative } from '../../../contracts/schemas/changes.ts';
import { PlatformError } from '../../../domain/integrations/platform.ts';
import type {
  ObjectAddress,
  PlatformOperation,
  PlatformOperationOf,
  PlatformWriter,
} from '../../../domain/integrations/platform-writer.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import {
  addressOf,
  adGroupOf,
  ask,
  campaignOf,
  europe,
  euros,
  film,
  fresh,
  newKey,
  openWriting,
  picture,
} from './writing.ts';

let simulator: Simulator;
let writer: PlatformWriter;
let open: Awaited<ReturnType<typeof openWriting>>['open'];
beforeAll(async () => {
  ({ simulator, writer, open } = await openWriting());
});
afterAll(() => simulator.close());

const apply = async (operation: PlatformOperation, key = newKey()): Promise<string> =>
  (await writer.apply(europe, operation, key)).platformId;
const present = (target: ObjectAddress) => writer.present(europe, target);
const newCampaign = async (more = {}) => addressOf('campaign', await apply(campaignOf(more)));
const newAdGroup = async (campaign: ObjectAddress, more = {}) =>
  addressOf('ad-group', await apply(adGroupOf(campaign, more)), { campaignPlatformId: campaign.platformId });

async function newAd(adGroup: ObjectAddress, more: Partial<PlatformOperationOf<'create-ad'>> = {}) {
  const operation = { do: 'create-ad', parent: adGroup, name: fresh('Ad'), creative: await video(), ...more } as const;
  const above = { campaignPlatformId: adGroup.campaignPlatformId, adGroupPlatformId: adGroup.platformId };
  return { operation, address: addressOf('ad', await apply(operation), above) };
}

async function video(
  more = {},
): Promise<Extract<PlatformOperationOf<'create-ad'>['creative'], { format: 'in-feed-video' | 'in-feed-image' }>> {
  const media = { platformId: await upload('video', film(fresh('film'))) };
  const cover = { platformId: await upload('image', picture(fresh('cover'))) };
  const { identity_list } = await ask(simulator, 'identity/get');
  return {
    format: 'in-feed-video',
    text: 'Run further than yesterday',
    media,
    cover,
    identity: identity_list[1].identity_id,
    callToAction: 'shop-now',
    landingPageUrl: 'https://www.strider.example/shoes?utm_source=tiktok',
    ...more,
  };
}

const uploadOf = (kind: 'image' | 'video', bytes: Uint8Array): PlatformOperationOf<'upload-asset'> => ({
  do: 'upload-asset',
  kind,
  name: fresh('file'),
  bytes,
  contentType: kind === 'image' ? 'image/png' : 'video/mp4',
});
const upload = (kind: 'image' | 'video', bytes: Uint8Array) => apply(uploadOf(kind, bytes));
const refused = async (operation: PlatformOperation): Promise<PlatformError> => {
  const error = await writer.apply(europe, operation, newKey()).catch((thrown: unknown) => thrown);
  if (!(error instanceof PlatformError)) throw new Error(`It was not refused: ${JSON.stringify(error)}`);
  return error;
};
const arrivals = (operation: string) => simulator.writes.list().filter((write) => write.operation === operation);

describe('creations', () => {
  it('makes a paused campaign that divides its budget, and reads it back', async () => {
    const operation = campaignOf({ dailyBudget: euros(80) });
    const address = addressOf('campaign', await apply(operation));
    expect(await present(address)).toEqual({
      address,
      name: operation.name,
      status: 'paused',
      dailyBudget: euros(80),
      bidding: null,
      targeting: null,
      serving: null,
    });
  });

  it('makes a paused ad group and reads back what it was given', async () => {
    const campaign = await newCampaign();
    const address = await newAdGroup(campaign, {
      bidding: { strategy: 'maximize-clicks', amount: euros(0.8) },
      targeting: {
        countries: ['DE', 'AT'],
        ages: ['18-24', '25-34'],
        genders: ['female'],
        languages: ['de'],
        interests: ['11100'],
      },
    });
    expect(await present(address)).toMatchObject({
      address,
      status: 'paused',
      dailyBudget: euros(30),
      bidding: { strategy: 'maximize-clicks', amount: euros(0.8) },
      targeting: {
        countries: ['DE', 'AT'],
        ages: ['18-24', '25-34'],
        genders: ['female'],
        languages: ['de'],
        interests: ['11100'],
        audiences: [],
      },
      serving: null,
    });
  });

  it('makes ad groups of each objective it knows', async () => {
    for (const objective of ['awareness', 'video-views'] as const) {
      const campaign = await newCampaign({ objective });
      const address = await newAdGroup(campaign, { bidding: { strategy: 'maximize-delivery' } });
      expect(await present(address)).toMatchObject({ bidding: { strategy: 'maximize-delivery' } });
    }
  });

  it.each([
    ['maximize-conversions', undefined],
    ['target-cpa', euros(9)],
  ] as const)('makes an ad group that counts an event of a pixel: %s', async (strategy, amount) => {
    const campaign = await newCampaign({ objective: 'conversions' });
    const bidding = { strategy, ...(amount && { amount }) };
    const conversion = { source: '7012345678901230099', event: 'SHOPPING' };
    const address = await newAdGroup(campaign, { bidding, conversion });
    expect(await present(address)).toMatchObject({ bidding });
    const filtering = JSON.stringify({ adgroup_ids: [address.platformId] });
    expect((await ask(simulator, 'adgroup/get', { filtering })).list[0]).toMatchObject({
      pixel_id: '7012345678901230099',
      optimization_event: 'SHOPPING',
    });
  });

  it('makes an ad group from the first to the last day in the account’s own time zone', async () => {
    const campaign = await newCampaign();
    const address = await newAdGroup(campaign, { startDate: '2026-12-01', endDate: '2026-12-24' });
    const { list } = await ask(simulator, 'adgroup/get', {
      filtering: JSON.stringify({ adgroup_ids: [address.platformId] }),
    });
    // Berlin is an hour ahead of UTC in winter.
    expect(list[0]).toMatchObject({
      schedule_start_time: '2026-11-30 23:00:00',
      schedule_end_time: '2026-12-24 23:00:00',
    });
  });

  it('makes a paused ad under an identity of a Business Center, in review at first', async () => {
    const { operation, address } = await newAd(await newAdGroup(await newCampaign()));
    expect(await present(address)).toMatchObject({ name: operation.name, status: 'paused', serving: 'in review' });
  });

  it('makes an image ad', async () => {
    const media = { platformId: await upload('image', picture(fresh('image'))) };
    const creative = { ...(await video()), format: 'in-feed-image', media, cover: undefined } as const;
    const { cover: _, ...image } = creative;
    const { address } = await newAd(await newAdGroup(await newCampaign()), { creative: image });
    expect(await present(address)).toMatchObject({ status: 'paused' });
  });

  it('adds a template to the landing page in TikTok’s macros, and finds the ad again by it', async () => {
    const parent = await newAdGroup(await newCampaign());
    const landingPageUrl = 'https://www.strider.example/shoes?colour=red#size';
    const creative = await video({ landingPageUrl });
    const utmTemplate = 'utm_source={platform}&utm_campaign={campaign}&utm_term={ad-group}&utm_content=v1-{ad}';
    const { operation, address } = await newAd(parent, { creative, utmTemplate });
    const filtering = JSON.stringify({ ad_ids: [address.platformId] });
    expect((await ask(simulator, 'ad/get', { filtering })).list[0].landing_page_url).toBe(
      'https://www.strider.example/shoes?colour=red&utm_source=tiktok-ads&utm_campaign=__CAMPAIGN_NAME__&utm_term=__AID_NAME__&utm_content=v1-__CID_NAME__#size',
    );
    expect(await writer.made(europe, operation, newKey())).toMatchObject({ platformId: address.platformId });
    const { utmTemplate: _, ...without } = operation;
    expect(await writer.made(europe, without as typeof operation, newKey())).toBeUndefined();
  });

  it('names TikTok’s request', async () => {
    const { platformRequestId } = await writer.apply(europe, campaignOf(), newKey());
    expect(platformRequestId).toBe(arrivals('campaign/create').at(-1)?.requestId);
  });
});

describe('changes', () => {
  it('sets status, budget, name, bid and targeting, and reads each back', async () => {
    const target = await newAdGroup(await newCampaign());
    await apply({ do: 'set-status', target, status: 'enabled' });
    await apply({ do: 'set-daily-budget', target, dailyBudget: euros(45.5) });
    await apply({ do: 'rename', target, name: 'Another name' });
    await apply({ do: 'set-bidding', target, bidding: { strategy: 'maximize-clicks', amount: euros(1.2) } });
    await apply({ do: 'set-targeting', target, targeting: { countries: ['FR'], genders: ['male'] } });
    expect(await present(target)).toMatchObject({
      name: 'Another name',
      status: 'enabled',
      dailyBudget: euros(45.5),
      bidding: { strategy: 'maximize-clicks', amount: euros(1.2) },
      targeting: { countries: ['FR'], genders: ['male'] },
    });
  });

  it('restores the targeting it has read, unlimited sides as well', async () => {
    const target = await newAdGroup(await newCampaign());
    const before = (await present(target))?.targeting;
    const narrow = {
      languages: ['de'],
      ages: ['18-24'],
      genders: ['female'],
      interests: ['1'],
      audiences: ['2'],
    } as const;
    await apply({ do: 'set-targeting', target, targeting: structuredClone(narrow) as never });
    expect((await present(target))?.targeting).toMatchObject(narrow);
    if (before === null || before === undefined) throw new Error('An ad group has targeting.');
    await apply({ do: 'set-targeting', target, targeting: before });
    expect((await present(target))?.targeting).toEqual(before);
  });

  it('takes a price away', async () => {
    const amount = euros(0.7);
    const target = await newAdGroup(await newCampaign(), { bidding: { strategy: 'maximize-clicks', amount } });
    await apply({ do: 'set-bidding', target, bidding: { strategy: 'maximize-clicks' } });
    expect((await present(target))?.bidding).toEqual({ strategy: 'maximize-clicks' });
  });

  it('renames an ad and leaves the rest of it', async () => {
    const { address } = await newAd(await newAdGroup(await newCampaign()));
    const filtering = JSON.stringify({ ad_ids: [address.platformId] });
    const before = (await ask(simulator, 'ad/get', { filtering })).list[0];
    await apply({ do: 'rename', target: address, name: 'Ad with another name' });
    const after = (await ask(simulator, 'ad/get', { filtering })).list[0];
    expect(after).toEqual({ ...before, ad_name: 'Ad with another name' });
  });

  it('removes for good', async () => {
    const target = await newCampaign();
    await apply({ do: 'remove', target });
    expect((await present(target))?.status).toBe('removed');
    expect(await refused({ do: 'set-status', target, status: 'enabled' })).toMatchObject({
      kind: 'rejected',
      platformCode: '40002',
    });
  });

  it('answers undefined for an object that the account does not have', async () => {
    expect(await present(addressOf('campaign', '1790000000000009'))).toBeUndefined();
  });
});

describe('what it refuses before anything is sent', () => {
  const sent = () => simulator.writes.list().length;

  it('names every field that stands against an operation', async () => {
    const before = sent();
    const error = await refused(campaignOf({ objective: 'leads', politicalAdvertising: 'eu-political' }));
    expect(error.message).toContain('objective:');
    expect(error.message).toContain('politicalAdvertising:');
    expect([error.kind, sent()]).toEqual(['rejected', before]);
  });

  it('a daily budget for a campaign that has none: the mode cannot be changed', async () => {
    const target = await newCampaign();
    const before = sent();
    const error = await refused({ do: 'set-daily-budget', target, dailyBudget: euros(60) });
    expect([error.platformCode, sent()]).toEqual(['NO_DAILY_BUDGET', before]);
  });

  it('an event of a pixel where the campaign counts clicks, and none where it counts conversions', async () => {
    const conversion = { source: '7', event: 'FORM' };
    const counting = adGroupOf(await newCampaign(), { bidding: { strategy: 'maximize-conversions' }, conversion });
    const clicks = adGroupOf(await newCampaign({ objective: 'conversions' }));
    const before = sent();
    expect((await refused(counting)).platformCode).toBe('BIDDING_NOT_FOR_OBJECTIVE');
    expect((await refused(clicks)).platformCode).toBe('BIDDING_NOT_FOR_OBJECTIVE');
    expect(sent()).toBe(before);
  });

  it('a budget at both levels, and at neither', async () => {
    const dividing = await newCampaign({ dailyBudget: euros(90) });
    const { dailyBudget: _, ...without } = adGroupOf(await newCampaign());
    const before = sent();
    expect((await refused(adGroupOf(dividing))).platformCode).toBe('BUDGET_AT_CAMPAIGN');
    expect((await refused(without)).platformCode).toBe('BUDGET_MISSING');
    expect(sent()).toBe(before);
  });

  it('a country or language that TikTok does not serve', async () => {
    const campaign = await newCampaign();
    const before = sent();
    expect((await refused(adGroupOf(campaign, { targeting: { countries: ['KP'] } }))).platformCode).toBe(
      'COUNTRY_NOT_SERVED',
    );
    const languages = { countries: ['DE'], languages: ['la'] };
    expect((await refused(adGroupOf(campaign, { targeting: languages }))).platformCode).toBe('LANGUAGE_NOT_KNOWN');
    expect(sent()).toBe(before);
  });

  it('a way to bid that the objective does not have', async () => {
    const campaign = await newCampaign();
    const target = await newAdGroup(campaign);
    const before = sent();
    const bidding = { strategy: 'maximize-delivery' } as const;
    expect((await refused(adGroupOf(campaign, { bidding }))).platformCode).toBe('BIDDING_NOT_FOR_OBJECTIVE');
    expect((await refused({ do: 'set-bidding', target, bidding })).platformCode).toBe('BIDDING_NOT_FOR_GOAL');
    expect(sent()).toBe(before);
  });

  it('an identity that the account does not have', async () => {
    const parent = await newAdGroup(await newCampaign());
    const creative = await video({ identity: '1' });
    const before = sent();
    const error = await refused({ do: 'create-ad', parent, name: fresh('Ad'), creative });
    expect([error.platformCode, sent()]).toEqual(['IDENTITY_NOT_FOUND', before]);
  });
});

describe('what TikTok refuses', () => {
  it('comes with its code and words', async () => {
    const parent = await newAdGroup(await newCampaign());
    const creative = await video({ media: { platformId: 'v10033g50000nothing' } });
    const error = await refused({ do: 'create-ad', parent, name: fresh('Ad'), creative });
    expect(error).toMatchObject({ kind: 'rejected', platformCode: '40002' });
    expect(error.message).toContain('video_id: Video v10033g50000nothing does not exist.');
    expect(error.platformRequestId).toBe(arrivals('ad/create').at(-1)?.requestId);
  });

  it('is sent once: a refusal for too many calls is not repeated', async () => {
    const match = { platform: 'tiktok-ads', operation: 'campaign/create' };
    simulator.faults.add({ kind: 'rate-limit', match, times: 1, retryAfterSeconds: 0 });
    const before = arrivals('campaign/create').length;
    expect(await refused(campaignOf())).toMatchObject({ kind: 'rate-limited', platformCode: '40100' });
    expect(arrivals('campaign/create')).toHaveLength(before + 1);
  });

  it('is sent once: a token that TikTok does not know is not tried again', async () => {
    const stranger = await open({ accessToken: 'nobody-s-token', refreshToken: '' });
    const before = arrivals('campaign/create').length;
    await expect(stranger.apply(europe, campaignOf(), newKey())).rejects.toMatchObject({ kind: 'unauthorized' });
    expect(arrivals('campaign/create')).toHaveLength(before + 1);
  });

  it('is maintenance: nothing is made', async () => {
    const operation = campaignOf();
    const match = { platform: 'tiktok-ads', operation: 'campaign/create' };
    simulator.faults.add({ kind: 'maintenance', match, times: 1, retryAfterSeconds: 0 });
    expect(await refused(operation)).toMatchObject({ kind: 'unavailable', platformCode: '60001' });
    expect(await writer.made(europe, operation, newKey())).toBeUndefined();
  });
});

describe('a try whose outcome nobody knows', () => {
  const platform = 'tiktok-ads';
  const lost = async (
    kind: 'act-then-timeout' | 'act-then-reset',
    operation: string,
    write: PlatformOperation,
    key = newKey(),
  ) => {
    simulator.faults.add({ kind, match: { platform, operation }, times: 1, retryAfterSeconds: 0 });
    const impatient = await open({}, 300);
    await expect(impatient.apply(europe, write, key)).rejects.toMatchObject({ kind: 'unavailable' });
    return key;
  };

  it.each(['act-then-timeout', 'act-then-reset'] as const)('finds the campaign that was made: %s', async (kind) => {
    const operation = campaignOf();
    const before = arrivals('campaign/create').length;
    const key = await lost(kind, 'campaign/create', operation);
    const made = await writer.made(europe, operation, key);
    expect(made?.platformId).toBe(arrivals('campaign/create').at(-1)?.objectIds[0]);
    expect(arrivals('campaign/create')).toHaveLength(before + 1);
  });

  it('makes one campaign, however often it is asked again with the same request id', async () => {
    const operation = campaignOf();
    const key = await lost('act-then-timeout', 'campaign/create', operation);
    const first = await writer.apply(europe, operation, key);
    const second = await writer.apply(europe, operation, key);
    expect(second.platformId).toBe(first.platformId);
    const { list } = await ask(simulator, 'campaign/get', {
      filtering: JSON.stringify({ campaign_name: operation.name }),
    });
    expect(list).toHaveLength(1);
  });

  it('finds the ad group, the ad and the file that were made', async () => {
    const campaign = await newCampaign();
    const adGroup = adGroupOf(campaign);
    await lost('act-then-timeout', 'adgroup/create', adGroup);
    const group = (await writer.made(europe, adGroup, newKey()))?.platformId ?? '';
    expect(group).toBe(arrivals('adgroup/create').at(-1)?.objectIds[0]);

    const parent = addressOf('ad-group', group, { campaignPlatformId: campaign.platformId });
    const ad = { do: 'create-ad', parent, name: fresh('Ad'), creative: await video() } as const;
    expect(await writer.made(europe, ad, newKey())).toBeUndefined();
    await lost('act-then-timeout', 'ad/create', ad);
    expect((await writer.made(europe, ad, newKey()))?.platformId).toBe(arrivals('ad/create').at(-1)?.objectIds[0]);

    const image = uploadOf('image', picture(fresh('lost')));
    expect(await writer.made(europe, image, newKey())).toBeUndefined();
    await lost('act-then-timeout', 'file/image/ad/upload', image);
    expect((await writer.made(europe, image, newKey()))?.platformId).toBe(
      arrivals('file/image/ad/upload').at(-1)?.objectIds[0],
    );
  });

  it('sees by the present value that a budget was set', async () => {
    const target = await newCampaign({ dailyBudget: euros(60) });
    await lost('act-then-timeout', 'campaign/update', { do: 'set-daily-budget', target, dailyBudget: euros(66) });
    expect((await present(target))?.dailyBudget).toEqual(euros(66));
  });

  it('takes nothing for made that only sounds alike, shows something else, or is gone', async () => {
    const operation = campaignOf({ name: fresh('Sale') });
    await apply({ ...operation, name: `${operation.name} extended` });
    expect(await writer.made(europe, operation, newKey())).toBeUndefined();
    const target = addressOf('campaign', await apply(operation));
    await apply({ do: 'remove', target });
    expect(await writer.made(europe, operation, newKey())).toBeUndefined();

    const { operation: ad } = await newAd(await newAdGroup(await newCampaign()));
    const creative = {
      ...(ad.creative as Extract<Creative, { format: 'in-feed-video' | 'in-feed-image' }>),
      text: 'Other words',
    };
    expect(await writer.made(europe, { ...ad, creative } as typeof ad, newKey())).toBeUndefined();
  });

  it('says so when two campaigns have the name: which one is meant, nobody can tell', async () => {
    const operation = campaignOf();
    await apply(operation);
    await apply(operation);
    await expect(writer.made(europe, operation, newKey())).rejects.toMatchObject({ platformCode: 'AMBIGUOUS_NAME' });
  });
});
