import * as z from 'zod/mini';
import type { GrantOutcome, OAuthCall, PlatformAuthorization } from '../../domain/integrations/oauth.ts';
import { instantAfter, pageUrl, withoutSlash } from '../authorization-code.ts';

const publicApi = 'https://business-api.tiktok.com';

const jsonCall = (url: string, fields: Readonly<Record<string, string>>): OAuthCall => ({
  url,
  contentType: 'application/json',
  body: JSON.stringify(fields),
});
const operation = (endpoints: Readonly<Record<string, string>>, name: string): string =>
  `${withoutSlash(endpoints['api'] ?? publicApi)}/open_api/v1.3/oauth2/${name}/`;

const envelope = z.object({ code: z.number(), message: z.optional(z.nullable(z.string())) });
const grant = z.object({
  data: z.object({
    access_token: z.string().check(z.minLength(1)),
    /** Seconds; the token of an advertiser's authorization has no end, and then neither is there. */
    expires_in: z.optional(z.number()),
    refresh_token: z.optional(z.string()),
    refresh_token_expires_in: z.optional(z.number()),
    advertiser_ids: z.optional(z.array(z.string())),
  }),
});

/** Codes that pass by themselves: rate limits of the app and the advertiser, maintenance; beside them every 5xxxx. */
const passing: ReadonlySet<number> = new Set([40016, 40100, 40133, 60001]);
/**
 * Our app and not the person: no permission, invalid partner, app forbidden, developer rejected or without permission
 * (tiktok/tiktok-business-api-sdk, python_sdk/business_api_client/tiktok_business/tiktok_code.py).
 */
const appCodes: ReadonlySet<number> = new Set([40001, 40101, 40113, 40124, 40125]);
/** 40002 is any parameter that is wrong; its message begins with the parameter's name. */
const ofOurApp = /^(app_id|secret)\b/;

/**
 * TikTok's advertiser authorization (business-api.tiktok.com/portal/docs): its own names for everything, JSON instead of a form,
 * HTTP 200 for every answer, no PKCE.
 */
export const tiktokAdsAuthorization: PlatformAuthorization = {
  app: { id: 'appId', secret: 'appSecret', others: [] },
  pkce: false,
  page: ({ app, redirectUri, state, endpoints }) =>
    pageUrl(`${withoutSlash(endpoints['authorize'] ?? publicApi)}/portal/auth`, {
      app_id: app['appId'] ?? '',
      redirect_uri: redirectUri,
      state,
    }),
  exchange: ({ app, code, endpoints }) =>
    jsonCall(operation(endpoints, 'access_token'), {
      app_id: app['appId'] ?? '',
      secret: app['appSecret'] ?? '',
      auth_code: code,
    }),
  readGrant({ status, body }, at): GrantOutcome {
    const told = envelope.safeParse(body);
    const code = told.success ? told.data.code : undefined;
    if (code === undefined || status >= 500 || passing.has(code) || Math.floor(code / 10_000) === 5) {
      return { kind: 'unavailable', reason: 'TikTok does not answer at the moment. Try again in a minute.' };
    }
    if (appCodes.has(code) || (code === 40002 && ofOurApp.test(told.data?.message ?? ''))) {
      return {
        kind: 'misconfigured',
        reason: `TikTok does not accept our app (code ${code}). An operator has to check its id and secret.`,
      };
    }
    if (code !== 0) {
      return {
        kind: 'refused',
        reason: `TikTok did not take the authorization (code ${code}): it was used before or came too late. Begin again.`,
      };
    }
    const read = grant.safeParse(body);
    if (!read.success) {
      return { kind: 'unavailable', reason: 'TikTok answered something that cannot be read. Try again in a minute.' };
    }
    const {
      access_token: accessToken,
      refresh_token: refreshToken,
      advertiser_ids: advertisers,
      ...life
    } = read.data.data;
    const lifetime = refreshToken === undefined ? life.expires_in : life.refresh_token_expires_in;
    return {
      kind: 'granted',
      credentials: { accessToken, ...(refreshToken !== undefined && { refreshToken }) },
      expiresAt: lifetime === undefined ? null : instantAfter(at, lifetime),
      accountsReached: advertisers?.length ?? null,
    };
  },
  revocation: {
    request: ({ app, credentials, endpoints }) =>
      jsonCall(operation(endpoints, 'revoke_token'), {
        app_id: app['appId'] ?? '',
        secret: app['appSecret'] ?? '',
        access_token: credentials['accessToken'] ?? '',
      }),
    // 40105: the token is not known any more.
    done: ({ body }) => {
      const told = envelope.safeParse(body);
      return told.success && (told.data.code === 0 || told.data.code === 40105);
    },
  },
};
