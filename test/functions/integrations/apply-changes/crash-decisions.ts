import type { ChangeStore, Decision } from '../../../../adapters/stores/change-store.ts';
import type { AuditDraft } from '../../../../domain/audit/chain.ts';
import { type ChangeRecord, resumableOperations } from '../../../../domain/changes/change-record.ts';
import { AppError } from '../../../../domain/errors.ts';

/** Decisions of a workspace are taken one after another; whoever was overtaken looks again. */
const attempts = 6;

export const entryOf = (change: ChangeRecord, action: AuditDraft['action'], now: number): AuditDraft => ({
  ...{ at: new Date(now).toISOString(), action, actor: 'somebody', requestId: change.requestId },
  ...{ reason: change.reason, changeId: change.id, operationId: null, object: null, before: null, after: null },
  ...{ platformRequestId: null, problem: null },
});

/** What somebody wants of a change. */
export type Wish = 'confirm' | 'resume';

/** Takes a decision as whoever has confirmed or resumed a change does, from any number of hands at once. */
export async function decide(changes: ChangeStore, id: string, wish: Wish, now: () => number): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const change = await changes.get(id);
    const states = wish === 'confirm' ? ['previewed'] : ['partial', 'failed'];
    if (change === undefined || !states.includes(change.status)) return;
    const all = await changes.operations(id);
    const operations = wish === 'confirm' ? all : all.filter(({ status }) => resumableOperations.includes(status));
    const seen = await changes.decisions();
    const at = new Date(now()).toISOString();
    const decision: Decision =
      wish === 'confirm'
        ? {
            next: { status: 'applying', decidedAt: at, decidedBy: 'somebody' },
            audit: [entryOf(change, 'change.confirmed', now())],
          }
        : {
            next: { status: 'applying', finishedAt: null },
            audit: [
              {
                ...entryOf(change, 'change.resumed', now()),
                after: { operations: operations.map(({ index }) => index) },
              },
            ],
          };
    try {
      if (await changes.apply(change, decision, operations, seen)) return;
    } catch (error) {
      // Somebody else undoes the same, or too many decide at once: said to whoever asked.
      if (error instanceof AppError && ['conflict', 'unavailable'].includes(error.code)) return;
      throw error;
    }
  }
}
