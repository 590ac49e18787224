/** An amount from the middle to the right, or to the left below zero. The words beside it say the same. */
export function DifferenceBar({ amount, most }: { readonly amount: number; readonly most: number }) {
  if (amount === 0) return null;
  const half = Math.min(50, (50 * Math.abs(amount)) / most);
  return (
    <span className={amount < 0 ? 'difference-bar below' : 'difference-bar'} aria-hidden="true">
      <span style={{ width: `${half}%`, left: amount < 0 ? `${50 - half}%` : '50%' }} />
    </span>
  );
}
