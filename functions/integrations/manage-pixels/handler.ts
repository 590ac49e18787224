import { randomBytes } from 'node:crypto';
import { readConfig } from '../../../adapters/config.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createAuditStore } from '../../../adapters/stores/audit-store.ts';
import { createPixelStore } from '../../../adapters/stores/pixel-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { managePixelsRoutes } from '../../../contracts/routes/manage-pixels.ts';
import { derivedId } from '../../../domain/integrations/ids.ts';
import { managePixels } from './manage-pixels.ts';

const config = readConfig(['state', 'http']);

export const handler = apiHandler(
  managePixelsRoutes,
  managePixels({
    stores: createStores(config.state.table, {
      pixels: createPixelStore,
      accounts: createAccountStore,
      audit: createAuditStore,
    }),
    // All 130 bits of it are chance.
    newPixelId: () => derivedId('pxl', [randomBytes(32).toString('hex')]),
    now: Date.now,
  }),
  config.http,
);
