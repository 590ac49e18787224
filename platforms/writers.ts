/**
 * The writing clients of the platforms. Heavy like the readers: each is loaded by the first call that needs it, and only functions
 * that change a platform import this file.
 */
import type { PlatformAccess, PlatformId } from '../domain/integrations/platform.ts';
import type { OpenWriter, PlatformWriter } from '../domain/integrations/platform-writer.ts';

const openers: Readonly<Record<PlatformId, OpenWriter>> = {
  'google-ads': async (access) => (await import('./google-ads/writer.ts')).openGoogleAdsWriter(access),
  'tiktok-ads': async (access) => (await import('./tiktok-ads/writer.ts')).openTikTokAdsWriter(access),
  'linkedin-ads': async (access) => (await import('./linkedin-ads/writer.ts')).openLinkedInAdsWriter(access),
};

/** Opens the writing side of one platform for one connection. Throws `PlatformError` when the access lacks a credential. */
export const openWriter = (id: PlatformId, access: PlatformAccess): Promise<PlatformWriter> => openers[id](access);
