/** Messages between the runtime and the thread a function runs in. Payloads travel as JSON text, as they do on AWS. */
import type { InvokeFailure } from '../ports.ts';

/** What a thread is born with. */
export interface WorkerSettings {
  readonly functionName: string;
  readonly functionArn: string;
  /** `index.handler` */
  readonly handler: string;
  readonly folder: string;
  readonly memoryMb: number;
}

export type ToWorker =
  | {
      readonly kind: 'invoke';
      readonly requestId: string;
      readonly event: string;
      /** Epoch milliseconds. */
      readonly deadline: number;
    }
  /** The reader took a chunk and wants the next one. */
  | { readonly kind: 'taken'; readonly requestId: string }
  /** The reader of the stream went away. */
  | { readonly kind: 'abandoned'; readonly requestId: string };

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-failed'; readonly error: InvokeFailure }
  | { readonly kind: 'chunk'; readonly requestId: string; readonly bytes: Uint8Array }
  | { readonly kind: 'done'; readonly requestId: string; readonly result: string | undefined }
  | { readonly kind: 'failed'; readonly requestId: string; readonly error: InvokeFailure };
