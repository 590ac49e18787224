import { afterEach, describe, expect, it } from 'vitest';
import { ask, inEurope, one, several, urn } from './ask.ts';
import { europe, fieldOf, type Opened, open } from './open.ts';

let opened: Opened | undefined;
afterEach(() => opened?.close());

async function start(options: Parameters<typeof open>[0] = {}): Promise<Opened> {
  opened = await open(options);
  return opened;
}

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
