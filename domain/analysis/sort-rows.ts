import { type Dimension, type MetricName, type MetricRow, metricNames } from '../../contracts/schemas/metrics.ts';

/** Sortable dimensions by the name a query uses: what is compared, and which grouping it needs. */
const sortableDimensions = {
  platform: { needs: 'platform', text: (row) => row.platform },
  account: { needs: 'account', text: (row) => row.accountName ?? row.accountId },
  campaign: { needs: 'campaign', text: (row) => row.campaignName ?? row.campaignId },
  adGroup: { needs: 'ad-group', text: (row) => row.adGroupName ?? row.adGroupId },
  ad: { needs: 'ad', text: (row) => row.adName ?? row.adId },
  keyword: { needs: 'keyword', text: (row) => row.keywordId },
  searchTerm: { needs: 'search-term', text: (row) => row.searchTerm },
  asset: { needs: 'asset', text: (row) => row.assetPlatformId },
  age: { needs: 'age', text: (row) => row.age },
  gender: { needs: 'gender', text: (row) => row.gender },
  country: { needs: 'country', text: (row) => row.country },
  device: { needs: 'device', text: (row) => row.device },
  placement: { needs: 'placement', text: (row) => row.placement },
  date: { needs: 'date', text: (row) => row.date },
  week: { needs: 'week', text: (row) => row.week },
  month: { needs: 'month', text: (row) => row.month },
} as const satisfies Record<string, { needs: Dimension; text: (row: MetricRow) => string | undefined }>;

const identityByDimension: Readonly<Record<Dimension, (row: MetricRow) => string | undefined>> = {
  platform: (row) => row.platform,
  account: (row) => row.accountId,
  campaign: (row) => row.campaignId,
  'ad-group': (row) => row.adGroupId,
  ad: (row) => row.adId,
  keyword: (row) => row.keywordId,
  'search-term': (row) => row.searchTerm,
  asset: (row) => row.assetPlatformId,
  age: (row) => row.age,
  gender: (row) => row.gender,
  country: (row) => row.country,
  device: (row) => row.device,
  placement: (row) => row.placement,
  date: (row) => row.date,
  week: (row) => row.week,
  month: (row) => row.month,
};

export interface SortOrder {
  readonly by: MetricName | keyof typeof sortableDimensions;
  readonly descending: boolean;
}

/** Whether rows must have their names before they can be ordered. */
export const sortsByName = ({ by }: SortOrder): boolean =>
  by === 'account' || by === 'campaign' || by === 'adGroup' || by === 'ad';

export type SortChoice =
  | { readonly kind: 'sort'; readonly order: SortOrder }
  | { readonly kind: 'unknown'; readonly reason: string };

const dayDimensions: readonly Dimension[] = ['date', 'week', 'month'];

/** Time first when rows are days, weeks or months; the largest spend first otherwise. */
function defaultSort(groupBy: readonly Dimension[]): SortOrder {
  const time = groupBy.find((name) => dayDimensions.includes(name));
  return time === 'date' || time === 'week' || time === 'month'
    ? { by: time, descending: false }
    : { by: 'spendMicros', descending: true };
}

/** Reads `-spendMicros`, `campaign`, `adGroup`. A dimension must be one that is grouped by. */
export function parseSort(text: string | undefined, groupBy: readonly Dimension[]): SortChoice {
  if (text === undefined) return { kind: 'sort', order: defaultSort(groupBy) };
  const descending = text.startsWith('-');
  const name = descending ? text.slice(1) : text;
  const metric = metricNames.find((known) => known === name);
  if (metric) return { kind: 'sort', order: { by: metric, descending } };
  const possible = Object.entries(sortableDimensions).filter(([, { needs }]) => groupBy.includes(needs));
  const dimension = possible.find(([known]) => known === name)?.[0] as SortOrder['by'] | undefined;
  if (dimension) return { kind: 'sort', order: { by: dimension, descending } };
  const names = [...metricNames, ...possible.map(([known]) => known)];
  return { kind: 'unknown', reason: `rows have no ${name} to sort by; possible are ${names.join(', ')}` };
}

/** Where a row stands in an order: its sort value and its identity, which no other row of the answer has. */
export interface RowPosition {
  readonly value: string | number | null;
  readonly identity: string;
}

export function positionOf(row: MetricRow, order: SortOrder, groupBy: readonly Dimension[]): RowPosition {
  const value =
    order.by in row.values
      ? (row.values[order.by as MetricName] ?? null)
      : (sortableDimensions[order.by as keyof typeof sortableDimensions].text(row) ?? null);
  return { value, identity: groupBy.map((name) => identityByDimension[name](row) ?? '').join('\n') };
}

/** People expect `Campaign 9` before `Campaign 10` and `a` beside `A`. */
let collator: Intl.Collator | undefined;
/** Made by the first comparison: it takes 10 ms, which a cold start does not need. */
const compareTexts = (a: string, b: string): number => {
  collator ??= new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  return collator.compare(a, b);
};

/** Rows without a value come last in either direction; equal values follow their identity, so pages never overlap. */
export function comparePositions(a: RowPosition, b: RowPosition, descending: boolean): number {
  if (a.value === null || b.value === null) {
    if (a.value !== b.value) return a.value === null ? 1 : -1;
  } else {
    const difference =
      typeof a.value === 'number' && typeof b.value === 'number'
        ? a.value - b.value
        : compareTexts(String(a.value), String(b.value));
    if (difference !== 0) return descending ? -difference : difference;
  }
  return a.identity < b.identity ? -1 : a.identity > b.identity ? 1 : 0;
}

export interface RowPage {
  readonly rows: readonly MetricRow[];
  /** Where the page ends; `undefined` when nothing follows. */
  readonly last: RowPosition | undefined;
}

/** The rows of one page: after a position, in order. */
export function pageOfRows(
  rows: readonly MetricRow[],
  request: {
    readonly order: SortOrder;
    readonly groupBy: readonly Dimension[];
    readonly after: RowPosition | undefined;
    readonly limit: number;
  },
): RowPage {
  const { order, groupBy, after, limit } = request;
  const placed = rows
    .map((row) => ({ row, position: positionOf(row, order, groupBy) }))
    .filter(({ position }) => after === undefined || comparePositions(position, after, order.descending) > 0)
    .sort((a, b) => comparePositions(a.position, b.position, order.descending));
  const page = placed.slice(0, limit);
  return { rows: page.map(({ row }) => row), last: placed.length > limit ? page.at(-1)?.position : undefined };
}
