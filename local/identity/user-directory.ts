/** The pool's users, kept in the data directory with hashed passwords. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../ports.ts';
import { JsonFile } from '../services/json-file.ts';
import { hashPassword, type PasswordHash, passwordMatches } from './password-hash.ts';

export interface User {
  /** The user's id, its Cognito username as well: the pool signs in by e-mail address. */
  readonly sub: string;
  /** Lower case. */
  readonly email: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly groups: readonly string[];
  readonly status: 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD';
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

type StoredUser = User & { readonly password: PasswordHash };

export interface NewUser {
  readonly email: string;
  readonly password: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly groups?: readonly string[];
  /** A temporary password cannot be signed in with. */
  readonly temporary?: boolean;
}

export class UserDirectory {
  readonly #file: JsonFile<Record<string, StoredUser>>;
  readonly #clock: Clock;

  constructor(dataDir: string, clock: Clock) {
    this.#file = new JsonFile<Record<string, StoredUser>>(join(dataDir, 'identity', 'users.json'), {}, 0o600);
    this.#clock = clock;
  }

  findBySub(sub: string): User | undefined {
    return Object.hasOwn(this.#file.state, sub) ? this.#file.state[sub] : undefined;
  }

  findByEmail(email: string): User | undefined {
    return this.#stored(email);
  }

  /** By sub or e-mail address, as the API's Username may be either. */
  find(username: string): User | undefined {
    return this.findBySub(username) ?? this.#stored(username);
  }

  /** A known address keeps its `sub`; its password, attributes and groups become the given ones. */
  async put(user: NewUser): Promise<User> {
    const password = await hashPassword(user.password);
    // Looked up after the wait, so that two at once make one user.
    const known = this.#stored(user.email);
    const now = this.#clock();
    const email = user.email.trim().toLowerCase();
    const stored: StoredUser = {
      sub: known?.sub ?? randomUUID(),
      email,
      attributes: { email_verified: 'true', ...user.attributes, email },
      groups: user.groups ?? [],
      status: user.temporary === true ? 'FORCE_CHANGE_PASSWORD' : 'CONFIRMED',
      createdAt: known?.createdAt ?? now,
      modifiedAt: now,
      password,
    };
    this.#save(stored);
    return stored;
  }

  async setPassword(sub: string, password: string, permanent: boolean): Promise<void> {
    const hashed = await hashPassword(password);
    const user = this.#file.state[sub];
    if (user === undefined) return;
    this.#save({
      ...user,
      password: hashed,
      status: permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD',
      modifiedAt: this.#clock(),
    });
  }

  async verify(email: string, password: string): Promise<User | undefined> {
    const user = this.#stored(email);
    return (await passwordMatches(password, user?.password)) ? user : undefined;
  }

  #stored(email: string): StoredUser | undefined {
    const wanted = email.trim().toLowerCase();
    return Object.values(this.#file.state).find((user) => user.email === wanted);
  }

  #save(user: StoredUser): void {
    this.#file.state[user.sub] = user;
    this.#file.save();
  }
}
