import type { Bidding, Money } from '../../contracts/schemas/changes.ts';
import type { Objection } from '../../domain/integrations/platform-writer.ts';

/**
 * The smallest unit Google bills in each currency, micros: every budget and bid is a multiple of it. Source: ISO 4217's minor units as
 * Google lists them with its currency codes; a currency that is not here has cents.
 * https://developers.google.com/google-ads/api/data/codes-formats#currency-codes
 */
const wholeUnits: ReadonlySet<string> = new Set([
  'CLP',
  'CRC',
  'HUF',
  'IDR',
  'ISK',
  'JPY',
  'KRW',
  'LKR',
  'PYG',
  'TWD',
  'UGX',
  'VND',
]);

export const stepMicros = (currency: string): number => (wholeUnits.has(currency) ? 1_000_000 : 10_000);

/** Google publishes no smallest daily budget: it must pay for one click at the lowest bid, which is the smallest unit. */
export const minimumMicros = (currency: string): number => stepMicros(currency);

/** Everything against an amount in the account's currency. */
export function moneyObjections(
  field: string,
  { micros, currency }: Money,
  accountCurrency: string,
): readonly Objection[] {
  if (currency !== accountCurrency)
    return [{ field, reason: `is in ${currency}; the account's currency is ${accountCurrency}` }];
  const least = minimumMicros(currency);
  if (micros < least)
    return [{ field, reason: `must be at least ${least / 1_000_000} ${currency}, not ${micros / 1_000_000}` }];
  const step = stepMicros(currency);
  return micros % step === 0 ? [] : [{ field, reason: `must be a multiple of ${step / 1_000_000} ${currency}` }];
}

interface Strategy {
  /** What it needs beside its name, and what it takes. */
  readonly amount: 'required' | 'optional' | 'refused';
  readonly targetRoas: 'required' | 'refused';
  /** Campaign types that have it. */
  readonly campaigns: readonly string[];
}

const both = ['search', 'performance-max'];
/** Strategies of campaigns; one that is not here does not exist on Google Ads. */
const strategies: Readonly<Partial<Record<Bidding['strategy'], Strategy>>> = {
  'maximize-conversions': { amount: 'refused', targetRoas: 'refused', campaigns: both },
  'maximize-conversion-value': { amount: 'refused', targetRoas: 'refused', campaigns: both },
  'target-cpa': { amount: 'required', targetRoas: 'refused', campaigns: both },
  'target-roas': { amount: 'refused', targetRoas: 'required', campaigns: both },
  'maximize-clicks': { amount: 'optional', targetRoas: 'refused', campaigns: ['search'] },
  // Bids by hand stand at the ad groups.
  'manual-cpc': { amount: 'refused', targetRoas: 'refused', campaigns: ['search'] },
};

export function campaignBiddingObjections(
  bidding: Bidding,
  campaignType: string,
  accountCurrency: string,
): readonly Objection[] {
  const rule = strategies[bidding.strategy];
  if (rule === undefined)
    return [{ field: 'bidding.strategy', reason: `Google Ads has no ${bidding.strategy}; it has ${listed()}` }];
  if (!rule.campaigns.includes(campaignType))
    return [{ field: 'bidding.strategy', reason: `${bidding.strategy} does not exist for ${campaignType} campaigns` }];
  const found: Objection[] = [];
  if (rule.amount === 'required' && bidding.amount === undefined)
    found.push({ field: 'bidding.amount', reason: `${bidding.strategy} needs the cost of a conversion to aim for` });
  if (rule.amount === 'refused' && bidding.amount !== undefined) {
    const reason =
      bidding.strategy === 'manual-cpc'
        ? 'Google Ads keeps bids by hand at ad groups, not at campaigns'
        : `${bidding.strategy} takes no amount on Google Ads; target-cpa keeps to one`;
    found.push({ field: 'bidding.amount', reason });
  }
  if (rule.targetRoas === 'required' && bidding.targetRoas === undefined)
    found.push({ field: 'bidding.targetRoas', reason: 'target-roas needs the return to aim for' });
  if (rule.targetRoas === 'refused' && bidding.targetRoas !== undefined)
    found.push({ field: 'bidding.targetRoas', reason: `${bidding.strategy} takes no target return on Google Ads` });
  if (rule.amount !== 'refused' && bidding.amount !== undefined)
    found.push(...moneyObjections('bidding.amount', bidding.amount, accountCurrency));
  return found;
}

/** Ad groups have a bid by hand and nothing else. */
export function adGroupBiddingObjections(bidding: Bidding, accountCurrency: string): readonly Objection[] {
  if (bidding.strategy !== 'manual-cpc')
    return [
      {
        field: 'bidding.strategy',
        reason: `Google Ads keeps ${bidding.strategy} at campaigns; ad groups have manual-cpc`,
      },
    ];
  if (bidding.targetRoas !== undefined)
    return [{ field: 'bidding.targetRoas', reason: 'manual-cpc takes no target return' }];
  if (bidding.amount === undefined)
    return [{ field: 'bidding.amount', reason: 'manual-cpc needs the highest bid for a click' }];
  return moneyObjections('bidding.amount', bidding.amount, accountCurrency);
}

const listed = (): string => Object.keys(strategies).join(', ');
