import type {
  DiscoveredAccount,
  PlatformAccess,
  PlatformId,
  PlatformReader,
  RateLimiter,
} from '../domain/integrations/platform.ts';
import { configuredVersion, type ResolvedSettings } from '../domain/integrations/resolved-settings.ts';
import type { ConnectionSecrets } from './connection-secrets.ts';
import type { Parameters } from './parameters.ts';
import { renewing } from './renewing-reader.ts';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';
import type { WorkspaceStores } from './stores/stores.ts';
import type { ConnectionRecord } from './stores/workspace-store.ts';

export interface ConnectionReaderParts {
  readonly secrets: Pick<Secrets, 'connection' | 'forget'>;
  /** Where renewed credentials go. */
  readonly keeping: Pick<ConnectionSecrets, 'renew'>;
  readonly parameters: Parameters;
  readonly settings: Settings;
  /** platforms/readers.ts. */
  readonly openReader: (platform: PlatformId, access: PlatformAccess) => Promise<PlatformReader>;
  readonly limiter?: RateLimiter;
}

/**
 * Opens the reader of a connection with all it needs: credentials, endpoints, settings, permits. Credentials that the platform refuses
 * are read again once, so that rotating a secret fails no load; those that the platform renews are kept.
 */
export const createConnectionReaders =
  (parts: ConnectionReaderParts) =>
  async (stores: Pick<WorkspaceStores, 'settings'>, connection: ConnectionRecord): Promise<PlatformReader> => {
    const { secrets, keeping, parameters, settings, openReader, limiter } = parts;
    const { id, platform, managerPlatformId } = connection;
    const [resolved, endpoints] = await Promise.all([settings.forWorkspace(stores), parameters.endpoints()]);
    const version = configuredVersion(resolved, platform);
    const keepRenewed = async (fresh: Readonly<Record<string, string>>, instead: string): Promise<void> => {
      secrets.forget(id, platform);
      const own = await secrets.connection(id);
      // Somebody has connected again meanwhile, or another process was first: what is there is not the one that was spent.
      if (own['refreshToken'] !== instead) return;
      await keeping.renew(id, { ...own, ...fresh });
      secrets.forget(id, platform);
    };
    const reader = await renewing({
      credentials: () => secrets.connection(id, platform),
      forget: () => secrets.forget(id, platform),
      open: (credentials) =>
        openReader(platform, {
          credentials,
          endpoints: endpoints[platform] ?? {},
          ...(managerPlatformId !== null && { managerPlatformId }),
          ...(version !== undefined && { apiVersion: version }),
          ...(platform === 'tiktok-ads' && { rateLevel: resolved.get('rateLevel.tiktok-ads') }),
          ...(limiter !== undefined && { limiter }),
          renewed: keepRenewed,
        }),
    });
    return {
      report: (request, options) => reader.report(request, options),
      listAccounts: async (options) =>
        (await reader.listAccounts(options)).map((account) => asConfigured(account, platform, resolved)),
    };
  };

/** What somebody has set for an account stands in place of what the platform tells, or does not tell. */
function asConfigured(account: DiscoveredAccount, platform: PlatformId, resolved: ResolvedSettings): DiscoveredAccount {
  const lookBackDays = resolved.get('lookBack.accounts')[`${platform}/${account.platformId}`];
  return {
    ...withConfiguredWindows(account, platform, resolved),
    ...(lookBackDays !== undefined && { lookBackDays }),
  };
}

/** Windows of conversion types that somebody has set take the place of those the platform tells. */
function withConfiguredWindows(
  account: DiscoveredAccount,
  platform: PlatformId,
  resolved: ResolvedSettings,
): DiscoveredAccount {
  const configured = resolved.get('lookBack.conversionTypes');
  if (account.conversionTypes === undefined || Object.keys(configured).length === 0) return account;
  return {
    ...account,
    conversionTypes: account.conversionTypes.map((type) => {
      const days = configured[`${platform}/${type.platformId}`];
      return days === undefined ? type : { ...type, clickWindowDays: days, viewWindowDays: days };
    }),
  };
}
