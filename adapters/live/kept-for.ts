/** Remembers what was read for a while. Two askers of one key share one read; a read that failed is not remembered. */
export interface KeptFor<T> {
  get(key: string, read: () => Promise<T>): Promise<T>;
}

/** The least recently read are dropped beyond `most`. */
export function keptFor<T>(millis: number, most: number, now: () => number): KeptFor<T> {
  const kept = new Map<string, { readonly value: Promise<T>; readonly until: number }>();
  return {
    get(key, read) {
      const known = kept.get(key);
      if (known !== undefined && known.until > now()) return known.value;
      const value = read();
      kept.delete(key);
      kept.set(key, { value, until: now() + millis });
      value.catch(() => {
        if (kept.get(key)?.value === value) kept.delete(key);
      });
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(oldest);
      }
      return value;
    },
  };
}
