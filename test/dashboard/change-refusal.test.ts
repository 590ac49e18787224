import { expect, it } from 'vitest';
import { describeError } from '../../dashboard/src/api/describe-error.ts';
import { spokenRefusal } from '../../dashboard/src/pages/changes/refusal.ts';
import { violatedBy } from '../../functions/integrations/manage-changes/decide-change.ts';
import { ConextError } from '../../sdks/javascript/src/errors.ts';
import type { ChangeOperation } from '../../sdks/javascript/src/generated/api.ts';

const operations = [{ index: 0, object: { name: 'Brand' } }] as ChangeOperation[];

/** As the gateway makes a problem of what the function throws. */
function refusal(): ConextError {
  const thrown = violatedBy([
    {
      rule: 'spacing',
      outcome: 'violated',
      operation: 0,
      unit: 'minutes',
      currency: null,
      limit: 10,
      value: 3,
      message: 'The last change of this object was 3 minutes ago; 10 have to lie between two.',
    },
    {
      rule: 'workspace-ceiling-day',
      outcome: 'violated',
      operation: null,
      unit: 'micros',
      currency: 'EUR',
      limit: 1,
      value: 2,
      message: 'Too much.',
    },
  ]);
  if (thrown === undefined) throw new Error('Nothing is violated.');
  return new ConextError({
    type: 'https://conext.example/problems/conflict',
    title: 'It cannot be done now',
    status: 409,
    code: 'conflict',
    detail: thrown.message,
    requestId: 'request-1',
    errors: thrown.fields,
  });
}

it('tells a refused decision by the names of objects and guardrails', () => {
  const told = describeError(spokenRefusal(refusal(), operations), true);
  expect(told.detail).toBe(
    [
      'A guardrail of the workspace is violated.',
      'Brand: Time between two changes: The last change of this object was 3 minutes ago; 10 have to lie between two. (limit 10, value 3)',
      'The change: Ceiling of the workspace, a day: Too much. (limit 1, value 2)',
    ].join(' '),
  );
  expect(told.requestId).toBe('request-1');
});

it('leaves every other error as it is', () => {
  const error = new Error('The network is down.');
  expect(spokenRefusal(error, operations)).toBe(error);
});
