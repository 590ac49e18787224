import { afterEach, describe, expect, it } from 'vitest';
import { all, ask, type Element, inEurope, november, one, several, totals, truth, urn } from './ask.ts';
import { america, canceled, europe, groups, type Opened, open, smallWorld } from './open.ts';

let opened: Opened | undefined;
afterEach(() => opened?.close());

async function start(options: Parameters<typeof open>[0] = {}): Promise<Opened> {
  opened = await open(options);
  return opened;
}

describe('adAnalytics', () => {
  it.each([
    ['ACCOUNT', 'account'],
    ['CAMPAIGN_GROUP', 'campaign'],
    ['CAMPAIGN', 'ad-group'],
    ['CREATIVE', 'ad'],
  ] as const)('by %s adds up to the market to the micro', async (pivot, grain) => {
    const running = await start();
    const elements = await ask(running, one(pivot), november, inEurope, all);
    expect(elements.length).toBeGreaterThan(15);
    expect(totals(elements)).toEqual(truth(running, grain));
  });

  it('counts orders on the website and leads apart, by what the group is for', async () => {
    const [account] = smallWorld.accounts;
    if (account === undefined) throw new Error('The world has accounts.');
    const [first, ...rest] = account.campaigns;
    if (first === undefined) throw new Error('The account has campaigns.');
    const asking = first.adGroups.map((campaign) => ({
      ...campaign,
      ads: campaign.ads.map((ad) => ({ ...ad, callToAction: 'request-demo' })),
    }));
    const world = {
      ...smallWorld,
      accounts: [{ ...account, campaigns: [{ ...first, adGroups: asking }, ...rest] }],
    };
    const running = await start({ world });
    const elements = await ask(running, one('CAMPAIGN_GROUP', 'ALL'), november, inEurope, all);
    const [leads, orders] = elements;
    expect([leads?.['externalWebsiteConversions'], orders?.['oneClickLeads']]).toEqual([0, 0]);
    expect(Number(leads?.['oneClickLeads'])).toBeGreaterThan(0);
    expect(Number(orders?.['externalWebsiteConversions'])).toBeGreaterThan(0);
    expect(totals(elements)).toEqual(truth(running, 'campaign'));
  });

  it('answers a day an element, or the range as one', async () => {
    const running = await start();
    const daily = await ask(running, one('CAMPAIGN_GROUP'), november, inEurope, all);
    const whole = await ask(running, one('CAMPAIGN_GROUP', 'ALL'), november, inEurope, all);
    expect(daily[0]?.['dateRange']).toEqual({
      start: { year: 2026, month: 11, day: 1 },
      end: { year: 2026, month: 11, day: 1 },
    });
    expect(whole.map(({ dateRange }) => dateRange)).toEqual(
      groups.map(() => ({ start: { year: 2026, month: 11, day: 1 }, end: { year: 2026, month: 11, day: 20 } })),
    );
    expect(totals(whole)).toEqual(totals(daily));
  });

  it('takes up to three pivots', async () => {
    const running = await start();
    const elements = await ask(running, several('CAMPAIGN_GROUP,CAMPAIGN,CREATIVE'), november, inEurope, all);
    expect(elements[0]?.pivotValues).toEqual([
      'urn:li:sponsoredCampaignGroup:601000001',
      'urn:li:sponsoredCampaign:6010000011',
      'urn:li:sponsoredCreative:60100000111',
    ]);
    expect(totals(elements)).toEqual(truth(running, 'ad'));
  });

  it.each([
    [`campaignGroups=${urn('sponsoredCampaignGroup', groups[1])}`, ['601000002']],
    [`campaigns=${urn('sponsoredCampaign', '6010000011', '6010000012')}`, ['601000001']],
    [`creatives=${urn('sponsoredCreative', '60100000121', '60100000211')}`, ['601000001', '601000002']],
    [`${inEurope}&campaignGroups=${urn('sponsoredCampaignGroup', '602000001')}`, []],
  ])('narrows to %s', async (facet, ids) => {
    const running = await start();
    const elements = await ask(running, one('CAMPAIGN_GROUP', 'ALL'), november, facet, all);
    expect(elements.map(({ pivotValues }) => pivotValues[0]?.split(':').at(-1))).toEqual(ids);
  });

  it('counts a campaign alone when one is asked for, not its group', async () => {
    const running = await start();
    const [whole] = await ask(
      running,
      one('CAMPAIGN_GROUP', 'ALL'),
      november,
      `campaignGroups=${urn('sponsoredCampaignGroup', groups[0])}`,
      all,
    );
    const [part] = await ask(
      running,
      one('CAMPAIGN_GROUP', 'ALL'),
      november,
      `campaigns=${urn('sponsoredCampaign', '6010000011')}`,
      all,
    );
    expect(part?.impressions).toBeLessThan(whole?.impressions ?? 0);
  });

  it('has nothing to say about accounts without a role, and does not say so', async () => {
    const running = await start();
    const limited = running.caller(
      (await running.token({ refresh_token: running.credentials.limitedRefreshToken })).body.access_token,
    );
    const both = `accounts=${urn('sponsoredAccount', europe, america)}`;
    const { status, body } = await limited(`/rest/adAnalytics?${one('ACCOUNT', 'ALL')}&${november}&${both}&${all}`);
    expect(status).toBe(200);
    expect(body.elements.map(({ pivotValues }: Element) => pivotValues[0])).toEqual([
      `urn:li:sponsoredAccount:${europe}`,
    ]);
  });

  it('still reports the history of a closed account', async () => {
    const running = await start();
    const elements = await ask(
      running,
      one('ACCOUNT', 'ALL'),
      november,
      `accounts=${urn('sponsoredAccount', canceled)}`,
      all,
    );
    expect(elements).toHaveLength(1);
  });

  it('converts to dollars by the rate of each day, and leaves dollars as they are', async () => {
    const running = await start();
    const [dollars] = await ask(
      running,
      one('ACCOUNT', 'ALL'),
      november,
      `accounts=${urn('sponsoredAccount', america)}`,
      all,
    );
    expect(dollars?.['costInUsd']).toBe(dollars?.['costInLocalCurrency']);
    const [euros] = await ask(running, one('ACCOUNT', 'ALL'), november, inEurope, all);
    const rate = Number(euros?.['costInUsd']) / Number(euros?.['costInLocalCurrency']);
    expect(rate).toBeGreaterThan(1);
    expect(rate).toBeLessThan(1.35);
  });

  it('writes amounts as doubles come out of being added up, never further off than a rounding error', async () => {
    const running = await start();
    const texts = (await ask(running, one('CREATIVE'), november, inEurope, all)).map((e) => e['costInLocalCurrency']);
    const cents = texts.map((text) => Number(text) * 100);
    expect(cents.every((amount) => Math.abs(amount - Math.round(amount)) < 1e-9)).toBe(true);
    expect(texts.some((text) => /\.\d{10,}/.test(String(text)))).toBe(true);
    const night = 'dateRange=(start:(year:2026,month:11,day:20))';
    running.clock.at = Date.parse('2026-11-20T03:20:00Z');
    const early = await ask(running, one('CREATIVE'), night, inEurope, all);
    expect(early.map((e) => e['costInLocalCurrency'])).toContain('-2E-18');
  });

  it('answers impressions and clicks alone when no fields are asked for', async () => {
    const [element] = await ask(await start(), one('ACCOUNT', 'ALL'), november, inEurope);
    expect(Object.keys(element ?? {})).toEqual(['impressions', 'clicks']);
  });

  it('has no second page, and is cut at its limit without a word', async () => {
    const running = await start({ mostElements: 25 });
    const { body } = await running.get(`/rest/adAnalytics?${one('CREATIVE')}&${november}&${inEurope}&${all}`);
    expect(body.elements).toHaveLength(25);
    expect(body.paging).toEqual({ start: 0, count: 10, links: [] });
  });

  it('has no element for days without activity', async () => {
    const running = await start();
    const range = 'dateRange=(start:(year:2026,month:7,day:1),end:(year:2026,month:8,day:21))';
    const elements = await ask(running, one('ACCOUNT'), range, inEurope, all);
    expect(elements).toHaveLength(2);
  });
});

describe('days', () => {
  it('are UTC', async () => {
    const running = await start();
    const range = 'dateRange=(start:(year:2026,month:11,day:19))';
    running.clock.at = Date.parse('2026-11-20T02:59:00Z');
    const before = await ask(running, one('ACCOUNT'), range, inEurope, all);
    running.clock.at = Date.parse('2026-11-20T08:00:00Z');
    const after = await ask(running, one('ACCOUNT'), range, inEurope, all);
    expect([before.length, after.length]).toEqual([1, 2]);
  });

  it('are restated while conversions come in late, and keep their impressions', async () => {
    const running = await start();
    const range = 'dateRange=(start:(year:2026,month:11,day:15),end:(year:2026,month:11,day:15))';
    const at = async (iso: string) => {
      running.clock.at = Date.parse(iso);
      return totals(await ask(running, one('CAMPAIGN'), range, inEurope, all));
    };
    const early = await at('2026-11-18T00:00:00Z');
    const late = await at('2026-12-20T00:00:00Z');
    expect(late.conversionsMicros).toBeGreaterThan(early.conversionsMicros);
    expect(late.impressions).toBe(early.impressions);
  });

  it('are the same whenever they are asked for by the same seed', async () => {
    const asked = [one('CREATIVE'), november, inEurope, all];
    const first = await ask(await start(), ...asked);
    await opened?.close();
    expect(await ask(await start(), ...asked)).toEqual(first);
  });
});
