import type { ReadPolicy } from '../read-policy.ts';
import { type AnswerContext, timedOut, unreachable, unreadableAnswer } from './errors.ts';

/** The largest answer that is promised, 15,000 elements of `adAnalytics`, is some 10 MB. */
const largestAnswerBytes = 64 * 1024 * 1024;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

interface Call extends RequestInit {
  readonly url: string;
  readonly policy: ReadPolicy;
  readonly context: AnswerContext;
  readonly outside: AbortSignal | undefined;
}

/**
 * One HTTP call and its whole answer under the policy's clocks: until it answers, between two pieces, and for all of it. Throws
 * `PlatformError`, or the reason of the caller's own signal.
 */
export async function call({ url, policy, context, outside, ...init }: Call): Promise<Answer> {
  const clock = new Clock();
  clock.total(policy.totalTimeoutMs);
  clock.expect('no answer', policy.answerTimeoutMs);
  const signal = outside ? AbortSignal.any([outside, clock.signal]) : clock.signal;
  try {
    const response = await fetch(url, { ...init, redirect: 'error', signal });
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    clock.expect('no further piece of the answer', policy.idleTimeoutMs);
    for await (const piece of response.body ?? []) {
      bytes += piece.byteLength;
      if (bytes > largestAnswerBytes)
        throw unreadableAnswer(`the answer is larger than ${largestAnswerBytes} bytes`, context);
      pieces.push(piece);
      clock.expect('no further piece of the answer', policy.idleTimeoutMs);
    }
    return { status: response.status, headers: response.headers, body: Buffer.concat(pieces).toString('utf8') };
  } catch (error) {
    outside?.throwIfAborted();
    if (clock.ran) throw timedOut(clock.ran.what, clock.ran.ms, context);
    // `fetch` and its body report what kept them from an answer as a TypeError with the system's error as cause.
    throw error instanceof TypeError ? unreachable(error, context) : error;
  } finally {
    clock.stop();
  }
}

/** Hangs up when what is expected does not come in time, and remembers what that was. */
class Clock {
  ran: { readonly what: string; readonly ms: number } | undefined;
  readonly #hangUp = new AbortController();
  #total: NodeJS.Timeout | undefined;
  #next: NodeJS.Timeout | undefined;

  get signal(): AbortSignal {
    return this.#hangUp.signal;
  }

  total(ms: number): void {
    this.#total = setTimeout(() => this.#run('no complete answer', ms), ms);
  }

  expect(what: string, ms: number): void {
    clearTimeout(this.#next);
    this.#next = setTimeout(() => this.#run(what, ms), ms);
  }

  stop(): void {
    clearTimeout(this.#next);
    clearTimeout(this.#total);
    // An answer that nobody reads on must not keep its connection.
    this.#hangUp.abort();
  }

  #run(what: string, ms: number): void {
    this.ran = { what, ms };
    this.#hangUp.abort();
  }
}
