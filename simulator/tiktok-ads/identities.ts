import { hashText } from '../market/random.ts';
import type { Account } from '../market/world.ts';

/** Whom ads of an account may be shown under: its own customised user, and a TikTok account a Business Center lends it. */
export function identitiesOf(account: Pick<Account, 'id'>) {
  const digits = String(hashText(`identity|${account.id}`)).padStart(10, '0');
  return [
    {
      identity_id: `70${digits}0000001`,
      identity_type: 'CUSTOMIZED_USER',
      display_name: 'Strider',
      profile_image: 'https://media.strider.example/images/profile.jpg',
      available_status: 'AVAILABLE',
    },
    {
      identity_id: `70${digits}0000002`,
      identity_type: 'BC_AUTH_TT',
      identity_authorized_bc_id: `71${digits}0000001`,
      display_name: 'strider.running',
      profile_image: 'https://media.strider.example/images/profile.jpg',
      available_status: 'AVAILABLE',
    },
  ];
}
