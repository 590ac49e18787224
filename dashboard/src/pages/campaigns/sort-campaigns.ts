import { campaignColumns } from './campaign-columns.ts';
import type { CampaignRow } from './campaign-rows.ts';

export interface CampaignSort {
  /** Key of a column. */
  readonly by: string;
  readonly descending: boolean;
}

const standard: CampaignSort = { by: 'spend', descending: true };

/** `-spend` is descending; anything that is no column is the standard order. */
export function readSort(text: string | null): CampaignSort {
  const descending = text?.startsWith('-') ?? false;
  const by = descending ? text?.slice(1) : text;
  const column = campaignColumns.find(({ key }) => key === by);
  return column === undefined ? standard : { by: column.key, descending };
}

export const writeSort = ({ by, descending }: CampaignSort): string | undefined =>
  by === standard.by && descending === standard.descending ? undefined : `${descending ? '-' : ''}${by}`;

/** The same column turns round; another begins with what one looks for first: the largest number, the first name. */
export const nextSort = (sort: CampaignSort, key: string): CampaignSort =>
  sort.by === key
    ? { by: key, descending: !sort.descending }
    : { by: key, descending: campaignColumns.find((column) => column.key === key)?.numeric ?? false };

/** `new Intl.Collator` costs milliseconds; comparing with one does not. */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

type Part = string | number | null;

function compareParts(a: readonly Part[], b: readonly Part[], sign: number): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? null;
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1;
      continue;
    }
    const order =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : collator.compare(String(left), String(right));
    if (order !== 0) return sign * order;
  }
  return 0;
}

/** Rows without a value come last in both directions; equal ones keep the order of their names. */
export function sortCampaigns(rows: readonly CampaignRow[], { by, descending }: CampaignSort): CampaignRow[] {
  const column = campaignColumns.find(({ key }) => key === by);
  if (column === undefined) return [...rows];
  const sign = descending ? -1 : 1;
  return rows
    .map((row) => ({ row, order: column.order(row) }))
    .sort(
      (a, b) =>
        compareParts(a.order, b.order, sign) ||
        collator.compare(a.row.name, b.row.name) ||
        (a.row.id < b.row.id ? -1 : 1),
    )
    .map(({ row }) => row);
}
