import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { claimNames, qualifiedScope, type Role, roles, type Scope, scopeNames } from '../../contracts/access.ts';
import { workspaceId } from '../../contracts/schemas/primitives.ts';
import { AppError } from '../../domain/errors.ts';

/** Who asks, as the verified token says. Nothing of it comes from the request itself. */
export interface Principal {
  readonly workspaceId: string;
  readonly role: Role;
  readonly scopes: readonly Scope[];
  /** The user's `sub`, or the client's id. */
  readonly subject: string;
}

const claims = z.object({
  [claimNames.workspaceId]: workspaceId,
  [claimNames.role]: z.enum(roles),
  scope: z.optional(z.string()),
  sub: z.optional(z.string()),
  client_id: z.optional(z.string()),
});

/** The principal of a request that the gateway's authorizer let in. Throws `unauthenticated` or `forbidden`. */
export function principalOf(event: Pick<APIGatewayProxyEvent, 'requestContext'>): Principal {
  const given: unknown = event.requestContext.authorizer?.claims;
  if (typeof given !== 'object' || given === null) {
    throw new AppError('unauthenticated', 'Send an access token in the Authorization header.');
  }
  const parsed = claims.safeParse(given);
  if (!parsed.success) {
    throw new AppError(
      'forbidden',
      'This sign-in belongs to no workspace. Ask an owner to add you, then sign in again.',
    );
  }
  const held = new Set((parsed.data.scope ?? '').split(' '));
  const subject = parsed.data.sub ?? parsed.data.client_id;
  if (subject === undefined) throw new AppError('unauthenticated', 'The access token names no user or client.');
  return {
    workspaceId: parsed.data[claimNames.workspaceId],
    role: parsed.data[claimNames.role],
    scopes: scopeNames.filter((scope) => held.has(qualifiedScope(scope))),
    subject,
  };
}

export function requireScope(principal: Principal, scope: Scope): void {
  if (!principal.scopes.includes(scope)) {
    throw new AppError('forbidden', `This needs the scope ${qualifiedScope(scope)}, which the token does not hold.`);
  }
}
