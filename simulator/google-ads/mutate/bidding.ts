import type { Account, Bidding, Channel } from '../../market/world.ts';
import { checkBid } from './money.ts';
import { type Fields, numberAt, type Operation, partAt, refusal } from './operation.ts';

/** Members of campaign_bidding_strategy that the simulator models, with the channels that have them. */
export const members: Readonly<
  Record<string, { readonly type: string; readonly target?: string; readonly channels: readonly Channel[] }>
> = {
  manual_cpc: { type: 'MANUAL_CPC', channels: ['search'] },
  target_spend: { type: 'TARGET_SPEND', target: 'cpc_bid_ceiling_micros', channels: ['search'] },
  maximize_conversions: {
    type: 'MAXIMIZE_CONVERSIONS',
    target: 'target_cpa_micros',
    channels: ['search', 'performance-max', 'video'],
  },
  maximize_conversion_value: {
    type: 'MAXIMIZE_CONVERSION_VALUE',
    target: 'target_roas',
    channels: ['search', 'performance-max', 'video'],
  },
};

export interface CampaignBidding {
  readonly bids: Bidding;
  /** What Google calls it; a strategy with a target has the same type as without. */
  readonly type: string;
}

/** The strategy that a campaign's fields name; `undefined` where they name none. */
export function biddingIn(
  operation: Operation,
  fields: Fields,
  channel: Channel,
  account: Account,
): CampaignBidding | undefined {
  const named = Object.keys(members).filter((member) => fields[member] !== undefined);
  const [member, second] = named;
  if (member === undefined) return undefined;
  if (second !== undefined)
    throw refusal(operation, 'field_error', 'VALUE_MUST_BE_UNSET', 'The field must be unset.', second);
  const rule = members[member];
  const part = partAt(fields, member);
  if (rule === undefined || part === undefined) return undefined;
  if (!rule.channels.includes(channel))
    throw refusal(
      operation,
      'bidding_error',
      'CANNOT_ATTACH_BIDDING_STRATEGY_TO_CAMPAIGN',
      'Cannot attach the bidding strategy to the campaign.',
      member,
    );
  const target = rule.target === undefined ? 0 : (numberAt(part, rule.target) ?? 0);
  if (rule.target?.endsWith('_micros')) checkBid(operation, target, account, `${member}.${rule.target}`);
  if (rule.target === 'target_roas' && (target < 0 || target > 1000))
    throw refusal(
      operation,
      'field_error',
      'INVALID_VALUE',
      "The field's value is invalid.",
      'maximize_conversion_value.target_roas',
    );
  return { type: rule.type, bids: bidsOf(member, target) };
}

function bidsOf(member: string, target: number): Bidding {
  switch (member) {
    case 'manual_cpc':
      return { strategy: 'manual-cpc' };
    case 'target_spend':
      return { strategy: 'maximize-clicks', ...(target > 0 ? { amountMicros: target } : {}) };
    case 'maximize_conversions':
      return target > 0 ? { strategy: 'target-cpa', amountMicros: target } : { strategy: 'maximize-conversions' };
    default:
      return target > 0 ? { strategy: 'target-roas', targetRoas: target } : { strategy: 'maximize-conversion-value' };
  }
}
