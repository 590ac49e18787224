import { describe, expect, it } from 'vitest';
import { creativeQuality } from '../../../simulator/market/creative-quality.ts';
import { noon } from '../open.ts';
import { dayMs, found, goodTexts, hourMs, of, searchCampaign, shop } from './edited.ts';

const cure = {
  headlines: ['A Guaranteed Cure', 'For Tired Feet', 'Order Today'],
  descriptions: ['It works.', 'Always.'],
};
const plain = { headlines: ['Shoes', 'BARGAINS HERE', 'WOW! WOW! WOW!'], descriptions: ['Come in.', 'Look around.'] };

describe('the review of an ad', () => {
  it('takes some hours, in which it is not shown', () => {
    const edited = shop();
    const { ids, edits } = searchCampaign(edited);
    edited.market.edit(edits, noon);
    const ad = found(ids.ads[0]);
    const standing = (at: number) => edited.market.presentOf(ad, at)?.standing.review;
    const hours = Array.from({ length: 13 }, (_, hour) => standing(noon + hour * hourMs));
    expect(hours[0]).toBe('in-review');
    expect(hours[12]).toBe('approved');
    expect(hours.lastIndexOf('in-review')).toBeLessThan(hours.indexOf('approved'));
    const shownBy = (at: number) => of(edited.rows('ad', { asOf: at }), 'adId', ad).length > 0;
    expect(shownBy(noon + hours.lastIndexOf('in-review') * hourMs)).toBe(false);
    expect(shownBy(noon + 13 * hourMs)).toBe(true);
  });

  it('rejects a claim no platform lets through, for a reason, and the ad is never shown', () => {
    const edited = shop();
    const { ids, edits } = searchCampaign(edited, { texts: [cure, goodTexts] });
    edited.market.edit(edits, noon);
    const [rejected, approved] = ids.ads.map((id) => edited.market.presentOf(id, noon + dayMs)?.standing);
    expect(rejected).toMatchObject({ review: 'rejected', reason: 'misleading-claims' });
    expect(approved).toMatchObject({ review: 'approved', reason: undefined });
    const rows = edited.rows('ad', { asOf: noon + 10 * dayMs });
    expect(of(rows, 'adId', found(ids.ads[0]))).toEqual([]);
    expect(of(rows, 'adId', found(ids.ads[1])).length).toBeGreaterThan(5);
  });

  it('is over for the ads that were there before', () => {
    const edited = shop();
    const { id, adGroups } = edited.campaign('Search | Running Shoes');
    expect(edited.market.presentOf(found(adGroups[0]?.ads[0]).id, noon)?.standing.review).toBe('approved');
    expect(edited.market.presentOf(id, noon)?.standing.review).toBe('none');
  });

  it('stays what it was when the ad is renamed', () => {
    const edited = shop();
    const { ids, edits } = searchCampaign(edited);
    edited.market.edit(edits, noon);
    edited.market.edit([{ do: 'set', objectId: found(ids.ads[0]), name: 'A miracle cure' }], noon + dayMs);
    expect(edited.market.presentOf(found(ids.ads[0]), noon + dayMs)?.standing.review).toBe('approved');
  });
});

describe('the learning phase', () => {
  it('lasts a week from the first day a new campaign runs', () => {
    const edited = shop();
    const { ids, edits } = searchCampaign(edited, { settings: { status: 'paused' } });
    edited.market.edit(edits, noon);
    const learning = (at: number) => edited.market.presentOf(ids.campaign, at)?.standing.learning;
    expect(learning(noon + 3 * dayMs)).toBe(false);
    edited.set(ids.campaign, { status: 'enabled' }, noon + 5 * dayMs);
    expect([5, 8, 11, 12].map((days) => learning(noon + days * dayMs))).toEqual([true, true, true, false]);
  });

  it('brings worse rates than the weeks after', () => {
    // The mean of several worlds: one campaign's week is mostly luck.
    const weeks = [1, 2, 3, 4, 5, 6].map((seed) => {
      const edited = shop(seed);
      const { ids, edits } = searchCampaign(edited);
      edited.market.edit(edits, noon);
      return [
        edited.totals(ids.campaign, '2026-11-21', '2026-11-25'),
        edited.totals(ids.campaign, '2026-12-05', '2026-12-09'),
      ];
    });
    const clickRate = (week: 0 | 1) =>
      weeks.reduce((total, pair) => total + found(pair[week]).clicks, 0) /
      weeks.reduce((total, pair) => total + found(pair[week]).impressions, 0);
    expect(clickRate(0)).toBeLessThan(clickRate(1) * 0.95);
  });

  it('begins again with another bidding strategy, and not with another amount', () => {
    const edited = shop();
    const { id } = edited.campaign('Search | Running Shoes');
    const learning = (at: number) => edited.market.presentOf(id, at)?.standing.learning;
    edited.set(id, { bids: { strategy: 'target-cpa', amountMicros: 30_000_000 } }, noon);
    expect(learning(noon + hourMs)).toBe(false);
    edited.set(id, { bids: { strategy: 'maximize-conversions' } }, noon + dayMs);
    expect(learning(noon + 2 * dayMs)).toBe(true);
    expect(learning(noon + 9 * dayMs)).toBe(false);
  });
});

describe('the quality of a creative', () => {
  const quality = (shown: typeof goodTexts, seed = 1) =>
    creativeQuality({ ...shown, keywords: ['running shoes'] }, seed);

  it('is the same wherever the same texts are used', () => {
    const edited = shop();
    const twins = searchCampaign(edited, { texts: [goodTexts, goodTexts, plain] });
    edited.market.edit(twins.edits, noon);
    const [first, second, third] = twins.ids.ads.map((id) => edited.market.presentOf(id, noon)?.settings.quality);
    expect(first).toBe(second);
    expect(first).not.toBe(third);
  });

  it('differs between texts, and between worlds', () => {
    const texts = Array.from({ length: 40 }, (_, index) => ({
      ...goodTexts,
      headlines: [`Shoes number ${index}`, 'Free returns', 'Buy today'],
    }));
    const all = texts.map((one) => quality(one));
    expect(new Set(all).size).toBe(40);
    expect(Math.max(...all) / Math.min(...all)).toBeGreaterThan(1.2);
    expect(quality(goodTexts, 2)).not.toBe(quality(goodTexts, 1));
  });

  it('stays within half and 1.7 of the market’s average', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      for (const texts of [goodTexts, plain, cure]) {
        expect(quality(texts, seed)).toBeGreaterThanOrEqual(0.5);
        expect(quality(texts, seed)).toBeLessThanOrEqual(1.7);
      }
    }
  });

  it('is mostly better for texts that say what was searched for, plainly', () => {
    const wins = Array.from({ length: 60 }, (_, seed) => quality(goodTexts, seed) > quality(plain, seed));
    expect(wins.filter(Boolean).length).toBeGreaterThan(50);
  });

  it('earns the better ad more clicks of the same impressions', () => {
    const edited = shop();
    const { ids, edits } = searchCampaign(edited, { texts: [goodTexts, plain] });
    edited.market.edit(edits, noon);
    const rows = edited.rows('ad', { asOf: noon + 25 * dayMs });
    const [good, bad] = ids.ads.map((id) => of(rows, 'adId', id).reduce((sum, row) => sum + row.clicks, 0));
    expect(good).toBeGreaterThan(bad ?? 0);
  });
});
