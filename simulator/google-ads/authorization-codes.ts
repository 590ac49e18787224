import { createHash, randomBytes } from 'node:crypto';

/** What a consent was given for. */
export interface CodeRequest {
  readonly redirectUri: string;
  /** Whether a refresh token was asked for. */
  readonly offline: boolean;
  /** RFC 7636: the SHA-256 of the verifier, or the verifier itself with the method `plain`. */
  readonly challenge?: { readonly value: string; readonly method: 'S256' | 'plain' };
}

type Redeemed =
  | { readonly kind: 'redeemed'; readonly offline: boolean }
  | { readonly kind: 'refused'; readonly error: string; readonly description: string };

/** Google's codes live for ten minutes. */
const lifetimeMs = 600_000;

/** Codes waiting to be exchanged, each once. */
export class AuthorizationCodes {
  readonly #waiting = new Map<string, CodeRequest & { readonly expiresAt: number }>();
  readonly #salt: string;
  readonly #wall: () => number;

  constructor(salt: string, wall: () => number) {
    this.#salt = salt;
    this.#wall = wall;
  }

  issue(request: CodeRequest): string {
    const now = this.#wall();
    for (const [code, { expiresAt }] of this.#waiting) if (expiresAt <= now) this.#waiting.delete(code);
    const code = `4/0${createHash('sha256').update(this.#salt).update(randomBytes(32)).digest('base64url')}`;
    this.#waiting.set(code, { ...request, expiresAt: now + lifetimeMs });
    return code;
  }

  /** A code is used up even by an exchange that is refused. */
  redeem(form: URLSearchParams): Redeemed {
    const code = form.get('code') ?? '';
    const waiting = this.#waiting.get(code);
    this.#waiting.delete(code);
    if (waiting === undefined || waiting.expiresAt <= this.#wall()) {
      return { kind: 'refused', error: 'invalid_grant', description: 'Malformed auth code.' };
    }
    if (form.get('redirect_uri') !== waiting.redirectUri) {
      return { kind: 'refused', error: 'redirect_uri_mismatch', description: 'Bad Request' };
    }
    const verifier = form.get('code_verifier');
    if (waiting.challenge === undefined || (verifier !== null && answers(verifier, waiting.challenge))) {
      return { kind: 'redeemed', offline: waiting.offline };
    }
    const description = verifier === null ? 'Missing code verifier.' : 'Invalid code verifier.';
    return { kind: 'refused', error: 'invalid_grant', description };
  }
}

function answers(verifier: string, { value, method }: NonNullable<CodeRequest['challenge']>): boolean {
  return value === (method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url'));
}
