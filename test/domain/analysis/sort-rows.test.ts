import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricRow } from '../../../contracts/schemas/metrics.ts';
import { metricValuesOf, noSums } from '../../../domain/analysis/metric-values.ts';
import { pageOfRows, parseSort, type RowPosition, type SortOrder } from '../../../domain/analysis/sort-rows.ts';
import { campaignIdOf } from './facts.ts';

const row = (campaign: number, clicks: number, impressions: number, campaignName?: string): MetricRow => ({
  campaignId: campaignIdOf(campaign),
  ...(campaignName !== undefined && { campaignName }),
  values: metricValuesOf({ ...noSums, clicks, impressions }),
});

function allPages(rows: readonly MetricRow[], order: SortOrder, limit: number): MetricRow[] {
  const all: MetricRow[] = [];
  let after: RowPosition | undefined;
  for (let page = 0; page <= rows.length; page += 1) {
    const answer = pageOfRows(rows, { order, groupBy: ['campaign'], after, limit });
    all.push(...answer.rows);
    if (answer.last === undefined) return all;
    after = answer.last;
  }
  throw new Error('pages do not end');
}

const ids = (rows: readonly MetricRow[]) => rows.map((one) => one.campaignId);

describe('parseSort', () => {
  it('puts the largest spend first, or time first where rows are days', () => {
    expect(parseSort(undefined, ['campaign'])).toEqual({
      kind: 'sort',
      order: { by: 'spendMicros', descending: true },
    });
    expect(parseSort(undefined, ['campaign', 'week'])).toEqual({
      kind: 'sort',
      order: { by: 'week', descending: false },
    });
  });

  it('reads a metric or a dimension that is grouped by', () => {
    expect(parseSort('-ctr', [])).toEqual({ kind: 'sort', order: { by: 'ctr', descending: true } });
    expect(parseSort('adGroup', ['ad-group'])).toEqual({ kind: 'sort', order: { by: 'adGroup', descending: false } });
  });

  it('refuses what rows do not have, naming what they have', () => {
    expect(parseSort('campaign', ['date'])).toEqual({
      kind: 'unknown',
      reason: expect.stringMatching(/no campaign to sort by; possible are impressions,.* roas, date$/),
    });
    expect(parseSort('-constructor', [])).toMatchObject({ kind: 'unknown' });
  });
});

describe('pageOfRows', () => {
  it('shows every row once over the pages, in the order of one large page, whatever the ties', () => {
    const rows = fc.uniqueArray(
      fc.tuple(fc.nat(30), fc.nat(3), fc.nat(2)).map(([id, clicks, impressions]) => row(id, clicks, impressions)),
      { maxLength: 25, selector: ({ campaignId }) => campaignId },
    );
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom('clicks', 'ctr'),
        fc.boolean(),
        fc.integer({ min: 1, max: 7 }),
        (some, by, descending, limit) => {
          const order = { by, descending } as SortOrder;
          const pages = allPages(some, order, limit);
          expect(pages).toEqual(allPages(some, order, 1_000));
          expect(new Set(ids(pages)).size).toBe(some.length);
        },
      ),
    );
  });

  it('puts rows without a value last in both directions', () => {
    const rows = [row(1, 0, 0), row(2, 1, 10), row(3, 5, 10)];
    expect(ids(allPages(rows, { by: 'ctr', descending: false }, 10))).toEqual([2, 3, 1].map(campaignIdOf));
    expect(ids(allPages(rows, { by: 'ctr', descending: true }, 10))).toEqual([3, 2, 1].map(campaignIdOf));
  });

  it('orders names as people do', () => {
    const rows = [row(1, 0, 0, 'Brand 10'), row(2, 0, 0, 'brand 9'), row(3, 0, 0, 'Autumn')];
    expect(ids(allPages(rows, { by: 'campaign', descending: false }, 10))).toEqual([3, 2, 1].map(campaignIdOf));
  });
});
