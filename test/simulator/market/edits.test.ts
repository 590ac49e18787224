import { describe, expect, it } from 'vitest';
import { isoOf } from '../../../simulator/market/calendar.ts';
import { Market, type MarketGrain, marketGrains, sum } from '../../../simulator/market/market.ts';
import { berlin, noon } from '../open.ts';
import { dayMs, found, hourMs, of, searchCampaign, shop, today } from './edited.ts';

const search = 'Search | Running Shoes';
const grains: readonly MarketGrain[] = [
  'account',
  'campaign',
  'ad-group',
  'ad',
  'keyword',
  'search-term',
  'asset',
  'age',
];

describe('edits of the market', () => {
  it('mean the same numbers when they are replayed into the same first world', () => {
    const edited = shop();
    edited.market.edit(searchCampaign(edited).edits, noon);
    edited.set(edited.campaign(search).id, { dailyBudgetMicros: 90_000_000, targeting: { genders: ['female'] } }, noon);
    edited.set(edited.campaign('Video | Brand Film').id, { status: 'paused' }, noon + 5 * hourMs);
    const replayed = new Market(edited.world, [edited.market.edits]);
    expect(replayed.world).toEqual(edited.market.world);
    const later = { from: '2026-11-18', to: '2026-11-27', asOf: noon + 9 * dayMs };
    for (const grain of grains) {
      const again = replayed.rows(edited.account(), grain, 20_775, 20_784, later.asOf);
      expect([...again]).toEqual(edited.rows(grain, { ...later, from: isoOf(20_775), to: isoOf(20_784) }));
    }
  });

  it('leave every row as it was when they were made', () => {
    const edited = shop();
    const before = marketGrains.map((grain) => edited.rows(grain));
    edited.market.edit(searchCampaign(edited).edits, noon);
    for (const campaign of edited.account().campaigns)
      edited.set(campaign.id, { dailyBudgetMicros: 5_000_000, bidMicros: 100_000, targeting: { ages: ['25-34'] } });
    expect(marketGrains.map((grain) => edited.rows(grain))).toEqual(before);
  });

  it.each(['7012345678901230001', '507400001'])(
    'leave the days before them in account %s as they will be reported',
    (id) => {
      const [edited, left] = [shop(), shop()];
      for (const campaign of edited.account(id).campaigns) edited.set(campaign.id, { status: 'paused' });
      const past = { account: id, to: '2026-11-18', asOf: noon + 40 * dayMs };
      for (const grain of ['campaign', 'ad', 'age'] as const)
        expect(edited.rows(grain, past)).toEqual(left.rows(grain, past));
    },
  );

  it('keep what a day had come to when the campaign is paused in the middle of it', () => {
    const edited = shop();
    const { id } = edited.campaign(search);
    const before = sum(of(edited.rows('campaign', { from: today, to: today }), 'campaignId', id));
    edited.set(id, { status: 'paused' });
    const after = sum(
      of(edited.rows('campaign', { from: today, to: today, asOf: noon + 10 * hourMs }), 'campaignId', id),
    );
    expect(before.clicks).toBeGreaterThan(20);
    expect({ ...after, conversionsMicros: 0, valueMicros: 0 }).toEqual({
      ...before,
      conversionsMicros: 0,
      valueMicros: 0,
    });
    expect(after.conversionsMicros).toBeGreaterThanOrEqual(before.conversionsMicros);
    expect(of(edited.rows('campaign', { from: '2026-11-21', asOf: noon + 5 * dayMs }), 'campaignId', id)).toEqual([]);
  });

  it('divide the day they fall on so that grains still add up', () => {
    const edited = shop();
    const campaign = edited.campaign(search);
    const [group] = campaign.adGroups;
    edited.set(found(group).id, { status: 'paused' }, noon - 3 * hourMs);
    edited.set(campaign.id, { dailyBudgetMicros: 40_000_000 }, noon + hourMs);
    edited.set(found(group).id, { status: 'enabled' }, noon + 3 * hourMs);
    const day = { from: today, to: today, asOf: noon + 20 * dayMs };
    const whole = of(edited.rows('campaign', day), 'campaignId', campaign.id);
    expect(whole).toHaveLength(1);
    for (const grain of ['ad-group', 'ad', 'keyword', 'age', 'country'] as const)
      expect(sum(of(edited.rows(grain, day), 'campaignId', campaign.id))).toEqual(sum(whole));
    const keys = of(edited.rows('keyword', day), 'campaignId', campaign.id).map(
      (row) => `${row.groupId} ${row.keywordId}`,
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are made all or none', () => {
    const edited = shop();
    const { edits } = searchCampaign(edited);
    const before = edited.market.world;
    expect(() => edited.market.edit([...edits, { do: 'set', objectId: '999', set: {} }], noon)).toThrow(
      'There is no object 999 to edit.',
    );
    expect(edited.market.world).toBe(before);
    expect(edited.market.edits).toEqual([]);
    edited.market.edit(edits, noon);
    expect(() => edited.market.edit(edits, noon)).toThrow(/There is an object 24\d+ already/);
  });

  it('show what is set of an object, its name and what its platform keeps of it', () => {
    const edited = shop();
    const { id } = edited.campaign(search);
    edited.market.edit([{ do: 'set', objectId: id, name: 'Renamed', own: { urlSuffix: 'a=1' } }], noon);
    edited.set(id, { bids: { strategy: 'target-roas', targetRoas: 4 } }, noon + hourMs);
    expect(edited.market.presentOf(id, noon)).toMatchObject({
      ...{ kind: 'campaign', accountId: berlin, campaignId: id, name: 'Renamed', own: { urlSuffix: 'a=1' } },
      settings: { status: 'enabled', dailyBudgetMicros: 270_000_000 },
    });
    expect(edited.market.presentOf(id, noon)?.settings.bids).toBeUndefined();
    expect(edited.market.presentOf(id, noon + hourMs)?.settings.bids).toEqual({
      strategy: 'target-roas',
      targetRoas: 4,
    });
    expect(edited.market.presentOf('999', noon)).toBeUndefined();
  });

  it('free the name of what they remove', () => {
    const edited = shop();
    const { id, name } = edited.campaign(search);
    expect(edited.market.namesIn('campaign', berlin, noon).get(name)).toBe(id);
    edited.set(id, { status: 'removed' });
    expect(edited.market.namesIn('campaign', berlin, noon).has(name)).toBe(false);
    expect(edited.market.namesIn('campaign', berlin, noon - 1).has(name)).toBe(true);
  });

  it('list the names of ad groups by campaign, and of ads by ad group', () => {
    const edited = shop();
    const { ids, edits } = searchCampaign(edited);
    edited.market.edit(edits, noon);
    expect([...edited.market.namesIn('ad-group', ids.campaign, noon)]).toEqual([['Shoes', ids.adGroup]]);
    expect([...edited.market.namesIn('keyword', ids.adGroup, noon).values()]).toEqual([ids.keyword]);
    expect([...edited.market.namesIn('ad', ids.adGroup, noon).values()]).toEqual(ids.ads);
  });

  it('put uploads into the account’s library', () => {
    const edited = shop();
    const media = { id: edited.market.newId('google-ads', 'media'), kind: 'image', name: 'Shoe' } as const;
    edited.market.edit([{ do: 'add-media', accountId: berlin, media: { ...media, sha256: 'ab', bytes: 10 } }], noon);
    expect(edited.account().media).toEqual([{ ...media, sha256: 'ab', bytes: 10, createdAt: noon }]);
  });

  it('never give an id twice, replayed edits included', () => {
    const edited = shop();
    const { edits, ids } = searchCampaign(edited);
    edited.market.edit(edits, noon);
    const replayed = new Market(edited.world, [edited.market.edits]);
    const next = Array.from({ length: 20 }, () => replayed.newId('google-ads', 'campaign'));
    expect(new Set([ids.campaign, ...next]).size).toBe(21);
  });
});
