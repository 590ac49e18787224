import type { PlatformId } from '../../domain/integrations/platform.ts';
import type { SizedAccount } from './platforms-under-test.ts';

const idOf: Readonly<Record<PlatformId, string>> = {
  'google-ads': '4300000777',
  'tiktok-ads': '7099000000000000777',
  'linkedin-ads': '599000777',
};

/** Puts one account of a size in place of the simulated shop; resolves with its id. */
export async function worldOf(
  control: string,
  platform: PlatformId,
  { campaigns, ads, timeZone = 'UTC' }: SizedAccount,
): Promise<string> {
  const account = { platform, id: idOf[platform], currency: 'EUR', timeZone, campaigns, ads };
  const response = await fetch(`${control}/control/world`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ shop: false, days: 3, accounts: [account] }),
  });
  if (!response.ok) throw new Error(`the simulator refused the world: ${await response.text()}`);
  return account.id;
}
