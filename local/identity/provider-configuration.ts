/** oidc-provider as Cognito behaves: its endpoints, lifetimes, flows and first-party consent. */
import type { KoaContext } from 'oidc-provider';
import type { Client, ClientRegistry } from './client-registry.ts';
import { endpoints } from './endpoints.ts';
import { messagePage, pageHeaders } from './page.ts';
import { type PoolDefinition, standardScopes } from './pool-definition.ts';
import type { Payload, ProtocolStore } from './protocol-store.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { UserDirectory } from './user-directory.ts';

interface ProviderParts {
  readonly origin: string;
  readonly pool: PoolDefinition;
  readonly clients: ClientRegistry;
  readonly users: UserDirectory;
  readonly keys: SigningKeys;
  readonly store: ProtocolStore;
  readonly cookies: { readonly session: string; readonly interaction: string; readonly resume: string };
}

interface HasId {
  readonly clientId: string;
}

const hour = 3_600;

export function providerConfiguration(parts: ProviderParts): object {
  const { clients, users, keys, pool } = parts;
  const cookie = { httpOnly: true, sameSite: 'lax', signed: true, path: '/', overwrite: true };
  return {
    adapter: adapterOver(parts),
    jwks: { keys: [keys.privateJwk] },
    cookies: { names: parts.cookies, keys: [keys.cookieSecret], short: cookie, long: cookie },
    routes: {
      authorization: endpoints.authorization,
      token: endpoints.token,
      revocation: endpoints.revocation,
      jwks: endpoints.jwks,
    },
    discovery: {
      userinfo_endpoint: parts.origin + endpoints.userInfo,
      end_session_endpoint: parts.origin + endpoints.logout,
    },
    scopes: [...standardScopes, ...pool.customScopes],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], phone: ['phone_number'] },
    responseTypes: ['code'],
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post'],
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: async (_ctx: KoaContext, client: HasId, token: HasId) => client.clientId === token.clientId,
      },
    },
    interactions: {
      url: (_ctx: KoaContext, interaction: { readonly uid: string }) => `${endpoints.login}/${interaction.uid}`,
    },
    // Cognito asks nobody for consent: its clients are the owner's own.
    loadExistingGrant: async (
      ctx: KoaContext & { readonly oidc: { readonly provider: import('oidc-provider').Provider } },
    ) => {
      const { accountId } = ctx.oidc.session;
      if (accountId === undefined) return undefined;
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId });
      grant.addOIDCScope(ctx.oidc.params.scope ?? '');
      await grant.save();
      return grant;
    },
    findAccount: async (_ctx: KoaContext, sub: string) =>
      users.findBySub(sub) === undefined ? undefined : { accountId: sub, claims: async () => ({ sub }) },
    issueRefreshToken: async () => true,
    expiresWithSession: async () => false,
    rotateRefreshToken: false,
    clientBasedCORS: (_ctx: KoaContext, origin: string) => clients.allows(origin),
    ttl: {
      AccessToken: hour,
      AuthorizationCode: 300,
      ClientCredentials: hour,
      Grant: (_ctx: KoaContext, _grant: unknown, client: HasId) => refreshSeconds(clients, client),
      IdToken: hour,
      Interaction: hour,
      RefreshToken: (_ctx: KoaContext, _token: unknown, client: HasId) => refreshSeconds(clients, client),
      // As long as the managed login's own cookie.
      Session: hour,
    },
    renderError: async (ctx: KoaContext, out: Readonly<Record<string, string>>) => {
      for (const [name, value] of Object.entries(pageHeaders())) ctx.set(name, value);
      ctx.body = messagePage(
        'Signing in is not possible',
        out.error_description ?? out.error ?? 'The request is not valid.',
      );
    },
  };
}

function refreshSeconds(clients: ClientRegistry, client: HasId | undefined): number {
  return clients.find(client?.clientId ?? '')?.validity.refresh ?? 30 * 86_400;
}

/** oidc-provider's metadata names. */
function metadataOf(client: Client): Payload {
  const code = client.flows.includes('code');
  return {
    client_id: client.id,
    client_name: client.name,
    ...(client.secret === undefined ? {} : { client_secret: client.secret }),
    token_endpoint_auth_method: client.secret === undefined ? 'none' : 'client_secret_basic',
    grant_types: [
      ...(code ? ['authorization_code', 'refresh_token'] : []),
      // Without a secret nothing would prove who asks.
      ...(client.flows.includes('client_credentials') && client.secret !== undefined ? ['client_credentials'] : []),
    ],
    response_types: code ? ['code'] : [],
    redirect_uris: code ? client.callbackUrls : [],
    scope: client.scopes.join(' '),
  };
}

/** oidc-provider makes one adapter for each kind of thing it keeps. */
function adapterOver({ store, clients }: ProviderParts): (kind: string) => object {
  return (kind) => ({
    upsert: async (id: string, payload: Payload, expiresIn: number | undefined) =>
      store.put(kind, id, payload, expiresIn),
    find: async (id: string) => {
      if (kind !== 'Client') return store.get(kind, id);
      const client = clients.find(id);
      return client === undefined ? undefined : metadataOf(client);
    },
    findByUid: async (uid: string) => store.findBy(kind, 'uid', uid),
    findByUserCode: async (code: string) => store.findBy(kind, 'userCode', code),
    consume: async (id: string) => store.consume(kind, id),
    destroy: async (id: string) => store.remove(kind, id),
    revokeByGrantId: async (grantId: string) => store.removeGrant(grantId),
  });
}
