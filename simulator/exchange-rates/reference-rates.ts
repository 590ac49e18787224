import { hashText, mix, normal } from '../market/random.ts';

const dayMs = 86_400_000;

/** Units of each currency for one euro, around which the simulated rates move. */
const anchors = {
  USD: 1.16,
  JPY: 176.4,
  GBP: 0.872,
  CHF: 0.931,
  SEK: 11.02,
  DKK: 7.463,
  NOK: 11.71,
  PLN: 4.24,
  CZK: 24.3,
  CAD: 1.62,
  AUD: 1.77,
  CNY: 8.24,
} as const;
type Currency = keyof typeof anchors;

/** The Danish krone is pegged; the others wander a few per cent over a quarter. */
const volatility: Readonly<Partial<Record<Currency, number>>> = { DKK: 0.0002 };

const waves = [
  { days: 61, weight: 0.6 },
  { days: 17, weight: 0.3 },
];

/** The rate on a day, a function of that day alone: slow waves with a random phase, and a little noise. */
function rateOn(seed: number, currency: Currency, epochDay: number): string {
  const own = mix(hashText(currency), seed);
  const size = volatility[currency] ?? 0.015;
  const drift = waves.reduce(
    (sum, { days, weight }, index) =>
      sum + weight * Math.sin((2 * Math.PI * epochDay) / days + normal(mix(own, index))),
    0,
  );
  const rate = anchors[currency] * Math.exp(size * (drift + 0.1 * normal(mix(own, epochDay))));
  // Five significant digits, as the bank publishes.
  return String(Number(rate.toPrecision(5)));
}

/** The bank sets rates on working days and publishes them at about 16:00 in Frankfurt; here at 15:00 UTC. */
const publishedBy = (nowMs: number): number => Math.floor((nowMs - 15 * 3_600_000) / dayMs);

const isWorkingDay = (epochDay: number): boolean => {
  const weekday = new Date(epochDay * dayMs).getUTCDay();
  return weekday !== 0 && weekday !== 6;
};

export interface DailyRates {
  readonly date: string;
  readonly rates: Readonly<Record<string, string>>;
}

/** The working days among the last `days`, newest first as the bank lists them. */
export function referenceRates(seed: number, nowMs: number, days: number): readonly DailyRates[] {
  const newest = publishedBy(nowMs);
  return Array.from({ length: days }, (_, back) => newest - back)
    .filter(isWorkingDay)
    .map((epochDay) => ({
      date: new Date(epochDay * dayMs).toISOString().slice(0, 10),
      rates: Object.fromEntries(
        (Object.keys(anchors) as Currency[]).map((currency) => [currency, rateOn(seed, currency, epochDay)]),
      ),
    }));
}
