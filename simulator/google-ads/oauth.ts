import { createHash } from 'node:crypto';
import { AuthorizationCodes, type CodeRequest } from './authorization-codes.ts';
import { RefreshTokens } from './refresh-tokens.ts';

export interface Grant {
  readonly refreshToken: string;
  /** Accounts the user who granted it was given directly. */
  readonly customerIds: readonly string[];
}

interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface OAuthAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

type TokenState =
  | { readonly kind: 'valid'; readonly grant: Grant }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unknown' };

const scope = 'https://www.googleapis.com/auth/adwords';

/** Google's token endpoint for the authorization_code and refresh_token grants, and the access tokens it gave out. */
export class OAuth {
  readonly #client: OAuthClient;
  readonly #refreshTokens: RefreshTokens;
  readonly #codes: AuthorizationCodes;
  readonly #lifetimeSeconds: number;
  readonly #wall: () => number;
  readonly #issued = new Map<string, { readonly grant: Grant; expiresAt: number }>();
  #counter = 0;

  /** Tokens live in wall time: driving the simulated clock does not age them. The first grant is whose user consents. */
  constructor(client: OAuthClient, grants: readonly Grant[], lifetimeSeconds: number, wall: () => number = Date.now) {
    this.#client = client;
    this.#refreshTokens = new RefreshTokens(grants, client.clientSecret);
    this.#codes = new AuthorizationCodes(client.clientSecret, wall);
    this.#lifetimeSeconds = lifetimeSeconds;
    this.#wall = wall;
  }

  /** A code for a consent just given. */
  consent(request: CodeRequest): string {
    return this.#codes.issue(request);
  }

  isClient(clientId: string): boolean {
    return clientId === this.#client.clientId;
  }

  /** Answers the token endpoint as Google does. */
  token(form: URLSearchParams): OAuthAnswer {
    const grantType = form.get('grant_type');
    if (grantType !== 'refresh_token' && grantType !== 'authorization_code') {
      return refuse(400, 'unsupported_grant_type', `Invalid grant_type: ${grantType ?? ''}`);
    }
    if (!this.isClient(form.get('client_id') ?? ''))
      return refuse(401, 'invalid_client', 'The OAuth client was not found.');
    if (form.get('client_secret') !== this.#client.clientSecret) return refuse(401, 'invalid_client', 'Unauthorized');
    return grantType === 'refresh_token' ? this.#refreshed(form) : this.#exchanged(form);
  }

  /** Answers the revocation endpoint: the refresh token, or the grant of an access token, is gone. */
  revoke(token: string): OAuthAnswer {
    const grant = this.#refreshTokens.grantOf(token) ?? this.#issued.get(token)?.grant;
    if (grant === undefined) return refuse(400, 'invalid_token', 'Token expired or revoked');
    this.#refreshTokens.revoke(grant.refreshToken);
    for (const [access, issued] of this.#issued) {
      if (issued.grant.refreshToken === grant.refreshToken) this.#issued.delete(access);
    }
    return { status: 200, body: {} };
  }

  inspect(accessToken: string): TokenState {
    const issued = this.#issued.get(accessToken);
    if (issued === undefined) return { kind: 'unknown' };
    return issued.expiresAt <= this.#wall() ? { kind: 'expired' } : { kind: 'valid', grant: issued.grant };
  }

  /** Every token given out so far is expired from now on. */
  expireAll(): void {
    for (const issued of this.#issued.values()) issued.expiresAt = 0;
  }

  #refreshed(form: URLSearchParams): OAuthAnswer {
    const grant = this.#refreshTokens.grantOf(form.get('refresh_token') ?? '');
    if (grant === undefined) return refuse(400, 'invalid_grant', 'Token has been expired or revoked.');
    return { status: 200, body: this.#accessToken(grant) };
  }

  #exchanged(form: URLSearchParams): OAuthAnswer {
    const redeemed = this.#codes.redeem(form);
    if (redeemed.kind === 'refused') return refuse(400, redeemed.error, redeemed.description);
    const grant = this.#refreshTokens.issue();
    // Without offline access Google answers no refresh token.
    const refresh = redeemed.offline ? { refresh_token: grant.refreshToken } : {};
    return { status: 200, body: { ...this.#accessToken(grant), ...refresh } };
  }

  #accessToken(grant: Grant): Record<string, unknown> {
    this.#counter += 1;
    const digest = createHash('sha256')
      .update(`${grant.refreshToken}|${this.#counter}|${this.#wall()}`)
      .digest('base64url');
    const accessToken = `ya29.${digest}`;
    this.#forgetOld();
    this.#issued.set(accessToken, { grant, expiresAt: this.#wall() + this.#lifetimeSeconds * 1000 });
    return { access_token: accessToken, expires_in: this.#lifetimeSeconds, scope, token_type: 'Bearer' };
  }

  #forgetOld(): void {
    if (this.#issued.size < 10_000) return;
    for (const [token, issued] of this.#issued) if (issued.expiresAt <= this.#wall()) this.#issued.delete(token);
  }
}

function refuse(status: number, error: string, description: string): OAuthAnswer {
  return { status, body: { error, error_description: description } };
}
