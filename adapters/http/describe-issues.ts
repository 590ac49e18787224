import type * as z from 'zod/mini';
import type { FieldError } from '../../domain/errors.ts';

type Issue = z.core.$ZodIssue;

/** What zod says when a schema has no message of its own: the language files are 80 KB, this table is not. */
const silent = 'Invalid input';

const formats: Readonly<Record<string, string>> = {
  date: 'must be a calendar day such as 2026-11-01',
  datetime: 'must be a UTC instant such as 2026-11-01T08:30:00.000Z',
};

const units: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };

function message(issue: Issue): string {
  if (issue.message !== silent && issue.message !== '') return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is required' : `must be ${article(issue.expected)}`;
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return formats[issue.format] ?? `must match ${issue.pattern ?? issue.format}`;
    case 'too_small':
      return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${units[issue.origin] ?? ''}`;
    case 'too_big':
      return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${units[issue.origin] ?? ''}`;
    default:
      return 'is not valid';
  }
}

const article = (expected: string): string =>
  expected === 'int' ? 'a whole number' : `${/^[aeiou]/.test(expected) ? 'an' : 'a'} ${expected}`;

const isMissing = (issue: Issue): boolean => issue.code === 'invalid_type' && issue.input === undefined;
/** Whether what was sent has another form than this choice of a union. */
const isOfAnotherForm = (issue: Issue): boolean =>
  issue.path.length <= 1 && (issue.code === 'unrecognized_keys' || isMissing(issue));

/** Of a union: what stands against the choice that was meant, as far as its fields tell; else what the choices are. */
function unionErrors(issue: Extract<Issue, { code: 'invalid_union' }>, field: string): FieldError[] {
  const choices = 'options' in issue ? (issue.options ?? []) : [];
  if (choices.length > 0) return [{ field, message: `must be one of ${choices.map(String).join(', ')}` }];
  const meant = issue.errors.filter((branch) => !branch.some(isOfAnotherForm));
  const [only] = meant;
  if (only !== undefined && meant.length === 1) return errorsAt(only, field);
  const wanted = issue.errors.map((branch) => branch.filter(isMissing).map((one) => one.path.join('.')));
  const told = wanted.filter((names) => names.length > 0).map((names) => names.join(' and '));
  return [{ field, message: told.length === 0 ? 'is not valid' : `must have ${[...new Set(told)].join(', or ')}` }];
}

function errorsAt(issues: readonly Issue[], within: string): FieldError[] {
  const at = (path: readonly PropertyKey[]): string =>
    [...(within === '' ? [] : [within]), ...path.map(String)].join('.').slice(0, 200);
  return issues.flatMap((issue): FieldError[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ field: at([...issue.path, key]), message: 'is not known' }));
    }
    if (issue.code === 'invalid_union' && (issue.message === silent || issue.message === '')) {
      return unionErrors(issue, at(issue.path));
    }
    return [{ field: at(issue.path), message: message(issue) }];
  });
}

/**
 * Every invalid field with its path (`accountIds.0`) and what to send instead. `whole` names the thing itself, for issues
 * that belong to no field. What was sent is never repeated.
 */
export function fieldErrorsOf(issues: readonly Issue[], whole: string): FieldError[] {
  return errorsAt(issues, '').map((error) => (error.field === '' ? { ...error, field: whole } : error));
}
