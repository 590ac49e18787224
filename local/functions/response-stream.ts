/** Lambda's response streaming as a function sees it: `awslambda.streamifyResponse` and `awslambda.HttpResponseStream`. */
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { FromWorker } from './worker-protocol.ts';

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const CHUNK_BYTES = 64 * 1024;

/** Passes one chunk at a time to the runtime and waits until its reader has taken it. */
export class ResponseStream extends Writable {
  readonly #requestId: string;
  readonly #post: (message: FromWorker) => void;
  #continue: ((error?: Error) => void) | undefined;
  #started = false;

  constructor(requestId: string, post: (message: FromWorker) => void) {
    super({ highWaterMark: CHUNK_BYTES });
    this.#requestId = requestId;
    this.#post = post;
    // A handler that does not listen must not die of a reader that went away.
    this.on('error', () => {});
  }

  /** Kept for code written against Lambda's own stream; the content type travels in the metadata. */
  setContentType(contentType: string): void {
    this.announce({ statusCode: 200, headers: { 'content-type': contentType } });
  }

  announce(metadata: Readonly<Record<string, unknown>>): void {
    if (this.#started) throw new Error('The response has begun; its metadata cannot change.');
    this.#started = true;
    this.#post({ kind: 'metadata', requestId: this.#requestId, metadata: JSON.parse(JSON.stringify(metadata)) });
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    if (!this.#started) this.announce({});
    this.#continue = done;
    this.#post({ kind: 'chunk', requestId: this.#requestId, bytes: new Uint8Array(chunk) });
  }

  override _final(done: (error?: Error) => void): void {
    if (!this.#started) this.announce({});
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#continue?.(error ?? undefined);
    this.#continue = undefined;
    done(error);
  }

  taken(): void {
    const next = this.#continue;
    this.#continue = undefined;
    next?.();
  }

  abandon(): void {
    this.destroy(new Error('The reader of the response went away.'));
  }

  /** Resolves when everything written was taken, or nobody is left to take it. */
  async finished(): Promise<void> {
    if (!this.writableEnded) this.end();
    await finished(this).catch(() => {});
  }
}

export function isStreaming(handler: unknown): boolean {
  return typeof handler === 'function' && STREAMING in handler;
}

export function installStreaming(): void {
  const streaming = {
    streamifyResponse: (handler: (...given: unknown[]) => unknown) =>
      Object.assign((...given: unknown[]) => handler(...given), { [STREAMING]: true }),
    HttpResponseStream: {
      from: (stream: ResponseStream, metadata: Readonly<Record<string, unknown>>) => {
        stream.announce(metadata);
        return stream;
      },
    },
  };
  Object.assign(globalThis, { awslambda: streaming });
}
