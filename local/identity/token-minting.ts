/** Tokens as Cognito shapes them, signed with the pool's key. */
import { createHash, randomUUID } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import type { Client } from './client-registry.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { ClaimChanges, TokenChanges } from './token-trigger.ts';
import type { User } from './user-directory.ts';

export interface TokenSubject {
  readonly client: Client;
  readonly user: User | undefined;
  readonly scopes: readonly string[];
  /** Epoch seconds. */
  readonly authTime: number;
  /** Ties together all tokens of one sign-in. */
  readonly grantId: string | undefined;
  readonly nonce: string | undefined;
}

interface MintedTokens {
  readonly accessToken: string;
  readonly idToken: string | undefined;
  readonly scope: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** What a trigger can neither set nor take away. */
const reserved = new Set([
  'acr',
  'amr',
  'at_hash',
  'aud',
  'auth_time',
  'azp',
  'client_id',
  'cnf',
  'cognito:username',
  'device_key',
  'event_id',
  'exp',
  'iat',
  'iss',
  'jti',
  'nbf',
  'nonce',
  'origin_jti',
  's_hash',
  'scope',
  'sub',
  'token_use',
  'username',
  'version',
  'cognito:groups',
  'cognito:roles',
  'cognito:preferred_role',
  'identities',
]);

export async function mintTokens(
  issuer: string,
  keys: SigningKeys,
  now: number,
  subject: TokenSubject,
  changes: TokenChanges,
): Promise<MintedTokens> {
  const { client, user } = subject;
  const iat = Math.floor(now / 1000);
  const scopes = changedScopes(subject.scopes, changes);
  const groups = changes.groups ?? user?.groups ?? [];
  const shared = {
    iss: issuer,
    auth_time: subject.authTime,
    iat,
    event_id: randomUUID(),
    ...(subject.grantId === undefined ? {} : { origin_jti: uuidFrom(subject.grantId) }),
    ...(groups.length === 0 ? {} : { 'cognito:groups': groups }),
  };
  const accessToken = await sign(keys, {
    ...changeClaims({}, changes.access),
    ...shared,
    sub: user?.sub ?? client.id,
    client_id: client.id,
    version: 2,
    token_use: 'access',
    scope: scopes.join(' '),
    exp: iat + client.validity.access,
    jti: randomUUID(),
    ...(user === undefined ? {} : { username: user.sub }),
  });
  return {
    accessToken,
    idToken: user === undefined || !scopes.includes('openid') ? undefined : await identityToken(),
    scope: scopes.join(' '),
    expiresIn: client.validity.access,
  };

  function identityToken(): Promise<string> {
    return sign(keys, {
      ...changeClaims(userClaims(user?.attributes ?? {}), changes.id),
      ...shared,
      sub: user?.sub ?? '',
      aud: client.id,
      token_use: 'id',
      'cognito:username': user?.sub,
      exp: iat + client.validity.id,
      jti: randomUUID(),
      at_hash: createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url'),
      ...(subject.nonce === undefined ? {} : { nonce: subject.nonce }),
    });
  }
}

function sign(keys: SigningKeys, claims: JWTPayload): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: keys.kid }).sign(keys.privateKey);
}

function changedScopes(scopes: readonly string[], changes: TokenChanges): readonly string[] {
  const added = changes.scopesToAdd.filter((scope) => /^[^\s]+$/.test(scope));
  const suppressed = new Set(changes.scopesToSuppress);
  return [...new Set([...scopes, ...added])].filter((scope) => !suppressed.has(scope));
}

function changeClaims(claims: Readonly<Record<string, unknown>>, changes: ClaimChanges): Record<string, unknown> {
  const changed = { ...claims };
  for (const [name, value] of Object.entries(changes.add)) if (!reserved.has(name)) changed[name] = value;
  for (const name of changes.suppress) if (!reserved.has(name)) delete changed[name];
  return changed;
}

/** Attributes are texts; the two `…_verified` ones are booleans in tokens. */
function userClaims(attributes: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, name.endsWith('_verified') ? value === 'true' : value]),
  );
}

/** The same UUID for the same grant, across refreshes and restarts. */
function uuidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
