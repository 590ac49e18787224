import * as z from 'zod/mini';
import type { IdentityStore } from '../../../adapters/stores/identity-store.ts';
import { scopesByRole } from '../../../contracts/access.ts';
import { leastRoleFor, type Standing, tokenClaims } from './token-claims.ts';

/** The parts of Cognito's pre token generation event, version 3, that decide. */
export const preTokenGeneration = z.looseObject({
  version: z.optional(z.union([z.string(), z.number()])),
  triggerSource: z.string().check(z.startsWith('TokenGeneration_')),
  callerContext: z.looseObject({ clientId: z.string() }),
  request: z.looseObject({
    userAttributes: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
    scopes: z.optional(z.nullable(z.array(z.string()))),
  }),
});
export type PreTokenGeneration = z.infer<typeof preTokenGeneration>;

const machineTrigger = 'TokenGeneration_ClientCredentials';

/** Whoever has no workspace gets no token. Cognito hands the message to the caller. */
export class NoMembership extends Error {
  override readonly name = 'NoMembership';
}

/**
 * Adds the workspace and role to the access token and takes away the scopes that the user's role or the client does not
 * hold. Someone in several workspaces enters the oldest.
 */
export async function issueTokenClaims(identity: IdentityStore, event: PreTokenGeneration): Promise<unknown> {
  const standing =
    event.triggerSource === machineTrigger
      ? await clientStanding(identity, event.callerContext.clientId)
      : await memberStanding(identity, event.request.userAttributes?.sub);
  const accessTokenGeneration = tokenClaims(standing, event.request.scopes ?? []);
  return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration } } };
}

async function memberStanding(identity: IdentityStore, sub: unknown): Promise<Standing> {
  const [member] = typeof sub === 'string' ? oldestFirst(await identity.membershipsOf(sub)) : [];
  if (member === undefined) {
    throw new NoMembership('This user belongs to no workspace. Ask an owner of a workspace to add you.');
  }
  return { ...member, scopes: scopesByRole[member.role] };
}

async function clientStanding(identity: IdentityStore, clientId: string): Promise<Standing> {
  const [client] = oldestFirst(await identity.clientsOf(clientId));
  if (client === undefined) throw new NoMembership('This client belongs to no workspace. Ask the operator to add it.');
  return { workspaceId: client.workspaceId, role: leastRoleFor(client.scopes), scopes: client.scopes };
}

/** Workspace ids begin with their time of creation. */
const oldestFirst = <T extends { readonly workspaceId: string }>(records: readonly T[]): readonly T[] =>
  records.toSorted((a, b) => (a.workspaceId < b.workspaceId ? -1 : 1));
