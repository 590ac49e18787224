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

/**
 * Every invalid field with its path (`accountIds.0`) and what to send instead. `whole` names the thing itself, for issues
 * that belong to no field. What was sent is never repeated.
 */
export function fieldErrorsOf(issues: readonly Issue[], whole: string): FieldError[] {
  return issues.flatMap((issue): FieldError[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: [...issue.path, key].join('.').slice(0, 200), message: 'is not known' }))
      : [{ field: issue.path.length === 0 ? whole : issue.path.join('.'), message: message(issue) }],
  );
}
