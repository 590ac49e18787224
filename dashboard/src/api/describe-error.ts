import { ConextConnectionError, ConextError } from '../../../sdks/javascript/src/errors.ts';
import { SessionEndedError } from '../session/sign-in.ts';

export interface ErrorDescription {
  readonly kind: 'session-ended' | 'offline' | 'problem';
  readonly title: string;
  readonly detail?: string;
  /** To quote when asking for help. */
  readonly requestId?: string;
}

/** What went wrong in words for a person, and what kind of help there is. */
export function describeError(error: unknown, online: boolean): ErrorDescription {
  if (error instanceof SessionEndedError || (error instanceof ConextError && error.status === 401)) {
    return { kind: 'session-ended', title: 'Your session has ended', detail: 'Sign in again to go on where you were.' };
  }
  if (error instanceof ConextError) {
    const { title, detail, errors = [] } = error.problem;
    const sentences = [detail, ...errors.map(({ field, message }) => `${field}: ${message}`)].filter(Boolean);
    return {
      kind: 'problem',
      title,
      ...(sentences.length > 0 && { detail: sentences.join(' ') }),
      ...(error.requestId !== '' && { requestId: error.requestId }),
    };
  }
  if (!online) {
    return {
      kind: 'offline',
      title: 'You are offline',
      detail: 'What you see may be old. It loads again when the connection is back.',
    };
  }
  if (error instanceof ConextConnectionError) {
    return { kind: 'problem', title: 'The API did not answer', detail: error.message };
  }
  return {
    kind: 'problem',
    title: 'Something went wrong on this page',
    detail: error instanceof Error ? error.message : String(error),
  };
}
