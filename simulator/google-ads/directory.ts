import type { Account, World } from '../market/world.ts';

/** Who manages whom. */
export class Directory {
  readonly #accounts = new Map<string, Account>();
  readonly #children = new Map<string, Account[]>();

  constructor(world: World) {
    for (const account of world.accounts) {
      this.#accounts.set(account.id, account);
      if (account.managerId === undefined) continue;
      const siblings = this.#children.get(account.managerId) ?? [];
      siblings.push(account);
      this.#children.set(account.managerId, siblings);
    }
  }

  get(id: string): Account | undefined {
    return this.#accounts.get(id);
  }

  /** The account itself at level 0, then everything below it. */
  *below(account: Account, level = 0): Generator<{ readonly account: Account; readonly level: number }> {
    yield { account, level };
    for (const child of this.#children.get(account.id) ?? []) yield* this.below(child, level + 1);
  }

  /** Whether an account is another one or stands below it. */
  isWithin(id: string, ancestorId: string): boolean {
    // Ten levels: Google allows six.
    let current = this.#accounts.get(id);
    for (let depth = 0; current !== undefined && depth < 10; depth += 1) {
      if (current.id === ancestorId) return true;
      current = current.managerId === undefined ? undefined : this.#accounts.get(current.managerId);
    }
    return false;
  }
}
