/**
 * The least daily budgets. TikTok's help ("About budgets for ads in TikTok Ads Manager") names US dollars and Ads Manager the others
 * here; what a currency without a line needs, TikTok alone says, and refuses with it.
 */
const leastBudgets: Readonly<Record<string, { readonly campaign: number; readonly adGroup: number }>> = {
  USD: { campaign: 50, adGroup: 20 },
  EUR: { campaign: 50, adGroup: 20 },
  GBP: { campaign: 50, adGroup: 20 },
  JPY: { campaign: 5_000, adGroup: 2_000 },
};

/** Micros a day; the smallest amount there is where TikTok's own minimum is not known. */
export function leastBudgetMicros(level: 'campaign' | 'ad-group', currency: string): number {
  const known = Object.hasOwn(leastBudgets, currency) ? leastBudgets[currency] : undefined;
  if (known === undefined) return currencyStepMicros(currency);
  return (level === 'campaign' ? known.campaign : known.adGroup) * 1_000_000;
}

/** Micros of the smallest amount: a cent, a yen. TikTok takes no more than two decimals. */
export function currencyStepMicros(currency: string): number {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return 10 ** (6 - Math.min(2, maximumFractionDigits));
}

/** TikTok's budgets and bids are numbers in currency units. Exact: micros were checked to be whole cents. */
export const unitsOf = (micros: number): number => Number((micros / 1_000_000).toFixed(2));
export const microsOf = (units: number): number => Math.round(units * 1_000_000);
