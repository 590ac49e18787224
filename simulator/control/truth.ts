import { dayOf, isoOf } from '../market/calendar.ts';
import { type Market, marketGrains } from '../market/market.ts';

/** What the platform would report at this instant for an account, day by day; for tests to compare facts with. */
export function truth(market: Market, asOfMs: number, parameters: URLSearchParams) {
  const allowed = ['platform', 'account', 'grain', 'from', 'to'];
  for (const name of parameters.keys())
    if (!allowed.includes(name)) throw new Error(`There is no parameter ${name}; there are ${allowed.join(', ')}.`);
  const platform = parameters.get('platform') ?? 'google-ads';
  if (platform !== 'google-ads') throw new Error(`There is no platform ${platform}; there is google-ads.`);
  const account = market.world.accounts.find(({ id }) => id === parameters.get('account'));
  if (account === undefined) throw new Error(`There is no account ${parameters.get('account')}.`);
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
  return { account: account.id, currency: account.currency, timeZone: account.timeZone, grain, asOf: asOfMs, rows };
}
