import {
  claimNames,
  qualifiedScope,
  type Role,
  resourceServer,
  roles,
  type Scope,
  scopeNames,
  scopesByRole,
} from '../../../contracts/access.ts';

/** What someone may do, and where. */
export interface Standing {
  readonly workspaceId: string;
  readonly role: Role;
  readonly scopes: readonly Scope[];
}

export interface TokenClaims {
  readonly claimsToAddOrOverride: Record<string, string>;
  readonly scopesToSuppress: string[];
}

/** A machine client has scopes and no role; it is told apart from people as the least role that holds its scopes. */
export const leastRoleFor = (scopes: readonly Scope[]): Role =>
  roles.findLast((role) => scopes.every((scope) => scopesByRole[role].includes(scope))) ?? 'owner';

/**
 * Claims and suppressed scopes of one access token. Everything of this resource server that the standing does not hold is
 * suppressed, whether it was asked for or not: a scope added to the client later must not slip through.
 */
export function tokenClaims(standing: Standing, requested: readonly string[]): TokenClaims {
  const held = new Set(standing.scopes.map(qualifiedScope));
  const ours = new Set([
    ...scopeNames.map(qualifiedScope),
    ...requested.filter((scope) => scope.startsWith(`${resourceServer}/`)),
  ]);
  return {
    claimsToAddOrOverride: {
      [claimNames.workspaceId]: standing.workspaceId,
      [claimNames.role]: standing.role,
    },
    scopesToSuppress: [...ours].filter((scope) => !held.has(scope)),
  };
}
