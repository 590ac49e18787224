import { billableMicros } from '../market/world.ts';

/** Micros as TikTok writes money: decimal text in currency units, with as many places as the currency has (yen: none). */
export function units(micros: number, currency: string): string {
  const cent = billableMicros(currency);
  return fixed(Math.round(micros / cent), Math.round(6 - Math.log10(cent)));
}

/** A whole number of 10^-places as decimal text, without floating point. */
function fixed(count: number, places: number): string {
  const text = String(Math.abs(count)).padStart(places + 1, '0');
  const sign = count < 0 ? '-' : '';
  return places === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -places)}.${text.slice(-places)}`;
}

/** A ratio with two places, `0.00` for nothing over nothing. */
export function ratio(over: number, under: number): string {
  return under === 0 ? '0.00' : (over / under).toFixed(2);
}
