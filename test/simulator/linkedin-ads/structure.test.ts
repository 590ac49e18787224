import { afterEach, describe, expect, it } from 'vitest';
import { america, europe, groups, type Opened, open, smallWorld } from './open.ts';

let opened: Opened | undefined;
afterEach(() => opened?.close());

async function start(options: Parameters<typeof open>[0] = {}): Promise<Opened> {
  opened = await open(options);
  return opened;
}

const groupPath = `/rest/adAccounts/${europe}/adCampaignGroups?q=search`;
const campaignPath = `/rest/adAccounts/${europe}/adCampaigns?q=search`;
const creativePath = `/rest/adAccounts/${europe}/creatives?q=criteria`;
const encoded = (kind: string, id: string) => encodeURIComponent(`urn:li:${kind}:${id}`);

async function allPages({ get }: Opened, path: string): Promise<{ id: string | number }[][]> {
  const pages = [];
  let token: string | undefined;
  do {
    const { body } = await get(token === undefined ? path : `${path}&pageToken=${token}`);
    pages.push(body.elements);
    token = body.metadata.nextPageToken;
  } while (token !== undefined && pages.length < 50);
  return pages;
}

describe('searching', () => {
  it.each([
    [groupPath, 3, [3, 1]],
    [campaignPath, 3, [3, 3, 2]],
    [creativePath, 8, [8, 8]],
    ['/rest/adAccounts?q=search', 2, [2, 1]],
  ])('%s pages to the end without losing or repeating anything', async (path, size, lengths) => {
    const running = await start();
    const pages = await allPages(running, `${path}&pageSize=${size}`);
    expect(pages.map((page) => page.length)).toEqual(lengths);
    expect(pages.flat()).toEqual((await running.get(path)).body.elements);
  });

  it('refuses the page token of another search', async () => {
    const { get } = await start();
    const { nextPageToken } = (await get(`${campaignPath}&pageSize=2`)).body.metadata;
    expect((await get(`${groupPath}&pageSize=2&pageToken=${nextPageToken}`)).status).toBe(400);
    expect(
      (await get(`/rest/adAccounts/${america}/adCampaigns?q=search&pageSize=2&pageToken=${nextPageToken}`)).status,
    ).toBe(400);
  });

  it('turns round', async () => {
    const { get } = await start();
    const up = (await get(campaignPath)).body.elements;
    expect((await get(`${campaignPath}&sortOrder=DESCENDING`)).body.elements).toEqual(up.toReversed());
  });

  it('finds campaigns of a group, and by status', async () => {
    const { get } = await start();
    const found = await get(
      `${campaignPath}&search=(campaignGroup:(values:List(${encoded('sponsoredCampaignGroup', groups[1])})),status:(values:List(ACTIVE)))`,
    );
    expect(found.body.elements.map(({ id }: { id: number }) => id)).toEqual([6010000021, 6010000022]);
    const none = await get(`${campaignPath}&search=(status:(values:List(ARCHIVED)))`);
    expect(none.body).toEqual({ elements: [], metadata: {} });
  });

  it('finds creatives of a campaign', async () => {
    const { get } = await start();
    const { body } = await get(`${creativePath}&campaigns=List(${encoded('sponsoredCampaign', '6010000012')})`);
    expect(body.elements.map(({ id }: { id: string }) => id)).toEqual([
      'urn:li:sponsoredCreative:60100000121',
      'urn:li:sponsoredCreative:60100000122',
    ]);
  });

  it('has pages of a hundred creatives at most', async () => {
    const { get } = await start();
    expect((await get(`${creativePath}&pageSize=100`)).status).toBe(200);
    expect((await get(`${creativePath}&pageSize=101`)).status).toBe(400);
  });
});

describe('an entity', () => {
  it('shows the changes that are in force, and why it does not serve', async () => {
    const { get, clock } = await start();
    const path = `/rest/adAccounts/${europe}/adCampaignGroups/${groups[3]}`;
    expect((await get(path)).body).toMatchObject({ status: 'PAUSED', servingStatuses: ['STOPPED'] });
    expect((await get(`/rest/adAccounts/${europe}/adCampaigns/6010000041`)).body).toMatchObject({
      status: 'ACTIVE',
      servingStatuses: ['CAMPAIGN_GROUP_STATUS_HOLD'],
    });
    clock.at = Date.parse('2026-11-01T23:00:00Z');
    expect((await get(path)).body.status).toBe('ACTIVE');
  });

  it('has the time of its last change', async () => {
    const { get } = await start();
    const { changeAuditStamps } = (await get(`/rest/adAccounts/${europe}/adCampaignGroups/${groups[3]}`)).body;
    expect(changeAuditStamps).toEqual({
      created: { time: Date.parse('2026-08-20T00:00:00Z') },
      lastModified: { time: Date.parse('2026-11-02T00:00:00Z') },
    });
  });

  it('writes budgets as decimal text where they stand', async () => {
    const { get } = await start();
    expect((await get(`/rest/adAccounts/${europe}/adCampaigns/6010000011`)).body).toMatchObject({
      dailyBudget: { amount: '180', currencyCode: 'EUR' },
      unitCost: { amount: '6.5', currencyCode: 'EUR' },
    });
  });

  it('has no budget field on a level without a budget of its own', async () => {
    const [account] = smallWorld.accounts;
    if (account === undefined) throw new Error('The world has accounts.');
    const campaigns = account.campaigns.map((group) => ({
      ...group,
      settings: { ...group.settings, dailyBudgetMicros: 0 },
    }));
    const { get } = await start({ world: { ...smallWorld, accounts: [{ ...account, campaigns }] } });
    const { elements } = (await get(groupPath)).body;
    expect(elements.every((group: object) => !('dailyBudget' in group))).toBe(true);
  });

  it.each([
    ['adCampaignGroups/1', 404],
    ['adCampaigns/1', 404],
    ['creatives/urn%3Ali%3AsponsoredCreative%3A1', 404],
    ['creatives/urn%3Ali%3AsponsoredCreative%3A60100000111', 200],
    ['creatives/60100000111', 404],
  ])('%s answers %i', async (path, status) => {
    const { get } = await start();
    expect((await get(`/rest/adAccounts/${europe}/${path}`)).status).toBe(status);
  });
});

describe('posts', () => {
  it('hold what the creatives show, with a status for what is missing', async () => {
    const { get } = await start();
    const [creative, video] = (await get(`${creativePath}&pageSize=2`)).body.elements;
    const [one, two] = [creative.content.reference, video.content.reference].map(encodeURIComponent);
    const { body } = await get(`/rest/posts?ids=List(${one},${two},urn%3Ali%3Ashare%3A1)`, {
      'x-restli-method': 'BATCH_GET',
    });
    expect(body.results[creative.content.reference]).toMatchObject({
      commentary: 'Shoes for the whole team.',
      contentCallToActionLabel: 'LEARN_MORE',
      adContext: { dscAdType: 'STANDARD', isDsc: true },
    });
    expect(body.results[video.content.reference]).toMatchObject({
      content: { media: { id: expect.stringMatching(/^urn:li:video:/), title: 'Move together' } },
      contentLandingPage: 'https://strider.example/corporate',
      adContext: { dscAdType: 'VIDEO' },
    });
    expect(body.statuses['urn:li:share:1']).toBe(404);
    expect(Object.keys(body.errors)).toEqual(['urn:li:share:1']);
  });

  it('are pictures with a page behind them, or links to an article', async () => {
    const { get } = await start();
    const { elements } = (await get(creativePath)).body;
    const urns = elements.map(({ content }: { content: { reference: string } }) =>
      encodeURIComponent(content.reference),
    );
    const { results } = (await get(`/rest/posts?ids=List(${urns.join(',')})`)).body;
    const posts: { content: Record<string, unknown>; contentLandingPage?: string }[] = Object.values(results);
    const articles = posts.filter(({ content }) => 'article' in content);
    expect(articles.length).toBeGreaterThan(0);
    expect(articles.length).toBeLessThan(posts.length);
    for (const { content, contentLandingPage } of articles) {
      expect(content['article']).toMatchObject({ source: 'https://strider.example/corporate', title: 'Move together' });
      expect(contentLandingPage).toBeUndefined();
    }
  });

  it('of accounts without a role are missing', async () => {
    const { caller, token, credentials, get } = await start();
    const [creative] = (await get(`/rest/adAccounts/${america}/creatives?q=criteria&pageSize=1`)).body.elements;
    const urn = encodeURIComponent(creative.content.reference);
    expect((await get(`/rest/posts/${urn}`)).body.id).toBe(creative.content.reference);
    const limited = caller((await token({ refresh_token: credentials.limitedRefreshToken })).body.access_token);
    expect((await limited(`/rest/posts/${urn}`)).status).toBe(404);
  });
});

describe('conversion rules', () => {
  it('have windows no shorter than the longest delay of the world', async () => {
    const { get } = await start();
    const { body } = await get(`/rest/conversions?q=account&account=${encoded('sponsoredAccount', europe)}`);
    expect(body.elements).toHaveLength(1);
    expect(body.elements[0]).toMatchObject({
      postClickAttributionWindowSize: 30,
      viewThroughAttributionWindowSize: 7,
      enabled: true,
    });
  });

  it('need a role in the account', async () => {
    const { get } = await start();
    expect((await get(`/rest/conversions?q=account&account=${encoded('sponsoredAccount', '1')}`)).status).toBe(403);
  });
});

it('lists the roles of the member, with links to the next page', async () => {
  const { get } = await start();
  const first = (await get('/rest/adAccountUsers?q=authenticatedUser&count=2')).body;
  expect(first.elements).toHaveLength(2);
  const next = first.paging.links.find(({ rel }: { rel: string }) => rel === 'next');
  const { body } = await get(next.href);
  expect(body.elements).toHaveLength(1);
  expect(body.paging).toMatchObject({ start: 2, count: 2, total: 3, links: [{ rel: 'prev' }] });
});
