import type { ChangeOperation, ChangeProblem } from '../../contracts/schemas/change-requests.ts';
import type { PresentObject, Written } from '../integrations/platform-writer.ts';
import type { OperationRecord } from './change-record.ts';
import { changedFields } from './preview-operation.ts';
import { sameContent } from './same-content.ts';

/** What the platform was found to have, right before it is asked to act. */
export type Seen =
  | { readonly kind: 'present'; readonly object: PresentObject | undefined }
  | { readonly kind: 'made'; readonly written: Written | undefined };

export type WriteDecision =
  | { readonly kind: 'write' }
  /** It is as wanted: an earlier try has done it, or there is nothing left to do. */
  | { readonly kind: 'done'; readonly written: Written }
  /** Somebody changed it after the preview. */
  | { readonly kind: 'conflict'; readonly conflict: NonNullable<ChangeOperation['conflict']> }
  | { readonly kind: 'failed'; readonly problem: ChangeProblem };

/**
 * Whether the platform is to be asked to act. A value that is neither the one that was previewed nor the one that is wanted is
 * somebody else's; it is shown and never overwritten.
 */
export function decideWrite(
  record: Pick<OperationRecord, 'operation' | 'fields' | 'address' | 'sentAt'>,
  seen: Seen,
): WriteDecision {
  const { operation, fields, address, sentAt } = record;
  if (seen.kind === 'made') {
    if (seen.written === undefined) return { kind: 'write' };
    // The same bytes are the same asset, whoever uploaded them. Anything else that nobody was asked to make is somebody else's.
    if (sentAt !== null || operation.do === 'upload-asset') return { kind: 'done', written: seen.written };
    return { kind: 'conflict', conflict: { field: 'name', expected: null, found: seen.written.platformId } };
  }
  const { object } = seen;
  const status = object?.status ?? 'removed';
  if (status === 'removed') {
    if (operation.do === 'remove') {
      return { kind: 'done', written: { platformId: address?.platformId ?? '', platformRequestId: null } };
    }
    const expected = fields.find(({ field }) => field === 'status')?.before ?? 'present';
    return { kind: 'conflict', conflict: { field: 'status', expected, found: 'removed' } };
  }
  if (object === undefined) throw new RangeError('An object that is not removed is there.');
  const now = changedFields(operation, object);
  const found = (field: string): unknown => now.find((one) => one.field === field)?.before ?? null;
  if (fields.length === 0) {
    return {
      kind: 'failed',
      problem: {
        field: 'target',
        reason: 'nothing is known of what it was before; preview it again',
        platformCode: null,
      },
    };
  }
  if (fields.every(({ field, after }) => sameContent(found(field), after))) {
    return { kind: 'done', written: { platformId: object.address.platformId, platformRequestId: null } };
  }
  for (const { field, before, after } of fields) {
    const value = found(field);
    if (sameContent(value, before) || sameContent(value, after)) continue;
    return { kind: 'conflict', conflict: { field, expected: before, found: value } };
  }
  return { kind: 'write' };
}
