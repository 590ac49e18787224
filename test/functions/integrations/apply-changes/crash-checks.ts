import type { AuditStore } from '../../../../adapters/stores/audit-store.ts';
import type { AuditEntry } from '../../../../contracts/schemas/audit.ts';
import type { ChangeRecord, OperationRecord } from '../../../../domain/changes/change-record.ts';
import { sameContent } from '../../../../domain/changes/same-content.ts';
import { hasEnded } from './crash-plan.ts';
import type { ModelPlatform } from './model-platform.ts';

/** A history that has come to its end: what is recorded, and what the platform has. */
export interface Ended {
  readonly changes: readonly (readonly [ChangeRecord, readonly OperationRecord[]])[];
  readonly platform: ModelPlatform;
  readonly audit: AuditStore;
  /** A budget that somebody set on the platform after the previews; null where nobody did. */
  readonly drifted: { readonly platformId: string; readonly micros: number } | null;
}

/** Everything that must not be. Empty where all is well. */
export async function wrongsOf({ changes, platform, audit, drifted }: Ended): Promise<string[]> {
  const entries = (await audit.list({ limit: 5_000 })).items;
  const wrongs = changes.flatMap(([change, operations]) => [
    ...wrongsOfChange(
      change,
      changes.map(([one]) => one),
      entries,
    ),
    ...operations.flatMap((one) => wrongsOfOperation(change, one, platform, entries)),
  ]);
  const names = [...platform.objects.values()].map(({ name }) => name);
  if (new Set(names).size < names.length) wrongs.push('there are two objects of one name');
  if (drifted !== null && platform.objects.get(drifted.platformId)?.micros !== drifted.micros) {
    wrongs.push('somebody else’s budget was overwritten');
  }
  const { valid, faults } = await audit.verify();
  if (!valid) wrongs.push(`the audit trail is broken: ${faults.map(({ message }) => message).join(' ')}`);
  return wrongs;
}

const countOf = (entries: readonly AuditEntry[], changeId: string, action: AuditEntry['action']): number =>
  entries.filter((one) => one.action === action && one.changeId === changeId).length;

/** Each decision once in the trail and once at its end, and of two undoings of the same no more than one. */
function wrongsOfChange(change: ChangeRecord, all: readonly ChangeRecord[], entries: readonly AuditEntry[]): string[] {
  const { id, status, undoOf } = change;
  const count = (action: AuditEntry['action']): number => countOf(entries, id, action);
  if (status === 'previewed') {
    const rival = undoOf === null ? undefined : all.find((one) => one.undoOf === undoOf && one.status !== 'previewed');
    return rival === undefined ? [`${id} was never decided`] : [];
  }
  const wrongs: string[] = [];
  if (change.finishedAt === null) wrongs.push(`${id} is ${status} for ever`);
  if (count('change.confirmed') !== 1) wrongs.push(`${id} was confirmed ${count('change.confirmed')} times`);
  const closings = count('change.finished');
  if (closings !== 1 + count('change.resumed')) wrongs.push(`${id} was closed ${closings} times`);
  if (undoOf !== null) {
    const undone = all.find((one) => one.id === undoOf);
    const expected = status === 'failed' ? null : id;
    if (status !== 'failed' && undone?.undoneBy !== expected) wrongs.push(`${id} is not what undid ${undoOf}`);
    const others = all.filter((one) => one.undoOf === undoOf && !['failed', 'previewed'].includes(one.status));
    if (others.length > 1) wrongs.push(`${undoOf} was undone ${others.length} times`);
  }
  return wrongs;
}

function wrongsOfOperation(
  change: ChangeRecord,
  record: OperationRecord,
  platform: ModelPlatform,
  entries: readonly AuditEntry[],
): string[] {
  const { id, index, status, operation, fields, error, result, conflict } = record;
  const wrongs: string[] = [];
  const what = `${change.id} ${operation.do} ${index} (${status}${error === null ? '' : `: ${error.reason}`})`;
  const acts = platform.acts.filter(({ operationId }) => operationId === id);
  const [act] = acts;
  if (change.status === 'previewed') return acts.length > 0 ? [`${what} was done though nobody decided on it`] : [];
  if (!hasEnded(record)) wrongs.push(`${what} was lost`);
  const resumed = entries.filter(
    (one) =>
      one.action === 'change.resumed' &&
      one.changeId === change.id &&
      (one.after as { operations: number[] }).operations.includes(index),
  ).length;
  const told = entries.filter((one) => one.operationId === id);
  if (told.length !== 1 + resumed) wrongs.push(`${what} has ${told.length} audit entries`);
  if (told.length > 0 && told[0]?.action !== `operation.${status}`)
    wrongs.push(`${what} is ${told[0]?.action} in the audit trail`);

  if (acts.length > 1) wrongs.push(`${what} was done ${acts.length} times`);
  if (status === 'applied' && 'ref' in operation) {
    const made = platform.objects.get(result?.platformId ?? '');
    if (act === undefined) wrongs.push(`${what} was never made`);
    else if (made?.name !== operation.name || act.platformId !== result?.platformId) {
      wrongs.push(`${what} is recorded as ${result?.platformId} and is ${act.platformId}`);
    }
  }
  if (['failed', 'conflict', 'blocked'].includes(status) && acts.length > 0)
    wrongs.push(`${what} was done all the same`);
  if (conflict !== null && status === 'conflict' && sameContent(conflict.expected, conflict.found))
    wrongs.push(`${what} stops at a value that is the expected one`);
  // An edit starts from the value that was previewed, or it is somebody else's that is written over.
  const from = fields[0]?.before;
  const previewed = operation.do === 'set-daily-budget' ? (from as { micros: number } | undefined)?.micros : from;
  if ('target' in operation && act !== undefined && act.was !== previewed) {
    wrongs.push(`${what} found ${act.was} and was previewed on ${previewed}`);
  }
  return wrongs;
}
