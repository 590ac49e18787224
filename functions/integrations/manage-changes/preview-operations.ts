import type { Operation } from '../../../contracts/schemas/changes.ts';
import type { OperationRecord } from '../../../domain/changes/change-record.ts';
import { withName } from '../../../domain/changes/naming.ts';
import { placeDeclaration } from '../../../domain/changes/place-declaration.ts';
import { placeUtm } from '../../../domain/changes/place-utm.ts';
import { previewOperation } from '../../../domain/changes/preview-operation.ts';
import { type ResolvedOperation, resolveOperations } from '../../../domain/changes/resolve-operations.ts';
import { writeKeyOf } from '../../../domain/changes/write-key.ts';
import { AppError, type FieldError } from '../../../domain/errors.ts';
import { derivedId } from '../../../domain/integrations/ids.ts';
import { askPlatforms } from './ask-platforms.ts';
import { type Known, knownThings } from './known-things.ts';
import type { ChangePorts, ChangeStores } from './ports.ts';

/** Ties operations to what they are about, reads the platforms, and says what each will change and what stands against it. */
export async function previewOperations(
  ports: ChangePorts,
  stores: ChangeStores,
  changeId: string,
  given: readonly Operation[],
): Promise<OperationRecord[]> {
  const known = await knownThings(stores, given);
  const { operations: resolved, warnings } = placeUtm(
    placeDeclaration(named(resolve(given, known), ports.now()), (platform) => ports.rulesOf(platform).declarationLevel),
    (platform) => ports.rulesOf(platform).utmLevel,
  );
  const duplicates = namesakes(resolved);
  return askPlatforms(ports, stores, known, resolved, ({ resolved: one, planned, found, sha256 }): OperationRecord => {
    const rules = ports.rulesOf(one.account.platform);
    const seen = previewOperation({ resolved: one, planned, found, rules });
    const twin = duplicates.get(one.index);
    const problems = [
      ...seen.problems,
      ...(twin === undefined
        ? []
        : [
            {
              field: 'name',
              reason: `operations.${twin} makes one of this name in the same place`,
              platformCode: null,
            },
          ]),
    ];
    const changes = 'target' in one.operation;
    const id = derivedId('opn', [changeId, String(one.index)]);
    return {
      id,
      changeId,
      index: one.index,
      status: problems.length > 0 ? 'blocked' : 'planned',
      operation: one.operation,
      accountId: one.account.id,
      platform: one.account.platform,
      object: {
        kind: one.kind,
        id: changes ? (one.object?.id ?? null) : null,
        name: seen.objectName,
        campaignId: one.campaignId,
      },
      fields: [...seen.fields],
      spend: seen.spend,
      problems,
      warnings: [...seen.warnings, ...(warnings.get(one.index) ?? [])],
      result: null,
      error: null,
      conflict: null,
      attempts: 0,
      address: one.object?.address ?? null,
      after: [...one.after],
      sha256,
      writeKey: writeKeyOf(id),
      revision: 0,
      sentAt: null,
      firstTriedAt: null,
    };
  });
}

function resolve(operations: readonly Operation[], known: Known): readonly ResolvedOperation[] {
  const resolution = resolveOperations(operations, known);
  if (resolution.kind === 'resolved') return resolution.operations;
  throw resolution.why === 'missing'
    ? new AppError('not-found', 'Some objects are not in this workspace; `errors` lists each.', {
        fields: resolution.fields,
      })
    : invalid(resolution.fields);
}

const invalid = (fields: readonly FieldError[]): AppError =>
  new AppError('invalid-request', 'Some operations do not fit together; `errors` lists each.', { fields });

function named(operations: readonly ResolvedOperation[], now: number): ResolvedOperation[] {
  const problems: FieldError[] = [];
  const all = operations.map((one) => {
    const answer = withName(one.operation, one.account, now);
    if ('operation' in answer) return { ...one, operation: answer.operation };
    problems.push({ ...answer.problem, field: `operations.${one.index}.${answer.problem.field}` });
    return one;
  });
  if (problems.length > 0) throw invalid(problems);
  return all;
}

/** Creations of one change with the same name in the same place: the index of each, and that of the first. */
function namesakes(operations: readonly ResolvedOperation[]): ReadonlyMap<number, number> {
  const first = new Map<string, number>();
  const twins = new Map<number, number>();
  for (const { index, operation, account } of operations) {
    if (!('ref' in operation) || operation.do === 'upload-asset') continue;
    const place = 'campaign' in operation ? operation.campaign : 'parent' in operation ? operation.parent : null;
    const key = JSON.stringify([operation.do, account.id, place, operation.name]);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    else twins.set(index, earlier);
  }
  return twins;
}
