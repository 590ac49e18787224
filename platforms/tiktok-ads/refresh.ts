import * as z from 'zod/mini';
import { PlatformError } from '../../domain/integrations/platform.ts';
import type { ReadPolicy } from '../read-policy.ts';
import type { FreshToken } from './access-token.ts';
import { readEnvelope } from './envelope.ts';
import { platformError } from './errors.ts';
import { call, textOf } from './transport.ts';

const freshToken = z.object({
  access_token: z.string().check(z.minLength(1)),
  expires_in: z.optional(z.nullable(z.number())),
  refresh_token: z.optional(z.nullable(z.string())),
});

/**
 * A new access token for a refresh token. Not repeated here: whoever needs the token is. Throws `PlatformError`: `unauthorized` when
 * TikTok takes neither the token nor the app.
 */
export async function refreshed(
  api: string,
  credentials: { readonly appId: string; readonly appSecret: string; readonly refreshToken: string },
  policy: ReadPolicy,
): Promise<FreshToken> {
  const { appId, appSecret, refreshToken } = credentials;
  const operation = 'oauth2/refresh_token';
  const context = { secrets: [appSecret, refreshToken] };
  const init = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      app_id: appId,
      secret: appSecret,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    }),
  };
  try {
    const answer = await call(`${api}/${operation}/`, init, policy, context, undefined);
    const data = readEnvelope(operation, answer.status, await textOf(answer, context), freshToken, context);
    return {
      token: data.access_token,
      lifetime: data.expires_in ?? undefined,
      refreshToken: data.refresh_token ?? undefined,
    };
  } catch (error) {
    if (!(error instanceof PlatformError) || error.retryable) throw error;
    const code = error.platformCode ?? 'REFRESH_REFUSED';
    throw platformError(
      'unauthorized',
      code,
      'the refresh token or the app is no longer accepted; connect again',
      context,
    );
  }
}
