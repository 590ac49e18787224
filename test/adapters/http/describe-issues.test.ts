import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { fieldErrorsOf } from '../../../adapters/http/describe-issues.ts';

const target = z.union([
  z.strictObject({ campaignId: z.string().check(z.regex(/^cmp_/)) }),
  z.strictObject({ adGroupId: z.string() }),
]);
const body = z.strictObject({
  operations: z.array(
    z.discriminatedUnion('do', [
      z.strictObject({ do: z.literal('rename'), target, name: z.string() }),
      z.strictObject({ do: z.literal('remove'), target }),
    ]),
  ),
});

const errorsOf = (operation: unknown) => {
  const { error } = body.safeParse({ operations: [operation] }, { reportInput: true });
  return fieldErrorsOf(error?.issues ?? [], 'body');
};

describe('what is said of a field that may be one of several things', () => {
  it('names the choices where none of them was meant', () => {
    expect(errorsOf({ do: 'bogus' })).toEqual([{ field: 'operations.0.do', message: 'must be one of rename, remove' }]);
    expect(errorsOf({ do: 'remove', target: {} })).toEqual([
      { field: 'operations.0.target', message: 'must have campaignId, or adGroupId' },
    ]);
    expect(errorsOf({ do: 'remove', target: { campaign: 'cmp_1' } })).toEqual([
      { field: 'operations.0.target', message: 'must have campaignId, or adGroupId' },
    ]);
  });

  it('says what stands against the one that was meant', () => {
    expect(errorsOf({ do: 'remove', target: { campaignId: 'x' } })).toEqual([
      { field: 'operations.0.target.campaignId', message: 'must match /^cmp_/' },
    ]);
    expect(errorsOf({ do: 'rename', target: { adGroupId: 'x' }, nam: 'y' })).toEqual([
      { field: 'operations.0.name', message: 'is required' },
      { field: 'operations.0.nam', message: 'is not known' },
    ]);
  });

  it('names the whole where no field is at fault', () => {
    expect(fieldErrorsOf(body.safeParse(3, { reportInput: true }).error?.issues ?? [], 'body')).toEqual([
      { field: 'body', message: 'must be an object' },
    ]);
  });
});
