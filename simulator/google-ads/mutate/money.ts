import { type Account, billableMicros } from '../../market/world.ts';
import { type Operation, refusal, required } from './operation.ts';

/** A hundred million units of the currency. */
const mostMicros = 1e14;

/** A daily budget as Google takes it. */
export function checkBudget(operation: Operation, micros: number | undefined, account: Account): number {
  const field = 'amount_micros';
  if (micros === undefined) throw required(operation, field);
  const refuse = (code: string, message: string) => refusal(operation, 'campaign_budget_error', code, message, field);
  if (micros < 0) throw refuse('NEGATIVE_MONEY_AMOUNT', 'A money amount was negative.');
  const unit = billableMicros(account.currency);
  if (micros < unit)
    throw refuse(
      'MONEY_AMOUNT_LESS_THAN_CURRENCY_MINIMUM_CPC',
      'A money amount was less than the minimum CPC for currency.',
    );
  if (micros > mostMicros)
    throw refuse('MONEY_AMOUNT_TOO_LARGE', 'A money amount was greater than the maximum allowed.');
  if (micros % unit !== 0)
    throw refuse('NON_MULTIPLE_OF_MINIMUM_CURRENCY_UNIT', 'A money amount was not a multiple of a minimum unit.');
  return micros;
}

/** A bid, target or ceiling; 0 is none. */
export function checkBid(operation: Operation, micros: number, account: Account, field: string): number {
  const unit = billableMicros(account.currency);
  if (micros < 0) throw refusal(operation, 'bidding_error', 'BID_TOO_SMALL', 'The bid is too small.', field);
  if (micros > mostMicros) throw refusal(operation, 'bidding_error', 'BID_TOO_BIG', 'The bid is too big.', field);
  if (micros % unit !== 0)
    throw refusal(
      operation,
      'bidding_error',
      'BID_TOO_MANY_FRACTIONAL_DIGITS',
      'The bid has too many fractional digit precision.',
      field,
    );
  return micros;
}
