import { PlatformError, type PlatformErrorKind } from '../../domain/integrations/platform.ts';
import { type Failure, failureIn, statusIn } from './failure.ts';
import { fieldNamed } from './write-fields.ts';

/** What is known of a call that failed, beside its answer. */
export interface AnswerContext {
  /** Header `request-id`. */
  readonly requestId?: string | undefined;
  /** Header `retry-after`, seconds. */
  readonly retryAfterSeconds?: number | undefined;
  /** Texts that must not reach a message: tokens and keys of this connection. */
  readonly secrets: readonly string[];
}

/**
 * Error codes by category and name; `*` is the rest of a category. Everything unlisted is a request that will not get
 * better by repeating it. Source: the error enums of API v25.
 */
const kindsByCode: Readonly<Record<string, Readonly<Record<string, PlatformErrorKind>>>> = {
  quotaError: { ACCESS_PROHIBITED: 'rejected', '*': 'rate-limited' },
  authenticationError: { CUSTOMER_NOT_FOUND: 'rejected', CLIENT_CUSTOMER_ID_INVALID: 'rejected', '*': 'unauthorized' },
  authorizationError: {
    USER_PERMISSION_DENIED: 'unauthorized',
    DEVELOPER_TOKEN_NOT_ON_ALLOWLIST: 'unauthorized',
    DEVELOPER_TOKEN_PROHIBITED: 'unauthorized',
    DEVELOPER_TOKEN_NOT_APPROVED: 'unauthorized',
    PROJECT_DISABLED: 'unauthorized',
    '*': 'rejected',
  },
  internalError: { '*': 'unavailable' },
  databaseError: { CONCURRENT_MODIFICATION: 'unavailable' },
};

/** gRPC status names, which REST repeats in `error.status`, and the HTTP statuses that come without one. */
const kindsByStatus: Readonly<Record<string, PlatformErrorKind>> = {
  UNAUTHENTICATED: 'unauthorized',
  PERMISSION_DENIED: 'unauthorized',
  RESOURCE_EXHAUSTED: 'rate-limited',
  UNAVAILABLE: 'unavailable',
  DEADLINE_EXCEEDED: 'unavailable',
  CANCELLED: 'unavailable',
  ABORTED: 'unavailable',
  INTERNAL: 'unavailable',
  UNKNOWN: 'unavailable',
  DATA_LOSS: 'unavailable',
  HTTP_401: 'unauthorized',
  HTTP_403: 'unauthorized',
  HTTP_408: 'unavailable',
  HTTP_429: 'rate-limited',
};

/** Codes after which a new access token may help: the platform did not know the one it was shown. */
const staleTokenCodes: ReadonlySet<string> = new Set([
  'UNAUTHENTICATED',
  'HTTP_401',
  'AUTHENTICATION_ERROR',
  'OAUTH_TOKEN_EXPIRED',
  'OAUTH_TOKEN_INVALID',
  'OAUTH_TOKEN_REVOKED',
]);

/** An answer that says no, whatever its shape: a GoogleAdsFailure, a bare status, HTML of a proxy, nothing at all. */
export function errorFromAnswer(httpStatus: number, body: string, context: AnswerContext): PlatformError {
  const parsed = parseJson(body);
  const failure = failureIn(parsed);
  if (failure) return errorFromFailure(failure, context);
  const status = statusIn(parsed);
  const name = status?.name ?? `HTTP_${httpStatus}`;
  const kind =
    kindsByStatus[name] ?? kindsByStatus[`HTTP_${httpStatus}`] ?? (httpStatus >= 500 ? 'unavailable' : 'rejected');
  return platformError(kind, name, status?.message ?? `answered HTTP ${httpStatus} without an explanation`, context);
}

export function errorFromFailure(failure: Failure, context: AnswerContext): PlatformError {
  const rules = kindsByCode[failure.category];
  const kind = rules?.[failure.code] ?? rules?.['*'] ?? 'rejected';
  const topics = failure.policyTopics.length > 0 ? ` (${failure.policyTopics.join(', ')})` : '';
  const field = failure.fieldPath === undefined ? '' : `${fieldNamed(failure.fieldPath)}: `;
  return platformError(kind, failure.code, `${field}${failure.message}${topics}`, {
    ...context,
    requestId: failure.requestId ?? context.requestId,
    retryAfterSeconds: failure.retryAfterSeconds ?? context.retryAfterSeconds,
  });
}

/** A gRPC call that failed without a GoogleAdsFailure; `status` is the status name. */
export function errorFromStatus(status: string, message: string, context: AnswerContext): PlatformError {
  return platformError(kindsByStatus[status] ?? 'rejected', status, message, context);
}

/** An answer that began well and is no usable JSON: cut off, garbage, or not what the protocol promises. */
export function unreadableAnswer(what: string, context: AnswerContext): PlatformError {
  return platformError('unavailable', 'UNREADABLE_ANSWER', what, context);
}

/** No answer at all: refused or reset connections, name resolution, timeouts. */
export function unreachable(error: unknown, context: AnswerContext): PlatformError {
  const code = systemCode(error);
  return platformError('unavailable', code, `could not be reached or stopped answering (${code})`, context);
}

export function timedOut(what: string, milliseconds: number, context: AnswerContext): PlatformError {
  return platformError('unavailable', 'TIMEOUT', `${what} within ${milliseconds} ms`, context);
}

export function isStaleToken(error: unknown): boolean {
  return (
    error instanceof PlatformError && error.kind === 'unauthorized' && staleTokenCodes.has(error.platformCode ?? '')
  );
}

export function platformError(
  kind: PlatformErrorKind,
  code: string,
  message: string,
  context: AnswerContext,
): PlatformError {
  return new PlatformError(kind, `Google Ads ${code}: ${readable(message, context.secrets)}`, {
    platform: 'google-ads',
    platformCode: code,
    ...(context.requestId === undefined ? {} : { platformRequestId: context.requestId }),
    ...(context.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: context.retryAfterSeconds }),
  });
}

/** One line of at most 300 characters without the connection's secrets, nor anything that looks like a Google token. */
function readable(message: string, secrets: readonly string[]): string {
  let text = message;
  for (const secret of secrets) if (secret.length > 0) text = text.replaceAll(secret, '[secret]');
  text = text
    .replaceAll(/\bya29\.[\w.-]+|\b1\/\/[\w-]{20,}|Bearer\s+[\w.~+/-]+=*/gi, '[secret]')
    .replaceAll(/\s+/g, ' ')
    .trim();
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

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
