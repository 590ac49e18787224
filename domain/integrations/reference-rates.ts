import { AppError } from '../errors.ts';

/** One day of the ECB's euro reference rates: units of a currency for one euro, in the bank's own digits. */
export interface ReferenceRates {
  readonly date: string;
  readonly rates: Readonly<Record<string, string>>;
}

/** The 90-day file has about 65 days of 30 currencies and 70 KB; anything far beyond is not that file. */
export const maximumRatesBytes = 1_000_000;
const maximumDays = 120;
const maximumCurrencies = 60;

const dayElement = /<Cube time=(["'])(\d{4}-\d{2}-\d{2})\1>(.*?)<\/Cube>/gs;
const rateElement = /<Cube currency=(["'])([A-Z]{3})\1 rate=(["'])(\d{1,9}(?:\.\d{1,9})?)\3\/>/g;

/**
 * Reads `eurofxref-hist-90d.xml` or `eurofxref-daily.xml` (https://www.ecb.europa.eu/stats/policy_and_exchange_rates).
 * Strict: every `Cube` must be understood, or none of the file is taken.
 */
export function parseReferenceRates(xml: string): ReferenceRates[] {
  if (xml.length > maximumRatesBytes) throw refused('it is far larger than a file of rates');
  const days: ReferenceRates[] = [];
  let understood = 0;
  for (const [, , date = '', body = ''] of xml.matchAll(dayElement)) {
    const rates: Record<string, string> = {};
    for (const [, , currency = '', , rate = ''] of body.matchAll(rateElement)) {
      if (Number(rate) <= 0) throw refused(`the rate of ${currency} on ${date} is not positive`);
      if (currency in rates) throw refused(`${currency} stands twice on ${date}`);
      rates[currency] = rate;
      understood += 1;
    }
    const currencies = Object.keys(rates).length;
    if (currencies === 0 || currencies > maximumCurrencies) throw refused(`${date} has ${currencies} currencies`);
    if (days.some((day) => day.date === date)) throw refused(`${date} stands twice`);
    if (Number.isNaN(Date.parse(`${date}T00:00:00Z`))) throw refused(`${date} is no day`);
    days.push({ date, rates });
  }
  if (days.length === 0 || days.length > maximumDays) throw refused(`it has ${days.length} days`);
  // The outermost Cube has no attributes; every other one is a day or a rate.
  const cubes = xml.match(/<Cube[ \t/][^>]*>/g)?.length ?? 0;
  if (cubes !== understood + days.length) throw refused('it holds elements that are neither a day nor a rate');
  return days.sort((a, b) => (a.date < b.date ? -1 : 1));
}

const refused = (why: string): AppError =>
  new AppError('unavailable', `The exchange rates were not taken: ${why}.`, { retryable: false });
