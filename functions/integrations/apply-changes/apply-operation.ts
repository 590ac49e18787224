import type { AuditAction } from '../../../contracts/schemas/audit.ts';
import type { ChangeOperation, ChangeProblem } from '../../../contracts/schemas/change-requests.ts';
import type { AuditDraft } from '../../../domain/audit/chain.ts';
import { afterFailure, type Failure, mostTries, settleMs } from '../../../domain/changes/after-failure.ts';
import { appliedPlaces } from '../../../domain/changes/applied-places.ts';
import { type ChangeRecord, endedOperations, type OperationRecord } from '../../../domain/changes/change-record.ts';
import { decideWrite, type Seen } from '../../../domain/changes/decide-write.ts';
import { refusedField } from '../../../domain/changes/refused-field.ts';
import { type Places, platformOperation } from '../../../domain/changes/resolve-operations.ts';
import { derivedId } from '../../../domain/integrations/ids.ts';
import { PlatformError } from '../../../domain/integrations/platform.ts';
import type { PlatformOperation, WriteKey, Written } from '../../../domain/integrations/platform-writer.ts';
import type { ApplyPorts } from './ports.ts';

/** Reading what is there and fetching an asset have to fit in; somebody else takes over afterwards. */
const leaseMs = 90_000;
const readingMs = 20_000;
/** No write lasts longer. With the time to settle it is how long a write without an answer is left alone. */
const writingMs = 30_000;
/** A process that stood still for longer after its mark has lost the right to send. */
const promptMs = 10_000;

/** The time that applying one operation may need. */
export const operationMs = 2 * readingMs + writingMs;

export type Applied =
  | { readonly kind: 'ended' }
  /** To be looked at again, epoch milliseconds. */
  | { readonly kind: 'later'; readonly at: number }
  /** Somebody else has it. */
  | { readonly kind: 'taken' };

const iso = (at: number): string => new Date(at).toISOString();

/** What must not be written by two at the same time: the object, or the place of a new one's name. */
const laneOf = ({ operation, object, accountId }: OperationRecord): string =>
  'target' in operation && object.id !== null ? object.id : derivedId('new', [accountId, operation.do, object.name]);

/** A resumed operation is tried afresh; of what it may have done before is kept what nobody has heard of. */
const afresh = (record: OperationRecord): OperationRecord =>
  endedOperations.includes(record.status)
    ? { ...record, attempts: 0, firstTriedAt: null, error: null, conflict: null }
    : record;

/**
 * Applies one operation: lease, look, mark, write, record. Whoever is cut off anywhere in between leaves a record by which the next
 * one looks before anything is written again.
 */
export async function applyOperation(
  ports: ApplyPorts,
  change: ChangeRecord,
  record: OperationRecord,
  all: readonly OperationRecord[],
): Promise<Applied> {
  const { outbox, now } = ports;
  const lane = laneOf(record);
  const started = now();
  let held = await outbox.lease(afresh(record), lane, iso(started), iso(started + leaseMs));
  if (held === undefined) return { kind: 'taken' };
  const sentBefore = held.sentAt;
  let at: Failure['while'] = 'reading';
  try {
    const opened = await ports.writerOf(held.accountId);
    if (opened.kind === 'closed') return await fail(held, opened.problem);
    const { writer, account } = opened;
    const media = await fetched(ports, held);
    if (media.kind === 'refused') return await fail(held, media.problem);
    if (media.kind === 'other') return await end(held, { status: 'conflict', conflict: media.conflict });
    const operation = platformOperation(held.operation, appliedPlaces(held, all, media.media));
    const key: WriteKey = { operationId: held.id, requestId: held.writeKey };
    const signal = ports.deadline(readingMs);
    const seen: Seen =
      'target' in operation
        ? { kind: 'present', object: await writer.present(account, operation.target, { signal }) }
        : { kind: 'made', written: await writer.made(account, operation, key, { signal }) };
    const decision = decideWrite(held, seen);
    if (decision.kind === 'done') return await applied(held, operation, decision.written);
    if (decision.kind === 'conflict') return await end(held, { status: 'conflict', conflict: decision.conflict });
    if (decision.kind === 'failed') return await fail(held, decision.problem);
    if (held.attempts > mostTries) return await giveUp(held);

    const marking = now();
    const sent = await outbox.sending(held, lane, iso(marking), iso(marking + writingMs + settleMs));
    if (sent === undefined) return { kind: 'taken' };
    held = sent;
    if (now() - marking > promptMs) return await again({ ...held, sentAt: sentBefore }, now());
    at = 'writing';
    const written = await writer.apply(account, operation, key, { signal: ports.deadline(writingMs) });
    at = 'reading';
    return await applied(held, operation, written);
  } catch (error) {
    const failure = failureOf(error, at);
    if (failure.kind === 'fault') {
      ports.warn('operation failed', { changeId: change.id, operationId: held.id, at, error });
    }
    const then = afterFailure(held, sentBefore, failure, now());
    if (then.kind === 'end') {
      const field = refusedField(failure.message, held.operation);
      return end(held, { status: then.status, error: { ...then.error, field } });
    }
    return again({ ...held, sentAt: then.sentAt, attempts: then.attempts }, then.at);
  }

  async function end(
    from: OperationRecord,
    outcome: Pick<OperationRecord, 'status'> & Partial<OperationRecord>,
  ): Promise<Applied> {
    // What nobody has heard of stays noted, for whoever resumes it.
    const ended = { ...from, ...outcome, sentAt: outcome.status === 'unknown' ? from.sentAt : null };
    if (!(await outbox.end(ended, operationEntry(change, ended, iso(now()))))) return { kind: 'taken' };
    // What nobody has heard of may still be done: the object stays leased until the write is over or will never be.
    if (ended.status !== 'unknown') await outbox.release(ended, lane);
    return { kind: 'ended' };
  }

  /** Where an earlier try was not heard of, nobody may call it failed. */
  function fail(from: OperationRecord, error: ChangeProblem): Promise<Applied> {
    return end(from, { status: from.sentAt === null ? 'failed' : 'unknown', error });
  }

  async function applied(from: OperationRecord, operation: PlatformOperation, written: Written): Promise<Applied> {
    const id = await ports.mirror(from, operation, written).catch((error: unknown) => {
      // The platform has it; the next load mirrors it.
      ports.warn('structure not mirrored', { changeId: change.id, operationId: from.id, error });
      return null;
    });
    const { platformId, platformRequestId } = written;
    return end(from, {
      status: 'applied',
      result: { platformId, platformRequestId, appliedAt: iso(now()) },
      object: { ...from.object, id: from.object.id ?? id, campaignId: campaignOf(from, all, id) },
      error: null,
      conflict: null,
    });
  }

  async function again(from: OperationRecord, due: number): Promise<Applied> {
    return (await outbox.giveBack(from, lane, iso(due))) ? { kind: 'later', at: due } : { kind: 'taken' };
  }

  function giveUp(from: OperationRecord): Promise<Applied> {
    const reason = `It was cut off ${mostTries} times; the log of the worker says more. Resume the change to try again.`;
    return fail(from, { field: 'target', reason, platformCode: null });
  }
}

/** The campaign of what was just made: itself, or that of what it was made in. */
function campaignOf(
  { object, operation, after }: OperationRecord,
  all: readonly OperationRecord[],
  id: string | null,
): string | null {
  if (object.campaignId !== null || operation.do === 'upload-asset') return object.campaignId;
  if (operation.do === 'create-campaign') return id;
  const makers = all.filter((one) => after.includes(one.index) && one.operation.do !== 'upload-asset');
  return makers.map((one) => one.object.campaignId).find((found) => found !== null) ?? null;
}

type Media =
  | { readonly kind: 'fetched'; readonly media?: NonNullable<Places['media']> }
  | { readonly kind: 'refused'; readonly problem: ChangeProblem }
  | { readonly kind: 'other'; readonly conflict: NonNullable<ChangeOperation['conflict']> };

/** What an upload is to hold: the bytes that were previewed and no others. */
async function fetched(ports: ApplyPorts, { operation, sha256 }: OperationRecord): Promise<Media> {
  if (operation.do !== 'upload-asset') return { kind: 'fetched' };
  const { assetId } = operation;
  const field = assetId === undefined ? 'url' : 'assetId';
  const asset =
    assetId !== undefined
      ? await ports.readAsset(ports.workspaceId, assetId)
      : await ports.fetchAsset(operation.url ?? '', operation.kind);
  if (asset.kind === 'refused') {
    return { kind: 'refused', problem: { field, reason: asset.reason, platformCode: null } };
  }
  if (asset.sha256 !== sha256) {
    return { kind: 'other', conflict: { field, expected: sha256, found: asset.sha256 } };
  }
  return { kind: 'fetched', media: { bytes: asset.bytes, contentType: asset.contentType } };
}

function failureOf(error: unknown, at: Failure['while']): Failure {
  if (error instanceof PlatformError) {
    const { kind, message, platformCode, retryAfterSeconds } = error;
    return { kind, message, platformCode: platformCode ?? null, retryAfterSeconds, while: at };
  }
  const message = 'Something went wrong on the way to the platform.';
  return { kind: 'fault', message, platformCode: null, retryAfterSeconds: undefined, while: at };
}

const actions: Partial<Record<OperationRecord['status'], AuditAction>> = {
  applied: 'operation.applied',
  failed: 'operation.failed',
  conflict: 'operation.conflict',
  unknown: 'operation.unknown',
  blocked: 'operation.blocked',
};
const values = (record: OperationRecord, side: 'before' | 'after'): Record<string, unknown> =>
  Object.fromEntries(record.fields.map((one) => [one.field, one[side]]));

/** Who is answerable for what is applied: whoever approved it, or decided on it. */
export const answerable = (change: ChangeRecord): string => change.approvedBy ?? change.decidedBy ?? change.createdBy;

/** What became of an operation, for the audit trail. */
export function operationEntry(change: ChangeRecord, record: OperationRecord, at: string): AuditDraft {
  return {
    at,
    action: actions[record.status] ?? 'operation.unknown',
    actor: answerable(change),
    requestId: change.requestId,
    reason: change.reason,
    changeId: change.id,
    operationId: record.id,
    object: {
      kind: record.object.kind,
      id: record.object.id,
      platformId: record.result?.platformId ?? record.address?.platformId ?? null,
      name: record.object.name,
    },
    before: values(record, 'before'),
    after: record.conflict === null ? values(record, 'after') : { ...values(record, 'after'), found: record.conflict },
    platformRequestId: record.result?.platformRequestId ?? null,
    problem: record.error,
  };
}
