import type { OAuth } from './oauth.ts';

/** Where the browser goes next, or the page it sees because nobody may be sent anywhere. */
export type ConsentAnswer =
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'page'; readonly error: string; readonly description: string };

const adwords = 'https://www.googleapis.com/auth/adwords';

/**
 * Google's authorize page (`/o/oauth2/v2/auth`) with a user who agrees at once, or declines. As at Google, a wrong client or
 * redirect URI is shown to the person and never sent to it; everything else goes back to the redirect URI as an error.
 */
export function authorizePage(oauth: OAuth, query: URLSearchParams, declined: boolean): ConsentAnswer {
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!oauth.isClient(query.get('client_id') ?? ''))
    return { kind: 'page', error: 'invalid_client', description: 'The OAuth client was not found.' };
  if (!registered(redirectUri))
    return {
      kind: 'page',
      error: 'redirect_uri_mismatch',
      description: `The redirect URI is not registered for this client: ${redirectUri}`,
    };
  const back = (parameters: Readonly<Record<string, string>>): ConsentAnswer => {
    const location = new URL(redirectUri);
    const state = query.get('state');
    for (const [name, value] of Object.entries({ ...(state === null ? {} : { state }), ...parameters })) {
      location.searchParams.set(name, value);
    }
    return { kind: 'redirect', location: location.href };
  };
  if (query.get('response_type') !== 'code')
    return back({ error: 'unsupported_response_type', error_description: 'The simulator models response_type=code.' });
  const scopes = query.get('scope')?.split(' ') ?? [];
  if (!scopes.includes(adwords))
    return back({ error: 'invalid_scope', error_description: `The scope ${adwords} is missing.` });
  const method = query.get('code_challenge_method') ?? 'plain';
  const challenge = query.get('code_challenge');
  if (challenge !== null && method !== 'S256' && method !== 'plain')
    return back({ error: 'invalid_request', error_description: `Invalid code_challenge_method: ${method}` });
  if (declined) return back({ error: 'access_denied' });
  const code = oauth.consent({
    redirectUri,
    offline: query.get('access_type') === 'offline',
    ...(challenge === null ? {} : { challenge: { value: challenge, method: method === 'S256' ? 'S256' : 'plain' } }),
  });
  return back({ code, scope: adwords });
}

/** A client of the simulator has every https address registered, and as at Google http on this machine alone. */
function registered(redirectUri: string): boolean {
  const url = URL.canParse(redirectUri) ? new URL(redirectUri) : undefined;
  if (url === undefined || url.hash !== '') return false;
  return (
    url.protocol === 'https:' || (url.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname))
  );
}
