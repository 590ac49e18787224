import type { Bidding } from '../../contracts/schemas/changes.ts';
import type { AccountRef, RawRow } from '../../domain/integrations/platform.ts';
import type { ObjectAddress, PresentObject } from '../../domain/integrations/platform-writer.ts';
import { unreadableAnswer } from './errors.ts';
import { levels } from './write-listed.ts';
import { microsOf } from './write-money.ts';
import { type Countries, targetingOf } from './write-targeting.ts';
import { dailyBudgetModes, strategiesByGoal } from './write-vocabulary.ts';

/** An object as TikTok lists it, in our words. Throws `PlatformError` for a row that lacks what every object has. */
export function presentObject(
  row: RawRow,
  target: ObjectAddress,
  account: AccountRef,
  countries: Countries | undefined,
): PresentObject {
  const { kind } = target;
  const id = text(row, levels[kind].id);
  return {
    address: {
      kind,
      platformId: id,
      campaignPlatformId: kind === 'campaign' ? null : text(row, 'campaign_id'),
      adGroupPlatformId: kind === 'ad' ? text(row, 'adgroup_id') : null,
      campaignType: target.campaignType,
    },
    name: text(row, levels[kind].name),
    status: statusOf(row),
    dailyBudget: kind === 'ad' ? null : dailyBudgetOf(row, account.currency),
    bidding: kind === 'ad-group' ? biddingOf(row, account.currency) : null,
    targeting: countries === undefined ? null : targetingOf(row, countries),
    serving: servingOf(row),
  };
}

function text(row: RawRow, field: string): string {
  const value = row[field];
  if (typeof value === 'string' && value !== '') return value;
  throw unreadableAnswer(`a list holds an object without ${field}`, { secrets: [] });
}

function statusOf(row: RawRow): PresentObject['status'] {
  if (text(row, 'secondary_status').endsWith('_DELETE')) return 'removed';
  const operation = text(row, 'operation_status');
  if (operation === 'ENABLE') return 'enabled';
  if (operation === 'DISABLE' || operation === 'FROZEN') return 'paused';
  if (operation === 'DELETE') return 'removed';
  throw unreadableAnswer(`a list holds an object with the status ${operation.slice(0, 40)}`, { secrets: [] });
}

/** `null` for budgets of the whole flight, unlimited ones, and those that stand at the other level (0). */
function dailyBudgetOf(row: RawRow, currency: string): PresentObject['dailyBudget'] {
  const { budget } = row;
  if (typeof row.budget_mode !== 'string' || !dailyBudgetModes.has(row.budget_mode)) return null;
  return typeof budget === 'number' && budget > 0 ? { micros: microsOf(budget), currency } : null;
}

/** `null` for ways to bid that our model has no word for. */
export function biddingOf(row: RawRow, currency: string): Bidding | null {
  const known =
    typeof row.optimization_goal === 'string' && Object.hasOwn(strategiesByGoal, row.optimization_goal)
      ? strategiesByGoal[row.optimization_goal]
      : undefined;
  if (known === undefined) return null;
  if (row.bid_type !== 'BID_TYPE_CUSTOM') return { strategy: known.free };
  const price = row[priceField(row.billing_event)];
  return typeof price === 'number' && price > 0
    ? { strategy: known.capped, amount: { micros: microsOf(price), currency } }
    : null;
}

/** Where a price stands: optimised impressions are paid for by conversion. */
export const priceField = (billingEvent: unknown): 'conversion_bid_price' | 'bid_price' =>
  billingEvent === 'OCPM' ? 'conversion_bid_price' : 'bid_price';

/** Nothing is told of an object's own switch; the status says it. */
const nothingInTheWay = /^(CAMPAIGN_STATUS_(ENABLE|DISABLE|DELETE)|(ADGROUP|AD)_STATUS_(DELIVERY_OK|DISABLE|DELETE))$/;
const words: Readonly<Record<string, string>> = {
  AD_STATUS_AUDIT: 'in review',
  ADGROUP_STATUS_AUDIT: 'in review',
  AD_STATUS_REAUDIT: 'in review again',
  ADGROUP_STATUS_REAUDIT: 'in review again',
  AD_STATUS_AUDIT_DENY: 'rejected by the review',
  ADGROUP_STATUS_AUDIT_DENY: 'rejected by the review',
};

function servingOf(row: RawRow): string | null {
  const status = text(row, 'secondary_status');
  if (nothingInTheWay.test(status)) return null;
  return (
    words[status] ??
    status
      .replace(/^(CAMPAIGN|ADGROUP|AD)_STATUS_/, '')
      .toLowerCase()
      .replaceAll('_', ' ')
  );
}
