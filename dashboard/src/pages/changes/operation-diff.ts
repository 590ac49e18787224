import type { ChangeOperation, FieldChange, GuardrailVerdict } from '../../../../sdks/javascript/src/generated/api.ts';
import { change, money } from '../../format/numbers.ts';
import { isFields, isMoney, itemText, labelOf, valueText } from './value-text.ts';

/** One line of what becomes different, ready to be read. */
export type DiffLine =
  | {
      readonly kind: 'value';
      readonly label: string;
      /** Null of what is new, and where the platform did not tell. */
      readonly before: string | null;
      readonly after: string;
      /** How far an amount moves: `€10.00 more (20.0%)`. */
      readonly step: string | null;
    }
  | {
      readonly kind: 'list';
      readonly label: string;
      readonly added: readonly string[];
      readonly removed: readonly string[];
      readonly kept: readonly string[];
      /** There was no list: everybody was reached, or the platform did not tell. */
      readonly wasOpen: boolean;
    };

/** Everything an operation changes, line by line; what is made is new in each. */
export function diffOf(operation: Pick<ChangeOperation, 'fields' | 'operation'>, locale?: string): DiffLine[] {
  const makes = 'ref' in operation.operation;
  return operation.fields.flatMap((field) => linesOf(field, makes, locale));
}

const targetingPrefix = 'targeting.';

function linesOf({ field, before, after }: FieldChange, makes: boolean, locale: string | undefined): DiffLine[] {
  // The targeting and the creative of what is made are many things in one field.
  if (makes && (field === 'targeting' || field === 'creative') && isFields(after)) {
    return Object.entries(after).map(([side, value]) => lineOf(side, null, value, locale));
  }
  const side = field.startsWith(targetingPrefix) ? field.slice(targetingPrefix.length) : field;
  return [lineOf(side, before, after, locale)];
}

function lineOf(field: string, before: unknown, after: unknown, locale: string | undefined): DiffLine {
  const label = labelOf(field);
  if (Array.isArray(after) || Array.isArray(before)) {
    const texts = (list: unknown): string[] =>
      Array.isArray(list) ? list.map((one) => itemText(field, one, locale)) : [];
    const [was, becomes] = [texts(before), texts(after)];
    return {
      kind: 'list',
      label,
      added: becomes.filter((one) => !was.includes(one)),
      removed: was.filter((one) => !becomes.includes(one)),
      kept: becomes.filter((one) => was.includes(one)),
      wasOpen: before === null,
    };
  }
  return {
    kind: 'value',
    label,
    before: before === null || before === undefined ? null : valueText(field, before, locale),
    after: valueText(field, after, locale),
    step: stepText(before, after, locale),
  };
}

/** Between two amounts of one currency; null where there is no step to tell. */
export function stepText(before: unknown, after: unknown, locale?: string): string | null {
  if (!isMoney(before) || !isMoney(after) || before.currency !== after.currency) return null;
  const step = after.micros - before.micros;
  if (step === 0) return null;
  const amount = money(Math.abs(step), after.currency, locale);
  const share = before.micros === 0 ? '' : ` (${change(step / before.micros, locale)})`;
  return `${amount} ${step > 0 ? 'more' : 'less'}${share}`;
}

/** The judges' mark of a raise from nothing. */
const fromNothing = Number.MAX_SAFE_INTEGER;

/** A limit or a value of a guardrail in its unit; null where there is none. */
export function verdictAmount(
  { unit, currency }: Pick<GuardrailVerdict, 'unit' | 'currency'>,
  amount: GuardrailVerdict['value'],
  locale?: string,
): string | null {
  if (amount === null) return null;
  if (typeof amount === 'string') return unit === 'status' ? valueText('status', amount, locale) : amount;
  if (unit === 'share') return amount >= fromNothing ? 'from nothing' : change(amount, locale);
  if (unit === 'minutes') return `${amount} min`;
  return unit === 'micros' && currency !== null ? money(amount, currency, locale) : String(amount);
}
