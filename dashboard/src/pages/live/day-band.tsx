import type { LiveAnswer } from '../../../../sdks/javascript/src/generated/api.ts';
import { money } from '../../format/numbers.ts';
import { projectionText } from './live-words.ts';

/** The day on one scale: spent, expected by now, the budgets, and the span in which it will end. */
export function DayBand({ today, currency }: { readonly today: LiveAnswer['today']; readonly currency: string }) {
  const { budgetMicros, expectedMicros, projection, values } = today;
  const projected = projection.kind === 'projected' ? projection : undefined;
  const whole = Math.max(values.spendMicros, budgetMicros ?? 0, expectedMicros ?? 0, projected?.highMicros ?? 0, 1);
  const at = (micros: number): string => `${Math.min(100, Math.max(0, (100 * micros) / whole))}%`;
  return (
    <section className="panel" aria-labelledby="live-day">
      <h2 id="live-day">Today until its end</h2>
      <div className="day-band" aria-hidden="true">
        {projected !== undefined && (
          <>
            <span
              className="day-interval"
              style={{ left: at(projected.lowMicros), right: `calc(100% - ${at(projected.highMicros)})` }}
            />
            <span className="day-middle" style={{ left: at(projected.spendMicros) }} />
          </>
        )}
        <span className="day-spent" style={{ width: at(values.spendMicros) }} />
        {expectedMicros !== null && <span className="day-expected" style={{ left: at(expectedMicros) }} />}
        {budgetMicros !== null && <span className="day-budget" style={{ left: at(budgetMicros) }} />}
      </div>
      <ul className="plain day-legend">
        <li>
          <span className="day-key day-spent" /> {money(values.spendMicros, currency)} spent
        </li>
        {expectedMicros !== null && (
          <li>
            <span className="day-key day-expected" /> {money(expectedMicros, currency)} expected by now
          </li>
        )}
        {budgetMicros !== null && (
          <li>
            <span className="day-key day-budget" /> {money(budgetMicros, currency)} daily budgets
          </li>
        )}
        {projected !== undefined && (
          <li>
            <span className="day-key day-interval" /> {money(projected.lowMicros, currency)} to{' '}
            {money(projected.highMicros, currency)} at its end
          </li>
        )}
      </ul>
      <p className="muted">{projectionText(projection, currency)}</p>
    </section>
  );
}
