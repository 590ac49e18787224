import type { Operation } from '../../../../sdks/javascript/src/generated/api.ts';
import { money } from '../../format/numbers.ts';
import { ownWord, shortName } from '../../format/platforms.ts';
import { counted } from '../../format/plural.ts';
import type { CampaignRow } from './campaign-rows.ts';

/** Cells of the table that can be edited, by the key of their column. */
export const editableFields = ['budget', 'status'] as const;
export type EditableField = (typeof editableFields)[number];
export const isEditable = (key: string): key is EditableField => editableFields.some((field) => field === key);

/** What somebody wants a campaign to become. */
export type CampaignEdit =
  | { readonly field: 'budget'; readonly micros: number }
  | { readonly field: 'status'; readonly status: 'enabled' | 'paused' };

type Editable = Pick<
  CampaignRow,
  'id' | 'name' | 'platform' | 'status' | 'dailyBudgetMicros' | 'budgetCurrency' | 'pending'
>;

/** Why a cell cannot be edited here, or undefined. */
export function editRefusal(row: Editable, field: EditableField): string | undefined {
  if (row.pending !== undefined) return `A change of ${row.name} is being applied; wait until it is over.`;
  if (row.status === 'removed')
    return `${row.name} is removed on ${shortName(row.platform)}; a removed campaign takes no change.`;
  if (field === 'status' || row.dailyBudgetMicros !== null) return undefined;
  const [own, below] = [ownWord(row.platform, 'campaign'), ownWord(row.platform, 'ad-group')];
  return own === undefined || below === undefined
    ? `${row.name} has no daily budget of its own: it has one for its whole run, or one in each ad group. Change it on ${shortName(row.platform)}.`
    : `${row.name} has no daily budget of its own: on ${shortName(row.platform)} it is kept at each ${below}, an ad group here, or set for the whole run. Change it there.`;
}

/** So many digits before the point are no budget any more, and stay exact. */
const mostDigits = 9;

export type BudgetReading =
  | { readonly kind: 'read'; readonly micros: number }
  | { readonly kind: 'refused'; readonly reason: string };

const refused = (reason: string): BudgetReading => ({ kind: 'refused', reason });

/** An amount as it is typed, without separators of thousands: whether `1,234` is a thousand or one nobody has to guess. */
export function readBudget(text: string, currency: string, locale?: string): BudgetReading {
  const decimals = decimalsOf(currency, locale);
  const found = /^(\d+)(?:[.,](\d+))?$/.exec(text.trim());
  if (found === null)
    return refused(`Write an amount like ${decimals === 0 ? '1500' : '1500.50'}, without currency or separators.`);
  const [, whole = '', fraction = ''] = found;
  if (fraction.length > decimals) {
    return refused(
      decimals === 0
        ? `${currency} has no decimals; write thousands without a separator.`
        : `${currency} has ${counted(decimals, 'decimal')}; write thousands without a separator.`,
    );
  }
  if (whole.replace(/^0+/, '').length > mostDigits) return refused('This is more than any daily budget.');
  const micros = Number(whole) * 1_000_000 + Number(fraction.padEnd(6, '0'));
  return micros === 0
    ? refused('A daily budget is more than nothing. To stop spending, pause the campaign.')
    : { kind: 'read', micros };
}

const decimalsOf = (currency: string, locale?: string): number =>
  new Intl.NumberFormat(locale, { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** As it is typed: the amount with a point, no more decimals than it has. */
export const writtenBudget = (micros: number): string => String(micros / 1_000_000);

/** Whether it can only lower what is spent. */
export const spendsLess = (row: Editable, edit: CampaignEdit): boolean =>
  edit.field === 'status'
    ? edit.status === 'paused'
    : row.dailyBudgetMicros !== null && edit.micros < row.dailyBudgetMicros;

export const isSame = (row: Editable, edit: CampaignEdit): boolean =>
  edit.field === 'status' ? edit.status === row.status : edit.micros === row.dailyBudgetMicros;

export function operationOf(row: Editable, edit: CampaignEdit): Operation {
  const target = { campaignId: row.id };
  return edit.field === 'status'
    ? { do: 'set-status', target, status: edit.status }
    : { do: 'set-daily-budget', target, dailyBudget: { micros: edit.micros, currency: row.budgetCurrency } };
}

const statusVerbs = { enabled: 'Enable', paused: 'Pause' } as const;

/** What goes into the audit trail where nobody says more: `Daily budget of Brand: €50.00 → €60.00`. */
export function reasonOf(row: Editable, edit: CampaignEdit, locale?: string): string {
  if (edit.field === 'status') return `${statusVerbs[edit.status]} ${row.name}`;
  const [before, after] = [row.dailyBudgetMicros ?? 0, edit.micros].map((micros) =>
    money(micros, row.budgetCurrency, locale),
  );
  return `Daily budget of ${row.name}: ${before} → ${after}`;
}

/** The row as it will be once the edit is applied. */
export const withEdit = (row: CampaignRow, edit: CampaignEdit): CampaignRow => ({
  ...row,
  ...(edit.field === 'status' ? { status: edit.status } : { dailyBudgetMicros: edit.micros }),
  pending: edit.field,
});
