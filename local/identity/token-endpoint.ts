/** Replaces what the token endpoint answers by Cognito-shaped tokens, the trigger's changes applied. */
import type { KoaContext, OidcContext, Provider } from 'oidc-provider';
import type { Clock, FunctionInvoker } from '../ports.ts';
import { isObject } from '../services/json-protocol.ts';
import type { Client, ClientRegistry } from './client-registry.ts';
import { endpoints } from './endpoints.ts';
import { type PoolDefinition, standardScopes } from './pool-definition.ts';
import type { SigningKeys } from './signing-keys.ts';
import { mintTokens, type TokenSubject } from './token-minting.ts';
import { runTrigger, TriggerFailure, type TriggerSource } from './token-trigger.ts';
import type { UserDirectory } from './user-directory.ts';

interface TokenEndpointParts {
  readonly issuer: string;
  readonly pool: PoolDefinition;
  readonly keys: SigningKeys;
  readonly clients: ClientRegistry;
  readonly users: UserDirectory;
  readonly functions: FunctionInvoker;
  readonly clock: Clock;
  /** Told why a trigger failed; the caller only learns that it did. */
  readonly onFailure: (message: string) => void;
}

const sources: Readonly<Record<string, TriggerSource>> = {
  authorization_code: 'TokenGeneration_HostedAuth',
  refresh_token: 'TokenGeneration_RefreshTokens',
  client_credentials: 'TokenGeneration_ClientCredentials',
};

/** The protocol's checks have passed when this sees a 200; only then is a token minted. */
export function shapeTokens(provider: Provider, parts: TokenEndpointParts): void {
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.path !== endpoints.token || ctx.status !== 200 || !isObject(ctx.body)) return;
    try {
      ctx.body = await answer(parts, ctx, ctx.body);
    } catch (error) {
      if (!(error instanceof TriggerFailure)) throw error;
      parts.onFailure(`Pre token generation trigger: ${error.message}`);
      ctx.status = 400;
      ctx.body = { error: 'invalid_request', error_description: 'PreTokenGeneration failed.' };
    }
  });
}

async function answer(
  parts: TokenEndpointParts,
  ctx: KoaContext,
  body: Readonly<Record<string, unknown>>,
): Promise<object> {
  const { oidc } = ctx;
  const grantType = oidc.params.grant_type ?? '';
  const source = sources[grantType];
  const client = parts.clients.find(oidc.client.clientId);
  if (source === undefined || client === undefined)
    throw new Error(`The token endpoint answered for the grant type ${grantType}.`);
  const subject = subjectOf(parts, oidc, client, grantType);
  const changes = await runTrigger(parts.pool, parts.functions, {
    source,
    clientId: client.id,
    user: subject.user,
    scopes: subject.scopes,
    clientMetadata: undefined,
  });
  const minted = await mintTokens(parts.issuer, parts.keys, parts.clock(), subject, changes);
  return {
    ...(minted.idToken === undefined ? {} : { id_token: minted.idToken }),
    access_token: minted.accessToken,
    // Without rotation Cognito does not repeat the refresh token.
    ...(grantType === 'authorization_code' && typeof body.refresh_token === 'string'
      ? { refresh_token: body.refresh_token }
      : {}),
    expires_in: minted.expiresIn,
    token_type: 'Bearer',
  };
}

function subjectOf(parts: TokenEndpointParts, oidc: OidcContext, client: Client, grantType: string): TokenSubject {
  const nowSeconds = Math.floor(parts.clock() / 1000);
  if (grantType === 'client_credentials') {
    const asked = oidc.entities.ClientCredentials?.scope?.split(' ') ?? [];
    // Asking for nothing means asking for everything the client may have.
    const scopes =
      oidc.params.scope === undefined ? client.scopes.filter((scope) => !standardScopes.includes(scope)) : asked;
    return { client, user: undefined, scopes, authTime: nowSeconds, grantId: undefined, nonce: undefined };
  }
  const from = grantType === 'refresh_token' ? oidc.entities.RefreshToken : oidc.entities.AuthorizationCode;
  const user = parts.users.findBySub(from?.accountId ?? '');
  if (user === undefined) throw new Error('The token endpoint answered for a user who does not exist.');
  return {
    client,
    user,
    scopes: oidc.entities.AccessToken?.scope?.split(' ') ?? [],
    authTime: from?.authTime ?? nowSeconds,
    grantId: from?.grantId,
    nonce: grantType === 'authorization_code' ? from?.nonce : undefined,
  };
}
