/** Signing out: Cognito's `logout_uri`, or OpenID's `post_logout_redirect_uri`; both must be among the client's LogoutURLs. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { decodeJwt } from 'jose';
import type { Provider } from 'oidc-provider';
import type { ClientRegistry } from './client-registry.ts';
import { endpoints } from './endpoints.ts';
import { messagePage, sendPage } from './page.ts';

export async function handleLogout(
  provider: Provider,
  clients: ClientRegistry,
  cookieNames: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
  const client = clients.find(query.get('client_id') ?? audienceOf(query.get('id_token_hint')) ?? '');
  const target = query.get('logout_uri') ?? query.get('post_logout_redirect_uri');
  if (client === undefined || (target !== null && !client.logoutUrls.includes(target))) {
    const why =
      client === undefined
        ? 'The request names no known client.'
        : "The address to return to is not one of the client's.";
    return sendPage(response, 400, messagePage('Signing out is not possible', why));
  }
  await (await provider.Session.get(provider.createContext(request, response))).destroy();
  response.setHeader(
    'Set-Cookie',
    cookieNames
      .flatMap((name) => [name, `${name}.sig`])
      .map((name) => `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`),
  );
  if (target !== null) {
    const location = new URL(target);
    const state = query.get('state');
    if (state !== null) location.searchParams.set('state', state);
    return void response.writeHead(302, { Location: location.href, 'Cache-Control': 'no-store' }).end();
  }
  // Cognito's other form: sign out, then in again at once.
  if (query.has('redirect_uri')) {
    return void response
      .writeHead(302, { Location: `${endpoints.authorization}?${query}`, 'Cache-Control': 'no-store' })
      .end();
  }
  sendPage(response, 200, messagePage('Signed out', 'You can close this page.'));
}

/** Only a hint: it chooses a client, it proves nothing. */
function audienceOf(idToken: string | null): string | undefined {
  try {
    const { aud } = decodeJwt(idToken ?? '');
    return typeof aud === 'string' ? aud : undefined;
  } catch {
    return undefined;
  }
}
