import type { PlatformAuthorization } from '../../domain/integrations/oauth.ts';
import { formCall, instantAfter, pageUrl, readTokenAnswer, withoutSlash } from '../authorization-code.ts';

const publicOauth = 'https://www.linkedin.com';
/** Read accounts and campaigns, and their reports (learn.microsoft.com/linkedin/marketing/getting-started). */
/** Reading and writing of ads, and of the page's posts that they show. */
const scope = 'r_ads_reporting rw_ads r_organization_social w_organization_social';

/**
 * LinkedIn's three-legged flow (learn.microsoft.com/linkedin/shared/authentication/authorization-code-flow). PKCE is for native
 * apps alone there, and members take a grant back in their own settings: no call does it.
 */
export const linkedinAdsAuthorization: PlatformAuthorization = {
  app: { id: 'clientId', secret: 'clientSecret', others: [] },
  pkce: false,
  page: ({ app, redirectUri, state, endpoints }) =>
    pageUrl(`${withoutSlash(endpoints['authorize'] ?? endpoints['oauth'] ?? publicOauth)}/oauth/v2/authorization`, {
      response_type: 'code',
      client_id: app['clientId'] ?? '',
      redirect_uri: redirectUri,
      scope,
      state,
    }),
  exchange: ({ app, code, redirectUri, endpoints }) =>
    formCall(`${withoutSlash(endpoints['oauth'] ?? publicOauth)}/oauth/v2/accessToken`, {
      grant_type: 'authorization_code',
      client_id: app['clientId'] ?? '',
      client_secret: app['clientSecret'] ?? '',
      redirect_uri: redirectUri,
      code,
    }),
  readGrant(answer, at) {
    const read = readTokenAnswer(answer, 'LinkedIn');
    if (read.kind !== 'tokens') return read;
    const { refresh_token: refreshToken, refresh_token_expires_in: lifetime } = read.tokens;
    if (refreshToken === undefined) {
      return {
        kind: 'misconfigured',
        reason:
          'LinkedIn gave no refresh token. Our app needs LinkedIn’s approval for programmatic refresh tokens first.',
      };
    }
    return {
      kind: 'granted',
      credentials: { refreshToken },
      // A year from the sign-in; refreshing does not move it.
      expiresAt: lifetime === undefined ? null : instantAfter(at, lifetime),
      accountsReached: null,
    };
  },
};
