import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The authorization-code flow, as far as it is the same everywhere (RFC 6749, section 4.1) and as data where it is not: each
 * platform says which page to open, which request exchanges the code and how to read the answer. Nothing here calls anyone.
 */

/** Fields of our app at a platform, as an operator registered it: names differ by platform. */
export type AppCredentials = Readonly<Record<string, string>>;

/** Base URLs by name, as `PlatformAccess.endpoints`; missing ones take the platform's public default. */
export type OAuthEndpoints = Readonly<Record<string, string>>;

/** A POST, ready to be sent. */
export interface OAuthCall {
  readonly url: string;
  readonly contentType: 'application/x-www-form-urlencoded' | 'application/json';
  readonly body: string;
}

/** What came back, its body parsed when it was JSON. */
export interface OAuthAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What a platform gave for a code. Reasons are whole sentences for people and hold no secret. */
export type GrantOutcome =
  | {
      readonly kind: 'granted';
      /** Goes to Secrets Manager: what the platform's reader needs beside the app's own fields. */
      readonly credentials: Readonly<Record<string, string>>;
      /** When somebody must authorize again; `null` where the platform sets no end. */
      readonly expiresAt: string | null;
      /** Accounts the answer names, where it does. */
      readonly accountsReached: number | null;
    }
  /** The person has to begin again. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** An operator has to correct our app at the platform. */
  | { readonly kind: 'misconfigured'; readonly reason: string }
  /** The platform did not answer; the code may still be good. */
  | { readonly kind: 'unavailable'; readonly reason: string };

interface PageRequest {
  readonly app: AppCredentials;
  readonly redirectUri: string;
  readonly state: string;
  /** RFC 7636, method S256; platforms without PKCE leave it out. */
  readonly codeChallenge: string;
  readonly endpoints: OAuthEndpoints;
}

interface ExchangeRequest {
  readonly app: AppCredentials;
  readonly code: string;
  readonly redirectUri: string;
  readonly codeVerifier: string;
  readonly endpoints: OAuthEndpoints;
}

interface RevokeRequest {
  readonly app: AppCredentials;
  readonly credentials: Readonly<Record<string, string>>;
  readonly endpoints: OAuthEndpoints;
}

/** How one platform lets people authorize us. */
export interface PlatformAuthorization {
  /** Fields of `AppCredentials` that must be there; `secret` is the one that signs. */
  readonly app: { readonly id: string; readonly secret: string; readonly others: readonly string[] };
  readonly pkce: boolean;
  page(request: PageRequest): string;
  exchange(request: ExchangeRequest): OAuthCall;
  /** `at` in epoch milliseconds: lifetimes count from the answer. */
  readGrant(answer: OAuthAnswer, at: number): GrantOutcome;
  /** `undefined` where the platform has no way to take a grant back. */
  readonly revocation?: {
    request(request: RevokeRequest): OAuthCall;
    /** A grant that is already gone counts as revoked. */
    done(answer: OAuthAnswer): boolean;
  };
}

/** Whom an authorization belongs to. */
export interface AuthorizationOwner {
  readonly authorizationId: string;
  readonly workspaceId: string;
  /** The user or machine client that began it. */
  readonly subject: string;
}

/** Authorizations must be finished within this time; platforms let codes live ten minutes and more. */
export const authorizationMs = 10 * 60_000;

const mac = (secret: string, purpose: string, { authorizationId, workspaceId, subject }: AuthorizationOwner): Buffer =>
  createHmac('sha256', secret)
    .update(JSON.stringify([purpose, workspaceId, subject, authorizationId]))
    .digest();

/**
 * The state handed to the platform: the authorization's id, signed for its owner with the app's own secret. It is stored
 * nowhere, and nobody else can make one.
 */
export const stateFor = (secret: string, owner: AuthorizationOwner): string =>
  `${owner.authorizationId}.${mac(secret, 'state', owner).toString('base64url')}`;

/** The authorization's id in a state, whoever made it; `undefined` for anything that is no state. */
export const authorizationIdIn = (state: string): string | undefined =>
  /^(aut_[0-9A-Z]{26})\.[\w-]{43}$/.exec(state)?.[1];

export function isStateOf(secret: string, owner: AuthorizationOwner, state: string): boolean {
  const given = Buffer.from(state);
  const expected = Buffer.from(stateFor(secret, owner));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** PKCE's verifier: made again from the app's secret when the code comes back, so that it is stored nowhere either. */
export const codeVerifierFor = (secret: string, owner: AuthorizationOwner): string =>
  mac(secret, 'code-verifier', owner).toString('base64url');

/** RFC 7636, section 4.2: BASE64URL(SHA256(verifier)). */
export const codeChallengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');
