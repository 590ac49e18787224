import { describe, expect, it } from 'vitest';
import { campaignsCsv } from '../../dashboard/src/pages/campaigns/campaign-csv.ts';
import { campaignRows, filterRows } from '../../dashboard/src/pages/campaigns/campaign-rows.ts';
import { moveInGrid } from '../../dashboard/src/pages/campaigns/grid-keys.ts';
import { nextSort, readSort, sortCampaigns, writeSort } from '../../dashboard/src/pages/campaigns/sort-campaigns.ts';
import { createMarket } from './fixture/market.ts';

const market = createMarket(1_200);
const period = { from: market.today, to: market.today };
const rows = campaignRows(market.campaigns, market.accounts, [
  {
    rows: market.rows(period, ['campaign'], 'EUR'),
    totals: market.total(period, 'EUR'),
    currency: 'EUR',
    grain: 'campaign',
    freshness: { loadedAt: null, accounts: [] },
    unconverted: [],
    nextCursor: null,
  },
]);
const nothing = { text: '', platform: '', accountId: '', status: '' };

describe('the order of campaigns', () => {
  it('puts the largest spend first', () => {
    const spends = sortCampaigns(rows, { by: 'spend', descending: true }).flatMap(
      ({ values }) => values?.spendMicros ?? [],
    );
    expect(spends).toEqual(spends.toSorted((a, b) => b - a));
  });

  it.each([true, false])('puts campaigns without a CPA last (descending: %s)', (descending) => {
    const missing = sortCampaigns(rows, { by: 'cpa', descending }).map(
      ({ values }) => values === null || values.cpaMicros === null,
    );
    expect(missing).toContain(true);
    expect(missing.slice(missing.indexOf(true))).not.toContain(false);
  });

  it('keeps the budgets of a currency together, since yen and euros have no order', () => {
    const currencies = sortCampaigns(rows, { by: 'budget', descending: true })
      .filter(({ dailyBudgetMicros }) => dailyBudgetMicros !== null)
      .map(({ budgetCurrency }) => budgetCurrency);
    expect(currencies.filter((currency, index) => currency !== currencies[index - 1])).toHaveLength(3);
  });

  it('puts names in the order people count in, with 9 before 10, and loses none', () => {
    const [one] = rows;
    const named = ['Tents 10', 'tents 9', 'Brand', 'Tents 1'].flatMap((name) =>
      one ? [{ ...one, id: name, name }] : [],
    );
    expect(sortCampaigns(named, { by: 'name', descending: false }).map(({ name }) => name)).toEqual([
      'Brand',
      'Tents 1',
      'tents 9',
      'Tents 10',
    ]);
    expect(new Set(sortCampaigns(rows, { by: 'name', descending: true }).map(({ id }) => id)).size).toBe(rows.length);
  });

  it('turns round on the same column and begins anew on another', () => {
    const spend = readSort(null);
    expect(spend).toEqual({ by: 'spend', descending: true });
    expect(nextSort(spend, 'spend')).toEqual({ by: 'spend', descending: false });
    expect(nextSort(spend, 'name')).toEqual({ by: 'name', descending: false });
    expect(readSort('-nothing')).toEqual(spend);
    expect(readSort(writeSort({ by: 'ctr', descending: true }) ?? null)).toEqual({ by: 'ctr', descending: true });
  });
});

describe('finding campaigns', () => {
  it('needs every word, in any case', () => {
    const found = filterRows(rows, { ...nothing, text: 'TENTS video' });
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ name, type }) => name.startsWith('Tents') && type === 'video')).toBe(true);
  });

  it('finds a platform’s own id and one account', () => {
    expect(filterRows(rows, { ...nothing, text: '17000000007' })).toHaveLength(1);
    const account = market.accounts[0]?.id ?? '';
    expect(new Set(filterRows(rows, { ...nothing, accountId: account }).map((row) => row.accountId))).toEqual(
      new Set([account]),
    );
  });
});

describe('the keys of the grid', () => {
  const size = { rows: 12, columns: 5, page: 4 };
  it.each([
    ['ArrowDown', false, { row: 0, column: 2 }, { row: 1, column: 2 }],
    ['ArrowUp', false, { row: 0, column: 2 }, { row: 0, column: 2 }],
    ['End', false, { row: 3, column: 0 }, { row: 3, column: 4 }],
    ['Home', true, { row: 3, column: 3 }, { row: 0, column: 0 }],
    ['End', true, { row: 3, column: 3 }, { row: 11, column: 4 }],
    ['PageDown', false, { row: 9, column: 1 }, { row: 11, column: 1 }],
  ])('%s (with control: %s) leads on', (key, ctrl, from, to) => {
    expect(moveInGrid(key, ctrl, from, size)).toEqual(to);
  });

  it('leaves other keys to the browser', () => {
    expect(moveInGrid('Tab', false, { row: 0, column: 0 }, size)).toBeUndefined();
    expect(moveInGrid('c', true, { row: 0, column: 0 }, size)).toBeUndefined();
  });
});

describe('the file of campaigns', () => {
  it('holds what is shown, with the currency in the heads and a line a campaign', () => {
    const lines = campaignsCsv(rows.slice(0, 3), 'EUR').trimEnd().split('\r\n');
    expect(lines[0]).toContain('Spend (EUR)');
    expect(lines).toHaveLength(4);
    expect(new Set(lines.map((line) => line.split(',').length)).size).toBe(1);
  });
});

describe('campaigns of an account that failed to load', () => {
  const failed = market.accounts.find(({ lastLoadedAt, status }) => lastLoadedAt === null && status === 'enabled');
  const unknown = rows.filter(({ accountId }) => accountId === failed?.id);

  it('have no numbers rather than zeros, on the screen and in the file', () => {
    expect(unknown.length).toBeGreaterThan(0);
    expect(unknown.map(({ values }) => values)).toEqual(unknown.map(() => null));
    const [head = '', line = ''] = campaignsCsv(unknown, 'EUR').split('\r\n');
    expect(line.split(',')[head.split(',').indexOf('Spend (EUR)')]).toBe('');
  });

  it.each([true, false])('come last by spend (descending: %s)', (descending) => {
    const order = sortCampaigns(rows, { by: 'spend', descending });
    expect(order.slice(-unknown.length).map(({ values }) => values)).toEqual(unknown.map(() => null));
  });

  it('are zeros where the account is loaded and the campaign did not run', () => {
    const paused = rows.find(({ status, values }) => status === 'paused' && values !== null);
    expect(paused?.values?.spendMicros).toBe(0);
  });
});

describe('the platforms of campaigns', () => {
  it('filters by platform, and finds it by its name', () => {
    const own = filterRows(rows, { ...nothing, platform: 'linkedin-ads' });
    expect(own.length).toBeGreaterThan(0);
    expect(new Set(own.map(({ platform }) => platform))).toEqual(new Set(['linkedin-ads']));
    expect(filterRows(rows, { ...nothing, text: 'LinkedIn' })).toEqual(own);
  });
});
