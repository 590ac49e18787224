import type { Money } from '../../contracts/schemas/changes.ts';

/**
 * The least daily budgets. LinkedIn's help ("Minimum budget") names ten US dollars and their equivalent; what a currency without a line
 * needs, LinkedIn alone says, and refuses with it.
 */
const leastBudgets: Readonly<Record<string, number>> = { USD: 10, EUR: 10, GBP: 10, JPY: 1_000 };

/** Micros a day; the smallest amount there is where LinkedIn's own minimum is not known. */
export function leastBudgetMicros(currency: string): number {
  const known = Object.hasOwn(leastBudgets, currency) ? leastBudgets[currency] : undefined;
  return known === undefined ? currencyStepMicros(currency) : known * 1_000_000;
}

/** Micros of the smallest amount: a cent, a yen. */
export function currencyStepMicros(currency: string): number {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return 10 ** (6 - Math.min(2, maximumFractionDigits));
}

/** `{amount: "42.5", currencyCode: "EUR"}`. Exact: micros were checked to be whole cents. */
export const amountOf = ({ micros, currency }: Money) => ({
  amount: (micros / 1_000_000).toFixed(2).replace(/\.?0+$/, ''),
  currencyCode: currency,
});
