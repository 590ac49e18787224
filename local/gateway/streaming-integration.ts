/** Passes a streaming function's answer on as it comes, no faster than the caller reads. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { writeHead } from './proxy-response.ts';
import { readOpening } from './stream-prelude.ts';

/** Regional REST APIs give up on a stream that is silent for five minutes. */
export const defaultStreamIdleMs = 300_000;

interface StreamLimits {
  readonly totalMs: number;
  readonly idleMs: number;
}

type StreamOutcome = 'sent' | 'malformed' | 'timed-out' | 'failed' | 'disconnected';

class StreamTimeout extends Error {}

/**
 * `open` starts the function; its signal fires when the caller leaves or time is up, and the iterator is returned early.
 * Before the first body byte the outcome tells what to answer; later the connection is cut, since the status is out.
 */
export async function passStream(
  response: ServerResponse,
  open: (signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>,
  limits: StreamLimits,
): Promise<StreamOutcome> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new StreamTimeout()), limits.totalMs);
  const onClose = () => abort.abort(new Error('The caller closed the connection.'));
  response.once('close', onClose);
  let stream: AsyncIterator<Uint8Array> | undefined;
  const within = <T>(work: Promise<T>) => beforeAbort(work, abort, limits.idleMs);
  try {
    const opened = open(abort.signal);
    // Left behind by a timeout, its failure must not be an unhandled one.
    opened.catch(() => undefined);
    stream = (await within(opened))[Symbol.asyncIterator]();
    const opening = await within(readOpening(stream));
    if (opening === undefined) return 'malformed';
    writeHead(response, opening.head);
    response.flushHeaders();
    if (opening.rest.length > 0) await within(send(response, opening.rest, abort.signal));
    for (;;) {
      const next = await within(stream.next());
      if (next.done === true) break;
      await within(send(response, next.value, abort.signal));
    }
    response.end();
    return 'sent';
  } catch {
    if (response.headersSent) response.destroy();
    if (abort.signal.reason instanceof StreamTimeout) return 'timed-out';
    return abort.signal.aborted ? 'disconnected' : 'failed';
  } finally {
    clearTimeout(timer);
    response.off('close', onClose);
    abort.abort();
    // A generator stuck in an await settles when its source sees the signal; nobody waits for it here.
    void Promise.resolve(stream?.return?.()).catch(() => undefined);
  }
}

async function send(response: ServerResponse, chunk: Uint8Array, signal: AbortSignal): Promise<void> {
  if (!response.write(chunk)) await once(response, 'drain', { signal });
}

/** Rejects when the signal fires or the work makes no progress for `idleMs`. */
function beforeAbort<T>(work: Promise<T>, abort: AbortController, idleMs: number): Promise<T> {
  const { signal } = abort;
  return new Promise<T>((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    const idle = setTimeout(() => abort.abort(new StreamTimeout()), idleMs);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => {
      clearTimeout(idle);
      signal.removeEventListener('abort', stop);
    });
  });
}
