import { managerId } from '../market/running-shop-plans.ts';
import { type SyntheticAccount, syntheticAccount } from '../market/synthetic-account.ts';
import { type Account, billableMicros, type Platform, platforms, type World } from '../market/world.ts';

const known = ['platform', 'id', 'name', 'currency', 'timeZone', 'market', 'status', 'campaigns', 'ads'];
const statuses = ['enabled', 'disabled', 'draft'] as const;

/** What a laptop holds, and what the ids have digits for. */
const limits = { accounts: 500, campaigns: 1000, ads: 100_000 };

/** How long a platform's account ids are; one that was not given gets one by its position. */
const idDigits: Readonly<Record<Platform, { pattern: RegExp; make(position: number): string }>> = {
  'google-ads': { pattern: /^\d{10}$/, make: (position) => String(4_300_000_000 + position) },
  'tiktok-ads': { pattern: /^\d{19}$/, make: (position) => `7099${String(position).padStart(15, '0')}` },
  'linkedin-ads': { pattern: /^\d{9}$/, make: (position) => String(599_000_000 + position) },
};

/**
 * Accounts of given sizes beside the world's own: `[{ platform, id?, name?, currency?, timeZone?, market?, status?, campaigns?,
 * ads? }]`. No campaigns is an empty account. Throws an Error that names what is wrong.
 */
export function readAccounts(given: unknown, world: World): Account[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw new Error('accounts must be a list.');
  if (given.length > limits.accounts) throw new Error(`There can be at most ${limits.accounts} accounts.`);
  const taken = new Set(world.accounts.map(({ id }) => id));
  return given.map((one: unknown, index) => {
    const account = readAccount(one, index + 1);
    if (taken.has(account.id)) throw new Error(`There are two accounts ${account.id}.`);
    taken.add(account.id);
    return syntheticAccount(account, index + 1, world.seed);
  });
}

function readAccount(given: unknown, position: number): SyntheticAccount {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new Error('An account is an object.');
  const entries = given as Record<string, unknown>;
  const unknown = Object.keys(entries).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`An account has no ${unknown}; it has ${known.join(', ')}.`);
  const platform = platforms.find((one) => one === entries['platform']);
  if (platform === undefined) throw new Error(`An account's platform must be one of ${platforms.join(', ')}.`);
  const text = (name: string, fallback: string) => {
    const value = entries[name] ?? fallback;
    if (typeof value !== 'string' || value === '') throw new Error(`An account's ${name} must be text.`);
    return value;
  };
  const count = (name: 'campaigns' | 'ads', fallback: number) => {
    const value = entries[name] ?? fallback;
    if (!Number.isInteger(value) || Number(value) < 0 || Number(value) > limits[name])
      throw new Error(`An account's ${name} must be a whole number from 0 to ${limits[name]}.`);
    return Number(value);
  };
  const id = text('id', idDigits[platform].make(position));
  if (!idDigits[platform].pattern.test(id)) throw new Error(`${id} is no account id of ${platform}.`);
  const status = statuses.find((one) => one === (entries['status'] ?? 'enabled'));
  if (status === undefined) throw new Error(`An account's status must be one of ${statuses.join(', ')}.`);
  const campaigns = count('campaigns', 0);
  return {
    ...{ platform, id, status, campaigns },
    name: text('name', `Account ${position}`),
    currency: checked(text('currency', 'USD'), 'currency', billableMicros),
    timeZone: checked(text('timeZone', 'UTC'), 'time zone', (timeZone) => new Intl.DateTimeFormat('en', { timeZone })),
    market: entries['market'] === undefined ? undefined : text('market', ''),
    managerId: platform === 'google-ads' ? managerId : undefined,
    ads: count('ads', campaigns),
  };
}

/** `use` throws on a name it does not know. */
function checked(name: string, what: string, use: (name: string) => unknown): string {
  try {
    use(name);
    return name;
  } catch {
    throw new Error(`There is no ${what} ${name}.`);
  }
}
