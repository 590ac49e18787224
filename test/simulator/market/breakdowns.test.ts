import { describe, expect, it } from 'vitest';
import { assetsOf } from '../../../simulator/market/assets.ts';
import { breakdowns } from '../../../simulator/market/breakdowns.ts';
import { dayOf } from '../../../simulator/market/calendar.ts';
import { Market, type MarketGrain, type MarketRow } from '../../../simulator/market/market.ts';
import { measuresOf, sum } from '../../../simulator/market/measures.ts';
import { runningShop } from '../../../simulator/market/running-shop.ts';
import { berlin, noon, tokyo } from '../open.ts';

const market = new Market(runningShop({ seed: 1, today: '2026-11-20', days: 90, maxConversionDelayDays: 21 }));
const tiktok = '7012345678901230001';
const linkedin = '507400002';

function account(id: string) {
  const found = market.world.accounts.find((one) => one.id === id);
  if (found === undefined) throw new Error(`No account ${id}.`);
  return found;
}

function rows(id: string, grain: MarketGrain, asOf = noon, from = '2026-10-20', to = '2026-11-20'): MarketRow[] {
  return [...market.rows(account(id), grain, dayOf(from), dayOf(to), asOf)];
}

/** Sums by campaign and day. */
function byCampaignDay(list: readonly MarketRow[]) {
  const groups = new Map<string, MarketRow[]>();
  for (const row of list) {
    const key = `${row.campaignId}|${row.day}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return new Map([...groups].map(([key, group]) => [key, sum(group)]));
}

describe.each([berlin, tokyo, tiktok, linkedin])('breakdowns of %s', (id) => {
  it.each(breakdowns)('by %s divide each campaign`s day exactly', (breakdown) => {
    // Performance Max tells neither age nor gender.
    const untold = breakdown === 'age' || breakdown === 'gender' ? 'performance-max' : undefined;
    const told = new Set(account(id).campaigns.flatMap((one) => (one.channel === untold ? [] : [one.id])));
    const whole = byCampaignDay(rows(id, 'campaign').filter(({ campaignId }) => told.has(campaignId ?? '')));
    expect(whole.size).toBeGreaterThan(60);
    expect(byCampaignDay(rows(id, breakdown))).toEqual(whole);
  });

  it.each(breakdowns)('by %s have clicks within impressions and views within impressions', (breakdown) => {
    for (const row of rows(id, breakdown)) {
      expect(row.clicks).toBeLessThanOrEqual(row.impressions);
      expect(row.videoViews).toBeLessThanOrEqual(row.impressions);
    }
  });
});

describe('the people of campaigns', () => {
  const shareOf = (campaignId: string, segment: string, from: string, to: string) => {
    const list = rows(tiktok, 'age', noon, from, to).filter((row) => row.campaignId === campaignId);
    return sum(list.filter((row) => row.segment === segment)).impressions / sum(list).impressions;
  };
  const [first = '', second = ''] = account(tiktok).campaigns.map((campaign) => campaign.id);

  it('differ between campaigns and drift by the weeks', () => {
    const spring = shareOf(first, '18-24', '2026-09-01', '2026-09-14');
    const autumn = shareOf(first, '18-24', '2026-11-01', '2026-11-14');
    expect(Math.abs(spring - shareOf(second, '18-24', '2026-09-01', '2026-09-14'))).toBeGreaterThan(0.01);
    expect(Math.abs(spring - autumn)).toBeGreaterThan(0.003);
    expect(Math.abs(spring - autumn)).toBeLessThan(0.15);
  });

  it('are young on TikTok', () => {
    const list = rows(tiktok, 'age');
    const young = list.filter(({ segment }) => segment === '18-24' || segment === '25-34');
    expect(sum(young).impressions / sum(list).impressions).toBeGreaterThan(0.5);
  });

  it('convert late as well: a breakdown is restated with its day', () => {
    const day = ['2026-11-10', '2026-11-10'] as const;
    const before = rows(tiktok, 'gender', noon, ...day);
    const after = rows(tiktok, 'gender', noon + 20 * 86_400_000, ...day);
    expect(sum(after).conversionsMicros).toBeGreaterThan(sum(before).conversionsMicros);
    expect(after.map(({ impressions }) => impressions)).toEqual(before.map(({ impressions }) => impressions));
  });
});

describe('search terms', () => {
  it('stand for part of a keyword`s traffic, more of an exact keyword`s than of a broad one`s', () => {
    const matchTypes = new Map(
      account(berlin).campaigns.flatMap(({ adGroups }) =>
        adGroups.flatMap(({ keywords }) => keywords.map((keyword) => [keyword.id, keyword.matchType] as const)),
      ),
    );
    const shown = (matchType: string) => {
      const of = (grain: MarketGrain) =>
        sum(rows(berlin, grain).filter(({ keywordId }) => matchTypes.get(keywordId ?? '') === matchType)).impressions;
      return of('search-term') / of('keyword');
    };
    expect(shown('exact')).toBeGreaterThan(0.9);
    expect(shown('broad')).toBeGreaterThan(0.4);
    expect(shown('broad')).toBeLessThan(0.75);
  });

  it('are several of a phrase or broad keyword, in the language of the keyword', () => {
    const terms = new Map<string, Set<string>>();
    for (const { keywordId = '', segment = '' } of rows(berlin, 'search-term'))
      terms.set(keywordId, (terms.get(keywordId) ?? new Set()).add(segment));
    const sizes = [...terms.values()].map((set) => set.size);
    expect(Math.max(...sizes)).toBe(5);
    expect([...terms.values()].flatMap((set) => [...set])).toContain('laufschuhe herren');
    const japanese = rows(tokyo, 'search-term').map(({ segment }) => segment ?? '');
    expect(japanese.some((term) => /おすすめ|人気|安い|レビュー/.test(term))).toBe(true);
  });
});

describe('assets', () => {
  const ads = account(berlin).campaigns.flatMap(({ adGroups }) => adGroups.flatMap((group) => group.ads));
  const kinds = new Map(ads.flatMap((ad) => assetsOf(berlin, ad).map(({ id, kind }) => [id, kind] as const)));

  it('are shown several at a time: three headlines and two descriptions count an impression each', () => {
    const list = rows(berlin, 'asset');
    const search = new Set(
      account(berlin)
        .campaigns.filter(({ channel }) => channel === 'search')
        .map(({ id }) => id),
    );
    const ofAds = sum(rows(berlin, 'ad').filter(({ campaignId }) => search.has(campaignId ?? '')));
    const of = (kind: string) => measuresOf(sum(list.filter(({ segment }) => kinds.get(segment ?? '') === kind)));
    expect(of('headline')).toMatchObject({
      impressions: ofAds.impressions * 3,
      clicks: ofAds.clicks * 3,
      costMicros: ofAds.costMicros * 3,
      conversionsMicros: ofAds.conversionsMicros * 3,
    });
    expect(of('description').impressions).toBeGreaterThan(ofAds.impressions * 1.5);
    expect(of('description').impressions).toBeLessThanOrEqual(ofAds.impressions * 2);
  });

  it('never have more of anything than their ad', () => {
    const key = (row: MarketRow) => `${row.adId}|${row.day}`;
    const ofAd = new Map(rows(berlin, 'ad').map((row) => [key(row), row]));
    for (const row of rows(berlin, 'asset')) {
      const ad = ofAd.get(key(row));
      expect(row.impressions).toBeLessThanOrEqual(ad?.impressions ?? 0);
      expect(row.clicks).toBeLessThanOrEqual(ad?.clicks ?? 0);
      expect(row.costMicros).toBeLessThanOrEqual(ad?.costMicros ?? 0);
    }
  });

  it('are the same asset wherever an account uses the same text', () => {
    const texts = new Map<string, Set<string>>();
    for (const ad of ads)
      for (const { id, kind, text } of assetsOf(berlin, ad))
        texts.set(`${kind}|${text}`, (texts.get(`${kind}|${text}`) ?? new Set()).add(id));
    expect([...texts.values()].every((ids) => ids.size === 1)).toBe(true);
    expect(new Set([...texts.values()].flatMap((ids) => [...ids])).size).toBe(texts.size);
  });
});
