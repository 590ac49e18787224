/** What a function said about a batch. */
import type { FunctionInvoker } from '../../ports.ts';
import { isObject, objectsOf, optionalText } from '../json-protocol.ts';
import type { Mapping } from './mapping.ts';

/** Identifiers of the items that failed, or `all`. */
type BatchResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'all-failed' }
  | { readonly kind: 'some-failed'; readonly failed: ReadonlySet<string> };

/** Invokes the function with the records; a function that cannot be invoked has failed them all. */
export async function runBatch(
  invoker: FunctionInvoker,
  mapping: Mapping,
  records: readonly unknown[],
  identifiers: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<BatchResult> {
  let payload: unknown;
  try {
    const result = await invoker.invoke(mapping.functionName, { Records: records }, { signal });
    if (!result.ok) return { kind: 'all-failed' };
    payload = result.payload;
  } catch {
    return { kind: 'all-failed' };
  }
  if (!mapping.partial || !isObject(payload)) return { kind: 'done' };
  const failures = objectsOf(payload, 'batchItemFailures').map(
    (failure) => optionalText(failure, 'itemIdentifier') ?? '',
  );
  if (failures.length === 0) return { kind: 'done' };
  // As on AWS: an identifier that is not of this batch means that the answer cannot be trusted.
  return failures.every((id) => identifiers.has(id))
    ? { kind: 'some-failed', failed: new Set(failures) }
    : { kind: 'all-failed' };
}
