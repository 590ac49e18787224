import { PlatformError, type PlatformErrorKind } from '../../domain/integrations/platform.ts';

/** What is known of a call that failed, beside its answer. */
export interface AnswerContext {
  readonly requestId?: string | undefined;
  /** Texts that must not reach a message: tokens and keys of this connection. */
  readonly secrets: readonly string[];
}

/** Which bucket a refusal is about. */
export type Refused = 'app' | 'advertiser';

/**
 * TikTok answers HTTP 200 and says in `code` what it thinks. Unlisted codes are requests that repeating does not mend; so is 40001, no
 * permission: an advertiser that is suspended or taken from the app says no more about the others.
 */
const kindsByCode: Readonly<Record<number, PlatformErrorKind>> = {
  40016: 'rate-limited',
  40100: 'rate-limited',
  40102: 'unauthorized',
  40103: 'unauthorized',
  40104: 'unauthorized',
  40105: 'unauthorized',
  40106: 'unauthorized',
  40107: 'unauthorized',
  40133: 'rate-limited',
  // Somebody writes to the same object at this moment.
  40202: 'unavailable',
  60001: 'unavailable',
};
/** 50000 and the like: TikTok's own trouble. */
const theirTrouble = (code: number): boolean => code >= 50_000 && code < 60_000;

const refusals: Readonly<Record<string, Refused>> = {
  40016: 'app',
  40100: 'app',
  40133: 'advertiser',
  HTTP_429: 'app',
};

/** Codes after which a new access token may help: expired, or not the one TikTok knows. */
const staleTokenCodes: ReadonlySet<string> = new Set(['40102', '40105', 'HTTP_401']);

/**
 * A second is overdrawn when calls that left evenly arrived together: everybody holds back for a moment, and the call that was refused
 * for the whole second, after which no second can be the reason.
 */
export const overdrawnSecond = { everybodySeconds: 0.25, callerMs: 1_000 };
/** Who is refused again after that has overdrawn the minute, and TikTok keeps the app out for so long. */
export const overdrawnMinuteSeconds = 300;

/** An envelope whose code is not 0. */
export function errorFromCode(code: number, message: string, context: AnswerContext): PlatformError {
  const kind = kindsByCode[code] ?? (theirTrouble(code) ? 'unavailable' : 'rejected');
  return platformError(kind, String(code), message || 'refused without an explanation', context);
}

/** An HTTP status that is no success and no envelope: a proxy, a gateway, an outage. */
export function errorFromStatus(status: number, context: AnswerContext): PlatformError {
  const kind: PlatformErrorKind =
    status === 429
      ? 'rate-limited'
      : status === 401 || status === 403
        ? 'unauthorized'
        : status >= 500 || status === 408
          ? 'unavailable'
          : 'rejected';
  return platformError(kind, `HTTP_${status}`, `answered HTTP ${status} without an explanation`, context);
}

/** An answer that began well and is not what v1.3 promises: cut off, garbage, other fields. */
export function unreadableAnswer(what: string, context: AnswerContext): PlatformError {
  return platformError('unavailable', 'UNREADABLE_ANSWER', what, context);
}

/** No answer at all: refused or reset connections, name resolution. */
export function unreachable(error: unknown, context: AnswerContext): PlatformError {
  const code = systemCode(error);
  return platformError('unavailable', code, `could not be reached or stopped answering (${code})`, context);
}

export function timedOut(what: string, milliseconds: number, context: AnswerContext): PlatformError {
  return platformError('unavailable', 'TIMEOUT', `${what} within ${milliseconds} ms`, context);
}

export const isStaleToken = (error: unknown): boolean =>
  error instanceof PlatformError && error.kind === 'unauthorized' && staleTokenCodes.has(error.platformCode ?? '');

/** Who drew too much, when the answer says so; not when a permit of our own was missing. */
export const refusedBy = (error: unknown): Refused | undefined =>
  error instanceof PlatformError ? refusals[error.platformCode ?? ''] : undefined;

/** The same error with how long to stay away. */
export function withWait(error: PlatformError, seconds: number): PlatformError {
  return new PlatformError(error.kind, error.message, {
    platform: error.platform,
    ...(error.platformCode === undefined ? {} : { platformCode: error.platformCode }),
    ...(error.platformRequestId === undefined ? {} : { platformRequestId: error.platformRequestId }),
    retryAfterSeconds: seconds,
    cause: error,
  });
}

export function platformError(
  kind: PlatformErrorKind,
  code: string,
  message: string,
  context: AnswerContext,
): PlatformError {
  return new PlatformError(kind, `TikTok Ads ${code}: ${readable(message, context.secrets)}`, {
    platform: 'tiktok-ads',
    platformCode: code,
    ...(context.requestId === undefined ? {} : { platformRequestId: context.requestId }),
  });
}

/** One line of at most 300 characters without the connection's secrets. */
function readable(message: string, secrets: readonly string[]): string {
  let text = message;
  for (const secret of secrets) if (secret.length > 0) text = text.replaceAll(secret, '[secret]');
  text = text.replaceAll(/\s+/g, ' ').trim();
  return text.length > 300 ? `${text.slice(0, 297)}...` : text;
}

/** Node and undici put the system's code (`ECONNRESET`) somewhere down the chain of causes. */
function systemCode(error: unknown): string {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if ('code' in current && typeof current.code === 'string') return current.code;
    current = current.cause;
  }
  return 'NETWORK_ERROR';
}
