import type { Account, World } from '../market/world.ts';
import { accessDenied, type LinkedInError, refusal } from './error.ts';
import type { Grant, OAuth } from './oauth.ts';

/** Looks up a request header by its lower-case name. */
export type Headers = (name: string) => string | undefined;

/** Whose call it is. Throws as LinkedIn does for missing, unknown and expired tokens. */
export function authenticate(headers: Headers, oauth: OAuth): Grant {
  const token = /^Bearer (\S+)$/i.exec(headers('authorization') ?? '')?.[1];
  if (token === undefined) throw refusal(401, 'EMPTY_ACCESS_TOKEN', 'Empty oauth2 access token', 65604);
  const state = oauth.inspect(token);
  if (state.kind === 'unknown') throw refusal(401, 'INVALID_ACCESS_TOKEN', 'Invalid access token', 65600);
  if (state.kind === 'expired') throw expiredToken();
  return state.grant;
}

export function expiredToken(): LinkedInError {
  return refusal(401, 'EXPIRED_ACCESS_TOKEN', 'The token used in the request has expired', 65602);
}

/** The accounts a member has a role in, in the world's order; closed ones too. */
export function accountsOf(world: World, grant: Grant): readonly Account[] {
  const all = linkedInAccounts(world);
  return all.filter((account) => grant.reaches(account, all[0]));
}

/** The account of a path. Throws 403 for one without a role and for one that is not there: LinkedIn tells no difference. */
export function openAccount(world: World, grant: Grant, id: string, what: string): Account {
  const account = accountsOf(world, grant).find((known) => known.id === id);
  if (account === undefined) throw accessDenied(what);
  return account;
}

function linkedInAccounts(world: World): readonly Account[] {
  return world.accounts.filter(({ platform, kind }) => platform === 'linkedin-ads' && kind === 'client');
}
