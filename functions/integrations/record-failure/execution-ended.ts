import * as z from 'zod/mini';
import { etlInput } from '../../../contracts/etl.ts';
import { AppError } from '../../../domain/errors.ts';
import type { Failure } from './record-failure.ts';

/**
 * EventBridge's "Step Functions Execution Status Change" of an execution that did not come to its own end: cut off at its
 * time limit, stopped from outside, or failed where no Catch applies.
 */
export const executionEnded = z.object({
  source: z.literal('aws.states'),
  detail: z.object({
    status: z.enum(['FAILED', 'TIMED_OUT', 'ABORTED']),
    /** The execution's input as JSON text. */
    input: z.string(),
    error: z.optional(z.nullable(z.string())),
  }),
});
type ExecutionEnded = z.infer<typeof executionEnded>;

const errors = { TIMED_OUT: 'States.Timeout', ABORTED: 'Execution.Aborted' } as const;

/** The failure of the whole run that the event tells of. A run that wrote its end itself is not changed by it. */
export function failureOf({ detail: { status, input, error } }: ExecutionEnded): Failure {
  const { workspaceId, runId, attempt = 1 } = parse(input);
  const name = status === 'FAILED' ? error : errors[status];
  return {
    workspaceId,
    runId,
    itemId: null,
    accountId: null,
    attempt,
    error: typeof name === 'string' ? { Error: name } : {},
  };
}

function parse(input: string): z.infer<typeof etlInput> {
  try {
    return etlInput.parse(JSON.parse(input));
  } catch (cause) {
    throw new AppError('invalid-request', 'The execution that ended was not started for a run.', { cause });
  }
}
