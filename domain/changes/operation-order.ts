import type { OperationStatus } from '../../contracts/schemas/change-requests.ts';

/** An operation as far as its place among the others goes. */
export interface OrderedOperation {
  readonly index: number;
  /** Indexes of those it refers to. */
  readonly after: readonly number[];
  /** Our id of the object it changes; null for what it makes. */
  readonly objectId: string | null;
}

/**
 * What has to be applied before each operation: what it refers to, and whatever the change does to the same object before. A budget is
 * lowered before its campaign is enabled, and if the first fails, the second must not happen.
 */
export function predecessors(operations: readonly OrderedOperation[]): Map<number, number[]> {
  const latest = new Map<string, number>();
  const all = new Map<number, number[]>();
  for (const { index, after, objectId } of operations.toSorted((a, b) => a.index - b.index)) {
    const before = new Set(after);
    const earlier = objectId === null ? undefined : latest.get(objectId);
    if (earlier !== undefined) before.add(earlier);
    if (objectId !== null) latest.set(objectId, index);
    all.set(
      index,
      [...before].sort((a, b) => a - b),
    );
  }
  return all;
}

export type Readiness =
  | { readonly kind: 'ready' }
  | { readonly kind: 'waiting' }
  /** The first predecessor that ended without being applied. */
  | { readonly kind: 'blocked'; readonly by: number };

/** Whether an operation may be applied, by the states of its predecessors. `queued`: indexes that are still in the outbox. */
export function readinessOf(
  before: readonly number[],
  statusOf: (index: number) => OperationStatus | undefined,
  queued: ReadonlySet<number>,
): Readiness {
  for (const index of before) {
    if (statusOf(index) === 'applied') continue;
    if (!queued.has(index)) return { kind: 'blocked', by: index };
  }
  return before.every((index) => statusOf(index) === 'applied') ? { kind: 'ready' } : { kind: 'waiting' };
}
