import type { Operation } from '../../contracts/schemas/changes.ts';
import type { FieldError } from '../errors.ts';
import { dayInZone } from '../integrations/calendar-day.ts';
import type { KnownAccount } from './resolve-operations.ts';

/** What a name may hold in braces, filled in at the preview, where the whole name is then to be seen. */
export const namePlaceholders = ['platform', 'account', 'type', 'objective', 'countries', 'date', 'month'] as const;
type NamePlaceholder = (typeof namePlaceholders)[number];

const longest = 255;

/** What each placeholder stands for; undefined where the operation has no such thing. `now` in epoch milliseconds. */
function valuesOf(operation: Operation, account: KnownAccount, now: number): Partial<Record<NamePlaceholder, string>> {
  const date = dayInZone(now, account.timeZone);
  const countries = 'targeting' in operation ? operation.targeting?.countries?.join('+') : undefined;
  return {
    platform: account.platform,
    account: account.name,
    date,
    month: date.slice(0, 7),
    ...(operation.do === 'create-campaign' && { type: operation.type, objective: operation.objective }),
    ...(countries !== undefined && { countries }),
  };
}

export type Named = { readonly operation: Operation } | { readonly problem: FieldError };

/** The operation with its name filled in: `{platform} {objective} {countries} {month}`. A name without braces stays as it is. */
export function withName(operation: Operation, account: KnownAccount, now: number): Named {
  // An object that is there may have braces in its name: only what is made is named by a template.
  if (!('ref' in operation) || !/[{}]/.test(operation.name)) return { operation };
  const values: Readonly<Record<string, string | undefined>> = valuesOf(operation, account, now);
  const unknown: string[] = [];
  const name = operation.name.replace(/\{([^{}]*)\}/g, (whole, placeholder: string) => {
    const value = Object.hasOwn(values, placeholder) ? values[placeholder] : undefined;
    if (value === undefined) unknown.push(whole);
    return value ?? whole;
  });
  if (unknown.length > 0) {
    const known = Object.keys(values).map((one) => `{${one}}`);
    return {
      problem: { field: 'name', message: `${unknown.join(', ')} is not known here; there are ${known.join(', ')}` },
    };
  }
  if (name.length > longest) {
    return { problem: { field: 'name', message: `is ${name.length} characters once filled in; at most ${longest}` } };
  }
  return { operation: { ...operation, name } };
}
