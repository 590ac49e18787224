/** How the gateway runs functions. */
import type { FunctionInvoker } from '../ports.ts';

export interface GatewayFunctions extends FunctionInvoker {
  /**
   * The function's response stream as InvokeWithResponseStream carries it: with `HttpResponseStream.from` the metadata
   * JSON, eight NUL bytes, then the body. Rejects, or the iteration throws, when the function fails. The signal and the
   * iterator's `return` mean that nobody reads on.
   */
  invokeStreaming(
    functionArn: string,
    payload: unknown,
    options?: { readonly signal?: AbortSignal },
  ): Promise<AsyncIterable<Uint8Array>>;
}
