import { describe, expect, it } from 'vitest';
import { brandLift } from '../../../simulator/market/adstock.ts';
import { dayOf } from '../../../simulator/market/calendar.ts';
import { Market } from '../../../simulator/market/market.ts';
import { sum } from '../../../simulator/market/measures.ts';
import { runningShop } from '../../../simulator/market/running-shop.ts';
import type { Change, World } from '../../../simulator/market/world.ts';
import { noon } from '../open.ts';

const shop = runningShop({ seed: 1, today: '2026-11-20', days: 90, maxConversionDelayDays: 21 });
const later = noon + 40 * 86_400_000;
const [from, to] = [dayOf('2026-10-01'), dayOf('2026-10-31')];

function rowsOf(market: Market, id: string, campaignName?: string) {
  const account = market.world.accounts.find((one) => one.id === id);
  if (account === undefined) throw new Error(`No account ${id}.`);
  const named = account.campaigns.filter(({ name }) => campaignName === undefined || name === campaignName);
  return [...market.rows({ ...account, campaigns: named }, 'campaign', from, to, later)];
}

/** The shop without ads on TikTok and LinkedIn from July on. */
function withoutSocial(): World {
  const changes = shop.accounts
    .filter(({ platform }) => platform !== 'google-ads')
    .flatMap(({ campaigns }) =>
      campaigns.map(({ id }): Change => ({ from: '2026-07-01', objectId: id, set: { status: 'removed' } })),
    );
  return { ...shop, changes: [...shop.changes, ...changes] };
}

const [together, alone] = [new Market(shop), new Market(withoutSocial())];

describe('people who see ads on several platforms', () => {
  const berlin = '4210000001';

  it('search for the brand more often, by a hidden share of at most 35 %', () => {
    const seen = (market: Market) => sum(rowsOf(market, berlin, 'Search | Brand')).impressions;
    const lift = seen(together) / seen(alone);
    expect(lift).toBeGreaterThan(1.05);
    expect(lift).toBeLessThan(1.35);
  });

  it('search for other things as they would have', () => {
    for (const name of ['Search | Trail', 'PMax | Bestsellers', 'Video | Brand Film'])
      expect(rowsOf(together, berlin, name)).toEqual(rowsOf(alone, berlin, name));
  });

  it('forget by half in four days, and wholly in 28', () => {
    const burst = (day: number) => (seen: number) => (seen === day ? 900_000 : 0);
    const lifts = [1, 5, 9, 28, 29].map((after) => brandLift(100 + after, burst(100)) - 1);
    expect(lifts[0]).toBeCloseTo((0.35 * 0.5 ** 0.25) / (1 + 0.5 ** 0.25), 10);
    expect(lifts[1]).toBeLessThan(lifts[0] ?? 0);
    expect(lifts[3]).toBeGreaterThan(0);
    expect(lifts[4]).toBe(0);
    expect(brandLift(100, () => 1e12)).toBeLessThan(1.35);
  });

  it.each(['DE', 'US', 'JP'])('buy once in %s, and several platforms claim it', (country) => {
    const orders = together.orders(country, from, to, later);
    const claims = orders.flatMap((order) => order.claims);
    const shared = orders.filter((order) => new Set(order.claims.map(({ platform }) => platform)).size > 1);
    expect(shared.length).toBeGreaterThan(20);
    expect(claims.length).toBeGreaterThan(orders.length);
    expect(shared.length).toBeLessThan(orders.length * 0.3);
    for (const { claims: several, priceMicros } of shared)
      for (const claim of several) expect(claim.valueMicros).toBeLessThanOrEqual(priceMicros);
    expect(new Set(orders.map(({ id }) => id)).size).toBe(orders.length);
  });

  it('appear in each platform`s own report with the claims that it makes', () => {
    const orders = together.orders('DE', from, to, later);
    const accounts = shop.accounts.filter(({ market }) => market === 'DE');
    for (const { id } of accounts) {
      const claimed = orders.flatMap(({ claims }) => claims.filter(({ accountId }) => accountId === id));
      const reported = sum(rowsOf(together, id));
      expect(claimed.reduce((all, { creditMicros }) => all + creditMicros, 0)).toBe(reported.conversionsMicros);
      expect(claimed.reduce((all, { valueMicros }) => all + valueMicros, 0)).toBe(reported.valueMicros);
    }
  });

  it('are claimed no sooner than the platforms report them', () => {
    const early = together.orders('DE', from, to, Date.parse('2026-10-20T00:00:00Z'));
    expect(early.length).toBeLessThan(together.orders('DE', from, to, later).length);
  });
});

describe('reports of TikTok and LinkedIn', () => {
  it.each([
    ['7012345678901230001', 11],
    ['507400001', 3],
  ])('of %s are %i hours late', (id, hours) => {
    const account = shop.accounts.find((one) => one.id === id);
    if (account === undefined) throw new Error(`No account ${id}.`);
    const day = dayOf('2026-11-10');
    const start = Date.parse('2026-11-10T00:00:00Z') - (account.timeZone === 'UTC' ? 0 : 3_600_000);
    const seen = (afterHours: number) =>
      sum([...together.rows(account, 'account', day, day, start + afterHours * 3_600_000)]).impressions;
    expect(seen(hours)).toBe(0);
    expect(seen(hours + 2)).toBeGreaterThan(0);
    expect(seen(hours + 23)).toBeLessThan(seen(hours + 24));
    expect(seen(hours + 24)).toBe(seen(hours + 30));
  });

  it('count whole conversions', () => {
    for (const id of ['7012345678901230001', '507400001'])
      for (const row of rowsOf(together, id)) expect(row.conversionsMicros % 1_000_000).toBe(0);
  });

  it('keep campaigns within a tenth over their ad groups` budgets together', () => {
    for (const account of shop.accounts.filter(({ platform }) => platform !== 'google-ads')) {
      for (const row of rowsOf(together, account.id)) {
        const campaign = account.campaigns.find(({ id }) => id === row.campaignId);
        const groups = campaign?.adGroups.reduce((all, { settings }) => all + settings.dailyBudgetMicros, 0) ?? 0;
        const budget = campaign?.settings.dailyBudgetMicros || groups;
        expect(budget).toBeGreaterThan(0);
        expect(row.costMicros).toBeLessThanOrEqual(budget * 1.1);
      }
    }
  });
});
