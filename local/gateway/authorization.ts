/** What a COGNITO_USER_POOLS authorizer decides about a request. */
import type { MethodDefinition } from './api-definition.ts';
import { type Exchange, headerOf } from './exchange.ts';
import type { Refusal } from './gateway-response-types.ts';
import type { TokenVerifier } from './token-verifier.ts';

/**
 * With scopes on the method the token must be an access token that has one of them; without, an identity token. Sets
 * the exchange's claims.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html
 */
export async function authorize(
  method: MethodDefinition,
  exchange: Exchange,
  verifier: TokenVerifier,
): Promise<Refusal | undefined> {
  const { authorizer, scopes } = method;
  if (authorizer === undefined) return undefined;
  const found = await verifier.verify(headerOf(exchange.request, authorizer.header), authorizer.userPoolArns);
  if (!found.ok) return { type: found.reason === 'invalid' ? 'UNAUTHORIZED' : 'AUTHORIZER_CONFIGURATION_ERROR' };
  const { token } = found;
  if (token.use !== (scopes.length > 0 ? 'access' : 'id')) return { type: 'UNAUTHORIZED' };
  exchange.claims = token.claims;
  if (scopes.length > 0 && !scopes.some((scope) => token.scopes.includes(scope))) return { type: 'ACCESS_DENIED' };
  return undefined;
}
