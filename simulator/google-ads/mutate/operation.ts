import { AdsFailure, BareFailure, type ErrorCategory, type PathStep } from '../failure.ts';
import { entities } from './entities.ts';

export type Fields = Readonly<Record<string, unknown>>;
export type Verb = 'create' | 'update' | 'remove';

/** One operation of a mutate request, read off the wire. */
export interface Operation {
  /** `campaign`, `ad_group_criterion`, …. */
  readonly entity: string;
  readonly verb: Verb;
  /** What is created or updated; empty for a removal. */
  readonly resource: Fields;
  /** The name of what is removed or updated, or of what is created when its caller gave a temporary one. */
  readonly resourceName: string;
  /** Paths of an update; the resource's own name is no field of it. */
  readonly mask: readonly string[];
  readonly index: number;
}

/** The operations of a decoded MutateGoogleAdsRequest. Throws for one that says nothing or is of another kind. */
export function readOperations(request: Fields): readonly Operation[] {
  const list = Array.isArray(request['mutate_operations']) ? (request['mutate_operations'] as readonly Fields[]) : [];
  return list.map((one, index) => {
    const [name, operation] = Object.entries(one)[0] ?? [];
    if (name === undefined || typeof operation !== 'object' || operation === null)
      throw unmodelled(`the kind of mutate_operations[${index}]; it models ${entities.join(', ')}`);
    const { create, update, remove, update_mask: mask } = operation as Fields;
    const verb = create === undefined ? (update === undefined ? 'remove' : 'update') : 'create';
    const resource = (create ?? update ?? {}) as Fields;
    const resourceName = verb === 'remove' ? remove : resource['resource_name'];
    if (verb === 'remove' && typeof remove !== 'string') throw missing(index);
    const paths = typeof mask === 'object' && mask !== null ? ((mask as Fields)['paths'] ?? []) : [];
    return {
      entity: name.replace(/_operation$/, ''),
      verb,
      resource,
      resourceName: typeof resourceName === 'string' ? resourceName : '',
      mask: (paths as readonly string[]).filter((path) => path !== 'resource_name'),
      index,
    };
  });
}

function missing(index: number): AdsFailure {
  return new AdsFailure('request_error', 'OPERATION_REQUIRED', 'An operation is required.', {
    path: [{ name: 'mutate_operations', index }],
  });
}

/** `headlines[2].text` in steps. */
function steps(path: string): readonly PathStep[] {
  return path
    .split('.')
    .filter((step) => step !== '')
    .map((step) => {
      const [, name = step, index] = /^(\w+)(?:\[(\d+)\])?$/.exec(step) ?? [];
      return index === undefined ? { name } : { name, index: Number(index) };
    });
}

/** A refusal of an operation; `field` is the path within its resource. */
export function refusal(
  operation: Operation,
  category: ErrorCategory,
  code: string,
  message: string,
  field = '',
  topics: readonly string[] = [],
): AdsFailure {
  const path = [
    { name: 'mutate_operations', index: operation.index },
    { name: `${operation.entity}_operation` },
    { name: operation.verb },
    ...steps(field),
  ];
  return new AdsFailure(category, code, message, { path, topics });
}

export const required = (operation: Operation, field: string): AdsFailure =>
  refusal(operation, 'field_error', 'REQUIRED', 'The required field was not present.', field);

/** What Google takes and this simulator does not: said by name, never passed over. */
export function unmodelled(what: string): BareFailure {
  return new BareFailure('UNIMPLEMENTED', `The simulator does not model ${what}.`);
}

/** Refuses fields that nothing here would heed. */
export function onlyKnown(operation: Operation, known: readonly string[]): void {
  const sent = operation.verb === 'update' ? operation.mask : Object.keys(operation.resource);
  for (const field of sent) {
    const top = field.split('.')[0] ?? '';
    if (top !== 'resource_name' && !known.includes(top))
      throw unmodelled(`${operation.verb} of ${operation.entity}.${field}`);
  }
}

export const textAt = (fields: Fields, name: string): string | undefined =>
  typeof fields[name] === 'string' && fields[name] !== '' ? (fields[name] as string) : undefined;

/** int64 is decoded as text. */
export const numberAt = (fields: Fields, name: string): number | undefined =>
  fields[name] === undefined ? undefined : Number(fields[name]);

export function partAt(fields: Fields, name: string): Fields | undefined {
  const value = fields[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

export const listAt = (fields: Fields, name: string): readonly unknown[] => {
  const value = fields[name];
  return Array.isArray(value) ? value : [];
};

/** Names of campaigns and groups; Google takes no line break and no null character in them. */
export function nameOf(operation: Operation, emptyCode?: readonly [ErrorCategory, string]): string {
  const name = textAt(operation.resource, 'name');
  if (name === undefined) {
    if (emptyCode === undefined) throw required(operation, 'name');
    throw refusal(operation, emptyCode[0], emptyCode[1], 'The name is missing.', 'name');
  }
  if ([...name].length > 255) throw refusal(operation, 'string_length_error', 'TOO_LONG', 'Too long.', 'name');
  return name;
}

export function statusAt(operation: Operation, absent: 'enabled' | 'paused'): 'enabled' | 'paused' {
  const status = textAt(operation.resource, 'status');
  if (status === undefined || status === 'UNSPECIFIED') return absent;
  if (status === 'ENABLED') return 'enabled';
  if (status === 'PAUSED') return 'paused';
  throw refusal(operation, 'field_error', 'INVALID_VALUE', "The field's value is invalid.", 'status');
}
