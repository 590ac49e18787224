import type { MetricsAnswer } from '../../../sdks/javascript/src/generated/api.ts';
import { money } from '../format/numbers.ts';
import { Icon } from './icon.tsx';

/** Says which money is missing from the numbers, so that a sum never looks whole when it is not. */
export function UnconvertedNote({ answers }: { readonly answers: readonly MetricsAnswer[] }) {
  const sums = new Map<string, number>();
  for (const { currency, spendMicros } of answers[0]?.unconverted ?? []) {
    sums.set(currency, (sums.get(currency) ?? 0) + spendMicros);
  }
  if (sums.size === 0) return null;
  const parts = [...sums].map(([currency, micros]) => money(micros, currency));
  return (
    <p className="note" role="status">
      <Icon name="alert" /> Not in these numbers, because no exchange rate is known for the day: {parts.join(', ')}.
    </p>
  );
}
