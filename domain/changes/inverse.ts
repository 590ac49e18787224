import type { FieldChange } from '../../contracts/schemas/change-requests.ts';
import type { Operation } from '../../contracts/schemas/changes.ts';
import type { StructureKind } from '../integrations/platform.ts';

/** An operation that was applied, with what it changed. */
export interface AppliedOperation {
  readonly index: number;
  readonly operation: Operation;
  readonly kind: StructureKind | 'asset';
  /** Our id of the object that was changed or made. */
  readonly objectId: string | null;
  readonly fields: readonly FieldChange[];
}

/** How each kind of operation is undone, in the words of the documentation; null: it lasts. */
export const undoneBy: Readonly<Record<Operation['do'], string | null>> = {
  'set-status': 'the status it had',
  'set-daily-budget': 'the daily budget it had',
  'set-bidding': 'the bidding it had, where the platform told it',
  rename: 'the name it had',
  'set-targeting': 'the lists it had; not where a side reached everybody, which no list says',
  remove: null,
  'upload-asset': null,
  'create-campaign': 'removing it, with all that stands in it',
  'create-ad-group': 'removing it, with all that stands in it',
  'create-ad': 'removing it',
};

export interface Undoing {
  readonly operations: readonly Operation[];
  /** What stays as it is, by index of the operation, and why. */
  readonly lasting: readonly { readonly index: number; readonly reason: string }[];
}

type Step =
  | { readonly kind: 'operation'; readonly operation: unknown }
  | { readonly kind: 'lasting'; readonly reason: string }
  | { readonly kind: 'covered' };

const lasting = (reason: string): Step => ({ kind: 'lasting', reason });
const targetFields = { campaign: 'campaignId', 'ad-group': 'adGroupId', ad: 'adId' } as const;

/**
 * The operations that put back what was applied, the last first. Values come from the preview, where they were read from the
 * platform; what the platform did not tell cannot be put back, and is said instead of guessed.
 */
export function undoOf(applied: readonly AppliedOperation[]): Undoing {
  const made = new Set(applied.flatMap(({ operation }) => ('ref' in operation ? [operation.ref] : [])));
  const operations: Operation[] = [];
  const stays: { index: number; reason: string }[] = [];
  for (const one of applied.toSorted((a, b) => b.index - a.index)) {
    const step = inverseOf(one, made);
    // Each field is one of an operation that was parsed, or was read for it.
    if (step.kind === 'operation') operations.push(step.operation as Operation);
    if (step.kind === 'lasting') stays.push({ index: one.index, reason: step.reason });
  }
  return { operations, lasting: stays.toReversed() };
}

function inverseOf({ operation, kind, objectId, fields }: AppliedOperation, made: ReadonlySet<string>): Step {
  if (operation.do === 'upload-asset')
    return lasting('An upload stays in the platform’s library; it costs nothing there.');
  if (operation.do === 'remove') return lasting('The platform brings nothing back that was removed.');
  if (objectId === null || kind === 'asset')
    return lasting('Nobody knows the id of what was made; remove it on the platform.');
  const target = { [targetFields[kind]]: objectId };
  // What stands in something that this change made goes with it.
  if (operation.do === 'create-ad-group' && 'ref' in operation.campaign && made.has(operation.campaign.ref))
    return { kind: 'covered' };
  if (operation.do === 'create-ad' && 'ref' in operation.parent && made.has(operation.parent.ref))
    return { kind: 'covered' };
  if ('ref' in operation) return { kind: 'operation', operation: { do: 'remove', target } };
  if (operation.do === 'set-targeting') return targetingBack(target, fields);
  const before = fields[0]?.before ?? null;
  if (before === null) return lasting(`The platform did not say what the ${fields[0]?.field ?? 'value'} was before.`);
  switch (operation.do) {
    case 'set-status':
      return { kind: 'operation', operation: { do: 'set-status', target, status: before } };
    case 'set-daily-budget':
      return { kind: 'operation', operation: { do: 'set-daily-budget', target, dailyBudget: before } };
    case 'set-bidding':
      return { kind: 'operation', operation: { do: 'set-bidding', target, bidding: before } };
    case 'rename':
      return { kind: 'operation', operation: { do: 'rename', target, name: before } };
  }
}

/** All sides or none: half a targeting is one that nobody ever had. */
function targetingBack(target: object, fields: readonly FieldChange[]): Step {
  const unknown = fields.filter(({ before }) => before === null).map(({ field }) => field);
  if (unknown.length > 0) {
    return lasting(`Before, ${unknown.join(', ')} reached everybody, which no list says; set it on the platform.`);
  }
  const targeting = Object.fromEntries(fields.map(({ field, before }) => [field.replace('targeting.', ''), before]));
  return { kind: 'operation', operation: { do: 'set-targeting', target, targeting } };
}
