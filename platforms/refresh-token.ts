import type { KeepRenewed } from '../domain/integrations/platform.ts';

/**
 * The refresh token of one connection. A platform may answer a new one with each access token (RFC 6749, section 6) and take the
 * old one no longer: the new one is shown from then on, and kept before anything is done with what came along.
 */
export class RefreshToken {
  readonly #keep: KeepRenewed | undefined;
  #current: string;
  /** What could not be kept yet, with the token that it came for. */
  #unkept: { readonly fresh: Readonly<Record<string, string>>; readonly instead: string } | undefined;

  constructor(token: string, keep: KeepRenewed | undefined) {
    this.#current = token;
    this.#keep = keep;
  }

  get current(): string {
    return this.#current;
  }

  /** Whether everything that came is kept. */
  get kept(): boolean {
    return this.#unkept === undefined;
  }

  /** What the platform answered; `beside` are other fields of the credentials that came with it. */
  replaceBy(next: string | undefined, beside: Readonly<Record<string, string>> = {}): void {
    if (next === undefined || next === '' || next === this.#current) return;
    this.#unkept = { fresh: { ...beside, refreshToken: next }, instead: this.#unkept?.instead ?? this.#current };
    this.#current = next;
  }

  /** Rejects when it could not be kept; the next call tries again. */
  async keep(): Promise<void> {
    if (this.#unkept === undefined) return;
    const { fresh, instead } = this.#unkept;
    await this.#keep?.(fresh, instead);
    this.#unkept = undefined;
  }
}
