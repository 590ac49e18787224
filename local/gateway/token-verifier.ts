/** Verifies Cognito-shaped tokens as a COGNITO_USER_POOLS authorizer does, remembering the verified ones until they expire. */
import { createHash } from 'node:crypto';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '../ports.ts';
import type { Claims } from './exchange.ts';

/** A user pool as the authorizer needs it. */
export interface UserPoolKeys {
  readonly arn: string;
  /** The `iss` its tokens carry. */
  readonly issuer: string;
  readonly jwksUri: string;
}

interface VerifiedToken {
  readonly claims: Claims;
  readonly scopes: readonly string[];
  readonly use: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

type Verification =
  | { readonly ok: true; readonly token: VerifiedToken }
  | { readonly ok: false; readonly reason: 'invalid' | 'keys-unavailable' };

/** Enough for every session of a laptop; the oldest go first. */
const rememberedTokens = 10_000;
/** A longer Authorization header is no token of ours. */
const longestToken = 8_192;

export class TokenVerifier {
  readonly #pools: ReadonlyMap<string, { readonly arn: string; readonly keys: ReturnType<typeof createRemoteJWKSet> }>;
  readonly #clock: Clock;
  readonly #verified = new Map<string, VerifiedToken & { readonly poolArn: string }>();

  constructor(pools: readonly UserPoolKeys[], clock: Clock) {
    this.#clock = clock;
    this.#pools = new Map(
      pools.map((pool) => [
        pool.issuer,
        {
          arn: pool.arn,
          // An unknown key id fetches again, at most once a second: keys rotate, attackers guess.
          keys: createRemoteJWKSet(new URL(pool.jwksUri), { cooldownDuration: 1_000, timeoutDuration: 3_000 }),
        },
      ]),
    );
  }

  /** `header` is the whole Authorization header; the word Bearer is optional, as on AWS. */
  async verify(header: string | undefined, poolArns: readonly string[]): Promise<Verification> {
    const token = header?.replace(/^Bearer +/i, '').trim() ?? '';
    if (token === '' || token.length > longestToken) return { ok: false, reason: 'invalid' };
    const hash = createHash('sha256').update(token).digest('base64');
    const known = this.#verified.get(hash);
    if (known !== undefined) {
      if (known.expiresAt > this.#clock()) {
        return poolArns.includes(known.poolArn) ? { ok: true, token: known } : { ok: false, reason: 'invalid' };
      }
      this.#verified.delete(hash);
    }
    return this.#verifySignature(token, hash, poolArns);
  }

  async #verifySignature(token: string, hash: string, poolArns: readonly string[]): Promise<Verification> {
    const issuer = unverifiedIssuer(token);
    const pool = issuer === undefined ? undefined : this.#pools.get(issuer);
    if (issuer === undefined || pool === undefined || !poolArns.includes(pool.arn))
      return { ok: false, reason: 'invalid' };
    try {
      const { payload } = await jwtVerify(token, pool.keys, {
        // One asymmetric algorithm: `none` and an HMAC keyed with the public key cannot pass.
        algorithms: ['RS256'],
        issuer,
        requiredClaims: ['exp', 'iss', 'sub', 'token_use'],
        currentDate: new Date(this.#clock()),
      });
      const verified = { ...describe(payload), poolArn: pool.arn };
      this.#remember(hash, verified);
      return { ok: true, token: verified };
    } catch (error) {
      return { ok: false, reason: keysAreMissing(error) ? 'keys-unavailable' : 'invalid' };
    }
  }

  #remember(hash: string, token: VerifiedToken & { readonly poolArn: string }): void {
    if (this.#verified.size >= rememberedTokens) {
      const [oldest] = this.#verified.keys();
      if (oldest !== undefined) this.#verified.delete(oldest);
    }
    this.#verified.set(hash, token);
  }
}

/** Every failure of the token itself is one of jose's errors; what else fails is the way to the keys. */
function keysAreMissing(error: unknown): boolean {
  return (
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    !(error instanceof errors.JOSEError) ||
    error.code === 'ERR_JOSE_GENERIC'
  );
}

function unverifiedIssuer(token: string): string | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const issuer = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'iss') : undefined;
    return typeof issuer === 'string' ? issuer : undefined;
  } catch {
    return undefined;
  }
}

function describe(payload: JWTPayload): VerifiedToken {
  return {
    claims: Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, claimText(name, value)])),
    scopes: typeof payload.scope === 'string' ? payload.scope.split(' ') : [],
    use: String(payload.token_use),
    expiresAt: (payload.exp ?? 0) * 1000,
  };
}

/** API Gateway hands every claim over as text: times as dates, lists joined by commas. */
function claimText(name: string, value: unknown): string {
  if ((name === 'exp' || name === 'iat' || name === 'auth_time') && typeof value === 'number') {
    return name === 'auth_time' ? String(value) : cognitoDate(value);
  }
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** `Sun Nov 22 16:00:00 UTC 2026`: how REST APIs write `exp` and `iat`. */
function cognitoDate(seconds: number): string {
  const [day, date, month, year, time] = new Date(seconds * 1000).toUTCString().replace(',', '').split(' ');
  return `${day} ${month} ${date} ${time} UTC ${year}`;
}
