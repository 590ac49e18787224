import type { ChangeProblem, FieldChange } from '../../contracts/schemas/change-requests.ts';
import type { Money, Operation, Targeting } from '../../contracts/schemas/changes.ts';
import type { Objection, PlatformOperation, PresentObject, WriteRules } from '../integrations/platform-writer.ts';
import { moneyText } from './money-text.ts';
import type { ResolvedOperation } from './resolve-operations.ts';
import { sameContent } from './same-content.ts';
import { spendParts } from './spend-parts.ts';
import { readUtmTemplate, utmReasons } from './utm.ts';

/** What the platform was found to have, asked before anything is decided. */
export type Found =
  | { readonly kind: 'present'; readonly object: PresentObject }
  /** The platform knows no such object any more. */
  | { readonly kind: 'gone' }
  /** There is one already of what would be made. */
  | { readonly kind: 'taken'; readonly platformId: string }
  /** Nothing to be found: it is new, or what it belongs to is. */
  | { readonly kind: 'new' }
  /** It could not be asked, or the asset could not be fetched. */
  | { readonly kind: 'problem'; readonly problem: ChangeProblem };

export interface PreviewQuestion {
  readonly resolved: ResolvedOperation;
  /** As the platform would be asked; undefined where its asset could not be fetched. */
  readonly planned: PlatformOperation | undefined;
  readonly found: Found;
  readonly rules: WriteRules;
}

export interface PreviewedOperation {
  readonly resolved: ResolvedOperation;
  readonly objectName: string;
  readonly fields: readonly FieldChange[];
  readonly spend: 'increase' | 'decrease' | 'neutral';
  readonly problems: readonly ChangeProblem[];
  readonly warnings: readonly string[];
}

const problem = (field: string, reason: string, platformCode: string | null = null): ChangeProblem => ({
  field,
  reason,
  platformCode,
});

const isMoney = (value: unknown): value is Money =>
  typeof value === 'object' && value !== null && 'micros' in value && 'currency' in value;

/** Money of an operation that is not in the account’s currency, by field. */
function foreignMoney(value: unknown, path: string, currency: string): ChangeProblem[] {
  if (isMoney(value)) {
    return value.currency === currency
      ? []
      : [problem(`${path}.currency`, `is ${value.currency}; the account keeps its money in ${currency}`)];
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([field, one]) =>
    foreignMoney(one, path === '' ? field : `${path}.${field}`, currency),
  );
}

/** What each kind of change is about in the present object. */
export function changedFields(operation: Operation, present: PresentObject): FieldChange[] {
  switch (operation.do) {
    case 'set-status':
      return [{ field: 'status', before: present.status, after: operation.status }];
    case 'set-daily-budget':
      return [{ field: 'dailyBudget', before: present.dailyBudget, after: operation.dailyBudget }];
    case 'set-bidding':
      return [{ field: 'bidding', before: present.bidding, after: operation.bidding }];
    case 'rename':
      return [{ field: 'name', before: present.name, after: operation.name }];
    case 'set-targeting':
      return (Object.keys(operation.targeting) as (keyof Targeting)[]).map((side) => ({
        field: `targeting.${side}`,
        before: present.targeting?.[side] ?? null,
        after: operation.targeting[side],
      }));
    case 'remove':
      return [{ field: 'status', before: present.status, after: 'removed' }];
    default:
      return [];
  }
}

/** Fields that say where a new object stands rather than what it is. */
const places: ReadonlySet<string> = new Set(['do', 'ref', 'accountId', 'campaign', 'parent']);

const madeFields = (operation: Operation): FieldChange[] => [
  ...Object.entries(operation)
    .filter(([field, value]) => !places.has(field) && value !== undefined)
    .map(([field, value]) => ({ field, before: null, after: value as unknown })),
  ...(operation.do === 'upload-asset' ? [] : [{ field: 'status', before: null, after: 'paused' }]),
];

/** Objections of the rules; a field of which something was said already is not said twice. */
const withObjections = (problems: readonly ChangeProblem[], objections: readonly Objection[]): ChangeProblem[] => [
  ...problems,
  ...objections
    .filter((one) => !problems.some((known) => known.field === one.field || known.field.startsWith(`${one.field}.`)))
    .map(({ field, reason }) => problem(field, reason)),
];

function foundProblems({ operation, object }: ResolvedOperation, found: Found): ChangeProblem[] {
  const field = 'target' in operation ? 'target' : 'campaign' in operation ? 'campaign' : 'parent';
  if (object?.status === 'removed') {
    return [
      problem(field, `the ${object.kind} ${object.id} is removed on the platform; a removed object takes no change`),
    ];
  }
  if (found.kind === 'problem') return [found.problem];
  if (found.kind === 'gone')
    return [problem(field, 'the platform knows no such object any more; load its structure again')];
  if (found.kind === 'taken') {
    return [
      problem('name', `the platform has such an object already, with the id ${found.platformId}; take another name`),
    ];
  }
  if (found.kind === 'present' && found.object.status === 'removed') {
    return [problem(field, 'it was removed on the platform; a removed object takes no change')];
  }
  return [];
}

/** What one operation will change, what stands against it, and what it does to spend. */
export function previewOperation({ resolved, planned, found, rules }: PreviewQuestion): PreviewedOperation {
  const { operation, account, object } = resolved;
  const problems = withObjections(
    [
      ...foundProblems(resolved, found),
      ...foreignMoney(operation, '', account.currency),
      ...wrongDates(operation),
      ...wrongUtm(operation),
    ],
    planned === undefined ? [] : rules.objections(planned, { currency: account.currency }),
  );
  const present = found.kind === 'present' && 'target' in operation ? found.object : undefined;
  const fields =
    present === undefined ? ('target' in operation ? [] : madeFields(operation)) : changedFields(operation, present);
  if (
    present !== undefined &&
    operation.do === 'set-daily-budget' &&
    present.dailyBudget === null &&
    problems.length === 0
  ) {
    problems.push(
      problem('target', `this ${present.address.kind} keeps no daily budget; set it where the platform keeps it`),
    );
  }
  return {
    resolved,
    // Of what is made only the parent is there, whose name is another.
    objectName: present?.name ?? ('target' in operation ? (object?.name ?? '') : operation.name),
    fields,
    spend: spendParts(operation, fields).direction,
    problems,
    warnings: warningsOf(operation, fields, present, rules),
  };
}

const wrongDates = (operation: Operation): ChangeProblem[] =>
  'startDate' in operation &&
  operation.startDate !== undefined &&
  operation.endDate !== undefined &&
  operation.endDate < operation.startDate
    ? [problem('endDate', `lies before startDate (${operation.startDate})`)]
    : [];

const wrongUtm = (operation: Operation): ChangeProblem[] => {
  if (operation.do === 'create-ad' && operation.utmTemplate !== undefined) {
    const reasons = utmReasons(operation.utmTemplate, operation.creative.landingPageUrl);
    return reasons.length > 0 ? [problem('utmTemplate', reasons.join('; '))] : [];
  }
  if (operation.do !== 'create-campaign' || operation.utmTemplate === undefined) return [];
  const template = readUtmTemplate(operation.utmTemplate);
  return template.kind === 'refused' ? [problem('utmTemplate', template.reasons.join('; '))] : [];
};

function warningsOf(
  operation: Operation,
  fields: readonly FieldChange[],
  present: PresentObject | undefined,
  rules: WriteRules,
): string[] {
  const warnings: string[] = [];
  if (present !== undefined && fields.length > 0 && fields.every(({ before, after }) => sameContent(before, after))) {
    warnings.push('It is so already; applying it changes nothing.');
  }
  if (operation.do === 'remove') warnings.push('A removal cannot be undone.');
  if (operation.do === 'upload-asset') warnings.push('An upload stays in the platform’s library; it cannot be undone.');
  if (present?.serving) warnings.push(`The platform says of it: ${present.serving}.`);
  if ('dailyBudget' in operation && operation.dailyBudget !== undefined) {
    const { micros, currency } = operation.dailyBudget;
    const most = rules.mostSpend(micros);
    if (most.dayMicros > micros) {
      warnings.push(
        `The platform may spend up to ${moneyText(most.dayMicros, currency)} on one day and ${moneyText(most.monthMicros, currency)} in a month.`,
      );
    }
  }
  return warnings;
}
