import type { LiveAnswer } from '../../../../sdks/javascript/src/generated/api.ts';
import { conversions, money, whole } from '../../format/numbers.ts';
import { projectionText } from './live-words.ts';

/** The running day in a few numbers, and how far it is from where it is expected to be. */
export function DayPanel({ answer }: { readonly answer: LiveAnswer }) {
  const { today, currency } = answer;
  const { values, budgetMicros, expectedMicros } = today;
  const tiles = [
    [
      'Spent today',
      money(values.spendMicros, currency),
      budgetMicros === null ? 'No daily budgets are known' : `of ${money(budgetMicros, currency)} in daily budgets`,
    ],
    [
      'Expected by now',
      expectedMicros === null ? '–' : money(expectedMicros, currency),
      'Of the budgets, by the hours of past days',
    ],
    ['Clicks today', whole(values.clicks), `${whole(values.impressions)} impressions`],
    [
      'Conversions today',
      conversions(values.conversions),
      `As platforms report them; the site itself counts ${whole(values.orders)} orders`,
    ],
  ] as const;
  return (
    <>
      <section className="tiles" aria-label="Today">
        {tiles.map(([label, value, about]) => (
          <div className="tile" key={label}>
            <h2>{label}</h2>
            <p className="tile-value">{value}</p>
            <p className="muted">{about}</p>
          </div>
        ))}
      </section>
      <section className="panel" aria-labelledby="day-end">
        <h2 id="day-end">By the end of the day</h2>
        <DayBand answer={answer} />
        <p>{projectionText(today.projection, currency)}</p>
        {today.projection.kind === 'projected' && (
          <p className="muted">
            Filled: spent so far. Dashed: where the day may end, with its middle.
            {budgetMicros !== null && ' Red line: all daily budgets.'}
          </p>
        )}
      </section>
    </>
  );
}

/** Spent so far, the interval of the day's end and its middle, on one scale with the budgets; the sentence under it says the same. */
function DayBand({ answer: { today } }: { readonly answer: LiveAnswer }) {
  const { projection, values, budgetMicros } = today;
  if (projection.kind !== 'projected') return null;
  const most = Math.max(projection.highMicros, budgetMicros ?? 0, values.spendMicros, 1);
  const at = (micros: number) => `${Math.max(0, (micros / most) * 100)}%`;
  return (
    <div className="day-band" aria-hidden="true">
      <span className="day-spent" style={{ width: at(values.spendMicros) }} />
      <span
        className="day-interval"
        style={{ left: at(projection.lowMicros), width: at(projection.highMicros - projection.lowMicros) }}
      />
      <span className="day-middle" style={{ left: at(projection.spendMicros) }} />
      {budgetMicros !== null && <span className="day-budget" style={{ left: at(budgetMicros) }} />}
    </div>
  );
}
