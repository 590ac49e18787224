import { startOfDay } from '../market/calendar.ts';
import { hashText } from '../market/random.ts';
import type { Account, World } from '../market/world.ts';
import { badParameter, Refusal } from './codes.ts';

const statuses: Readonly<Record<Account['status'], string>> = {
  enabled: 'STATUS_ENABLE',
  disabled: 'STATUS_DISABLE',
  draft: 'STATUS_PENDING_CONFIRM',
};

const fields: Readonly<Record<string, (account: Account) => unknown>> = {
  advertiser_id: ({ id }) => id,
  name: ({ name }) => name,
  company: () => 'Strider Running Ltd.',
  status: ({ status }) => statuses[status],
  role: () => 'ROLE_ADVERTISER',
  currency: ({ currency }) => currency,
  timezone: ({ timeZone }) => standardOffset(timeZone),
  display_timezone: ({ timeZone }) => timeZone,
  country: ({ market }) => market ?? null,
  language: () => 'en',
  industry: () => '291404',
  balance: () => 0,
  /** Epoch seconds. */
  create_time: ({ id }) => Date.UTC(2025, 0, 1) / 1000 + (hashText(id) % 86_400),
};

export function advertisersOf(world: World): readonly Account[] {
  return world.accounts.filter(({ platform }) => platform === 'tiktok-ads');
}

/** An advertiser the token may read. A suspended one is refused like a strange one. */
export function advertiser(world: World, id: string): Account {
  const found = advertisersOf(world).find((account) => account.id === id);
  if (found === undefined || found.status === 'disabled')
    throw new Refusal('noPermission', `No permission to operate advertiser ${id}.`);
  return found;
}

export function describeAdvertisers(world: World, ids: readonly string[], asked: readonly string[] | undefined) {
  if (ids.length > 100) throw new Refusal('tooLarge', 'advertiser_ids: At most 100 ids are allowed.');
  for (const name of asked ?? [])
    if (!Object.hasOwn(fields, name))
      throw badParameter('fields', `Unknown field ${name}, or one that the simulator does not model.`);
  const names = asked ?? Object.keys(fields);
  const byId = new Map(advertisersOf(world).map((account) => [account.id, account]));
  return ids.map((id) => {
    const account = byId.get(id);
    if (account === undefined) throw new Refusal('noPermission', `No permission to operate advertiser ${id}.`);
    return Object.fromEntries(names.map((name) => [name, fields[name]?.(account)]));
  });
}

/** The zone's offset in winter as TikTok names it: `Etc/GMT-1` is an hour ahead of UTC. Half hours have no such name. */
function standardOffset(timeZone: string): string {
  const day = 20_468; // 2026-01-15
  const hours = (day * 86_400_000 - startOfDay(day, timeZone)) / 3_600_000;
  if (!Number.isInteger(hours)) return timeZone;
  return hours === 0 ? 'UTC' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
}
