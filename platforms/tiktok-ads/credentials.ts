import { createHash } from 'node:crypto';
import { PlatformError } from '../../domain/integrations/platform.ts';

/** What a connection to TikTok Ads signs in with. */
export interface Credentials {
  readonly appId: string;
  readonly appSecret: string;
  /** Advertisers' tokens hold until they are revoked; then there is nothing to refresh. */
  readonly accessToken: string | undefined;
  /** Where TikTok gave one, a new access token is fetched with it. */
  readonly refreshToken: string | undefined;
}

/** Throws `PlatformError` `unauthorized` naming what is missing, never what is there. */
export function credentialsFrom(given: Readonly<Record<string, string>>): Credentials {
  const lacking = (name: string) =>
    new PlatformError('unauthorized', `The TikTok Ads connection lacks "${name}"; connect it again.`, {
      platform: 'tiktok-ads',
      platformCode: 'CREDENTIAL_MISSING',
    });
  const { appId, appSecret, accessToken, refreshToken } = given;
  if (!appId) throw lacking('appId');
  if (!appSecret) throw lacking('appSecret');
  if (!accessToken && !refreshToken) throw lacking('accessToken');
  return { appId, appSecret, accessToken: accessToken || undefined, refreshToken: refreshToken || undefined };
}

/** Texts that must not reach a message. */
export const secretsOf = ({ appSecret, accessToken, refreshToken }: Credentials): readonly string[] =>
  [appSecret, accessToken, refreshToken].filter((secret) => secret !== undefined);

/** Names things by a secret without keeping it: caches are keyed by this. */
export function fingerprint(...secrets: readonly (string | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(secrets)).digest('base64url');
}
