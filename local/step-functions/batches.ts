/** ItemBatcher: groups items into child inputs `{ BatchInput, Items }`. */
import { StateFailure } from './state-failure.ts';

export interface BatchLimits {
  readonly maxItems: number;
  /** Of the child's whole input as JSON text. */
  readonly maxInputBytes: number;
}

export interface Batch {
  readonly input: unknown;
  readonly itemCount: number;
}

export function batchItems(items: readonly unknown[], batchInput: unknown, limits: BatchLimits): readonly Batch[] {
  const shell = batchInput === undefined ? {} : { BatchInput: batchInput };
  const shellBytes = Buffer.byteLength(JSON.stringify({ ...shell, Items: [] }));
  const batches: Batch[] = [];
  let current: unknown[] = [];
  let bytes = shellBytes;
  const close = (): void => {
    if (current.length > 0) batches.push({ input: { ...shell, Items: current }, itemCount: current.length });
    current = [];
    bytes = shellBytes;
  };
  for (const item of items) {
    // One more for the comma.
    const itemBytes = Buffer.byteLength(JSON.stringify(item)) + 1;
    if (shellBytes + itemBytes > limits.maxInputBytes) {
      throw new StateFailure(
        'States.DataLimitExceeded',
        `An item of ${itemBytes} bytes does not fit a batch of ${limits.maxInputBytes} bytes.`,
      );
    }
    if (current.length >= limits.maxItems || bytes + itemBytes > limits.maxInputBytes) close();
    current.push(item);
    bytes += itemBytes;
  }
  close();
  return batches;
}
