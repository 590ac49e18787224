import { ConextError } from '../../../../sdks/javascript/src/errors.ts';
import type { ChangeOperation } from '../../../../sdks/javascript/src/generated/api.ts';
import { ruleNames } from './change-words.ts';

const names: Readonly<Record<string, string>> = ruleNames;

/** `operations.2.dailyBudget.micros` → the name of the third object, and the field. */
function placeText(field: string, operations: readonly ChangeOperation[]): string {
  const found = /^operations\.(\d+)\.?(.*)$/.exec(field);
  if (found === null) return field === 'operations' ? 'The change' : field;
  const [, index = '', rest = ''] = found;
  const name = operations.find((one) => one.index === Number(index))?.object.name ?? `Operation ${Number(index) + 1}`;
  return rest === '' ? name : `${name}, ${rest}`;
}

/** `spacing: The last change …` → `Time between two changes: The last change …` */
const ruleText = (message: string): string => message.replace(/^([a-z0-9-]+)(?=: )/, (rule) => names[rule] ?? rule);

/** A refused decision for whoever took it: objects and guardrails by their names, where the API says paths and ids. */
export function spokenRefusal(error: unknown, operations: readonly ChangeOperation[]): unknown {
  if (!(error instanceof ConextError)) return error;
  const { detail, errors } = error.problem;
  if (errors === undefined) return error;
  return new ConextError({
    ...error.problem,
    // What callers of the API are told to look at stands below it here.
    ...(detail !== undefined && { detail: detail.replace(/; `errors` [^.]*\./, '.') }),
    errors: errors.map(({ field, message }) => ({ field: placeText(field, operations), message: ruleText(message) })),
  });
}
