/** Reads present names of objects by their ids; those without one are absent. */
export type ReadNames = (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** Reads names through what is remembered. */
export type NameCache = (read: ReadNames, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** Milliseconds for which a new name may go unseen: names come with the loads, an hour apart. */
const keptMs = 30_000;
/** Names remembered; about 200 bytes each. */
const mostNames = 100_000;

/** Names of the last half minute. Ids hold their workspace, so nothing crosses tenants. */
export function createNameCache(now: () => number): NameCache {
  const kept = new Map<string, { readonly name: string; readonly until: number }>();
  return async (read, ids) => {
    const at = now();
    const names = new Map<string, string>();
    const missing: string[] = [];
    for (const id of ids) {
      const known = kept.get(id);
      if (known && known.until > at) names.set(id, known.name);
      else missing.push(id);
    }
    if (missing.length === 0) return names;
    const found = await read(missing);
    if (kept.size + found.size > mostNames) kept.clear();
    for (const [id, name] of found) {
      kept.set(id, { name, until: at + keptMs });
      names.set(id, name);
    }
    return names;
  };
}
