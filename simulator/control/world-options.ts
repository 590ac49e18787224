import { isoOf, localDay } from '../market/calendar.ts';
import { withLargeAccount } from '../market/large-account.ts';
import { runningShop } from '../market/running-shop.ts';
import type { World } from '../market/world.ts';
import type { Settled } from '../options.ts';
import { readAccounts } from './read-accounts.ts';
import { readChanges } from './read-changes.ts';

/** What POST /control/world may set; the rest keeps what the simulator was started with. */
const numbers = ['seed', 'days', 'maxConversionDelayDays', 'extraCampaigns', 'extraAds'] as const;

/** What POST /control/world may set besides. */
const others = ['changes', 'accounts', 'shop'] as const;

/** What a laptop holds, and what the ids have digits for. */
const limits = { days: 800, extraCampaigns: 1000, extraAds: 100_000 };

/** The world of the options, some of them overridden from JSON. Throws an Error that names what is wrong. */
export function worldOf(options: Settled, given: unknown, nowMs: number): World {
  const body = given ?? {};
  if (typeof body !== 'object' || Array.isArray(body)) throw new Error('World options must be an object.');
  const entries = body as Record<string, unknown>;
  for (const [name, value] of Object.entries(entries)) {
    if (others.some((known) => known === name)) continue;
    if (!numbers.some((known) => known === name))
      throw new Error(`There is no world option ${name}; there are ${[...numbers, ...others].join(', ')}.`);
    if (!Number.isInteger(value) || Number(value) < 0) throw new Error(`${name} must be a whole number from 0.`);
  }
  for (const [name, most] of Object.entries(limits)) {
    if (Number(entries[name] ?? 0) > most) throw new Error(`${name} can be at most ${most}.`);
  }
  const pick = (name: (typeof numbers)[number]) => Number(entries[name] ?? options[name]);
  // The newest today of any zone, so that no account starts without its own.
  const today = isoOf(localDay(nowMs, 'UTC'));
  const shop = runningShop({
    seed: pick('seed'),
    today,
    days: pick('days'),
    maxConversionDelayDays: pick('maxConversionDelayDays'),
  });
  if (entries['shop'] !== undefined && typeof entries['shop'] !== 'boolean')
    throw new Error('shop must be true or false.');
  const base = entries['shop'] === false ? withoutShop(shop) : shop;
  const large = withLargeAccount(base, pick('extraCampaigns'), pick('extraAds'));
  const world = { ...large, accounts: [...large.accounts, ...readAccounts(entries['accounts'], large)] };
  return { ...world, changes: [...world.changes, ...readChanges(entries['changes'], world)] };
}

/** Google's managers stay: without them no account below one is reached. */
function withoutShop(shop: World): World {
  return { ...shop, accounts: shop.accounts.filter(({ kind }) => kind === 'manager'), changes: [] };
}
