import { afterEach, describe, expect, it } from 'vitest';
import { all, ask, inEurope, november, one, several, totals, truth, urn } from './ask.ts';
import { fieldOf, type Opened, open } from './open.ts';

let opened: Opened | undefined;
afterEach(() => opened?.close());

async function start(options: Parameters<typeof open>[0] = {}): Promise<Opened> {
  opened = await open(options);
  return opened;
}

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
