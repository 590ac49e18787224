import type { Import, ImportPreview } from '../../../../sdks/javascript/src/generated/api.ts';
import type { Tone } from '../../parts/status.tsx';

export const stateWords: Readonly<Record<Import['state'], { readonly tone: Tone; readonly word: string }>> = {
  uploading: { tone: 'busy', word: 'Being sent' },
  uploaded: { tone: 'warn', word: 'Waiting for your word' },
  loading: { tone: 'busy', word: 'Loading' },
  loaded: { tone: 'good', word: 'Loaded' },
  failed: { tone: 'bad', word: 'Failed' },
  removing: { tone: 'busy', word: 'Being removed' },
  removed: { tone: 'quiet', word: 'Removed' },
};

/** Where each platform's own pages give a report that can be imported, and what it has to hold. docs/import.md says more. */
export const downloads = [
  [
    'Google Ads',
    'Insights and reports → Report editor. Rows: Day and Campaign ID. Columns: Impr., Clicks, Cost, Conversions, Conv. value, Currency code, Customer ID. Download as .csv or Excel .csv.',
  ],
  [
    'TikTok Ads',
    'Analytics → Custom reports. Dimensions: By Day and Campaign ID. Metrics: Cost, Impressions, Clicks (destination), Conversions, Currency, Account ID. Export as CSV or XLSX.',
  ],
  [
    'LinkedIn Ads',
    'Campaign Manager → Export. Report: Campaign performance, time breakdown Daily. The file has Campaign Group ID, Total Spent, Impressions and Clicks by itself.',
  ],
] as const;

export const isUnderWay = ({ state }: Pick<Import, 'state'>): boolean => state === 'loading' || state === 'removing';

const delimiterNames: Readonly<Record<string, string>> = { '\t': 'tabs', ';': 'semicolons', ',': 'commas' };
export const dateFormats = [
  ['iso', 'Year first (2026-11-01)'],
  ['day-month-year', 'Day first (01/11/2026)'],
  ['month-day-year', 'Month first (11/01/2026)'],
  ['named-month', 'Month by name (1 Nov 2026)'],
] as const;
export const decimalSigns = [
  ['point', 'Point (1,234.56)'],
  ['comma', 'Comma (1.234,56)'],
] as const;

/** `CSV, utf-16le, separated by tabs` */
export const formatWords = ({ kind, encoding, delimiter, sheet }: ImportPreview['format']): string =>
  kind === 'xlsx'
    ? `XLSX, sheet ${sheet ?? ''}`
    : `CSV, ${encoding ?? ''}, separated by ${delimiterNames[delimiter ?? ''] ?? delimiter ?? ''}`;

/** What of a choice list is shown for a value; the value itself where there is none. */
export const labelOf = (list: readonly (readonly [string, string])[], value: string | null): string =>
  value === null ? 'Not known' : (list.find(([id]) => id === value)?.[1] ?? value);
