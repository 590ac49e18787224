import type { ReadPolicy } from '../read-policy.ts';
import { type AnswerContext, timedOut, unreachable } from './errors.ts';

/** No answer of v1.3 is larger: a page of 1,000 ads with all their fields is some 10 MB. */
const largestAnswer = 64 * 1024 * 1024;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Pieces of the body as they come; throws `PlatformError` when they stop coming. */
  readonly pieces: AsyncGenerator<Uint8Array, void>;
}

/** One HTTP call under the policy's three clocks: until it answers, between two pieces, and for all of it. */
export async function call(
  url: string,
  init: RequestInit,
  policy: ReadPolicy,
  context: AnswerContext,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const hangUp = new AbortController();
  const outside = signal ? AbortSignal.any([signal, hangUp.signal]) : hangUp.signal;
  const clock = new Clock(hangUp, policy.totalTimeoutMs);
  clock.expect(policy.answerTimeoutMs, 'no answer');
  try {
    const response = await fetch(url, { ...init, redirect: 'error', signal: outside });
    return { status: response.status, headers: response.headers, pieces: piecesOf(response.body) };
  } catch (error) {
    clock.stop();
    throw failure(error);
  }

  async function* piecesOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array, void> {
    try {
      if (!body) return;
      clock.expect(policy.idleTimeoutMs, 'no more of the answer');
      for await (const piece of body) {
        clock.pause();
        yield piece;
        clock.expect(policy.idleTimeoutMs, 'no more of the answer');
      }
    } catch (error) {
      throw failure(error);
    } finally {
      clock.stop();
      hangUp.abort();
    }
  }

  function failure(error: unknown): unknown {
    if (signal?.aborted) return signal.reason;
    return clock.ran === undefined ? unreachable(error, context) : timedOut(clock.ran.what, clock.ran.ms, context);
  }
}

/** The whole answer as text. Throws `PlatformError` when it is larger than any that is promised. */
export async function textOf(answer: Answer, context: AnswerContext): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const piece of answer.pieces) {
    bytes += piece.byteLength;
    if (bytes > largestAnswer) throw unreachable(new Error('answer too large', { cause: tooLarge }), context);
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}

const tooLarge = Object.assign(new Error('too large'), { code: 'ANSWER_TOO_LARGE' });

/** Hangs up when what is expected does not come in time, and remembers what that was. */
class Clock {
  ran: { readonly what: string; readonly ms: number } | undefined;
  readonly #hangUp: AbortController;
  readonly #total: NodeJS.Timeout;
  #next: NodeJS.Timeout | undefined;

  constructor(hangUp: AbortController, totalMs: number) {
    this.#hangUp = hangUp;
    this.#total = setTimeout(() => this.#run('the answer did not end', totalMs), totalMs);
  }

  expect(ms: number, what: string): void {
    this.pause();
    this.#next = setTimeout(() => this.#run(what, ms), ms);
  }

  /** The reader of the pieces takes its time; that is not the platform's silence. */
  pause(): void {
    clearTimeout(this.#next);
  }

  stop(): void {
    clearTimeout(this.#next);
    clearTimeout(this.#total);
  }

  #run(what: string, ms: number): void {
    this.ran = { what, ms };
    this.#hangUp.abort();
  }
}
