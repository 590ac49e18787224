import { createHash } from 'node:crypto';
import type { Operation } from '../../../contracts/schemas/changes.ts';
import { canonicalJson } from '../../../domain/audit/chain.ts';
import { type ChangeRecord, changeOf, type OperationRecord } from '../../../domain/changes/change-record.ts';
import { AppError } from '../../../domain/errors.ts';
import { derivedId, newId } from '../../../domain/integrations/ids.ts';
import { changeEntry } from './change-entry.ts';
import { judgeNow } from './judge-now.ts';
import type { Asker, ChangePorts, ChangeStores } from './ports.ts';
import { previewOperations } from './preview-operations.ts';

/** What was read from the platforms is believed for so long. */
export const previewMs = 3_600_000;

export interface PreviewRequest {
  readonly reason: string;
  readonly operations: readonly Operation[];
  readonly dryRun: boolean;
  /** The change that this one undoes. */
  readonly undoOf: string | null;
  /** Said of the change beside what the preview finds. */
  readonly warnings: readonly string[];
}

export interface Previewed {
  readonly record: ChangeRecord;
  readonly operations: readonly OperationRecord[];
}

/**
 * Previews a change and, unless it is a dry run, keeps it; a repeated request is answered with what the first one made. Nothing is
 * written to a platform.
 */
export async function previewChange(
  ports: ChangePorts,
  stores: ChangeStores,
  asker: Asker,
  request: PreviewRequest,
  idempotencyKey: string | undefined,
): Promise<Previewed> {
  const now = ports.now();
  const { reason, operations: given, undoOf, dryRun } = request;
  const keyed = idempotencyKey !== undefined && !dryRun;
  const id = keyed ? derivedId('chg', [stores.workspaceId, idempotencyKey]) : newId('chg', now);
  const requestHash = keyed
    ? createHash('sha256')
        .update(canonicalJson([reason, undoOf ?? given]))
        .digest('base64url')
    : null;
  const earlier = keyed ? await kept(stores, id, requestHash) : undefined;
  if (earlier !== undefined) return earlier;

  const operations = await previewOperations(ports, stores, id, given);
  const guarded = await judgeNow(ports, stores, operations, undoOf !== null);
  const createdAt = new Date(now).toISOString();
  const record: ChangeRecord = {
    id,
    status: 'previewed',
    reason,
    effect: guarded.effect,
    verdicts: [...guarded.verdicts],
    warnings: [...request.warnings, ...guarded.warnings],
    createdAt,
    createdBy: asker.subject,
    expiresAt: new Date(now + previewMs).toISOString(),
    decidedAt: null,
    decidedBy: null,
    approvedAt: null,
    approvedBy: null,
    finishedAt: null,
    undoOf,
    undoneBy: null,
    requestId: asker.requestId,
    operations: operations.length,
    revision: 0,
    requestHash,
  };
  if (dryRun) return { record, operations };
  const entry = changeEntry(record, 'change.previewed', asker, {
    at: createdAt,
    after: { operations: operations.length, undoOf, confirmable: changeOf(record, operations, now).confirmable },
  });
  if (await stores.changes.create(record, operations, [entry])) return { record, operations };
  const first = await kept(stores, id, requestHash);
  if (first === undefined)
    throw new AppError('internal', `Change ${id} exists and cannot be read.`, { retryable: true });
  return first;
}

async function kept(stores: ChangeStores, id: string, requestHash: string | null): Promise<Previewed | undefined> {
  const record = await stores.changes.get(id);
  if (record === undefined) return undefined;
  if (record.requestHash !== requestHash) {
    throw new AppError('idempotency-mismatch', 'The Idempotency-Key was used for another request. Use a new key.');
  }
  return { record, operations: await stores.changes.operations(id) };
}
