import type { FieldChange } from '../../contracts/schemas/change-requests.ts';
import type { Bidding, Operation } from '../../contracts/schemas/changes.ts';
import { moneyText } from './money-text.ts';

/** How much more a platform may pay for one click or conversion. */
export interface BidStep {
  /** A fraction of what it was; null where nothing bounds it any more. */
  readonly raise: number | null;
  readonly said: string;
}

const isBidding = (value: unknown): value is Bidding =>
  typeof value === 'object' && value !== null && 'strategy' in value;

/**
 * What a change of bidding does to the price: a bid, a cap or a target cost that grows, a target return that shrinks, or either taken
 * away. The amount of another strategy means something else, but a large one in place of a small one is worth a look all the same, as is
 * an amount in place of one that the platform does not tell. Undefined where the price does not grow.
 */
export function bidStep(operation: Operation, fields: readonly FieldChange[]): BidStep | undefined {
  const before = fields[0]?.before;
  if (operation.do !== 'set-bidding') return undefined;
  const { bidding: after } = operation;
  const untold = before === null || (isBidding(before) && before.strategy === 'manual-cpc' && !before.amount);
  if (untold && after.amount !== undefined) {
    const price = moneyText(after.amount.micros, after.amount.currency);
    return { raise: null, said: `The bid would be ${price}; what it is now, the platform does not tell.` };
  }
  if (!isBidding(before)) return undefined;
  if (before.amount !== undefined && after.amount === undefined && after.targetRoas === undefined) {
    const price = moneyText(before.amount.micros, before.amount.currency);
    return { raise: null, said: `The limit of ${price} on what one click or conversion may cost would be gone.` };
  }
  if (before.targetRoas !== undefined && after.targetRoas === undefined && after.amount === undefined) {
    return { raise: null, said: `The target return of ${before.targetRoas} would be gone.` };
  }
  if (before.amount !== undefined && after.amount !== undefined && after.amount.micros > before.amount.micros) {
    const was = before.amount.micros;
    const [from, to] =
      before.strategy === after.strategy ? ['', ''] : [` (${before.strategy})`, ` (${after.strategy})`];
    return {
      // From nothing any raise is as large as can be.
      raise: was === 0 ? null : (after.amount.micros - was) / was,
      said: `The bid would go from ${moneyText(was, before.amount.currency)}${from} to ${moneyText(after.amount.micros, after.amount.currency)}${to}.`,
    };
  }
  if (before.targetRoas !== undefined && after.targetRoas !== undefined && after.targetRoas < before.targetRoas) {
    return {
      raise: before.targetRoas / after.targetRoas - 1,
      said: `The target return would go from ${before.targetRoas} to ${after.targetRoas}.`,
    };
  }
  return undefined;
}
