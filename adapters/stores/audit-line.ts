import type { AuditDraft } from '../../domain/audit/chain.ts';
import type { AuditStore } from './audit-store.ts';
import type { TransactAction } from './table.ts';

type Append = AuditStore['append'];

interface Waiting {
  readonly drafts: readonly AuditDraft[];
  readonly actions: readonly TransactAction[];
  readonly bytes: number;
  readonly settle: (outcome: Promise<boolean>) => void;
}

/** What one transaction takes along: far below DynamoDB's 100 items and 4 MB. */
const mostTogether = 20;
const mostItems = 80;
const mostBytes = 1_000_000;

const keyOf = (action: TransactAction): string => {
  const { pk, sk } = 'put' in action ? action.put : action.remove;
  return JSON.stringify([pk, sk]);
};

/**
 * The entries of one process, one transaction at a time. Each entry follows the one before: what ends side by side would only make the
 * others' transactions fail. Whatever came while a transaction was under way goes into the next one together; where a condition of any
 * of it does not hold, each is written alone, and hears of its own.
 */
export function auditLine(append: Append): Append {
  const waiting: Waiting[] = [];
  let running = false;

  /** The first ones that fit into one transaction, in which no item may stand twice. */
  function taken(): Waiting[] {
    const batch: Waiting[] = [];
    const keys = new Set<string>();
    let [items, bytes] = [1, 0];
    while (batch.length < mostTogether) {
      const [next] = waiting;
      if (next === undefined) break;
      const own = next.actions.map(keyOf);
      items += own.length + next.drafts.length;
      bytes += next.bytes;
      const fits = items <= mostItems && bytes <= mostBytes && own.every((key) => !keys.has(key));
      if (batch.length > 0 && !fits) break;
      for (const key of own) keys.add(key);
      batch.push(next);
      waiting.shift();
    }
    return batch;
  }

  async function written(batch: readonly Waiting[]): Promise<void> {
    if (batch.length > 1) {
      const all = append(
        batch.flatMap(({ drafts }) => drafts),
        batch.flatMap(({ actions }) => actions),
      );
      const together = await all.catch(() => 'failed' as const);
      // What failed may have been written all the same: nobody tries it again before looking.
      if (together !== false) {
        for (const { settle } of batch) settle(all);
        return;
      }
    }
    for (const { drafts, actions, settle } of batch) {
      const alone = append(drafts, actions);
      settle(alone);
      await alone.catch(() => undefined);
    }
  }

  async function run(): Promise<void> {
    for (let batch = taken(); batch.length > 0; batch = taken()) await written(batch);
    running = false;
  }

  return (drafts, actions = []) =>
    new Promise<boolean>((resolve) => {
      waiting.push({ drafts, actions, bytes: JSON.stringify([drafts, actions]).length, settle: resolve });
      if (running) return;
      running = true;
      void run();
    });
}
