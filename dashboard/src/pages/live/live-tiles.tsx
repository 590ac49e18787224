import type { LiveAnswer } from '../../../../sdks/javascript/src/generated/api.ts';
import { conversions, money, percent, whole } from '../../format/numbers.ts';
import { Sparkline } from '../../parts/sparkline.tsx';

/** Today so far in four numbers, the last minutes under each. What platforms and the site count is never added up. */
export function LiveTiles({ state, window }: { readonly state: LiveAnswer; readonly window: string }) {
  const { today, totals, minutes, currency } = state;
  const { values, expectedMicros } = today;
  const tiles = [
    {
      key: 'spend',
      label: 'Spend today',
      value: money(values.spendMicros, currency),
      beside:
        expectedMicros === null || expectedMicros === 0
          ? undefined
          : `${percent(values.spendMicros / expectedMicros).replace(/[.,]\d+/, '')} of ${money(expectedMicros, currency)} expected by now`,
      last: money(totals.spendMicros, currency),
      of: minutes.map((minute) => minute.values.spendMicros),
    },
    {
      key: 'clicks',
      label: 'Clicks today',
      value: whole(values.clicks),
      beside: `${whole(values.impressions)} impressions`,
      last: whole(totals.clicks),
      of: minutes.map((minute) => minute.values.clicks),
    },
    {
      key: 'conversions',
      label: 'Conversions today',
      value: conversions(values.conversions),
      beside: `As platforms report them, worth ${money(values.conversionValueMicros, currency)}`,
      last: conversions(totals.conversions),
      of: minutes.map((minute) => minute.values.conversions),
    },
    {
      key: 'orders',
      label: 'Orders today',
      value: whole(values.orders),
      beside: `Of the site itself, ${money(values.revenueMicros, currency)} revenue`,
      last: whole(totals.orders),
      of: minutes.map((minute) => minute.values.orders),
    },
  ];
  return (
    <section className="tiles" aria-label="Today so far">
      {tiles.map(({ key, label, value, beside, last, of }) => (
        <div className="tile" key={key} data-live={key}>
          <h2>{label}</h2>
          <p className="tile-value">{value}</p>
          {beside !== undefined && <p className="tile-change muted">{beside}</p>}
          <p className="tile-change muted">
            {last} in the {window}
          </p>
          <Sparkline values={of} />
        </div>
      ))}
    </section>
  );
}
