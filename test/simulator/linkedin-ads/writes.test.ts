import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answered, answered, europe, fieldOf, morning, type Opened, open } from './open.ts';

let linkedIn: Opened;
beforeEach(async () => {
  linkedIn = await open();
});
afterEach(() => linkedIn.close());

const account = `urn:li:sponsoredAccount:${europe}`;
const organization = 'urn:li:organization:10455621';
const euros = (amount: string) => ({ amount, currencyCode: 'EUR' });

function send(path: string, body: unknown, more: Readonly<Record<string, string>> = {}): Promise<Answered> {
  const headers = {
    authorization: `Bearer ${linkedIn.accessToken}`,
    'linkedin-version': '202609',
    'x-restli-protocol-version': '2.0.0',
    ...more,
  };
  return answered(fetch(`${linkedIn.base}/rest/${path}`, { method: 'POST', headers, body: JSON.stringify(body) }));
}
const below = (resource: string) => `adAccounts/${europe}/${resource}`;
const patch = (path: string, set: unknown) =>
  send(path, { patch: { $set: set } }, { 'x-restli-method': 'PARTIAL_UPDATE' });

const group = (more = {}) => ({
  account,
  name: 'Noon runs',
  status: 'ACTIVE',
  objectiveType: 'WEBSITE_VISIT',
  runSchedule: { start: morning },
  ...more,
});
const campaign = (groupId: string, more = {}) => ({
  account,
  campaignGroup: `urn:li:sponsoredCampaignGroup:${groupId}`,
  name: 'HR managers',
  status: 'ACTIVE',
  type: 'SPONSORED_UPDATES',
  format: 'STANDARD_UPDATE',
  objectiveType: 'WEBSITE_VISIT',
  associatedEntity: organization,
  offsiteDeliveryEnabled: false,
  locale: { country: 'DE', language: 'de' },
  politicalIntent: 'NOT_POLITICAL',
  runSchedule: { start: morning },
  targetingCriteria: { include: { and: [{ or: { 'urn:li:adTargetingFacet:locations': ['urn:li:geo:101282230'] } }] } },
  dailyBudget: euros('90'),
  costType: 'CPC',
  optimizationTargetType: 'NONE',
  unitCost: euros('9.5'),
  ...more,
});
const creative = (campaignId: string, image: string, more = {}) => ({
  creative: {
    name: 'Club',
    campaign: `urn:li:sponsoredCampaign:${campaignId}`,
    intendedStatus: 'ACTIVE',
    inlineContent: {
      post: {
        adContext: { dscAdAccount: account, dscStatus: 'ACTIVE' },
        author: organization,
        commentary: 'Shoes for the whole team.',
        visibility: 'PUBLIC',
        lifecycleState: 'PUBLISHED',
        contentCallToActionLabel: 'LEARN_MORE',
        contentLandingPage: 'https://strider.example/corporate',
        content: { media: { title: 'Move together', id: image } },
        ...more,
      },
    },
  },
});

const made = ({ status, headers }: Answered): string => {
  expect(status).toBe(201);
  return headers.get('x-restli-id') ?? '';
};
const newGroup = async (more = {}) => made(await send(below('adCampaignGroups'), group(more)));
const newCampaign = async (groupId: string, more = {}) =>
  made(await send(below('adCampaigns'), campaign(groupId, more)));

const place = () =>
  send('images?action=initializeUpload', {
    initializeUploadRequest: {
      owner: account,
      mediaLibraryMetadata: { associatedAccount: account, assetName: 'club.png' },
    },
  });
const put = (url: string, bytes: string) => answered(fetch(url, { method: 'PUT', body: Buffer.from(bytes, 'latin1') }));
async function newImage(): Promise<string> {
  const { image, uploadUrl } = (await place()).body.value;
  expect((await put(uploadUrl, '\x89PNG\r\n\x1a\nclub')).status).toBe(201);
  return image;
}

describe('what is written', () => {
  it('is answered with its id and without a body, and is there at once', async () => {
    const answer = await send(below('adCampaignGroups'), group());
    expect([answer.status, answer.text]).toEqual([201, '']);
    const id = answer.headers.get('x-restli-id');
    const { body } = await linkedIn.get(`/rest/${below('adCampaignGroups')}/${id}`);
    expect(body).toMatchObject({ id: Number(id), name: 'Noon runs', status: 'ACTIVE', objectiveType: 'WEBSITE_VISIT' });
  });

  it('is shown to people, once the review of a creative is over', async () => {
    const groupId = await newGroup();
    const campaignId = await newCampaign(groupId);
    const id = made(await send(`${below('creatives')}?action=createInline`, creative(campaignId, await newImage())));
    const path = `/rest/${below('creatives')}/${encodeURIComponent(id)}`;
    expect((await linkedIn.get(path)).body.review).toEqual({ status: 'PENDING' });
    linkedIn.clock.at = morning + 5 * 86_400_000;
    expect((await linkedIn.get(path)).body.review).toEqual({ status: 'APPROVED' });
    const window = 'dateRange=(start:(year:2026,month:11,day:21),end:(year:2026,month:11,day:24))';
    const asked = `accounts=List(urn%3Ali%3AsponsoredAccount%3A${europe})&fields=pivotValues,impressions,clicks`;
    const { body } = await linkedIn.get(
      `/rest/adAnalytics?q=analytics&pivot=CREATIVE&timeGranularity=ALL&${window}&${asked}`,
    );
    const row = body.elements.find(({ pivotValues }: { pivotValues: string[] }) => pivotValues[0] === id);
    expect(row?.impressions).toBeGreaterThan(0);
  });

  it('changes what a patch names and nothing else', async () => {
    const id = await newCampaign(await newGroup());
    const path = `${below('adCampaigns')}/${id}`;
    const { body: before } = await linkedIn.get(`/rest/${path}`);
    expect((await patch(path, { dailyBudget: euros('45.5') })).status).toBe(204);
    const { body: after } = await linkedIn.get(`/rest/${path}`);
    expect(after.dailyBudget).toEqual(euros('45.5'));
    const { dailyBudget: _before, changeAuditStamps: _first, ...rest } = before;
    expect(after).toMatchObject(rest);
  });

  it('counts against the day`s calls like everything else', async () => {
    const strict = await open({ dailyCalls: 2 });
    const before = linkedIn;
    linkedIn = strict;
    try {
      await newGroup();
      await newGroup();
      const refused = await send(below('adCampaignGroups'), group());
      expect([refused.status, refused.body.code]).toEqual([429, 'TOO_MANY_REQUESTS']);
      expect(strict.writes.list().map(({ outcome }) => outcome)).toEqual(['done', 'done', 'refused']);
    } finally {
      linkedIn = before;
      await strict.close();
    }
  });

  it('is done although a fault swallows the answer, and is logged so', async () => {
    linkedIn.faults.add({ kind: 'act-then-reset', match: {}, times: 1, retryAfterSeconds: 0 });
    await expect(send(below('adCampaignGroups'), group({ name: 'Unheard' }))).rejects.toThrow();
    expect(linkedIn.writes.list()).toMatchObject([{ outcome: 'done', answered: false }]);
    const search = '(name:(values:List(Unheard)))';
    const { body } = await linkedIn.get(`/rest/${below('adCampaignGroups')}?q=search&search=${search}`);
    expect(body.elements).toHaveLength(1);
  });
});

describe('a campaign that does not fit', () => {
  it.each<readonly [string, object, string]>([
    ['no locale', { locale: undefined }, 'locale'],
    ['nothing said of politics', { politicalIntent: undefined }, 'politicalIntent'],
    ['politics', { politicalIntent: 'POLITICAL' }, 'politicalIntent'],
    ['nothing said of other sites', { offsiteDeliveryEnabled: undefined }, 'offsiteDeliveryEnabled'],
    ['another objective than its group', { objectiveType: 'BRAND_AWARENESS' }, 'objectiveType'],
    ['a bid by hand without the bid', { unitCost: undefined }, 'unitCost'],
    ['a cost type that its target does not have', { costType: 'CPM' }, 'costType'],
    [
      'a target that its objective does not have',
      { optimizationTargetType: 'MAX_CONVERSION' },
      'optimizationTargetType',
    ],
    ['no budget', { dailyBudget: undefined }, 'dailyBudget'],
    ['too small a budget', { dailyBudget: euros('9.99') }, 'dailyBudget/amount'],
    ['nobody to reach', { targetingCriteria: { include: { and: [] } } }, 'targetingCriteria/include/and'],
    [
      'a facet that there is not',
      { targetingCriteria: { include: { and: [{ or: { 'urn:li:adTargetingFacet:shoes': ['urn:li:shoe:1'] } }] } } },
      'targetingCriteria/include/and',
    ],
    ['an end before its start', { runSchedule: { start: morning, end: morning - 1 } }, 'runSchedule/end'],
  ])('is refused by the field: %s', async (_, more, field) => {
    const groupId = await newGroup();
    const answer = await send(below('adCampaigns'), campaign(groupId, more));
    expect([answer.status, fieldOf(answer)]).toEqual([400, field]);
    expect(linkedIn.writes.list().at(-1)).toMatchObject({ outcome: 'refused' });
  });

  it('is refused beneath a group that was removed, or that is not there', async () => {
    const groupId = await newGroup();
    await patch(`${below('adCampaignGroups')}/${groupId}`, { status: 'PENDING_DELETION' });
    expect((await send(below('adCampaigns'), campaign(groupId))).status).toBe(400);
    expect((await send(below('adCampaigns'), campaign('1'))).status).toBe(404);
  });
});

describe('an image', () => {
  it('is in the library once its bytes are, and its address is good for once', async () => {
    const { uploadUrl } = (await place()).body.value;
    const library = () =>
      linkedIn.get(`/rest/images?q=associatedAccount&associatedAccount=${encodeURIComponent(account)}`);
    expect((await library()).body.elements).toEqual([]);
    expect((await put(uploadUrl, '\x89PNG\r\n\x1a\nclub')).status).toBe(201);
    expect((await library()).body.elements).toMatchObject([{ status: 'AVAILABLE' }]);
    expect((await put(uploadUrl, '\x89PNG\r\n\x1a\nclub')).status).toBe(400);
  });

  it('is none when its bytes are not', async () => {
    const { uploadUrl } = (await place()).body.value;
    expect((await put(uploadUrl, '%PDF-1.7')).status).toBe(400);
  });

  it('must be there before a creative shows it', async () => {
    const campaignId = await newCampaign(await newGroup());
    const body = creative(campaignId, 'urn:li:image:D5622AQ890000999');
    const answer = await send(`${below('creatives')}?action=createInline`, body);
    expect([answer.status, fieldOf(answer)]).toEqual([400, 'creative/inlineContent/post/content/media/id']);
  });
});
