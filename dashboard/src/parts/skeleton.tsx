/** Grey lines in the place of what is being loaded; said aloud once. */
export function Skeleton({ lines, what }: { readonly lines: number; readonly what: string }) {
  return (
    <div className="skeleton" role="status">
      <span className="unseen">Loading {what}</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no identity.
        <span key={line} className="skeleton-line" style={{ width: `${92 - ((line * 17) % 38)}%` }} />
      ))}
    </div>
  );
}
