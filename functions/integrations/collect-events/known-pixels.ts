import type { PixelOwners } from '../../../adapters/stores/pixel-store.ts';

type Owned = Awaited<ReturnType<PixelOwners['find']>>;

/** A pixel that is switched off stops within this time. */
const keptMillis = 30_000;
/** Ids that nobody has are remembered too, so that guessing them costs no reads. */
const mostKnown = 10_000;

/** Pixels as a warm worker remembers them. `now` in epoch milliseconds. */
export function knownPixels(owners: PixelOwners, now: () => number): (pixelId: string) => Promise<Owned> {
  const known = new Map<string, { readonly owned: Promise<Owned>; readonly at: number }>();
  return (pixelId) => {
    const held = known.get(pixelId);
    if (held !== undefined && now() - held.at <= keptMillis) return held.owned;
    if (known.size >= mostKnown) known.clear();
    const owned = owners.find(pixelId);
    known.set(pixelId, { owned, at: now() });
    owned.catch(() => known.delete(pixelId));
    return owned;
  };
}
