/** What Bedrock answers instead of a result, by the names of its errors. */

/** Errors after which the same call may succeed, as the service names them. */
const passing: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'ServiceUnavailableException',
  'InternalServerException',
  'ModelNotReadyException',
  'ModelTimeoutException',
  'TimeoutError',
]);
const throttling: ReadonlySet<string> = new Set(['ThrottlingException', 'ServiceQuotaExceededException']);
const timing: ReadonlySet<string> = new Set(['ModelTimeoutException', 'TimeoutError', 'AbortError']);

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');
export const mayPass = (error: unknown): boolean =>
  passing.has(nameOf(error)) || (error instanceof Error && 'code' in error && error.code === 'ECONNRESET');

/** The service's message may quote the prompt; its name is enough to act on. */
export function describeFailure(error: unknown): {
  readonly kind: 'throttled' | 'timed-out' | 'unavailable';
  readonly reason: string;
} {
  const name = nameOf(error) || 'unknown error';
  const kind = throttling.has(name) ? 'throttled' : timing.has(name) ? 'timed-out' : 'unavailable';
  return { kind, reason: `Bedrock answered ${name}.` };
}
