/** The errors a state can report, and which Retry and Catch names they answer to. */

/** A state failed; Retry and Catch may handle it. */
export class StateFailure extends Error {
  /** The error name as ASL knows it: `States.Timeout`, a function's `errorType`, `DynamoDB.ConditionalCheckFailedException`. */
  readonly error: string;
  readonly failureCause: string;

  constructor(error: string, failureCause: string) {
    super(`${error}: ${failureCause}`);
    this.name = 'StateFailure';
    this.error = error;
    this.failureCause = failureCause;
  }
}

/** The whole execution ends, whatever its states would catch. */
export class ExecutionEnd extends Error {
  readonly status: 'ABORTED' | 'TIMED_OUT' | 'FAILED';
  readonly error: string | undefined;
  readonly failureCause: string | undefined;

  constructor(status: 'ABORTED' | 'TIMED_OUT' | 'FAILED', error?: string, failureCause?: string) {
    super(`${status} ${error ?? ''} ${failureCause ?? ''}`);
    this.name = 'ExecutionEnd';
    this.status = status;
    this.error = error;
    this.failureCause = failureCause;
  }
}

/** A branch or iteration was given up because a sibling failed; nobody reports it. */
export class SiblingFailed extends Error {}

/** Not matched by `States.ALL` nor `States.TaskFailed`; only by their own names (Step Functions guide, "Error names"). */
const terminalErrors: ReadonlySet<string> = new Set(['States.DataLimitExceeded', 'States.Runtime']);

/** `States.Timeout` also answers for a missed heartbeat (Amazon States Language, "Errors"). */
const timeouts: ReadonlySet<string> = new Set(['States.Timeout', 'States.HeartbeatTimeout']);

const wildcards: Readonly<Record<string, (error: string) => boolean>> = {
  'States.ALL': (error) => !terminalErrors.has(error),
  'States.TaskFailed': (error) => !terminalErrors.has(error) && !timeouts.has(error),
  'States.Timeout': (error) => timeouts.has(error),
};

export function matchesError(errorEquals: readonly string[], error: string): boolean {
  return errorEquals.some((name) => name === error || (wildcards[name]?.(error) ?? false));
}

/** Names beginning with `States.` are reserved; anything else in ErrorEquals is a typing error that would never match. */
export const knownStatesErrors: ReadonlySet<string> = new Set([
  'States.ALL',
  'States.DataLimitExceeded',
  'States.ExceedToleratedFailureThreshold',
  'States.HeartbeatTimeout',
  'States.ItemReaderFailed',
  'States.NoChoiceMatched',
  'States.Permissions',
  'States.QueryEvaluationError',
  'States.ResultWriterFailed',
  'States.Runtime',
  'States.TaskFailed',
  'States.Timeout',
]);

/** State input, output, arguments and results: 256 KiB of UTF-8 JSON (Step Functions quotas). */
export const MAX_PAYLOAD_BYTES = 262_144;

export function checkSize(json: string, what: string): string {
  // A UTF-16 unit is at most three bytes: only strings near the limit need counting.
  if (json.length * 3 > MAX_PAYLOAD_BYTES && Buffer.byteLength(json) > MAX_PAYLOAD_BYTES) {
    throw new StateFailure(
      'States.DataLimitExceeded',
      `${what} exceeds the maximum of ${MAX_PAYLOAD_BYTES} bytes: it has ${Buffer.byteLength(json)}.`,
    );
  }
  return json;
}
