import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Grant } from './oauth.ts';

export interface RefreshToken {
  readonly grant: Grant;
  /** Fixed when the member signs in; refreshing does not move it. Epoch milliseconds. */
  readonly expiresAt: number;
}

/** A year from the sign-in (learn.microsoft.com/linkedin/shared/authentication/programmatic-refresh-tokens). */
const lifetimeMs = 365 * 86_400_000;

/**
 * The refresh tokens there are: those of the start, and those that members consented to. The latter carry the instant of the
 * sign-in and a signature, so that a simulator started again with the same seed still knows them.
 */
export class RefreshTokens {
  readonly #known: ReadonlyMap<string, Grant>;
  readonly #consenting: Grant;
  readonly #key: string;
  readonly #wall: () => number;
  readonly #startedAt: number;

  constructor(known: ReadonlyMap<string, Grant>, consenting: Grant, key: string, wall: () => number) {
    this.#known = known;
    this.#consenting = consenting;
    this.#key = key;
    this.#wall = wall;
    this.#startedAt = wall();
  }

  issue(): RefreshToken & { readonly token: string } {
    const now = this.#wall();
    const content = `${now.toString(36).padStart(9, '0')}${randomBytes(12).toString('base64url')}`;
    const token = `AQ${content}${this.#signature(content)}`;
    return { token, grant: this.#consenting, expiresAt: now + lifetimeMs };
  }

  /** `undefined` for a token that never was one or has lived its year. */
  read(token: string): RefreshToken | undefined {
    const known = this.#known.get(token);
    if (known !== undefined) return this.#unlessExpired(known, this.#startedAt);
    const [, content, signature] = /^AQ([0-9a-z]{9}[\w-]{16})([\w-]{43})$/.exec(token) ?? [];
    if (content === undefined || signature === undefined) return undefined;
    if (!timingSafeEqual(Buffer.from(signature), Buffer.from(this.#signature(content)))) return undefined;
    return this.#unlessExpired(this.#consenting, Number.parseInt(content.slice(0, 9), 36));
  }

  #unlessExpired(grant: Grant, signedInAt: number): RefreshToken | undefined {
    const expiresAt = signedInAt + lifetimeMs;
    return expiresAt <= this.#wall() ? undefined : { grant, expiresAt };
  }

  #signature(content: string): string {
    return createHmac('sha256', this.#key).update(content).digest('base64url');
  }
}
