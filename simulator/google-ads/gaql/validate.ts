import { fieldType } from '../definitions.ts';
import { type AdsFailure, queryError } from '../failure.ts';
import { attributes, dateSegments, divisions, metrics, resourceNames, segments } from './columns.ts';
import type { Condition, Query } from './parser.ts';
import { kindOf } from './row.ts';
import { type Resource, resources } from './subjects.ts';

type Clause = 'SELECT' | 'WHERE' | 'ORDER BY';

/** Refuses, by Google's error names, every query the simulator would not answer as Google does. */
export function validate(query: Query, isManager: boolean): void {
  const resource = resources[query.from];
  if (resource === undefined) {
    const known = fieldType(query.from)?.kind === 'message';
    throw queryError(
      'BAD_RESOURCE_TYPE_IN_FROM_CLAUSE',
      known
        ? `The simulator does not model the resource '${query.from}'; it models ${Object.keys(resources).join(', ')}.`
        : `Unrecognized resource in the FROM clause: '${query.from}'.`,
    );
  }
  const check = (field: string, clause: Clause) => checkField(query.from, resource, field, clause);
  for (const field of query.select) check(field, 'SELECT');
  for (const condition of query.where) check(condition.field, 'WHERE');
  for (const { field } of query.orderBy) check(field, 'ORDER BY');
  const selected = new Set(query.select);
  for (const { field } of query.where) {
    if (kindOf(field) === 'segment' && !dateSegments.has(field) && !selected.has(field)) throw notSelected(field);
  }
  for (const { field } of query.orderBy) {
    if (!selected.has(field) && !field.startsWith(`${query.from}.`)) throw notSelected(field);
  }
  const dividing = query.select.filter((field) => Object.hasOwn(divisions, field));
  if (dividing.length > 1) {
    throw queryError(
      'PROHIBITED_SEGMENT_IN_SELECT_OR_WHERE_CLAUSE',
      `The simulator does not model '${dividing.join("' by '")}' in one query.`,
    );
  }
  if (query.select.some((field) => dateSegments.has(field)) && !hasFiniteDates(query.where)) {
    throw queryError(
      'EXPECTED_FILTERS_ON_DATE_RANGE',
      'The query selects a date segment but has no finite date range in WHERE; filter segments.date on both ends.',
    );
  }
  if (isManager && query.select.some((field) => kindOf(field) === 'metric')) {
    throw queryError(
      'REQUESTED_METRICS_FOR_MANAGER',
      'Metrics cannot be requested for a manager account. Ask each client account underneath it.',
    );
  }
}

function checkField(from: string, resource: Resource, field: string, clause: Clause): void {
  const type = fieldType(field);
  if (type === undefined) throw queryError('UNRECOGNIZED_FIELD', `Unrecognized field in the query: '${field}'.`);
  const kind = kindOf(field);
  if (!isModelled(field)) {
    if (type.kind === 'message' && clause === 'SELECT') {
      throw queryError(
        'PROHIBITED_FIELD_IN_SELECT_CLAUSE',
        `The field '${field}' cannot be selected; select the fields inside it.`,
      );
    }
    throw queryError('UNRECOGNIZED_FIELD', `The simulator does not model the field '${field}'.`);
  }
  if (kind === 'attribute') {
    const owner = field.split('.')[0] ?? '';
    if (owner === from || resource.attributed.includes(owner)) return;
    throw queryError(
      clause === 'WHERE' ? 'PROHIBITED_RESOURCE_TYPE_IN_WHERE_CLAUSE' : 'PROHIBITED_RESOURCE_TYPE_IN_SELECT_CLAUSE',
      `Cannot use fields of '${owner}' in the ${clause} clause: incompatible with the resource '${from}' in the FROM clause.`,
    );
  }
  if (!('view' in resource) && resource.grain === undefined) {
    throw queryError(
      kind === 'metric'
        ? 'PROHIBITED_METRIC_IN_SELECT_OR_WHERE_CLAUSE'
        : 'PROHIBITED_SEGMENT_IN_SELECT_OR_WHERE_CLAUSE',
      `Cannot use '${field}' with the resource '${from}' in the FROM clause.`,
    );
  }
  if (Object.hasOwn(divisions, field) && from !== 'campaign') {
    throw queryError('UNRECOGNIZED_FIELD', `The simulator models '${field}' with the resource 'campaign' alone.`);
  }
}

function isModelled(field: string): boolean {
  if ([attributes, metrics, segments, divisions].some((table) => Object.hasOwn(table, field))) return true;
  return field.endsWith('.resource_name') && Object.hasOwn(resourceNames, field.slice(0, -'.resource_name'.length));
}

/** Both ends of the dates are bounded: by one condition with two ends, or by two with one each. */
function hasFiniteDates(where: readonly Condition[]): boolean {
  const operators = where.filter(({ field }) => dateSegments.has(field)).map(({ operator }) => operator);
  if (operators.some((operator) => ['=', 'IN', 'BETWEEN', 'DURING'].includes(operator))) return true;
  return (
    operators.some((operator) => operator.startsWith('>')) && operators.some((operator) => operator.startsWith('<'))
  );
}

function notSelected(field: string): AdsFailure {
  return queryError(
    'EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE',
    `The field '${field}' must be present in the SELECT clause.`,
  );
}
