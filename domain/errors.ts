import type { ProblemCode } from '../contracts/schemas/problem.ts';

/** Codes that are worth trying again unchanged. */
const retryableCodes: ReadonlySet<AppErrorCode> = new Set(['rate-limited', 'unavailable', 'timeout']);

/** The closed set: one code for callers over HTTP and for `ErrorEquals` in a state machine alike. */
export type AppErrorCode = ProblemCode;

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/**
 * An outcome nobody planned, or one a caller must hear of. `name` is `AppError.<code>`: that is what Lambda reports as the
 * error type and what a state machine matches. The message of every code but `internal` is written for the caller.
 */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly retryable: boolean;
  readonly fields: readonly FieldError[];

  constructor(
    code: AppErrorCode,
    message: string,
    details: { readonly cause?: unknown; readonly retryable?: boolean; readonly fields?: readonly FieldError[] } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = `AppError.${code}`;
    this.code = code;
    this.retryable = details.retryable ?? retryableCodes.has(code);
    this.fields = details.fields ?? [];
  }
}
