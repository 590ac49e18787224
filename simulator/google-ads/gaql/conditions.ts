import { type Day, dayOf, isoOf } from '../../market/calendar.ts';
import { type FieldType, fieldType } from '../definitions.ts';
import { queryError } from '../failure.ts';
import { dateSegments, type Value } from './columns.ts';
import { during, monday, monthStart, quarterStart } from './date-ranges.ts';
import type { Condition } from './parser.ts';

export type Test = (value: Value) => boolean;

/** Compiles a condition to a test of its field's value. Throws queryError where operator, value and field do not go together. */
export function compile(condition: Condition, today: Day): Test {
  const type = fieldType(condition.field);
  if (type === undefined)
    throw queryError('UNRECOGNIZED_FIELD', `Unrecognized field in the query: '${condition.field}'.`);
  const read = (text: string) => readValue(condition.field, type, text);
  const mismatch = () =>
    queryError(
      'OPERATOR_FIELD_MISMATCH',
      `The operator ${condition.operator} cannot be used with '${condition.field}'.`,
    );
  if (type.repeated && !condition.operator.startsWith('CONTAINS') && !condition.operator.startsWith('IS'))
    throw mismatch();
  switch (condition.operator) {
    case 'IS NULL':
      return (value) => value === undefined;
    case 'IS NOT NULL':
      return (value) => value !== undefined;
    case 'DURING': {
      if (condition.field !== 'segments.date') throw mismatch();
      const [first, last] = during(condition.range, today);
      return between(isoOf(first), isoOf(last));
    }
    case 'BETWEEN': {
      if (type.kind === 'enum' || type.kind === 'bool') throw mismatch();
      const [low, high] = [read(condition.low), read(condition.high)];
      if (low > high) {
        throw queryError(
          'INVALID_VALUE_WITH_BETWEEN_OPERATOR',
          `BETWEEN on '${condition.field}' has its bounds the wrong way round.`,
        );
      }
      return between(low, high);
    }
    case 'IN':
    case 'NOT IN': {
      const values = new Set<Value>(condition.values.map(read));
      return condition.operator === 'IN'
        ? (value) => values.has(normal(value, type))
        : (value) => !values.has(normal(value, type));
    }
    case 'LIKE':
    case 'NOT LIKE':
    case 'REGEXP_MATCH':
    case 'NOT REGEXP_MATCH': {
      if (type.kind !== 'string') throw mismatch();
      const pattern = condition.operator.endsWith('LIKE') ? likePattern(condition.value) : regexp(condition.value);
      const wanted = !condition.operator.startsWith('NOT');
      return (value) => pattern.test(String(value ?? '')) === wanted;
    }
    case 'CONTAINS ANY':
    case 'CONTAINS ALL':
    case 'CONTAINS NONE': {
      if (!type.repeated) throw mismatch();
      const held = (value: Value) => new Set(Array.isArray(value) ? value : []);
      const { values } = condition;
      if (condition.operator === 'CONTAINS ALL') return (value) => values.every((one) => held(value).has(one));
      const any = (value: Value) => values.some((one) => held(value).has(one));
      return condition.operator === 'CONTAINS ANY' ? any : (value) => !any(value);
    }
    default: {
      if ((type.kind === 'enum' || type.kind === 'bool') && !['=', '!='].includes(condition.operator)) throw mismatch();
      return comparison(condition.operator, read(condition.value), type);
    }
  }
}

type Scalar = string | number | boolean;

function comparison(operator: string, wanted: Scalar, type: FieldType): Test {
  const holds: Readonly<Record<string, (value: Scalar) => boolean>> = {
    '=': (value) => value === wanted,
    '!=': (value) => value !== wanted,
    '<': (value) => value < wanted,
    '<=': (value) => value <= wanted,
    '>': (value) => value > wanted,
    '>=': (value) => value >= wanted,
  };
  const test = holds[operator];
  if (test === undefined) throw queryError('BAD_OPERATOR', `Error in query: invalid operator '${operator}'.`);
  return (value) => {
    const scalar = normal(value, type);
    return scalar === undefined ? operator === '!=' : test(scalar);
  };
}

function between(low: Scalar, high: Scalar): Test {
  return (value) => {
    const scalar = typeof low === 'number' && value !== undefined ? Number(value) : value;
    return scalar !== undefined && !isList(scalar) && scalar >= low && scalar <= high;
  };
}

/** Ids are kept as strings of digits but compare as numbers. */
function normal(value: Value, type: FieldType): Scalar | undefined {
  if (value === undefined || isList(value)) return undefined;
  return type.kind === 'int64' || type.kind === 'int32' || type.kind === 'double' ? Number(value) : value;
}

function isList(value: Value): value is readonly string[] {
  return Array.isArray(value);
}

function readValue(field: string, type: FieldType, text: string): Scalar {
  if (dateSegments.has(field) && field !== 'segments.year') return readDate(field, text);
  if (type.kind === 'enum') {
    if (!type.constants.has(text))
      throw queryError('BAD_ENUM_CONSTANT', `Invalid enum constant '${text}' for '${field}'.`);
    if (text === 'UNKNOWN' || text === 'UNSPECIFIED')
      throw queryError('PROHIBITED_ENUM_CONSTANT', `The constant ${text} cannot be used in WHERE.`);
    return text;
  }
  if (type.kind === 'bool') {
    const lower = text.toLowerCase();
    if (lower !== 'true' && lower !== 'false')
      throw queryError('BAD_VALUE', `Invalid value '${text}' for '${field}': expected TRUE or FALSE.`);
    return lower === 'true';
  }
  if (type.kind === 'string') return text;
  if (type.kind === 'message')
    throw queryError('PROHIBITED_FIELD_IN_WHERE_CLAUSE', `'${field}' cannot be filtered on.`);
  const number = Number(text);
  if (text.trim() === '' || Number.isNaN(number))
    throw queryError('BAD_NUMBER', `Invalid number '${text}' for '${field}'.`);
  return number;
}

const aligned: Readonly<Record<string, (day: Day) => Day>> = {
  'segments.week': monday,
  'segments.month': monthStart,
  'segments.quarter': quarterStart,
};

function readDate(field: string, text: string): string {
  let day: Day;
  try {
    day = dayOf(/^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text);
  } catch {
    throw queryError('INVALID_DATE_FORMAT', `Invalid date '${text}' for '${field}': expected YYYY-MM-DD.`);
  }
  const start = aligned[field]?.(day);
  if (start !== undefined && start !== day) {
    throw queryError('MISALIGNED_DATE_FOR_FILTER', `The date '${text}' is not the first day of its ${field.slice(9)}.`);
  }
  return isoOf(day);
}

/** `%` any text, `_` one character, `[…]` escapes either; without regard to case. */
function likePattern(like: string): RegExp {
  const source = like.replace(/\[([%_[\]])\]|([%_])|([.*+?^${}()|[\]\\/-])/g, (_, literal, wild, special) => {
    if (literal !== undefined) return `\\${literal}`.replace(/\\([%_])/, '$1');
    if (wild !== undefined) return wild === '%' ? '[\\s\\S]*' : '[\\s\\S]';
    return `\\${special}`;
  });
  return new RegExp(`^${source}$`, 'i');
}

function regexp(source: string): RegExp {
  try {
    return new RegExp(`^(?:${source})$`);
  } catch {
    throw queryError('BAD_VALUE', `Invalid regular expression '${source}'.`);
  }
}
