/** Lambda's response streaming as a function sees it: `awslambda.streamifyResponse` and `awslambda.HttpResponseStream`. */
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { FromWorker } from './worker-protocol.ts';

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const CHUNK_BYTES = 64 * 1024;
/** Between the metadata of an HTTP response and its body. */
const METADATA_END = '\0'.repeat(8);

/** Passes one chunk at a time to the runtime and waits until its reader has taken it. */
export class ResponseStream extends Writable {
  readonly #requestId: string;
  readonly #post: (message: FromWorker) => void;
  #continue: ((error?: Error) => void) | undefined;

  constructor(requestId: string, post: (message: FromWorker) => void) {
    super({ highWaterMark: CHUNK_BYTES });
    this.#requestId = requestId;
    this.#post = post;
    // A handler that does not listen must not die of a reader that went away.
    this.on('error', () => {});
  }

  /** Lambda writes it into a header that nothing here reads: the gateway takes content types from the metadata. */
  setContentType(_contentType: string): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    this.#continue = done;
    this.#post({ kind: 'chunk', requestId: this.#requestId, bytes: new Uint8Array(chunk) });
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
  async drained(): Promise<void> {
    if (!this.writableEnded) this.end();
    await finished(this).catch(() => {});
  }
}

export function isStreaming(handler: unknown): boolean {
  return typeof handler === 'function' && STREAMING in handler;
}

export function installStreaming(): void {
  const awslambda = {
    streamifyResponse: (handler: (...given: unknown[]) => unknown) =>
      Object.assign((...given: unknown[]) => handler(...given), { [STREAMING]: true }),
    HttpResponseStream: {
      from: (stream: ResponseStream, metadata: Readonly<Record<string, unknown>>) => {
        stream.write(JSON.stringify(metadata) + METADATA_END);
        return stream;
      },
    },
  };
  Object.assign(globalThis, { awslambda });
}
