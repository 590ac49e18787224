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

/** Hands a file to the browser's downloads. */
export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the data by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
