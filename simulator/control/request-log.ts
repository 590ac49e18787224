import type { CallFacts } from './faults.ts';

/** What arrived, counted, for tests that care how often something was sent. */
export class RequestLog {
  readonly #counts = new Map<
    string,
    { platform: string; operation: string; account: string | undefined; count: number }
  >();

  record(call: CallFacts): void {
    const key = `${call.platform}|${call.operation}|${call.account ?? ''}`;
    const held = this.#counts.get(key);
    if (held === undefined) {
      this.#counts.set(key, { platform: call.platform, operation: call.operation, account: call.account, count: 1 });
    } else held.count += 1;
  }

  clear(): void {
    this.#counts.clear();
  }

  /** Since the start or the last clearing, in order of first arrival. */
  list(): readonly { platform: string; operation: string; account: string | undefined; count: number }[] {
    return [...this.#counts.values()];
  }
}
