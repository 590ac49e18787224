import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Grant } from './oauth.ts';

/**
 * The refresh tokens there are: those of the start, and those that people consented to. The latter carry a signature instead
 * of an entry in a list, so that a simulator started again with the same seed still knows them.
 */
export class RefreshTokens {
  readonly #grants: ReadonlyMap<string, Grant>;
  /** What the consenting user reaches. */
  readonly #customerIds: readonly string[];
  readonly #key: string;
  readonly #revoked = new Set<string>();

  constructor(grants: readonly Grant[], key: string) {
    this.#grants = new Map(grants.map((grant) => [grant.refreshToken, grant]));
    this.#customerIds = grants[0]?.customerIds ?? [];
    this.#key = key;
  }

  issue(): Grant {
    const nonce = randomBytes(12).toString('base64url');
    return { refreshToken: `1//${nonce}${this.#signature(nonce)}`, customerIds: this.#customerIds };
  }

  /** `undefined` for a token that never was one or is no more. */
  grantOf(refreshToken: string): Grant | undefined {
    if (this.#revoked.has(refreshToken)) return undefined;
    const known = this.#grants.get(refreshToken);
    if (known) return known;
    const [, nonce, signature] = /^1\/\/([\w-]{16})([\w-]{43})$/.exec(refreshToken) ?? [];
    if (nonce === undefined || signature === undefined) return undefined;
    const genuine = timingSafeEqual(Buffer.from(signature), Buffer.from(this.#signature(nonce)));
    return genuine ? { refreshToken, customerIds: this.#customerIds } : undefined;
  }

  /** Remembered until the simulator ends. */
  revoke(refreshToken: string): void {
    this.#revoked.add(refreshToken);
  }

  #signature(nonce: string): string {
    return createHmac('sha256', this.#key).update(nonce).digest('base64url');
  }
}
