import type { PlatformAuthorization } from '../../domain/integrations/oauth.ts';
import { formCall, instantAfter, pageUrl, readTokenAnswer, withoutSlash } from '../authorization-code.ts';

const scope = 'https://www.googleapis.com/auth/adwords';
const publicPage = 'https://accounts.google.com';
const publicOauth = 'https://oauth2.googleapis.com';

/** Google's web-server flow (developers.google.com/identity/protocols/oauth2/web-server), with PKCE. */
export const googleAdsAuthorization: PlatformAuthorization = {
  app: { id: 'clientId', secret: 'clientSecret', others: ['developerToken'] },
  pkce: true,
  page: ({ app, redirectUri, state, codeChallenge, endpoints }) =>
    pageUrl(`${withoutSlash(endpoints['authorize'] ?? publicPage)}/o/oauth2/v2/auth`, {
      response_type: 'code',
      client_id: app['clientId'] ?? '',
      redirect_uri: redirectUri,
      scope,
      state,
      code_challenge: codeChallenge,
      code_challenge_method: 'S256',
      // Only with both does Google give a refresh token to somebody who agreed before.
      access_type: 'offline',
      prompt: 'consent',
    }),
  exchange: ({ app, code, redirectUri, codeVerifier, endpoints }) =>
    formCall(`${withoutSlash(endpoints['oauth'] ?? publicOauth)}/token`, {
      grant_type: 'authorization_code',
      client_id: app['clientId'] ?? '',
      client_secret: app['clientSecret'] ?? '',
      redirect_uri: redirectUri,
      code,
      code_verifier: codeVerifier,
    }),
  readGrant(answer, at) {
    const read = readTokenAnswer(answer, 'Google');
    if (read.kind !== 'tokens') return read;
    const { refresh_token: refreshToken, refresh_token_expires_in: lifetime, scope: granted } = read.tokens;
    // People may untick a permission on Google's page.
    if (granted !== undefined && !granted.split(' ').includes(scope)) {
      return {
        kind: 'refused',
        reason: 'The permission to see and manage Google Ads was not ticked on Google’s page. Begin again and tick it.',
      };
    }
    if (refreshToken === undefined) {
      return {
        kind: 'refused',
        reason: 'Google gave no lasting access. Remove the app at myaccount.google.com/permissions, then begin again.',
      };
    }
    return {
      kind: 'granted',
      credentials: { refreshToken },
      expiresAt: lifetime === undefined ? null : instantAfter(at, lifetime),
      accountsReached: null,
    };
  },
  revocation: {
    request: ({ credentials, endpoints }) =>
      formCall(`${withoutSlash(endpoints['oauth'] ?? publicOauth)}/revoke`, {
        token: credentials['refreshToken'] ?? '',
      }),
    // 400 `invalid_token` is a grant that was taken back before.
    done: ({ status, body }) =>
      status === 200 ||
      (status === 400 && typeof body === 'object' && body !== null && Reflect.get(body, 'error') === 'invalid_token'),
  },
};
