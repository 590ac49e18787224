import type { ConextClient } from '../../../../sdks/javascript/src/client.ts';
import type { AuthorizationRequest } from '../../../../sdks/javascript/src/generated/api.ts';

export const callbackPath = '/connections/callback';

/** Leaves for the platform's sign-in; the platform sends the browser back to the callback page. */
export async function leaveToAuthorize(
  client: ConextClient,
  request: Omit<AuthorizationRequest, 'returnTo'>,
): Promise<void> {
  const { authorizationUrl } = await client.startAuthorization({
    body: { ...request, returnTo: `${location.origin}${callbackPath}` },
  });
  const target = new URL(authorizationUrl);
  // An address of another kind could run as script in this page.
  if (target.protocol !== 'https:' && target.protocol !== 'http:') {
    throw new Error(`The platform's sign-in is not a web address (${target.protocol}).`);
  }
  location.assign(target);
}

export type Return =
  | { readonly kind: 'code'; readonly state: string; readonly code: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unreadable' };

/** What the platform sent the browser back with. TikTok names the code `auth_code`. */
export function readReturn(search: string): Return {
  const parameters = new URLSearchParams(search);
  const error = parameters.get('error');
  if (error !== null) return { kind: 'refused', reason: parameters.get('error_description') || error };
  const [state, code] = [parameters.get('state'), parameters.get('auth_code') ?? parameters.get('code')];
  return state && code ? { kind: 'code', state, code } : { kind: 'unreadable' };
}
