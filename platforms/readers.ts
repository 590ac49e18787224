/**
 * The clients of the platforms. They are heavy, so each is loaded by the first call that needs it, and only functions that call
 * a platform import this file: a bundle carries every client it could load.
 */
import type { PlatformAccess, PlatformId, PlatformReader } from '../domain/integrations/platform.ts';
import type { ReadPolicy } from './read-policy.ts';

interface OpenOptions {
  /** Overrides of the default patience. */
  readonly policy?: Partial<ReadPolicy>;
}

type Open = (access: PlatformAccess, options: OpenOptions) => Promise<PlatformReader>;

const openers: Readonly<Record<PlatformId, Open>> = {
  'google-ads': async (...args) => (await import('./google-ads/reader.ts')).openGoogleAdsReader(...args),
  'tiktok-ads': async (...args) => (await import('./tiktok-ads/reader.ts')).openTikTokAdsReader(...args),
  'linkedin-ads': async (...args) => (await import('./linkedin-ads/reader.ts')).openLinkedInAdsReader(...args),
};

/** Opens the reading side of one platform for one connection. Throws `PlatformError` when the access lacks a credential. */
export const openReader = (
  id: PlatformId,
  access: PlatformAccess,
  options: OpenOptions = {},
): Promise<PlatformReader> => openers[id](access, options);
