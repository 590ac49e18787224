import { PlatformError, type PlatformErrorKind } from '../../domain/integrations/platform.ts';

/** What is known of a call that failed, beside its answer. */
export interface AnswerContext {
  /** Header `x-li-uuid`. */
  readonly requestId?: string | undefined;
  /** The version the call asked for. */
  readonly version: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Texts that must not reach a message: tokens and keys of this connection. */
  readonly secrets: readonly string[];
}

/** Statuses that stand for themselves; the others are the server's (5xx) or the request's. */
const kindsByStatus: Readonly<Record<number, PlatformErrorKind>> = {
  401: 'unauthorized',
  403: 'unauthorized',
  408: 'unavailable',
  429: 'rate-limited',
};

/** The window of the limit on metric values is five minutes; half a minute more so that all of it has passed. */
const volumeWaitSeconds = 330;
const dayMs = 86_400_000;

/** An answer that says no: `{ status, serviceErrorCode, code, message }`, a proxy's page, nothing at all. */
export function errorFromAnswer(status: number, body: string, context: AnswerContext): PlatformError {
  const told = parse(body);
  const code = text(told?.code) ?? `HTTP_${status}`;
  if (status === 426) return versionGone(code, context);
  const kind = kindsByStatus[status] ?? (status >= 500 ? 'unavailable' : 'rejected');
  const message = explanation(told) ?? `answered HTTP ${status} without an explanation`;
  return platformError(
    kind,
    code,
    message,
    context,
    status === 429 ? throttleSeconds(message, context.now) : undefined,
  );
}

/**
 * How long LinkedIn means by 429; it sends no header. Its allowances are daily and begin anew at UTC midnight, but for the 45 million
 * metric values of five minutes, which the message names (learn.microsoft.com/linkedin: rate limits; ads reporting, restrictions).
 */
function throttleSeconds(message: string, now: number): number {
  if (/metric values|45 ?million|data request limit/i.test(message)) return volumeWaitSeconds;
  return Math.ceil((dayMs - (now % dayMs)) / 1_000);
}

function versionGone(code: string, context: AnswerContext): PlatformError {
  const message = `LinkedIn does not answer version ${context.version} of its API (any more); set a newer one as "apiVersion.linkedin-ads" in the settings`;
  return platformError('rejected', code === 'HTTP_426' ? 'NONEXISTENT_VERSION' : code, message, context);
}

/** RFC 6749, section 5.2, as LinkedIn's token endpoint answers it. */
export function errorFromTokenAnswer(status: number, body: string, context: AnswerContext): PlatformError {
  const told = parse(body);
  const code = text(told?.error) ?? `HTTP_${status}`;
  if (status === 429) {
    return platformError(
      'rate-limited',
      code,
      'the token endpoint asks to slow down',
      context,
      throttleSeconds('', context.now),
    );
  }
  if (status >= 500) return platformError('unavailable', code, `the token endpoint answered HTTP ${status}`, context);
  const message = 'the refresh token or client is no longer accepted; connect the account again';
  return platformError('unauthorized', code, message, context);
}

/** An answer that began well and is no usable JSON: cut off, garbage, or not what the protocol promises. */
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

/** LinkedIn did not know the access token it was shown; a new one may help. 403 is a role that is missing: it would not. */
export const isStaleToken = (error: unknown): boolean =>
  error instanceof PlatformError && error.kind === 'unauthorized' && staleTokenCodes.has(error.platformCode ?? '');

const staleTokenCodes: ReadonlySet<string> = new Set([
  'HTTP_401',
  'UNAUTHORIZED',
  'INVALID_ACCESS_TOKEN',
  'EXPIRED_ACCESS_TOKEN',
  'REVOKED_ACCESS_TOKEN',
  'EMPTY_ACCESS_TOKEN',
]);

export function platformError(
  kind: PlatformErrorKind,
  code: string,
  message: string,
  context: AnswerContext,
  retryAfterSeconds?: number,
): PlatformError {
  return new PlatformError(kind, `LinkedIn Ads ${code}: ${readable(message, context.secrets)}`, {
    platform: 'linkedin-ads',
    platformCode: code,
    ...(context.requestId === undefined ? {} : { platformRequestId: context.requestId }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

/** The message, and which parameter it is about. */
function explanation(told: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const message = text(told?.message);
  const [input] = list(record(told?.errorDetails)?.inputErrors);
  const detail = text(record(input)?.description);
  const path = text(record(record(record(input)?.input)?.inputPath)?.fieldPath);
  return [message, path && detail && `${path}: ${detail}`].filter(Boolean).join(' ') || undefined;
}

/** One line of at most 300 characters without the connection's secrets, nor anything that looks like a token. */
function readable(message: string, secrets: readonly string[]): string {
  let line = message;
  for (const secret of secrets) if (secret.length > 0) line = line.replaceAll(secret, '[secret]');
  line = line
    .replaceAll(/\bAQ[\w-]{20,}|Bearer\s+[\w.~+/-]+=*/gi, '[secret]')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line.length > 300 ? `${line.slice(0, 297)}...` : line;
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

function parse(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return record(JSON.parse(body));
  } catch {
    return undefined;
  }
}

const record = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
