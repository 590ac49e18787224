import * as z from 'zod/mini';
import {
  type Change,
  type ChangeDetail,
  type ChangeOperation,
  type ChangeStatus,
  change,
  changeId,
  changeOperation,
  type OperationStatus,
  operationStatuses,
} from '../../contracts/schemas/change-requests.ts';
import { structureKinds } from '../integrations/platform.ts';

const objectAddress = z.object({
  kind: z.enum(structureKinds),
  platformId: z.string(),
  campaignPlatformId: z.nullable(z.string()),
  adGroupPlatformId: z.nullable(z.string()),
  campaignType: z.string(),
});

/** A change as it is kept. `confirmable` and the counts of operations follow from the rest when it is shown. */
export const changeRecord = z.extend(z.omit(change, { id: true, confirmable: true, operationCounts: true }), {
  id: changeId,
  /** Operations it has; they are kept one by one. */
  operations: z.int(),
  /** Raised by every transition, each of which names the one it started from. */
  revision: z.int(),
  /** Fingerprint of the request: the same idempotency key with another body is refused. */
  requestHash: z.nullable(z.string()),
});
export type ChangeRecord = z.infer<typeof changeRecord>;

/** An operation as it is kept: what its change shows of it, and what its application needs. */
export const operationRecord = z.extend(changeOperation, {
  changeId,
  /** The object it changes or the parent beneath which it makes one, where that was there at the preview. */
  address: z.nullable(objectAddress),
  /** Indexes of the operations that have to be applied before this one. */
  after: z.array(z.int()),
  /** Of an upload: the bytes that were previewed. Others are not uploaded. */
  sha256: z.nullable(z.string()),
  /** A positive 63-bit integer in decimal, the same at every try. */
  writeKey: z.string(),
  /** The fencing token: every transition raises it, and one that starts from an older one fails. */
  revision: z.int(),
  /** When a platform was last asked to act and has not been heard of since; null while that is not so. */
  sentAt: z.nullable(z.string()),
  /** When the first try began, which bounds how long it is tried. */
  firstTriedAt: z.nullable(z.string()),
});
export type OperationRecord = z.infer<typeof operationRecord>;

/** Where a change may go from each state. */
export const changeTransitions: Readonly<Record<ChangeStatus, readonly ChangeStatus[]>> = {
  previewed: ['awaiting-approval', 'applying', 'discarded', 'expired'],
  'awaiting-approval': ['applying', 'discarded', 'expired'],
  applying: ['applied', 'partial', 'failed'],
  partial: ['applying'],
  failed: ['applying'],
  applied: [],
  discarded: [],
  expired: [],
};

/** Nothing happens to an operation in one of these until somebody resumes the change. */
export const endedOperations: readonly OperationStatus[] = ['applied', 'failed', 'conflict', 'unknown', 'blocked'];
/** A conflict is no failure: what was previewed is no longer so, and a new preview has to be decided on. */
export const resumableOperations: readonly OperationStatus[] = ['failed', 'unknown', 'blocked'];

/** What a change has come to once none of its operations waits. */
export function outcomeOf(operations: readonly Pick<OperationRecord, 'status'>[]): 'applied' | 'partial' | 'failed' {
  const applied = operations.filter(({ status }) => status === 'applied').length;
  if (applied === operations.length) return 'applied';
  return applied === 0 ? 'failed' : 'partial';
}

/** A previewed change that nobody decided on in time has expired, whether or not anybody has written that down. */
export const statusAt = (
  { status, expiresAt }: Pick<ChangeRecord, 'status' | 'expiresAt'>,
  now: number,
): ChangeStatus =>
  (status === 'previewed' || status === 'awaiting-approval') && Date.parse(expiresAt) <= now ? 'expired' : status;

/** A change as callers see it. `queued`: indexes of the operations in the outbox. */
export function changeDetailOf(
  record: ChangeRecord,
  operations: readonly OperationRecord[],
  queued: ReadonlySet<number>,
  now: number,
): ChangeDetail {
  const status = statusAt(record, now);
  const shown: ChangeOperation[] = operations.map((one) =>
    // What failed before and is tried again has not failed yet.
    queued.has(one.index) && one.status !== 'applying' && status === 'applying'
      ? { ...one, status: 'pending', error: null }
      : one,
  );
  return { ...changeOf(record, shown, now), operations: shown };
}

const tooLate = 'Nobody decided in time, and values may be others by now: preview the operations again.';

/** The same without its operations, of which only the states are needed. */
export function changeOf(
  record: ChangeRecord,
  operations: readonly Pick<ChangeOperation, 'status'>[],
  now: number,
): Change {
  const status = statusAt(record, now);
  const counts = Object.fromEntries(operationStatuses.map((one) => [one, 0])) as Record<OperationStatus, number>;
  for (const one of operations) counts[one.status] += 1;
  const confirmable =
    status === 'previewed' &&
    operations.every((one) => one.status === 'planned') &&
    record.verdicts.every((one) => one.outcome !== 'violated');
  const warnings = status === 'expired' ? [...record.warnings, tooLate] : record.warnings;
  return { ...record, status, warnings, confirmable, operationCounts: counts };
}
