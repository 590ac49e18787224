import { decodeRollup, type Rollup } from '../../domain/analysis/rollup.ts';

/** An object of the lake, or `undefined` when there is none under the key. */
export type ReadObject = (key: string) => Promise<Uint8Array | undefined>;

export interface RollupCache {
  /** `undefined` when the object is gone: its pointer was switched meanwhile. */
  get(key: string): Promise<Rollup | undefined>;
}

/** Decoded columns lie in the bytes read; the objects beside them take about this much more each. */
const bytesPerObject = 300;

/**
 * Rollups by their key, the least recently used dropped first. Objects are never overwritten, so a key never goes stale, and
 * keys hold the workspace, so nothing crosses tenants. Two askers of one key share one read.
 */
export function createRollupCache(read: ReadObject, maximumBytes: number): RollupCache {
  const held = new Map<string, { readonly rollup: Rollup; readonly bytes: number }>();
  const underway = new Map<string, Promise<Rollup | undefined>>();
  let total = 0;

  const load = async (key: string): Promise<Rollup | undefined> => {
    const source = await read(key);
    if (source === undefined) return undefined;
    const rollup = decodeRollup(source);
    const bytes = source.byteLength + bytesPerObject * rollup.objects.length;
    held.set(key, { rollup, bytes });
    total += bytes;
    for (const [oldest, entry] of held) {
      if (total <= maximumBytes) break;
      held.delete(oldest);
      total -= entry.bytes;
    }
    return rollup;
  };

  return {
    get(key) {
      const known = held.get(key);
      if (known !== undefined) {
        // Maps keep the order of insertion: taken out and put back, it is the youngest.
        held.delete(key);
        held.set(key, known);
        return Promise.resolve(known.rollup);
      }
      const pending = underway.get(key) ?? load(key).finally(() => underway.delete(key));
      underway.set(key, pending);
      return pending;
    },
  };
}
