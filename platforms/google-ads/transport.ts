import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { ReadPolicy } from '../read-policy.ts';
import { AnswerGuard } from './answer-guard.ts';
import { type AnswerContext, errorFromAnswer, timedOut, unreachable } from './errors.ts';

/** The part of an axios request config that the package fills in for a REST call. */
export interface RestRequest {
  readonly url?: string | undefined;
  readonly headers: { toJSON(): Readonly<Record<string, unknown>> };
  readonly data?: unknown;
}

export interface TransportOptions {
  readonly policy: ReadPolicy;
  readonly signal: AbortSignal | undefined;
  readonly secrets: () => readonly string[];
}

/** An error answer longer than this is read no further: it is a page of some proxy. */
const longestError = 64 * 1024;

/**
 * Carries the package's searchStream calls in place of axios' own adapter, which knows no timeout between the pieces of
 * an answer and hides the status of a failed stream. Answers are streams; failures are `PlatformError`s from the start,
 * which the package lets through untouched.
 */
export function restTransport(options: TransportOptions) {
  return async (config: RestRequest) => {
    const { policy } = options;
    const answerTimer = new AbortController();
    const timer = setTimeout(() => answerTimer.abort(), policy.answerTimeoutMs);
    const whole = AbortSignal.timeout(policy.totalTimeoutMs);
    const signals = [answerTimer.signal, whole, ...(options.signal ? [options.signal] : [])];
    const bare: AnswerContext = { secrets: options.secrets() };
    try {
      const response = await fetch(config.url ?? '', {
        method: 'POST',
        headers: headersOf(config),
        body: String(config.data ?? ''),
        signal: AbortSignal.any(signals),
        redirect: 'error',
      });
      const context = contextOf(response.headers, bare);
      if (!response.ok) throw errorFromAnswer(response.status, await beginningOf(response), context);
      return {
        data: guarded(response, policy, whole, context),
        status: response.status,
        statusText: response.statusText,
        headers: Object.fromEntries(response.headers),
        config,
        request: undefined,
      };
    } catch (error) {
      options.signal?.throwIfAborted();
      if (answerTimer.signal.aborted) throw timedOut('no answer', policy.answerTimeoutMs, bare);
      if (whole.aborted) throw timedOut('no complete answer', policy.totalTimeoutMs, bare);
      throw isTypeError(error) ? unreachable(error, bare) : error;
    } finally {
      clearTimeout(timer);
    }
  };
}

function guarded(response: Response, policy: ReadPolicy, whole: AbortSignal, context: AnswerContext): Readable {
  const guard = new AnswerGuard(policy.idleTimeoutMs, context);
  const body = response.body ? Readable.fromWeb(response.body as ReadableStream) : Readable.from([]);
  body.on('error', (error) => {
    guard.destroy(
      whole.aborted ? timedOut('no complete answer', policy.totalTimeoutMs, context) : unreachable(error, context),
    );
  });
  // The guard reports what goes wrong; this only carries bytes and closes both ends.
  pipeline(body, guard).catch(() => undefined);
  return guard;
}

async function beginningOf(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes >= longestError) break;
  }
  return Buffer.concat(pieces).toString('utf8');
}

function contextOf(headers: Headers, bare: AnswerContext): AnswerContext {
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN);
  return {
    ...bare,
    requestId: headers.get('request-id') ?? undefined,
    retryAfterSeconds: Number.isFinite(retryAfter) && retryAfter >= 0 ? retryAfter : undefined,
  };
}

function headersOf(config: RestRequest): Record<string, string> {
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(config.headers.toJSON())) {
    if (value !== undefined && value !== null && value !== false) own[name] = String(value);
  }
  return own;
}

/** `fetch` reports everything that kept it from an answer as a TypeError with the system's error as cause. */
function isTypeError(error: unknown): boolean {
  return error instanceof TypeError;
}
