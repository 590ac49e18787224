import type { Cell } from '../../format/csv.ts';
import { type MetricKey, metricOf } from '../../format/metrics.ts';
import { money, plainMoney } from '../../format/numbers.ts';
import { campaignTypeName, shortName } from '../../format/platforms.ts';
import type { CampaignRow } from './campaign-rows.ts';

export interface CampaignColumn {
  readonly key: string;
  readonly label: string;
  readonly meaning: string;
  /** Set for the columns of numbers of the period. */
  readonly metric?: MetricKey;
  readonly numeric: boolean;
  /** Track of the CSS grid. */
  readonly track: string;
  readonly text: (row: CampaignRow) => string;
  /** Compared one after the other; null sorts last in both directions. */
  readonly order: (row: CampaignRow) => readonly (string | number | null)[];
  readonly csv: (row: CampaignRow) => Cell;
}

export const statusNames: Readonly<Record<CampaignRow['status'], string>> = {
  enabled: 'Enabled',
  paused: 'Paused',
  removed: 'Removed',
};

const textColumn = (
  key: string,
  label: string,
  meaning: string,
  track: string,
  text: (row: CampaignRow) => string,
): CampaignColumn => ({ key, label, meaning, track, numeric: false, text, order: (row) => [text(row)], csv: text });

const tracks: Readonly<Record<MetricKey, string>> = {
  spend: '108px',
  conversions: '98px',
  cpa: '88px',
  roas: '72px',
  impressions: '108px',
  clicks: '88px',
  ctr: '66px',
};
/** What a campaign cost and brought comes first: a window of 1280 pixels shows the columns up to ROAS, and scrolls to the rest. */
const metricOrder: readonly MetricKey[] = ['spend', 'conversions', 'cpa', 'roas', 'impressions', 'clicks', 'ctr'];

const metricColumn = (key: MetricKey): CampaignColumn => {
  const { label, meaning, unit, of } = metricOf(key);
  return {
    key,
    label,
    meaning,
    metric: key,
    numeric: true,
    track: tracks[key],
    text: () => '',
    order: (row) => [row.values && of(row.values)],
    csv: (row) => {
      const value = row.values && of(row.values);
      return value === null || unit !== 'money' ? value : plainMoney(value);
    },
  };
};

export const campaignColumns: readonly CampaignColumn[] = [
  textColumn('name', 'Campaign', 'Name on the platform', 'minmax(210px, 1.6fr)', (row) => row.name),
  textColumn('platform', 'Platform', 'Ad platform', '92px', (row) => shortName(row.platform)),
  textColumn('account', 'Account', 'Advertising account', 'minmax(118px, 1fr)', (row) => row.accountName),
  textColumn('status', 'Status', 'Status on the platform', '92px', (row) => statusNames[row.status]),
  {
    key: 'budget',
    label: 'Budget',
    meaning: 'Daily budget in the currency of the account; sorted within each currency',
    numeric: true,
    track: '104px',
    text: (row) => (row.dailyBudgetMicros === null ? '–' : money(row.dailyBudgetMicros, row.budgetCurrency)),
    order: (row) => [row.dailyBudgetMicros === null ? null : row.budgetCurrency, row.dailyBudgetMicros],
    csv: (row) =>
      row.dailyBudgetMicros === null ? null : `${plainMoney(row.dailyBudgetMicros)} ${row.budgetCurrency}`,
  },
  ...metricOrder.map(metricColumn),
  textColumn('type', 'Type', 'Campaign type', '136px', (row) => campaignTypeName(row.type)),
];
