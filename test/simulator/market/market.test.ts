import { describe, expect, it } from 'vitest';
import { dayOf, isoOf, weekdayOf } from '../../../simulator/market/calendar.ts';
import { largeAccountId, withLargeAccount } from '../../../simulator/market/large-account.ts';
import { Market, type MarketGrain, type MarketRow, marketGrains, sum } from '../../../simulator/market/market.ts';
import { runningShop } from '../../../simulator/market/running-shop.ts';
import type { Account, Change, World } from '../../../simulator/market/world.ts';
import { berlin, closed, losAngeles, noon, tokyo } from '../open.ts';

const dayMs = 86_400_000;
const delayDays = 21;

function worldOf(seed = 1, changes: readonly Change[] = []): World {
  const world = runningShop({ seed, today: '2026-11-20', days: 90, maxConversionDelayDays: delayDays });
  return { ...world, changes: [...world.changes, ...changes] };
}

/** The default world, shared: nothing changes a world. */
const shop = worldOf();
const markets = new WeakMap<World, Market>();

function marketOf(world: World): Market {
  const market = markets.get(world) ?? new Market(world);
  markets.set(world, market);
  return market;
}

function account(world: World, id = berlin): Account {
  const found = world.accounts.find((one) => one.id === id);
  if (found === undefined) throw new Error(`No account ${id}.`);
  return found;
}

function rows(
  world: World,
  grain: MarketGrain,
  options: { account?: string; from?: string; to?: string; asOf?: number } = {},
): MarketRow[] {
  const { from = '2026-08-01', to = '2026-12-31', asOf = noon } = options;
  return [...marketOf(world).rows(account(world, options.account), grain, dayOf(from), dayOf(to), asOf)];
}

function campaignNamed(world: World, name: string, id = berlin) {
  const found = account(world, id).campaigns.find((campaign) => campaign.name === name);
  if (found === undefined) throw new Error(`No campaign ${name}.`);
  return found;
}

const totals = (list: readonly MarketRow[]) => sum(list);
const of = (list: readonly MarketRow[], campaignId: string) => list.filter((row) => row.campaignId === campaignId);

describe('the market as a function', () => {
  it('answers the same bytes for the same seed', () => {
    for (const grain of marketGrains)
      expect(JSON.stringify(rows(worldOf(7), grain))).toBe(JSON.stringify(rows(worldOf(7), grain)));
  });

  it('is another market for another seed', () => {
    expect(totals(rows(worldOf(7), 'account'))).not.toEqual(totals(rows(worldOf(8), 'account')));
  });

  it('answers a day alone as it does within a period', () => {
    const whole = rows(shop, 'ad').filter((row) => isoOf(row.day) === '2026-11-03');
    expect(rows(shop, 'ad', { from: '2026-11-03', to: '2026-11-03' })).toEqual(whole);
  });

  it('answers the same days whatever day history starts', () => {
    const later = runningShop({ seed: 1, today: '2026-11-20', days: 40, maxConversionDelayDays: delayDays });
    const window = { from: '2026-11-01', to: '2026-11-19' };
    expect(rows(later, 'campaign', window)).toEqual(rows(shop, 'campaign', window));
  });

  it('has no rows before history and none after today', () => {
    const dates = rows(shop, 'account').map((row) => isoOf(row.day));
    expect([dates[0], dates.at(-1), dates.length]).toEqual(['2026-08-22', '2026-11-20', 91]);
  });
});

describe('grains', () => {
  it.each([berlin, losAngeles, tokyo])('add up from campaigns to the account in %s', (id) => {
    expect(totals(rows(shop, 'campaign', { account: id }))).toEqual(totals(rows(shop, 'account', { account: id })));
  });

  it.each(['ad-group', 'ad', 'keyword'] as const)('add up from %s to search campaigns', (grain) => {
    const search = account(shop).campaigns.filter((campaign) => campaign.channel === 'search');
    const coarse = rows(shop, 'campaign');
    const fine = rows(shop, grain);
    for (const { id } of search) expect(totals(of(fine, id))).toEqual(totals(of(coarse, id)));
  });

  it('report Performance Max by campaign and asset group alone', () => {
    const { id } = campaignNamed(shop, 'PMax | Bestsellers');
    for (const grain of ['ad-group', 'ad', 'keyword'] as const) expect(of(rows(shop, grain), id)).toEqual([]);
    expect(totals(of(rows(shop, 'asset-group'), id))).toEqual(totals(of(rows(shop, 'campaign'), id)));
  });

  it('report video spend whole by ad group and partly by ad', () => {
    const { id } = campaignNamed(shop, 'Video | Brand Film');
    const campaign = totals(of(rows(shop, 'campaign'), id)).costMicros;
    const ads = totals(of(rows(shop, 'ad'), id)).costMicros;
    expect(totals(of(rows(shop, 'ad-group'), id)).costMicros).toBe(campaign);
    expect(ads).toBeGreaterThan(campaign * 0.6);
    expect(ads).toBeLessThan(campaign * 0.95);
  });

  it('keep clicks within impressions, and cost within clicks, in every row', () => {
    for (const grain of marketGrains) {
      for (const row of rows(shop, grain)) {
        expect(row.clicks).toBeLessThanOrEqual(row.impressions);
        if (row.clicks === 0) expect(row.costMicros).toBe(0);
      }
    }
  });

  it.each([
    [berlin, 10_000],
    [losAngeles, 10_000],
    [tokyo, 1_000_000],
  ])('bill %s in whole multiples of %i micros', (id, unit) => {
    for (const grain of marketGrains) {
      for (const row of rows(shop, grain, { account: id })) expect(row.costMicros % unit).toBe(0);
    }
  });

  it('have no rows in a closed account', () => {
    expect(rows(shop, 'account', { account: closed })).toEqual([]);
  });
});

describe('restatement', () => {
  const conversionsByDay = (asOf: number) =>
    new Map(rows(shop, 'account', { asOf }).map((row) => [isoOf(row.day), row.conversionsMicros]));

  it('reports more conversions of past days as the clock advances', () => {
    const [before, after] = [conversionsByDay(noon), conversionsByDay(noon + 3 * dayMs)];
    const grown = [...before].filter(([date, count]) => (after.get(date) ?? 0) > count);
    expect(grown.length).toBeGreaterThan(5);
    for (const [date, count] of before) expect(after.get(date)).toBeGreaterThanOrEqual(count);
  });

  it('leaves days older than the longest delay as they are', () => {
    const final = isoOf(dayOf('2026-11-20') - delayDays - 1);
    for (const grain of marketGrains) {
      expect(rows(shop, grain, { to: final, asOf: noon + 30 * dayMs })).toEqual(rows(shop, grain, { to: final }));
    }
  });

  it('still restates a day half as old as the longest delay', () => {
    const day = { from: '2026-11-10', to: '2026-11-10' };
    const late = totals(rows(shop, 'account', { ...day, asOf: noon + 30 * dayMs })).conversionsMicros;
    expect(late).toBeGreaterThan(totals(rows(shop, 'account', day)).conversionsMicros);
  });

  it('takes invalid clicks off once the day has been checked, and nothing else', () => {
    const yesterday = { from: '2026-11-19', to: '2026-11-19' };
    const before = totals(rows(shop, 'account', yesterday));
    const after = totals(rows(shop, 'account', { ...yesterday, asOf: noon + 2 * dayMs }));
    expect(after.costMicros).toBeLessThan(before.costMicros);
    expect(after.costMicros).toBeGreaterThan(before.costMicros * 0.97);
    expect(after.clicks).toBeLessThan(before.clicks);
    expect(after.impressions).toBe(before.impressions);
  });
});

describe('today', () => {
  it('grows with the hours and ends as yesterday began', () => {
    const start = Date.parse('2026-11-19T23:00:00Z');
    const spends = [0, 6, 12, 18, 24].map(
      (hours) =>
        totals(rows(shop, 'account', { from: '2026-11-20', to: '2026-11-20', asOf: start + hours * 3_600_000 }))
          .costMicros,
    );
    expect(spends[0]).toBe(0);
    for (const [index, spend] of spends.entries()) if (index > 0) expect(spend).toBeGreaterThan(spends[index - 1] ?? 0);
  });

  it.each([
    [berlin, '2026-11-20'],
    [losAngeles, '2026-11-19'],
    [tokyo, '2026-11-20'],
  ])('is the local date of %s: %s', (id, date) => {
    // 07:30 UTC: still yesterday evening in Los Angeles.
    const list = rows(shop, 'account', { account: id, asOf: Date.parse('2026-11-20T07:30:00Z') });
    expect(isoOf(list.at(-1)?.day ?? 0)).toBe(date);
  });
});

describe('the hidden forces', () => {
  it('make the weekend weaker than the week', () => {
    const perDay = (weekend: boolean) => {
      const list = rows(shop, 'account', { to: '2026-11-16' }).filter((row) => weekdayOf(row.day) > 4 === weekend);
      return totals(list).impressions / list.length;
    };
    expect(perDay(true)).toBeLessThan(perDay(false) * 0.9);
  });

  it.each([
    ['Search | Other Brands', 'worse'],
    ['Search | Marathon', 'better'],
  ])('make %s %s over the months', (name, direction) => {
    const rate = (from: string, to: string) => {
      const world = shop;
      const list = [berlin, losAngeles, tokyo].flatMap((id) =>
        of(
          rows(world, 'campaign', { account: id, from, to, asOf: noon + 30 * dayMs }),
          campaignNamed(world, name, id).id,
        ),
      );
      return totals(list).clicks / totals(list).impressions;
    };
    const change = rate('2026-10-22', '2026-11-19') / rate('2026-08-22', '2026-09-19');
    if (direction === 'worse') expect(change).toBeLessThan(0.92);
    else expect(change).toBeGreaterThan(1.04);
  });

  it('keep a shop believable: CTR, CPC, CPA and ROAS of search campaigns', () => {
    for (const { id, channel } of account(shop).campaigns) {
      if (channel !== 'search') continue;
      const { impressions, clicks, costMicros, conversionsMicros, valueMicros } = totals(
        of(rows(shop, 'campaign'), id),
      );
      expect(clicks / impressions).toBeGreaterThan(0.01);
      expect(clicks / impressions).toBeLessThan(0.35);
      expect(costMicros / clicks / 1e6).toBeGreaterThan(0.1);
      expect(costMicros / clicks / 1e6).toBeLessThan(3);
      expect(costMicros / conversionsMicros).toBeLessThan(300);
      expect(valueMicros / costMicros).toBeGreaterThan(0.4);
    }
  });

  it('keep a day within a tenth over its budget', () => {
    for (const row of rows(shop, 'campaign')) {
      const budget = account(shop).campaigns.find(({ id }) => id === row.campaignId)?.settings.dailyBudgetMicros ?? 0;
      expect(row.costMicros).toBeLessThanOrEqual(budget * 1.1);
    }
  });
});

describe('dated changes', () => {
  const { id } = campaignNamed(shop, 'Search | Running Shoes');
  const spendAfter = (set: Change['set']) => {
    const list = rows(worldOf(1, [{ from: '2026-11-10', objectId: id, set }]), 'campaign', {
      from: '2026-11-10',
      to: '2026-11-18',
    });
    return totals(of(list, id)).costMicros;
  };

  it('leave the days before them alone', () => {
    const changed = worldOf(1, [{ from: '2026-11-10', objectId: id, set: { status: 'paused' } }]);
    const until = { to: '2026-11-09' };
    expect(rows(changed, 'keyword', until)).toEqual(rows(shop, 'keyword', until));
  });

  it('stop a paused campaign from its day on', () => {
    expect(spendAfter({ status: 'paused' })).toBe(0);
  });

  it('spend half on half the budget', () => {
    expect(spendAfter({ dailyBudgetMicros: 60_000_000 })).toBeLessThan(9 * 60_000_000 * 1.08);
    expect(spendAfter({ dailyBudgetMicros: 60_000_000 })).toBeGreaterThan(9 * 60_000_000 * 0.9);
  });

  it('saturate: a budget beyond the demand buys no more', () => {
    const plenty = spendAfter({ dailyBudgetMicros: 2_000_000_000 });
    expect(plenty).toBeGreaterThan(spendAfter({}));
    expect(spendAfter({ dailyBudgetMicros: 4_000_000_000 })).toBe(plenty);
  });

  it('pay more a click on a higher bid, with diminishing clicks', () => {
    const clicksAt = (bidMicros: number) => {
      const change = { from: '2026-11-01', objectId: id, set: { bidMicros, dailyBudgetMicros: 100_000_000_000 } };
      return totals(of(rows(worldOf(1, [change]), 'campaign', { from: '2026-11-01', to: '2026-11-18' }), id));
    };
    const [low, middle, high] = [clicksAt(500_000), clicksAt(1_000_000), clicksAt(2_000_000)];
    expect(middle.clicks).toBeGreaterThan(low.clicks);
    expect(high.clicks / middle.clicks).toBeLessThan(middle.clicks / low.clicks);
    expect(high.costMicros / high.clicks).toBeGreaterThan(middle.costMicros / middle.clicks);
  });

  it('move an ad group`s traffic to the ads that are left', () => {
    const group = campaignNamed(shop, 'Search | Trail').adGroups[0];
    const [paused, kept] = group?.ads ?? [];
    if (paused === undefined || kept === undefined) throw new Error('The trail ad group has two ads.');
    const list = rows(worldOf(1, [{ from: '2026-11-01', objectId: paused.id, set: { status: 'paused' } }]), 'ad', {
      from: '2026-11-01',
    });
    expect(list.filter((row) => row.adId === paused.id)).toEqual([]);
    const before = rows(shop, 'ad', { from: '2026-11-01' }).filter((row) => row.adId === kept.id);
    expect(totals(list.filter((row) => row.adId === kept.id)).impressions).toBeGreaterThan(totals(before).impressions);
  });
});

describe('speed', () => {
  it('reports 90 days of three accounts in each of thirteen grains in under three seconds', () => {
    const world = worldOf();
    const start = process.cpuUsage();
    for (const id of [berlin, losAngeles, tokyo]) for (const grain of marketGrains) rows(world, grain, { account: id });
    // Time on the processor: a busy machine makes nothing slower.
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(3);
  });

  it('holds 1,000 campaigns with 100,000 ads', () => {
    const world = withLargeAccount(shop, 1000, 100_000);
    const ads = account(world, largeAccountId).campaigns.flatMap((campaign) =>
      campaign.adGroups.flatMap((group) => group.ads),
    );
    expect(ads.length).toBe(100_000);
    const start = process.cpuUsage();
    expect(rows(world, 'campaign', { account: largeAccountId, from: '2026-10-21' })).toHaveLength(31_000);
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(3);
  });
});
