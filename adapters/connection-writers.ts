import {
  type PlatformAccess,
  PlatformError,
  type PlatformId,
  type RateLimiter,
} from '../domain/integrations/platform.ts';
import type { PlatformWriter } from '../domain/integrations/platform-writer.ts';
import { configuredVersion } from '../domain/integrations/resolved-settings.ts';
import type { Parameters } from './parameters.ts';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';
import type { WorkspaceStores } from './stores/stores.ts';
import type { ConnectionRecord } from './stores/workspace-store.ts';

export interface ConnectionWriterParts {
  readonly secrets: Pick<Secrets, 'connection' | 'forget'>;
  readonly parameters: Parameters;
  readonly settings: Settings;
  /** platforms/writers.ts. */
  readonly openWriter: (platform: PlatformId, access: PlatformAccess) => Promise<PlatformWriter>;
  readonly limiter?: RateLimiter;
}
export type OpenConnectionWriter = (
  stores: Pick<WorkspaceStores, 'settings'>,
  connection: ConnectionRecord,
) => Promise<PlatformWriter>;

/**
 * Opens the writing side of a connection with all it needs: credentials, endpoints, settings, permits. What only reads (`present`, `made`)
 * is asked once more with freshly read credentials when the platform refuses those in hand, so that rotating a secret stops no change.
 * A write is never asked again here: it comes after a reading that has renewed what there was to renew.
 */
export const createConnectionWriters =
  ({ secrets, parameters, settings, openWriter, limiter }: ConnectionWriterParts): OpenConnectionWriter =>
  async (stores, { id, platform, managerPlatformId }) => {
    const [resolved, endpoints] = await Promise.all([settings.forWorkspace(stores), parameters.endpoints()]);
    const version = configuredVersion(resolved, platform);
    const open = async (): Promise<PlatformWriter> =>
      openWriter(platform, {
        credentials: await secrets.connection(id, platform),
        endpoints: endpoints[platform] ?? {},
        ...(managerPlatformId !== null && { managerPlatformId }),
        ...(version !== undefined && { apiVersion: version }),
        ...(platform === 'tiktok-ads' && { rateLevel: resolved.get('rateLevel.tiktok-ads') }),
        ...(limiter !== undefined && { limiter }),
      });
    let writer = open();
    await writer;
    let renewed: Promise<PlatformWriter> | undefined;
    const reading = async <T>(ask: (writer: PlatformWriter) => Promise<T>): Promise<T> => {
      const used = writer;
      try {
        return await ask(await used);
      } catch (error) {
        if (!(error instanceof PlatformError && error.kind === 'unauthorized')) throw error;
        if (used === writer) {
          // Once: what fresh credentials are refused as well, somebody has to authorize again.
          if (renewed !== undefined) throw error;
          secrets.forget(id, platform);
          renewed = open();
          writer = renewed;
        }
        return ask(await writer);
      }
    };
    return {
      present: (account, target, options) => reading((one) => one.present(account, target, options)),
      made: (account, creation, key, options) => reading((one) => one.made(account, creation, key, options)),
      apply: async (account, operation, key, options) => (await writer).apply(account, operation, key, options),
    };
  };
