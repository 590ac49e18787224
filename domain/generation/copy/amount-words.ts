import type { FactValue } from '../fact.ts';
import type { LanguagePack } from './language-pack.ts';

/** Amounts, dates and ratings as a language writes them. */
export interface AmountWords {
  readonly price: (value: Extract<FactValue, { is: 'price' }>) => string;
  readonly discount: (value: Extract<FactValue, { is: 'discount' }>) => string;
  readonly until: (date: string) => string;
  readonly rating: (value: Extract<FactValue, { is: 'rating' }>) => string;
  readonly count: (value: number) => string;
}

/** Their signs are understood anywhere; a "$" of Canada or Mexico is not. */
const symbolic: ReadonlySet<string> = new Set(['EUR', 'USD', 'GBP']);

export function amountWords(pack: LanguagePack, countries: readonly string[]): AmountWords {
  const locale = pack.locale(countries);
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  return {
    price: ({ micros, currency, lowest, unit }) => {
      const money = new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        // French writes "49 £GB" by default, which no ad does.
        currencyDisplay: symbolic.has(currency) ? 'narrowSymbol' : 'code',
        trailingZeroDisplay: 'stripIfInteger',
      }).format(micros / 1_000_000);
      return `${lowest ? pack.lowest(money) : money}${pack.per[unit]}`;
    },
    discount: ({ percent, most }) => (most ? pack.most(pack.percent(percent)) : pack.percent(percent)),
    // "1er janvier": Intl has no ordinal for the first in French.
    until: (date) => day.format(new Date(`${date}T00:00:00Z`)).replace(pack.language === 'fr' ? /^1 / : /^$/, '1er '),
    rating: ({ value, outOf }) => `${decimal.format(value)}/${decimal.format(outOf)}`,
    count: (value) => decimal.format(value),
  };
}
