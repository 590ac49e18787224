import { describe, expect, it } from 'vitest';
import { operation as operationSchema } from '../../contracts/schemas/changes.ts';
import {
  editRefusal,
  isSame,
  operationOf,
  readBudget,
  reasonOf,
  spendsLess,
  withEdit,
  writtenBudget,
} from '../../dashboard/src/pages/campaigns/campaign-edits.ts';
import type { CampaignRow } from '../../dashboard/src/pages/campaigns/campaign-rows.ts';
import { idOf } from './fixture/ids.ts';

const row: CampaignRow = {
  id: idOf('cmp', 1),
  name: 'Brand',
  accountId: idOf('acc', 1),
  accountName: 'Nordlicht',
  platform: 'google-ads',
  platformId: '17',
  type: 'search',
  status: 'enabled',
  budgetCurrency: 'EUR',
  dailyBudgetMicros: 50_000_000,
  values: null,
};

describe('an amount as it is typed', () => {
  it.each([
    ['60', 'EUR', 60_000_000],
    ['60.5', 'EUR', 60_500_000],
    ['60,50', 'EUR', 60_500_000],
    [' 0.07 ', 'EUR', 70_000],
    ['1500', 'JPY', 1_500_000_000],
    ['12.345', 'KWD', 12_345_000],
    ['999999999', 'EUR', 999_999_999_000_000],
  ])('%s %s is %i micros', (text, currency, micros) => {
    expect(readBudget(text, currency, 'en-GB')).toEqual({ kind: 'read', micros });
  });

  it.each([
    ['', 'EUR', /Write an amount like 1500\.50/],
    ['€60', 'EUR', /without currency/],
    ['-5', 'EUR', /Write an amount/],
    ['1e3', 'EUR', /Write an amount/],
    ['1,234.50', 'EUR', /Write an amount/],
    ['1,234', 'EUR', /EUR has 2 decimals; write thousands without a separator/],
    ['1.500', 'JPY', /JPY has no decimals/],
    ['0', 'EUR', /pause the campaign/],
    ['1234567890', 'EUR', /more than any daily budget/],
  ])('%s %s is refused', (text, currency, reason) => {
    expect(readBudget(text, currency, 'en-GB')).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) });
  });

  it('reads what it writes', () => {
    for (const micros of [10_000, 126_000_000, 1_234_560_000]) {
      expect(readBudget(writtenBudget(micros), 'EUR', 'en-GB')).toEqual({ kind: 'read', micros });
    }
  });
});

describe('an edit of a campaign', () => {
  const raise = { field: 'budget', micros: 60_000_000 } as const;
  const pause = { field: 'status', status: 'paused' } as const;

  it('is an operation of the contract', () => {
    for (const edit of [raise, pause]) {
      expect(operationSchema.parse(operationOf(row, edit))).toEqual(operationOf(row, edit));
    }
    expect(operationOf(row, raise)).toMatchObject({ dailyBudget: { micros: 60_000_000, currency: 'EUR' } });
  });

  it('gives a reason that says what it does', () => {
    expect(reasonOf(row, raise, 'en-GB')).toBe('Daily budget of Brand: €50.00 → €60.00');
    expect(reasonOf(row, pause)).toBe('Pause Brand');
  });

  it('knows what only spends less', () => {
    expect(spendsLess(row, raise)).toBe(false);
    expect(spendsLess(row, { field: 'budget', micros: 49_000_000 })).toBe(true);
    expect(spendsLess(row, pause)).toBe(true);
    expect(spendsLess(row, { field: 'status', status: 'enabled' })).toBe(false);
    expect(isSame(row, { field: 'budget', micros: 50_000_000 })).toBe(true);
  });

  it('says why a cell cannot be edited', () => {
    expect(editRefusal(row, 'budget')).toBeUndefined();
    expect(editRefusal({ ...row, status: 'removed' }, 'status')).toMatch(/is removed on Google/);
    const linkedin = { ...row, platform: 'linkedin-ads', dailyBudgetMicros: null };
    expect(editRefusal(linkedin, 'budget')).toMatch(/on LinkedIn it is kept at each campaign, an ad group here/);
    expect(editRefusal(linkedin, 'status')).toBeUndefined();
    expect(editRefusal({ ...row, dailyBudgetMicros: null }, 'budget')).toMatch(/no daily budget of its own/);
  });

  it('marks its row, which takes no second edit until it is over', () => {
    const marked = withEdit(row, raise);
    expect(marked).toMatchObject({ dailyBudgetMicros: 60_000_000, pending: 'budget' });
    expect(editRefusal(marked, 'status')).toMatch(/is being applied/);
  });
});
