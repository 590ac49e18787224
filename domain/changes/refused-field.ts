import type { Operation } from '../../contracts/schemas/changes.ts';

/** `Google Ads POLICY_FINDING: creative.headlines.1: …`: connectors name our field before the platform’s words where they know it. */
const named = /: ([a-z][A-Za-z]*)((?:\.[A-Za-z0-9]+)*): /;
/** Fields that a refusal may miss. */
const mayBeMissing: ReadonlySet<string> = new Set([
  'dailyBudget',
  'bidding',
  'targeting',
  'conversion',
  'startDate',
  'endDate',
]);

/** The field of an operation that a refusal is about; a word of the platform’s own that is no field of ours says nothing of one. */
export function refusedField(message: string, operation: Operation): string {
  const [, first, rest = ''] = named.exec(message) ?? [];
  return first !== undefined && (Object.hasOwn(operation, first) || mayBeMissing.has(first))
    ? `${first}${rest}`
    : 'target';
}
