import { type Problem, problemCodes, problemType } from '../../contracts/schemas/problem.ts';
import { AppError } from '../../domain/errors.ts';

/** AWS SDK failures that pass by themselves; everything else unknown is `internal`. */
const passing: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TooManyRequestsException',
  'ServiceUnavailable',
  'SlowDown',
]);

/** Seconds after which a caller may come back. */
const retryAfterSeconds = 2;

/** The one place where an error becomes an `AppError`. */
export function appErrorOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const name = error instanceof Error ? error.name : '';
  return new AppError(passing.has(name) ? 'unavailable' : 'internal', 'unexpected', { cause: error });
}

/** What the caller may know: a 5xx says its request id, and which parts of the request it is about where there are such. */
export function problemOf(error: AppError, requestId: string): Problem {
  const { status, title } = problemCodes[error.code];
  return {
    type: problemType(error.code),
    title,
    status,
    code: error.code,
    ...(status < 500 && { detail: error.message }),
    requestId,
    ...(error.fields.length > 0 && { errors: error.fields.map((field) => ({ ...field })) }),
  };
}

export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export function problemAnswer(error: AppError, requestId: string): HttpAnswer {
  const problem = problemOf(error, requestId);
  return {
    statusCode: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      ...(error.retryable && { 'retry-after': String(retryAfterSeconds) }),
    },
    body: JSON.stringify(problem),
  };
}
