import { toCsv } from '../../format/csv.ts';
import { campaignColumns } from './campaign-columns.ts';
import type { CampaignRow } from './campaign-rows.ts';

/** What the table shows, in its order; money in units of `currency`, rates as fractions. */
export const campaignsCsv = (rows: readonly CampaignRow[], currency: string): string =>
  toCsv([
    [
      ...campaignColumns.map(({ label, metric }) =>
        metric === 'spend' || metric === 'cpa' ? `${label} (${currency})` : label,
      ),
      'Platform id',
    ],
    ...rows.map((row) => [...campaignColumns.map((column) => column.csv(row)), row.platformId]),
  ]);
