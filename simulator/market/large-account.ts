import { managerId } from './running-shop-plans.ts';
import { syntheticAccount } from './synthetic-account.ts';
import type { World } from './world.ts';

export const largeAccountId = '4210000009';

/** Adds a US account of synthetic search campaigns under the manager, for tests of size. No campaigns, no account. */
export function withLargeAccount(world: World, campaigns: number, ads: number): World {
  if (campaigns === 0) return world;
  const account = {
    platform: 'google-ads',
    id: largeAccountId,
    name: 'Strider Marketplace',
    currency: 'USD',
    timeZone: 'America/New_York',
    market: undefined,
    managerId,
    status: 'enabled',
    campaigns,
    ads,
  } as const;
  return { ...world, accounts: [...world.accounts, syntheticAccount(account, 0, world.seed)] };
}
