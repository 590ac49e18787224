interface PaceBarProps {
  readonly spent: number;
  readonly budget: number;
  readonly expected: number | null;
  readonly tone: string;
}

/** Spend of the budget, with a mark where it is expected to be by now. The words beside it say the same. */
export function PaceBar({ spent, budget, expected, tone }: PaceBarProps) {
  // A platform may spend more than the budget on one day: the bar then grows, and the budget stays marked.
  const whole = Math.max(spent, budget, expected ?? 0, 1);
  const at = (micros: number): string => `${Math.min(100, Math.max(0, (100 * micros) / whole))}%`;
  return (
    <span className={`pace-bar ${tone}`} aria-hidden="true">
      <span className="pace-spent" style={{ width: at(spent) }} />
      {spent > budget && <span className="pace-budget" style={{ left: at(budget) }} />}
      {expected !== null && <span className="pace-expected" style={{ left: at(expected) }} />}
    </span>
  );
}
