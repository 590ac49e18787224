import { afterEach, describe, expect, it } from 'vitest';
import { dayOf } from '../../../simulator/market/calendar.ts';
import { america, canceled, europe, fieldOf, groups, type Opened, open, smallWorld } from './open.ts';

let opened: Opened | undefined;
afterEach(() => opened?.close());

async function start(options: Parameters<typeof open>[0] = {}): Promise<Opened> {
  opened = await open(options);
  return opened;
}

const urn = (kind: string, ...ids: string[]) => `List(${ids.map((id) => `urn%3Ali%3A${kind}%3A${id}`).join(',')})`;
const november = 'dateRange=(start:(year:2026,month:11,day:1),end:(year:2026,month:11,day:20))';
const inEurope = `accounts=${urn('sponsoredAccount', europe)}`;
const all =
  'fields=dateRange,pivotValues,impressions,clicks,costInLocalCurrency,costInUsd,externalWebsiteConversions,oneClickLeads,conversionValueInLocalCurrency,videoViews';
const one = (pivot: string, granularity = 'DAILY') => `q=analytics&pivot=${pivot}&timeGranularity=${granularity}`;
const several = (pivots: string) => `q=statistics&pivots=List(${pivots})&timeGranularity=DAILY`;

interface Element {
  readonly [field: string]: unknown;
  readonly pivotValues: readonly string[];
  readonly impressions: number;
}

async function ask({ get }: Opened, ...parts: readonly string[]): Promise<readonly Element[]> {
  const { status, text, body } = await get(`/rest/adAnalytics?${parts.join('&')}`);
  if (status !== 200) throw new Error(text);
  return body.elements;
}

/** Millionths, so that sums are exact. */
const micros = (text: unknown) => Math.round(Number(text) * 1_000_000);

function totals(elements: readonly Element[]) {
  const total = (read: (element: Element) => number) => elements.reduce((sum, element) => sum + read(element), 0);
  return {
    impressions: total(({ impressions }) => impressions),
    clicks: total(({ clicks }) => Number(clicks)),
    costMicros: total(({ costInLocalCurrency }) => micros(costInLocalCurrency)),
    conversionsMicros: total((e) => 1_000_000 * (Number(e['externalWebsiteConversions']) + Number(e['oneClickLeads']))),
    valueMicros: total((e) => micros(e['conversionValueInLocalCurrency'])),
    videoViews: total(({ videoViews }) => Number(videoViews)),
  };
}

/** What the market has to say about an account in November. */
function truth({ market, clock }: Opened, grain: Parameters<Opened['market']['rows']>[1]) {
  const account = market.world.accounts.find(({ id }) => id === europe);
  if (account === undefined) throw new Error('There is the European account.');
  const rows = [...market.rows(account, grain, dayOf('2026-11-01'), dayOf('2026-11-20'), clock.at)];
  const total = (read: (row: (typeof rows)[number]) => number) => rows.reduce((sum, row) => sum + read(row), 0);
  return {
    impressions: total((row) => row.impressions),
    clicks: total((row) => row.clicks),
    costMicros: total((row) => row.costMicros),
    conversionsMicros: total((row) => row.conversionsMicros),
    valueMicros: total((row) => row.valueMicros),
    videoViews: total((row) => row.videoViews),
  };
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

describe('breakdowns', () => {
  it.each([
    ['IMPRESSION_DEVICE_TYPE', ['DESKTOP_WEB', 'MOBILE_APP', 'MOBILE_WEB', 'TABLET_APP']],
    ['PLACEMENT_NAME', ['LINKEDIN_AUDIENCE_NETWORK', 'LINKEDIN_FEED']],
  ])('by %s add up to the campaign group', async (pivot, values) => {
    const running = await start();
    const elements = await ask(running, several(`CAMPAIGN_GROUP,${pivot}`), november, inEurope, all);
    expect([...new Set(elements.map(({ pivotValues }) => pivotValues[1]))].sort()).toEqual(values);
    const { impressions, clicks, costMicros, videoViews } = totals(elements);
    expect(truth(running, 'campaign')).toMatchObject({ impressions, clicks, costMicros, videoViews });
  });

  it.each([
    ['IMPRESSION_DEVICE_TYPE', { externalWebsiteConversions: false, conversionValueInLocalCurrency: false }],
    ['PLACEMENT_NAME', { externalWebsiteConversions: true, conversionValueInLocalCurrency: true }],
    ['MEMBER_COUNTRY_V2', { externalWebsiteConversions: true, conversionValueInLocalCurrency: false }],
  ])('by %s leave out what LinkedIn does not report by it', async (pivot, fields) => {
    const [element] = await ask(await start(), one(pivot), november, inEurope, all);
    expect(
      Object.fromEntries(Object.keys(fields).map((name) => [name, element !== undefined && name in element])),
    ).toEqual(fields);
  });

  it('of campaigns are refused by name', async () => {
    const { get } = await start();
    const beside = await get(
      `/rest/adAnalytics?${several('CAMPAIGN,IMPRESSION_DEVICE_TYPE')}&${november}&${inEurope}&${all}`,
    );
    expect([beside.status, fieldOf(beside)]).toEqual([400, 'pivots']);
    const campaigns = `campaigns=${urn('sponsoredCampaign', '6010000011')}`;
    const narrowed = await get(`/rest/adAnalytics?${one('PLACEMENT_NAME')}&${november}&${campaigns}&${all}`);
    expect([narrowed.status, fieldOf(narrowed)]).toEqual([400, 'campaigns']);
  });
});

describe('professional demographics', () => {
  const countries = (running: Opened, ...more: string[]) =>
    ask(running, one('MEMBER_COUNTRY_V2'), november, inEurope, all, ...more);

  it('are approximate: near the truth, and not it', async () => {
    const running = await start();
    const shown = totals(await countries(running)).impressions;
    const exact = truth(running, 'country').impressions;
    expect(shown).not.toBe(exact);
    expect(Math.abs(shown / exact - 1)).toBeLessThan(0.12);
  });

  it('show nothing below three events', async () => {
    const elements = await countries(await start());
    const counts = elements.flatMap((e) => [e.impressions, Number(e['clicks']), Number(e['oneClickLeads'])]);
    expect(counts.filter((count) => count === 1 || count === 2)).toEqual([]);
    expect(counts.some((count) => count === 0)).toBe(true);
  });

  it('are half a day to a day late', async () => {
    const running = await start();
    const range = 'dateRange=(start:(year:2026,month:11,day:20))';
    running.clock.at = Date.parse('2026-11-20T11:00:00Z');
    expect(await ask(running, one('MEMBER_COUNTRY_V2'), range, inEurope, all)).toEqual([]);
    running.clock.at = Date.parse('2026-11-21T04:00:00Z');
    expect((await ask(running, one('MEMBER_COUNTRY_V2'), range, inEurope, all)).length).toBeGreaterThan(0);
  });

  it('do not add up: a total is no sum of its days', async () => {
    const running = await start();
    const days = totals(await countries(running)).impressions;
    const [...whole] = await ask(running, one('MEMBER_COUNTRY_V2', 'ALL'), november, inEurope, all);
    expect(totals(whole).impressions).not.toBe(days);
  });

  it('stand alone', async () => {
    const { get } = await start();
    const answer = await get(
      `/rest/adAnalytics?${several('CAMPAIGN_GROUP,MEMBER_COUNTRY_V2')}&${november}&${inEurope}`,
    );
    expect([answer.status, fieldOf(answer)]).toEqual([400, 'pivots']);
  });
});

describe('a query', () => {
  const day = 'dateRange=(start:(year:2026,month:11,day:1))';
  it.each([
    [`pivot=ACCOUNT&timeGranularity=ALL&${day}&${inEurope}`, 'q'],
    [`q=attributedRevenueMetrics&${day}&${inEurope}`, 'q'],
    [`q=analytics&timeGranularity=ALL&${day}&${inEurope}`, 'pivot'],
    [`${one('MEMBER_SENIORITY')}&${day}&${inEurope}`, 'pivot'],
    [`${one('COLOUR')}&${day}&${inEurope}`, 'pivot'],
    [`q=statistics&pivots=List()&timeGranularity=ALL&${day}&${inEurope}`, 'pivots'],
    [`${several('ACCOUNT,CAMPAIGN_GROUP,CAMPAIGN,CREATIVE')}&${day}&${inEurope}`, 'pivots'],
    [`${several('CAMPAIGN,CAMPAIGN')}&${day}&${inEurope}`, 'pivots'],
    [`q=analytics&pivot=ACCOUNT&${day}&${inEurope}`, 'timeGranularity'],
    [`${one('ACCOUNT', 'MONTHLY')}&${day}&${inEurope}`, 'timeGranularity'],
    [`${one('ACCOUNT')}&${inEurope}`, 'dateRange'],
    [`${one('ACCOUNT')}&dateRange=2026-11-01&${inEurope}`, 'dateRange'],
    [`${one('ACCOUNT')}&dateRange=(end:(year:2026,month:11,day:1))&${inEurope}`, 'dateRange/start'],
    [`${one('ACCOUNT')}&dateRange=(start:(year:2026,month:2,day:30))&${inEurope}`, 'dateRange/start'],
    [`${one('ACCOUNT')}&dateRange=(start:(year:2026,month:11))&${inEurope}`, 'dateRange/start/day'],
    [
      `${one('ACCOUNT')}&dateRange=(start:(year:2026,month:11,day:2),end:(year:2026,month:11,day:1))&${inEurope}`,
      'dateRange',
    ],
    [`${one('ACCOUNT')}&${day}`, 'accounts'],
    [`${one('ACCOUNT')}&${day}&accounts=List()`, 'accounts'],
    [`${one('ACCOUNT')}&${day}&accounts=List(urn:li:sponsoredAccount:1)`, 'accounts'],
    [`${one('ACCOUNT')}&${day}&accounts=urn%3Ali%3AsponsoredAccount%3A1`, 'accounts'],
    [`${one('ACCOUNT')}&${day}&campaigns=${urn('sponsoredAccount', europe)}`, 'campaigns'],
    [`${one('ACCOUNT')}&${day}&${inEurope}&sortBy=(field:IMPRESSIONS)`, 'sortBy'],
    [
      `${one('ACCOUNT')}&${day}&${inEurope}&fields=${Array.from({ length: 21 }, () => 'impressions').join(',')}`,
      'fields',
    ],
  ])('%s is refused, naming %s', async (query, field) => {
    const { get } = await start();
    const answer = await get(`/rest/adAnalytics?${query}`);
    expect([answer.status, fieldOf(answer)]).toEqual([400, field]);
  });

  it('for a field LinkedIn does not have is refused as LinkedIn does', async () => {
    const { get } = await start();
    const answer = await get(`/rest/adAnalytics?${one('ACCOUNT')}&${day}&${inEurope}&fields=impressions,conversions`);
    expect(answer.status).toBe(403);
    expect(answer.body.message).toContain('[/elements/conversions]');
  });

  it('may spell its enums as records', async () => {
    const elements = await ask(
      await start(),
      'q=analytics&pivot=(value:ACCOUNT)&timeGranularity=(value:ALL)',
      day,
      inEurope,
    );
    expect(elements).toHaveLength(1);
  });
});
