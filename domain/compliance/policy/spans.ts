export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Those of `spans` that touch none of `excused`, in the order of the text. */
export function outside<Some extends Span>(spans: readonly Some[], excused: readonly Span[]): readonly Some[] {
  const order = (a: Span, b: Span) => a.start - b.start;
  const taken = [...excused].sort(order);
  // How far the spans that began before any given one reach.
  let reach = 0;
  let next = 0;
  return [...spans].sort(order).filter((span) => {
    while ((taken[next]?.start ?? Number.POSITIVE_INFINITY) < span.end) {
      reach = Math.max(reach, taken[next]?.end ?? 0);
      next += 1;
    }
    return reach <= span.start;
  });
}
