/** Kinds of things whose numeric ids LinkedIn wraps into URNs. */
export type UrnKind = 'sponsoredAccount' | 'sponsoredCampaignGroup' | 'sponsoredCampaign' | 'sponsoredCreative';

/** `urn('sponsoredAccount', '51')` is `urn:li:sponsoredAccount:51`. */
export const urn = (kind: UrnKind, id: string): string => `${urnPrefix(kind)}${id}`;

export const urnPrefix = (kind: UrnKind): string => `urn:li:${kind}:`;

/** URNs that LinkedIn takes in one request without refusing its length. */
export const urnsPerRequest = 50;

export function inBatches<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
