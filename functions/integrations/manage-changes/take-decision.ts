import type { Principal } from '../../../adapters/http/principal.ts';
import type { Decision } from '../../../adapters/stores/change-store.ts';
import {
  type ChangeRecord,
  type OperationRecord,
  resumableOperations,
  statusAt,
} from '../../../domain/changes/change-record.ts';
import { needsApproval } from '../../../domain/changes/guardrails.ts';
import { AppError } from '../../../domain/errors.ts';
import { changeEntry } from './change-entry.ts';
import { blockedBy, notIn, requireApprover, violatedBy } from './decide-change.ts';
import { judgeNow } from './judge-now.ts';
import type { Asker, ChangePorts, ChangeStores } from './ports.ts';

/** An approver has so long; the values are looked at again when the change is applied. */
const approvalMs = 86_400_000;
/** Decisions of one workspace are taken one after another: somebody else may have been first so many times. */
const attempts = 6;

export const noChange = (id: string): AppError =>
  new AppError('not-found', `There is no change ${id} in this workspace.`);

export interface DecisionRequest {
  readonly principal: Principal;
  readonly requestId: string;
  readonly comment: string | undefined;
}

type Step = (change: ChangeRecord, at: string) => Promise<'decided' | 'unchanged' | 'meanwhile'>;

/** Takes a step until nobody else was first. */
async function decide(ports: ChangePorts, stores: ChangeStores, id: string, step: Step): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const change = await stores.changes.get(id);
    if (change === undefined) throw noChange(id);
    if ((await step(change, new Date(ports.now()).toISOString())) !== 'meanwhile') return;
  }
  throw new AppError('conflict', 'Other changes of this workspace are decided at the same moment; send it again.');
}

const outcome = (done: boolean): 'decided' | 'meanwhile' => (done ? 'decided' : 'meanwhile');
const askerOf = ({ principal, requestId }: DecisionRequest): Asker => ({ subject: principal.subject, requestId });

/** Applies a previewed change, or has it wait for an approval. What was confirmed before stays as it went on. */
export const confirmChange = (
  ports: ChangePorts,
  stores: ChangeStores,
  id: string,
  request: DecisionRequest,
): Promise<void> =>
  decide(ports, stores, id, async (change, at) => {
    const status = statusAt(change, ports.now());
    if (status === 'discarded' || status === 'expired') throw notIn(status, 'confirmed');
    if (status !== 'previewed') return 'unchanged';
    const operations = await stores.changes.operations(id);
    const { decisions, judged } = await judge(ports, stores, change, operations);
    const asker = askerOf(request);
    const decided = { decidedAt: at, decidedBy: asker.subject, effect: judged.effect, verdicts: [...judged.verdicts] };
    if (needsApproval(judged.verdicts)) {
      const expiresAt = new Date(ports.now() + approvalMs).toISOString();
      const audit = [
        changeEntry(change, 'change.approval-asked', asker, { at, comment: request.comment, after: { expiresAt } }),
      ];
      return outcome(
        await stores.changes.move(change, { next: { ...decided, status: 'awaiting-approval', expiresAt }, audit }),
      );
    }
    const audit = [
      changeEntry(change, 'change.confirmed', asker, { at, comment: request.comment, after: judged.effect }),
    ];
    return outcome(
      await stores.changes.apply(change, { next: { ...decided, status: 'applying' }, audit }, operations, decisions),
    );
  });

export const approveChange = (
  ports: ChangePorts,
  stores: ChangeStores,
  id: string,
  request: DecisionRequest,
): Promise<void> =>
  decide(ports, stores, id, async (change, at) => {
    const status = statusAt(change, ports.now());
    if (change.approvedBy !== null && status !== 'awaiting-approval') return 'unchanged';
    if (status !== 'awaiting-approval') throw notIn(status, 'approved');
    requireApprover(request.principal, change, (await stores.guardrails.get()).policy.approval);
    const operations = await stores.changes.operations(id);
    const { decisions, judged } = await judge(ports, stores, change, operations);
    const asker = askerOf(request);
    const audit = [
      changeEntry(change, 'change.approved', asker, { at, comment: request.comment, after: judged.effect }),
    ];
    const next: Decision['next'] = {
      status: 'applying',
      approvedAt: at,
      approvedBy: asker.subject,
      effect: judged.effect,
      verdicts: [...judged.verdicts],
    };
    return outcome(await stores.changes.apply(change, { next, audit }, operations, decisions));
  });

export const discardChange = (
  ports: ChangePorts,
  stores: ChangeStores,
  id: string,
  request: DecisionRequest,
): Promise<void> =>
  decide(ports, stores, id, async (change, at) => {
    const status = statusAt(change, ports.now());
    if (status === 'discarded' || status === 'expired') return 'unchanged';
    if (status !== 'previewed' && status !== 'awaiting-approval') throw notIn(status, 'discarded');
    const audit = [
      changeEntry(change, 'change.discarded', askerOf(request), { at, comment: request.comment, before: { status } }),
    ];
    return outcome(await stores.changes.move(change, { next: { status: 'discarded', finishedAt: at }, audit }));
  });

/** Tries again what failed. A conflict is left: somebody has to decide on the values that are there now. */
export const resumeChange = (
  ports: ChangePorts,
  stores: ChangeStores,
  id: string,
  request: DecisionRequest,
): Promise<void> =>
  decide(ports, stores, id, async (change, at) => {
    const status = statusAt(change, ports.now());
    if (status === 'applying') return 'unchanged';
    if (status !== 'partial' && status !== 'failed') throw notIn(status, 'resumed');
    const operations = (await stores.changes.operations(id)).filter((one) => resumableOperations.includes(one.status));
    if (operations.length === 0) {
      throw new AppError(
        'conflict',
        'Nothing of it can be tried again: where somebody changed the platform meanwhile, preview a new change.',
      );
    }
    const decisions = await stores.changes.decisions();
    const judged = await judgeNow(ports, stores, operations, change.undoOf !== null);
    const violated = violatedBy(judged.verdicts);
    if (violated !== undefined) throw violated;
    if (needsApproval(judged.verdicts) && change.approvedBy === null) {
      throw new AppError('conflict', 'By now the guardrails ask for an approval of this; preview a new change.');
    }
    const audit = [
      changeEntry(change, 'change.resumed', askerOf(request), {
        at,
        comment: request.comment,
        after: { operations: operations.map(({ index }) => index) },
      }),
    ];
    const next: Decision['next'] = { status: 'applying', finishedAt: null };
    return outcome(await stores.changes.apply(change, { next, audit }, operations, decisions));
  });

/** The decisions counted before the guardrails look: whatever is decided meanwhile makes the transaction fail, and they look again. */
async function judge(
  ports: ChangePorts,
  stores: ChangeStores,
  change: ChangeRecord,
  operations: readonly OperationRecord[],
) {
  const blocked = blockedBy(operations);
  if (blocked !== undefined) throw blocked;
  const decisions = await stores.changes.decisions();
  const judged = await judgeNow(ports, stores, operations, change.undoOf !== null);
  const violated = violatedBy(judged.verdicts);
  if (violated !== undefined) throw violated;
  return { decisions, judged };
}
