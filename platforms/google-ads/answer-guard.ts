import { Transform, type TransformCallback } from 'node:stream';
import type { PlatformError } from '../../domain/integrations/platform.ts';
import { type AnswerContext, errorFromAnswer, timedOut, unreadableAnswer } from './errors.ts';

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const space = 0x20;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** How much of an element is kept to see whether it is an error; a GoogleAdsFailure is a few kilobytes. */
const keptBytes = 64 * 1024;
const errorElement = /^\s*\{\s*"error"\s*:/;

/**
 * Watches a searchStream answer on its way to the JSON parser. The answer is an array of result chunks; after HTTP 200
 * it may still hold an `{"error": …}` element, stop in the middle or hang, and the parser behind would take the first
 * for an empty chunk. All three end the stream with a `PlatformError` here.
 */
export class AnswerGuard extends Transform {
  readonly #context: AnswerContext;
  readonly #idleMs: number;
  #timer: NodeJS.Timeout | undefined;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #started = false;
  #element: Buffer[] = [];
  #elementBytes = 0;

  constructor(idleMs: number, context: AnswerContext) {
    super();
    this.#context = context;
    this.#idleMs = idleMs;
    this.#watch();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#watch();
    const failure = this.#scan(chunk);
    if (failure) done(failure);
    else done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    clearTimeout(this.#timer);
    done(
      this.#started && this.#depth === 0 ? null : unreadableAnswer('the answer stopped in the middle', this.#context),
    );
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.#timer);
    done(error);
  }

  #watch(): void {
    clearTimeout(this.#timer);
    // While the reader behind is slow nothing arrives either: only a stream that waits for the platform is idle.
    this.#timer = setTimeout(() => {
      if (this.readableLength > 0 || this.writableNeedDrain) this.#watch();
      else this.destroy(timedOut('no further piece of the answer', this.#idleMs, this.#context));
    }, this.#idleMs);
  }

  #scan(chunk: Buffer): PlatformError | undefined {
    let elementStart = this.#depth >= 2 ? 0 : -1;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] ?? 0;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === backslash) this.#escaped = true;
        else if (byte === quote) this.#inString = false;
      } else if (byte === quote) this.#inString = true;
      else if (byte === openBrace || byte === openBracket) {
        this.#started = true;
        this.#depth += 1;
        if (this.#depth === 2) elementStart = index;
      } else if (byte === closeBrace || byte === closeBracket) {
        this.#depth -= 1;
        if (this.#depth === 1) {
          this.#keep(chunk.subarray(elementStart, index + 1));
          const failure = this.#finishElement();
          if (failure) return failure;
          elementStart = -1;
        }
      } else if (this.#depth === 0 && byte > space) return unreadableAnswer('the answer is no JSON', this.#context);
      else if (this.#depth === 1 && byte > space && byte !== comma) {
        return unreadableAnswer('the answer is no list of result chunks', this.#context);
      }
    }
    if (elementStart >= 0) this.#keep(chunk.subarray(elementStart));
    return undefined;
  }

  #keep(piece: Buffer): void {
    if (this.#elementBytes >= keptBytes) return;
    this.#element.push(piece.subarray(0, keptBytes - this.#elementBytes));
    this.#elementBytes += piece.length;
  }

  #finishElement(): PlatformError | undefined {
    const head = this.#element[0];
    const isError =
      head !== undefined && errorElement.test(Buffer.concat(this.#element.slice(0, 4)).toString('utf8', 0, 256));
    const text = isError ? Buffer.concat(this.#element).toString('utf8') : '';
    this.#element = [];
    this.#elementBytes = 0;
    return isError ? errorFromAnswer(200, text, this.#context) : undefined;
  }
}
