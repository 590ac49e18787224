import { dayOf, isoOf } from '../market/calendar.ts';
import { type Market, marketGrains } from '../market/market.ts';
import { platforms } from '../market/world.ts';

/** What the platform would report at this instant for an account, day by day; for tests to compare facts with. */
export function truth(market: Market, asOfMs: number, parameters: URLSearchParams) {
  const allowed = ['platform', 'account', 'grain', 'from', 'to'];
  for (const name of parameters.keys())
    if (!allowed.includes(name)) throw new Error(`There is no parameter ${name}; there are ${allowed.join(', ')}.`);
  const platform = parameters.get('platform');
  if (platform !== null && !platforms.some((known) => known === platform))
    throw new Error(`There is no platform ${platform}; there are ${platforms.join(', ')}.`);
  const account = market.world.accounts.find(({ id }) => id === parameters.get('account'));
  if (account === undefined || (platform !== null && account.platform !== platform))
    throw new Error(`There is no account ${parameters.get('account')}${platform === null ? '' : ` on ${platform}`}.`);
  const grain = marketGrains.find((known) => known === (parameters.get('grain') ?? 'campaign'));
  if (grain === undefined)
    throw new Error(`There is no grain ${parameters.get('grain')}; there are ${marketGrains.join(', ')}.`);
  const known = market.knownDays(account, asOfMs);
  const from = parameters.has('from') ? dayOf(parameters.get('from') ?? '') : known.from;
  const to = parameters.has('to') ? dayOf(parameters.get('to') ?? '') : known.to;
  const rows = [...market.rows(account, grain, from, to, asOfMs)].map(({ day, ...row }) => ({
    date: isoOf(day),
    ...row,
  }));
  const { id, currency, timeZone } = account;
  return { platform: account.platform, account: id, currency, timeZone, grain, asOf: asOfMs, rows };
}

/** The true orders of a country's shop, with everybody who claims them; `?country=DE&from=…&to=…`. */
export function orders(market: Market, asOfMs: number, parameters: URLSearchParams) {
  const country = parameters.get('country') ?? '';
  const countries = [...new Set(market.world.accounts.flatMap((account) => account.market ?? []))];
  if (!countries.includes(country))
    throw new Error(`There is no country ${JSON.stringify(country)}; there are ${countries.join(', ')}.`);
  const first = dayOf(parameters.get('from') ?? market.world.historyStart);
  const last = parameters.has('to') ? dayOf(parameters.get('to') ?? '') : Math.floor(asOfMs / 86_400_000) + 1;
  return { country, asOf: asOfMs, orders: market.orders(country, first, last, asOfMs) };
}
