import { operation as operationSchema } from '../../../contracts/schemas/changes.ts';
import { type ChangeRecord, statusAt } from '../../../domain/changes/change-record.ts';
import { undoOf } from '../../../domain/changes/inverse.ts';
import { AppError } from '../../../domain/errors.ts';
import { notIn } from './decide-change.ts';
import type { Asker, ChangePorts, ChangeStores } from './ports.ts';
import { type Previewed, previewChange } from './preview-change.ts';

/** Previews a change that puts back what was applied of another. What cannot be put back is said, and stays. */
export async function undoChange(
  ports: ChangePorts,
  stores: ChangeStores,
  asker: Asker,
  change: ChangeRecord,
  given: { readonly reason: string; readonly idempotencyKey: string | undefined },
): Promise<Previewed> {
  const status = statusAt(change, ports.now());
  if (!['applied', 'partial', 'failed'].includes(status)) throw notIn(status, 'undone');
  if (change.undoneBy !== null) throw new AppError('conflict', `The change ${change.undoneBy} undoes it already.`);
  const applied = (await stores.changes.operations(change.id)).filter(({ status }) => status === 'applied');
  if (applied.length === 0)
    throw new AppError('conflict', 'Nothing of the change was applied: there is nothing to undo.');
  const undoing = undoOf(
    applied.map(({ index, operation, object, fields }) => ({
      index,
      operation,
      kind: object.kind,
      objectId: object.id,
      fields,
    })),
  );
  const lasting = undoing.lasting.map(({ index, reason }) => ({ field: `operations.${index}`, message: reason }));
  // What a platform said may be more than may be written to one.
  const operations = undoing.operations.flatMap((one) => {
    const parsed = operationSchema.safeParse(one);
    if (parsed.success) return [parsed.data];
    lasting.push({
      field: one.do,
      message: 'What the platform had before cannot be written by this system; set it there.',
    });
    return [];
  });
  if (operations.length === 0) {
    throw new AppError('conflict', 'Nothing of the change can be undone; `errors` says why.', { fields: lasting });
  }
  const warnings = lasting.map(({ field, message }) => `${field} stays as it is: ${message}`);
  const request = { reason: given.reason, operations, dryRun: false, undoOf: change.id, warnings };
  return previewChange(ports, stores, asker, request, given.idempotencyKey);
}
