import { type MetricKey, metricOf, metricText } from '../../format/metrics.ts';
import { percent } from '../../format/numbers.ts';
import { platformName, platformSeries } from '../../format/platforms.ts';
import { NoValue, Value } from '../../parts/value.tsx';
import type { BreakdownPicture, SegmentRow } from './breakdown-rows.ts';

interface BreakdownTableProps {
  readonly picture: BreakdownPicture;
  /** What the rows are: `age range`. */
  readonly one: string;
  /** What the bars show. */
  readonly metric: MetricKey;
  readonly currency: string;
  /** Whether a share of the whole means anything. */
  readonly shares: boolean;
}

const columns: readonly MetricKey[] = ['spend', 'impressions', 'ctr', 'conversions', 'cpa'];

/** Bars by platform with the numbers beside them, and the money that is in no row as lines of its own. */
export function BreakdownTable({ picture, one, metric, currency, shares }: BreakdownTableProps) {
  const { rows, rests, total } = picture;
  const longest = Math.max(...rows.map(({ values }) => metricOf(metric).of(values) ?? 0), 0);
  const shareOf = (micros: number): string => (total.spendMicros === 0 ? '–' : percent(micros / total.spendMicros));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="scroll" aria-label="Breakdown" tabIndex={0}>
      <table className="cards breakdown">
        <thead>
          <tr>
            <th scope="col">{one.slice(0, 1).toUpperCase() + one.slice(1)}</th>
            <th scope="col">{metricOf(metric).label} by platform</th>
            {columns.map((key) => (
              <th scope="col" key={key} className="number" title={metricOf(key).meaning}>
                {metricOf(key).label}
              </th>
            ))}
            {shares && (
              <th scope="col" className="number" title="Of the spend of all campaigns in question">
                Share
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.segment} data-segment={row.segment}>
              <th scope="row" className="wraps">
                {row.label}
              </th>
              <td data-label={`${metricOf(metric).label} by platform`}>
                <Bar row={row} metric={metric} longest={longest} currency={currency} />
              </td>
              {columns.map((key) => (
                <td key={key} className="number" data-label={metricOf(key).label}>
                  <Value metric={key} values={row.values} currency={currency} />
                </td>
              ))}
              {shares && (
                <td className="number" data-label="Share">
                  {shareOf(row.values.spendMicros)}
                </td>
              )}
            </tr>
          ))}
          {rests.map(({ label, spendMicros }) => (
            <tr key={label} className="rest-row" data-rest={label}>
              <th scope="row" className="wraps">
                {label}
              </th>
              <td />
              <td className="number" data-label="Spend">
                {metricText('spend', spendMicros, currency)}
              </td>
              {columns.slice(1).map((key) => (
                <td key={key} className="number" data-label={metricOf(key).label}>
                  <NoValue why="Only money is set against the campaigns" />
                </td>
              ))}
              <td className="number" data-label="Share">
                {shareOf(spendMicros)}
              </td>
            </tr>
          ))}
          <tr className="total-row">
            <th scope="row">Total of the campaigns</th>
            <td />
            {columns.map((key) => (
              <td key={key} className="number" data-label={metricOf(key).label}>
                <Value metric={key} values={total} currency={currency} />
              </td>
            ))}
            {shares && (
              <td className="number" data-label="Share">
                {shareOf(total.spendMicros)}
              </td>
            )}
          </tr>
        </tbody>
      </table>
    </section>
  );
}

interface BarProps {
  readonly row: SegmentRow;
  readonly metric: MetricKey;
  readonly longest: number;
  readonly currency: string;
}

function Bar({ row, metric, longest, currency }: BarProps) {
  const parts = row.byPlatform.map(({ platform, values }) => ({ platform, value: metricOf(metric).of(values) }));
  const words = parts
    .map(
      ({ platform, value }) =>
        `${platformName(platform)} ${value === null ? 'not reported' : metricText(metric, value, currency)}`,
    )
    .join(', ');
  return (
    <div className="bar" title={words}>
      <span className="unseen">{words}</span>
      {parts.map(({ platform, value }) =>
        value === null || value <= 0 || longest === 0 ? null : (
          <span
            key={platform}
            aria-hidden="true"
            style={{ width: `${(value / longest) * 100}%`, background: platformSeries(platform) }}
          />
        ),
      )}
    </div>
  );
}
