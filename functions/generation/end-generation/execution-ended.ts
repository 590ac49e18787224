import * as z from 'zod/mini';
import { type EndInput, generationInput } from '../../../contracts/generation.ts';
import { AppError } from '../../../domain/errors.ts';

/** EventBridge's "Step Functions Execution Status Change" of an execution that could not write its end itself. */
export const executionEnded = z.object({
  source: z.literal('aws.states'),
  detail: z.object({
    status: z.enum(['FAILED', 'TIMED_OUT', 'ABORTED']),
    /** The execution's input as JSON text. */
    input: z.string(),
    error: z.optional(z.nullable(z.string())),
  }),
});

const errors = { TIMED_OUT: 'States.Timeout', ABORTED: 'Execution.Aborted' } as const;

export function endOf({ detail: { status, input, error } }: z.infer<typeof executionEnded>): EndInput {
  const name = status === 'FAILED' ? error : errors[status];
  try {
    return {
      ...generationInput.parse(JSON.parse(input)),
      end: 'failed',
      error: typeof name === 'string' ? { Error: name } : {},
    };
  } catch (cause) {
    throw new AppError('invalid-request', 'The execution that ended was not started for a run.', { cause });
  }
}
