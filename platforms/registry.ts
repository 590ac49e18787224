/**
 * The one file that knows every platform. Descriptors and mappings are light and pure; the clients behind `openReader`
 * are heavy and only loaded by who calls it, so a bundle that never calls it does not carry them.
 */
import type {
  PlatformAccess,
  PlatformDescriptor,
  PlatformId,
  PlatformMapping,
  PlatformReader,
} from '../domain/integrations/platform.ts';
import { googleAdsDescriptor } from './google-ads/descriptor.ts';
import { googleAdsMapping } from './google-ads/mapping.ts';
import type { ReadPolicy } from './read-policy.ts';

export const descriptors: Readonly<Record<PlatformId, PlatformDescriptor>> = {
  'google-ads': googleAdsDescriptor,
};

export const mappings: Readonly<Record<PlatformId, PlatformMapping>> = {
  'google-ads': googleAdsMapping,
};

export interface OpenOptions {
  /** Overrides of the default patience. */
  readonly policy?: Partial<ReadPolicy>;
}

type Open = (access: PlatformAccess, options: OpenOptions) => Promise<PlatformReader>;

/** Opens the reading side of one platform for one connection. Throws `PlatformError` when the access lacks a credential. */
export async function openReader(
  id: PlatformId,
  access: PlatformAccess,
  options: OpenOptions = {},
): Promise<PlatformReader> {
  const openers: Readonly<Record<PlatformId, Open>> = {
    'google-ads': async (...args) => (await import('./google-ads/reader.ts')).openGoogleAdsReader(...args),
  };
  return openers[id](access, options);
}
