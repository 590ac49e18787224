/** A failure as a state machine hands it to its Catch. `Cause` of a function is JSON with what Lambda reported. */
export interface CaughtError {
  readonly Error?: string | undefined;
  readonly Cause?: string | undefined;
}

/** Failures whose own words are written for people: platform refusals and every expected error but the internal one. */
const speaksToPeople = /^(PlatformError\.[a-z-]+|AppError\.(?!internal$)[a-z-]+)$/;
const maximumLength = 500;

const known: Readonly<Record<string, string>> = {
  'States.Timeout': 'It took too long and was stopped. It is tried again with the next run.',
  'States.HeartbeatTimeout': 'It stopped responding and was ended. It is tried again with the next run.',
  'Execution.Aborted': 'It was stopped from outside before it was finished. Load the same days again.',
  'Sandbox.Timedout': 'It took too long and was stopped. It is tried again with the next run.',
  'Runtime.ExitError': 'It ran out of memory or was ended. Load a shorter window.',
  'Runtime.OutOfMemory': 'It ran out of memory. Load a shorter window.',
};
const internal = 'Something went wrong on our side. It is in the logs under this run’s id.';

/** What went wrong, for the person who looks at the run: no stack, no internals, no names of ours. */
export function failureMessage(caught: CaughtError): string {
  const name = caught.Error ?? '';
  if (!speaksToPeople.test(name)) return known[name] ?? internal;
  const message = messageOf(caught.Cause);
  return message === '' ? internal : message.slice(0, maximumLength);
}

/** The same for an error at hand. */
export const errorMessage = (error: unknown): string =>
  error instanceof Error
    ? failureMessage({ Error: error.name, Cause: JSON.stringify({ errorMessage: error.message }) })
    : internal;

function messageOf(cause: string | undefined): string {
  try {
    const parsed: unknown = JSON.parse(cause ?? '');
    if (typeof parsed === 'object' && parsed !== null && 'errorMessage' in parsed) {
      return typeof parsed.errorMessage === 'string' ? parsed.errorMessage : '';
    }
  } catch {
    // Not JSON: nothing of it was written for people.
  }
  return '';
}
