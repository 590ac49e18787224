import { createHash } from 'node:crypto';
import { PlatformError } from '../../domain/integrations/platform.ts';

/** What a connection to LinkedIn signs in with. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

/** Throws `PlatformError` `unauthorized` naming what is missing, never what is there. */
export function credentialsFrom(given: Readonly<Record<string, string>>): Credentials {
  const read = (name: keyof Credentials): string => {
    const value = given[name];
    if (value) return value;
    throw new PlatformError('unauthorized', `The LinkedIn Ads connection lacks "${name}"; connect it again.`, {
      platform: 'linkedin-ads',
      platformCode: 'CREDENTIAL_MISSING',
    });
  };
  return { clientId: read('clientId'), clientSecret: read('clientSecret'), refreshToken: read('refreshToken') };
}

/** Names things by a secret without keeping it: caches are keyed by this. */
export function fingerprint(...secrets: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(secrets)).digest('base64url');
}
