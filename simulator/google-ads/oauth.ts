import { createHash } from 'node:crypto';

export interface Grant {
  readonly refreshToken: string;
  /** Accounts the user who granted it was given directly. */
  readonly customerIds: readonly string[];
}

interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

type TokenState =
  | { readonly kind: 'valid'; readonly grant: Grant }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unknown' };

/** Google's token endpoint for the refresh_token grant, and the access tokens it gave out. */
export class OAuth {
  readonly #client: OAuthClient;
  readonly #grants: ReadonlyMap<string, Grant>;
  readonly #lifetimeSeconds: number;
  readonly #wall: () => number;
  readonly #issued = new Map<string, { readonly grant: Grant; expiresAt: number }>();
  #counter = 0;

  /** Tokens live in wall time: driving the simulated clock does not age them. */
  constructor(client: OAuthClient, grants: readonly Grant[], lifetimeSeconds: number, wall: () => number = Date.now) {
    this.#client = client;
    this.#grants = new Map(grants.map((grant) => [grant.refreshToken, grant]));
    this.#lifetimeSeconds = lifetimeSeconds;
    this.#wall = wall;
  }

  /** Answers the token endpoint as Google does. */
  token(form: URLSearchParams): { readonly status: number; readonly body: Record<string, unknown> } {
    if (form.get('grant_type') !== 'refresh_token') {
      return refuse(400, 'unsupported_grant_type', `Invalid grant_type: ${form.get('grant_type') ?? ''}`);
    }
    if (form.get('client_id') !== this.#client.clientId)
      return refuse(401, 'invalid_client', 'The OAuth client was not found.');
    if (form.get('client_secret') !== this.#client.clientSecret) return refuse(401, 'invalid_client', 'Unauthorized');
    const grant = this.#grants.get(form.get('refresh_token') ?? '');
    if (grant === undefined) return refuse(400, 'invalid_grant', 'Bad Request');
    this.#counter += 1;
    const digest = createHash('sha256')
      .update(`${grant.refreshToken}|${this.#counter}|${this.#wall()}`)
      .digest('base64url');
    const accessToken = `ya29.${digest}`;
    this.#forgetOld();
    this.#issued.set(accessToken, { grant, expiresAt: this.#wall() + this.#lifetimeSeconds * 1000 });
    const scope = 'https://www.googleapis.com/auth/adwords';
    return {
      status: 200,
      body: { access_token: accessToken, expires_in: this.#lifetimeSeconds, scope, token_type: 'Bearer' },
    };
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

  #forgetOld(): void {
    if (this.#issued.size < 10_000) return;
    for (const [token, issued] of this.#issued) if (issued.expiresAt <= this.#wall()) this.#issued.delete(token);
  }
}

function refuse(status: number, error: string, description: string) {
  return { status, body: { error, error_description: description } };
}
