import type { Market } from '../market/market.ts';
import type { Account, Campaign } from '../market/world.ts';
import { Refusal } from './codes.ts';
import { idOf, type Level, Standings, type Subject, subjectsOf } from './status.ts';

const words: Readonly<Record<Level, string>> = { campaign: 'Campaign', adgroup: 'Ad group', ad: 'Ad' };

/** An object of the account. Throws 40002 for one it does not have: another advertiser's are no different. */
export function found(account: Account, level: Level, id: string): Subject {
  for (const subject of subjectsOf(account, level)) if (idOf(subject, level) === id) return subject;
  throw new Refusal('parameter', `${level}_id: ${words[level]} ${id} does not exist.`);
}

/** The same, and neither it nor what it stands beneath was deleted. */
export function notDeleted(market: Market, account: Account, level: Level, id: string, nowMs: number): Subject {
  const subject = found(account, level, id);
  if (new Standings(market, account, nowMs).of(subject, level).deleted)
    throw new Refusal('parameter', `${level}_id: ${words[level]} ${id} has been deleted.`);
  return subject;
}

export function campaignStands(market: Market, account: Account, campaign: Campaign, nowMs: number): boolean {
  return !new Standings(market, account, nowMs).of({ account, campaign }, 'campaign').deleted;
}
