import type { OperationRecord } from '../../../domain/changes/change-record.ts';
import { decidedParts } from './decided-parts.ts';
import { type Guarded, guardChange, pastSince } from './guard-change.ts';
import type { ChangePorts, ChangeStores } from './ports.ts';

/** What the guardrails say of operations as things stand now. An operation never counts against itself. */
export async function judgeNow(
  ports: ChangePorts,
  stores: ChangeStores,
  operations: readonly OperationRecord[],
  undoing: boolean,
): Promise<Guarded> {
  const { policy } = await stores.guardrails.get();
  const since = new Date(pastSince(policy, ports.now())).toISOString();
  const own = new Set(operations.map(({ id }) => id));
  const past = decidedParts(await stores.changes.decidedSince(since)).filter(({ id }) => !own.has(id));
  return guardChange({ rulesOf: ports.rulesOf, now: ports.now, rates: ports.stores.rates }, stores, {
    operations,
    policy,
    past,
    undoing,
  });
}
