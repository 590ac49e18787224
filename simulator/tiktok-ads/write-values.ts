import type { Account } from '../market/world.ts';
import { billableMicros } from '../market/world.ts';
import { badParameter } from './codes.ts';
import type { Parameters } from './parameters.ts';

export const operationStatuses = ['ENABLE', 'DISABLE'] as const;
export const marketStatus = { ENABLE: 'enabled', DISABLE: 'paused', DELETE: 'removed' } as const;

const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const emoji = /\p{Emoji_Presentation}|\ufe0f/u;

/** A text of at most so many characters, Chinese and Japanese ones counting twice. */
export function shortText(parameters: Parameters, name: string, most: number): string {
  const value = parameters.required(name);
  checkText(name, value, most);
  return value;
}

export function checkText(name: string, value: string, most: number): void {
  const length = [...value].length + (value.match(wide)?.length ?? 0);
  if (length === 0 || length > most) throw badParameter(name, `Length must be between 1 and ${most}.`);
  if (emoji.test(value)) throw badParameter(name, 'Emoji are not supported.');
}

/** Least daily budgets by currency; other currencies take anything above zero. */
const least: Readonly<Record<string, { readonly campaign: number; readonly adgroup: number }>> = {
  USD: { campaign: 50, adgroup: 20 },
  EUR: { campaign: 50, adgroup: 20 },
  GBP: { campaign: 50, adgroup: 20 },
  JPY: { campaign: 5_000, adgroup: 2_000 },
};

/** Micros of an amount in currency units that the currency has. */
export function moneyMicros(name: string, units: number, account: Account): number {
  const micros = Math.round(units * 1_000_000);
  if (micros <= 0) throw badParameter(name, 'Must be greater than 0.');
  if (micros % billableMicros(account.currency) !== 0)
    throw badParameter(name, `Has more decimals than ${account.currency} allows.`);
  return micros;
}

export function budgetMicros(units: number, account: Account, level: 'campaign' | 'adgroup'): number {
  const micros = moneyMicros('budget', units, account);
  const floor = least[account.currency]?.[level] ?? 0;
  if (units < floor)
    throw badParameter('budget', `The daily budget must be at least ${floor.toFixed(2)} ${account.currency}.`);
  return micros;
}

/** `request_id`: a 64-bit integer as a text. */
export function readRequestId(parameters: Parameters): string | undefined {
  const value = parameters.text('request_id');
  if (value === undefined) return undefined;
  if (!/^\d{1,19}$/.test(value) || BigInt(value) > 2n ** 63n - 1n)
    throw badParameter('request_id', 'Must be a 64-bit integer in a string.');
  return value;
}

/** `YYYY-MM-DD HH:MM:SS`, UTC, as epoch milliseconds. */
export function readInstant(parameters: Parameters, name: string): number {
  const value = parameters.required(name);
  const instant = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value)
    ? Date.parse(`${value.replace(' ', 'T')}Z`)
    : Number.NaN;
  if (Number.isNaN(instant)) throw badParameter(name, 'Not a valid datetime: YYYY-MM-DD HH:MM:SS is expected.');
  return instant;
}
